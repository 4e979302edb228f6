import { workerData } from 'node:worker_threads'
import { isApiThread, serveApiThread } from './api-thread.ts'

/** What a thread of ours is for, by what it was started with. The API server needs nothing of what analyses files. */
export async function serveThread(): Promise<void> {
  if (isApiThread(workerData)) {
    serveApiThread()
    return
  }
  const { serveWorker } = await import('./pool.ts')
  serveWorker()
}
