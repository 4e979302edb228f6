/** A program that owns a server until somebody ends it: `owner.ts TEMPORARY APISERVER ETCD`. */
import { openApiServer } from '../../src/cluster/index.ts'

const [temporary = '', apiserver = '', etcd = ''] = process.argv.slice(2)
const entry = new URL('../../src/main.ts', import.meta.url)
await openApiServer({ entry, binaries: { apiserver, etcd }, temporary })
process.stdout.write('ready\n')
setInterval(() => undefined, 1000)
