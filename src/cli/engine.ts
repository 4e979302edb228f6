import { inlinePool, workerPool } from '../adapters/pool.ts'
import { versionBeside } from '../adapters/version.ts'
import { listFiles, readListed } from '../adapters/workspace.ts'
import { isRead } from '../config/index.ts'
import { catalogue, loadExamples } from '../policies/index.ts'
import { run } from '../run.ts'
import { stdinName } from './analyse.ts'
import type { Engine } from './world.ts'

/** Below this much text, starting threads costs more than they save. */
const inlineBytes = 256 * 1024

/** The core with its real ports. `entry` is the file that worker threads run. */
export function createEngine(entry: URL, folder: string, now: () => number): Engine {
  const version = versionBeside(entry)
  return {
    version,
    policies: catalogue,
    examples: loadExamples,
    run: async (request, { paths, stdin, jobs, timeout, progress }) =>
      run(request, version, {
        listing: listFiles(paths, { folder, includes: (file) => isRead(request.config, file) }),
        read: readListed,
        texts: stdin === undefined ? [] : [{ file: stdinName, text: stdin }],
        open: (bytes) =>
          jobs < 2 || bytes < inlineBytes
            ? inlinePool(request, timeout)
            : workerPool(entry, jobs, request, timeout),
        now,
        progress,
      }),
  }
}
