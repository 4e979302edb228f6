import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { openWhatIsAsked, type StartApi } from '../adapters/opening.ts'
import { inlinePool, workerPool } from '../adapters/pool.ts'
import { versionBeside } from '../adapters/version.ts'
import { startApiEngine } from '../adapters/api-engine.ts'
import { listFiles, readListed } from '../adapters/workspace.ts'
import { isRead } from '../config/index.ts'
import { informed } from '../context.ts'
import { catalogue, loadExamples } from '../policies/index.ts'
import { judgeFile } from '../judge.ts'
import { run, type RunPorts } from '../run.ts'
import { stdinName } from './analyse.ts'
import type { Engine } from './world.ts'

/** Below this much text, starting threads costs more than they save. */
const inlineBytes = 256 * 1024

/** The core with its real ports. `entry` is the file that worker threads run. */
export function createEngine(
  entry: URL,
  folder: string,
  now: () => number,
  startApi: StartApi = startApiEngine,
): Engine {
  const version = versionBeside(entry)
  return {
    version,
    policies: catalogue,
    examples: loadExamples,
    judge: async (request, { context }) => {
      const beside =
        context.length === 0
          ? []
          : listFiles(context, { folder, includes: (file) => isRead(request.config, file) }).files
      const files = beside.flatMap((listed) => {
        const read = readListed(listed)
        return 'text' in read ? [{ file: listed.file, text: read.text }] : []
      })
      const api = startApi(entry)
      try {
        const { server } = informed(api, [...files, request])
        return await judgeFile(request, { server: await server, policies: catalogue, version })
      } finally {
        await api.close()
      }
    },
    run: async (request, input) => {
      const { paths, stdin, jobs, timeout, progress, outside, environment } = input
      // Before anything is started: a path that is not there is the user's to put right.
      const listing = listFiles(paths, { folder, includes: (file) => isRead(request.config, file) })
      const opened = await openWhatIsAsked(
        outside,
        {
          entry,
          folder,
          paths,
          environment,
          inActions: environment['GITHUB_ACTIONS'] === 'true',
          progress: input.starting,
          warn: input.warn,
        },
        startApi,
      )
      const ports: RunPorts = {
        listing,
        read: readListed,
        texts: stdin === undefined ? [] : [{ file: stdinName, text: stdin }],
        open: (bytes, api) =>
          jobs < 2 || bytes < inlineBytes
            ? inlinePool(request, timeout, api)
            : workerPool(entry, jobs, request, timeout, api),
        engines: opened.engines,
        cluster: opened.cluster,
        api: opened.api,
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
