import { composed } from './admit.ts'
import { manifestOf } from './bodies.ts'
import type { ApiServer } from './cluster/index.ts'
import { applyLineEdits } from './edit/index.ts'
import type { LineEdit } from './model/index.ts'
import { readSource } from './resources/index.ts'
import { inBrief, judgeAdmission } from './verify/index.ts'

/**
 * Asks the API server about a text as it will be once suggestions are taken: each of their fixes was asked about alone,
 * and all fixes of the file together, but these may be some of them. Gives what the server has against it; undefined where
 * it takes every object that it took before.
 */
export async function objectionTo(
  file: string,
  text: string,
  edits: readonly LineEdit[],
  server: ApiServer,
): Promise<string | undefined> {
  const before = readSource(file, text)
  const after = readSource(
    file,
    applyLineEdits(
      text,
      edits.toSorted((a, b) => a.startLine - b.startLine),
    ),
  )
  for (const resource of before.resources) {
    const change = composed(resource, after, resource)
    if (change === undefined) return `${resource.kind} ${resource.name} is gone`
    if (change.patch.length === 0) continue
    const original = await server.dryRun(manifestOf(before, resource))
    const verdict = judgeAdmission(original, await server.dryRun(change.manifest), {
      before: resource.object,
      after: change.patched,
      patches: [change.patch],
    })
    if (verdict.verdict === 'rejected') return inBrief(verdict.reason.text)
  }
  return undefined
}
