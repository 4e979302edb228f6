import type { EmbeddedEngine } from '../cluster/index.ts'
import { ownJudgingPolicy, readJudgingPolicies, type JudgingPolicies } from '../detect/index.ts'
import { exportPolicies } from '../export-policies.ts'
import { UserError } from '../model/index.ts'
import type { Request } from '../pipeline.ts'
import { catalogue } from '../policies/index.ts'

/** What of a run decides by which policies Kyverno judges. */
export type KyvernoRequest = Pick<Request, 'config' | 'only' | 'skip'>

/**
 * The user's policies; where there is none that judges, our own, as `policies export --to kyverno` writes them: then
 * Kyverno is a second judge by the same policies. Throws a `UserError` for policies that cannot be run.
 */
export async function kyvernoPolicies(
  { config, only, skip }: KyvernoRequest,
  startEngine: () => EmbeddedEngine,
): Promise<JudgingPolicies> {
  const read = readJudgingPolicies(config.kyverno, config.allowed.calls)
  if (read.problems.length > 0)
    throw new UserError(read.problems, 'k8s-autofix scan without --engines kyverno runs none of them')
  if (read.policies.length > 0) return read
  const policies = [...catalogue, ...config.own].filter(
    ({ id }) => !skip.includes(id) && (only === undefined || only.includes(id)),
  )
  const engine = startEngine()
  try {
    const exports = await exportPolicies(
      { policies, named: only !== undefined, form: 'kyverno', actions: ['audit'], config },
      engine,
    )
    const byId = new Map(exports.map(({ policy, objects = [] }) => [policy, objects]))
    const ours = policies.flatMap((policy) =>
      (byId.get(policy.id) ?? []).map((object) => ownJudgingPolicy(policy, object)),
    )
    const notes = ['none of the policies that were chosen can be exported to Kyverno, so it judges nothing']
    return { ...read, policies: ours, notes: [...read.notes, ...(ours.length === 0 ? notes : [])] }
  } finally {
    await engine.close()
  }
}
