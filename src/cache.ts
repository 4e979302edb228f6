import { serveCache } from './adapters/cache-client.ts'

/** The second entry: the client of the Actions cache, whose megabytes nothing else has to parse. */
await serveCache(process.argv.slice(2))
