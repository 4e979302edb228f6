import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'

/**
 * The one entry of the bundle: a worker thread of our own, the keeper of servers that we started, the Action (the file
 * itself is run, without arguments), or the command line. Each is evaluated only when it is asked for.
 */
if (!isMainThread) {
  const { serveThread } = await import('./adapters/threads.ts')
  await serveThread()
} else if (isRunItself() && process.argv[2] === 'internal:watchdog') {
  const { serveWatchdog } = await import('./cluster/index.ts')
  serveWatchdog(process.argv.slice(3))
} else if (isRunItself() && process.argv.length === 2) {
  const { main } = await import('./action/main.ts')
  await main(new URL(import.meta.url))
} else {
  const { main } = await import('./cli/main.ts')
  await main(process.argv.slice(2), new URL(import.meta.url))
}

/** False when another file, such as bin/k8s-autofix, has imported this one. */
function isRunItself(): boolean {
  const script = process.argv[1]
  return script !== undefined && realpathSync(script) === realpathSync(fileURLToPath(import.meta.url))
}
