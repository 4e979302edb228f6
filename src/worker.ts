export { serveWorker as startWorker } from './adapters/pool.ts'
