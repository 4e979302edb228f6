import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { openWhatIsAsked } from '../adapters/opening.ts'
import { inlinePool, workerPool } from '../adapters/pool.ts'
import { versionBeside } from '../adapters/version.ts'
import { listFiles, readListed } from '../adapters/workspace.ts'
import { isRead } from '../config/index.ts'
import { catalogue, loadExamples } from '../policies/index.ts'
import { run, type RunPorts } from '../run.ts'
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
    run: async (request, input) => {
      const { paths, stdin, jobs, timeout, progress, outside, environment } = input
      // Before anything is started: a path that is not there is the user's to put right.
      const listing = listFiles(paths, { folder, includes: (file) => isRead(request.config, file) })
      const opened = await openWhatIsAsked(outside, {
        entry,
        folder,
        paths,
        environment,
        inActions: environment['GITHUB_ACTIONS'] === 'true',
        progress: input.starting,
        warn: input.warn,
      })
      const ports: RunPorts = {
        listing,
        read: readListed,
        texts: stdin === undefined ? [] : [{ file: stdinName, text: stdin }],
        open: (bytes) =>
          jobs < 2 || bytes < inlineBytes
            ? inlinePool(request, timeout)
            : workerPool(entry, jobs, request, timeout),
        engines: opened.engines,
        cluster: opened.cluster,
        requested: input.requested,
        policies: catalogue,
        wholeFolders: stdin === undefined && paths.every((path) => isFolder(resolve(folder, path))),
        now,
        progress,
      }
      try {
        return await run(request, version, ports)
      } finally {
        await opened.close()
      }
    },
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
