import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'

/**
 * The entry of the bundle: a worker thread of our own, the keeper of servers that we started, the Action (the file
 * itself is run, without arguments), or the command line. Each is evaluated only when it is asked for.
 */
const [, script, word, ...rest] = process.argv
// Another file, such as bin/k8s-autofix, may have imported this one.
const isRun = script !== undefined && realpathSync(script) === realpathSync(fileURLToPath(import.meta.url))
if (!isMainThread) {
  const { serveThread } = await import('./adapters/threads.ts')
  await serveThread()
} else if (isRun && word === 'internal:watchdog') {
  const { serveWatchdog } = await import('./cluster/index.ts')
  serveWatchdog(rest)
} else if (isRun && word === undefined) {
  const { main } = await import('./action/main.ts')
  await main(new URL(import.meta.url))
} else {
  const { main } = await import('./cli/main.ts')
  await main(process.argv.slice(2), new URL(import.meta.url))
}
