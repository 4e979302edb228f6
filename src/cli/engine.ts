import { tmpdir } from 'node:os'
import { checkOut } from '../adapters/checkout.ts'
import { openLocalChange } from '../adapters/git.ts'
import type { StartApi } from '../adapters/opening.ts'
import { runIn, runOnChange, type Host } from '../adapters/running.ts'
import { versionBeside } from '../adapters/version.ts'
import { startApiEngine } from '../adapters/api-engine.ts'
import { listFiles, readListed } from '../adapters/workspace.ts'
import { isRead } from '../config/index.ts'
import { informed } from '../context.ts'
import { exportPolicies } from '../export-policies.ts'
import { policiesOf } from '../kyverno/index.ts'
import { catalogue, loadExamples } from '../policies/index.ts'
import { judgeFile } from '../judge.ts'
import type { Engine } from './world.ts'

/** The core with its real ports. `entry` is the file that worker threads run. */
export function createEngine(
  entry: URL,
  folder: string,
  now: () => number,
  startApi: StartApi = startApiEngine,
): Engine {
  const version = versionBeside(entry)
  const host: Host = { entry, version, now, startApi }
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
        return await judgeFile(request, {
          server: await server,
          policies: policiesOf(request.config),
          version,
        })
      } finally {
        await api.close()
      }
    },
    exportPolicies: async (request) => {
      const api = startApi(entry)
      try {
        return await exportPolicies(request, api)
      } finally {
        await api.close()
      }
    },
    checkOut: async (range) => {
      const { source, prefix } = await openLocalChange(range, folder, process.env)
      return { checkout: await checkOut(source, tmpdir()), prefix }
    },
    run: async (request, input) =>
      input.change === undefined
        ? runIn(folder, request, input, host)
        : runOnChange(
            input.change.checkout,
            input.change.prefix,
            request,
            input,
            host,
            async (outcome) => outcome,
          ),
  }
}
