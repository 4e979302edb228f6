import { tool } from '../../scripts/tools.ts'
import { createKyverno, type KyvernoLimits } from '../../src/adapters/kyverno.ts'
import { toolRunner } from '../../src/adapters/tool-runner.ts'
import { readJudgingPolicies, type Engine } from '../../src/detect/index.ts'
import { policiesOf } from './kyverno-policies.ts'
import type { Scene } from './support.ts'

export const kyverno = tool('kyverno')

export interface KyvernoSetup {
  program?: string
  limits?: Partial<KyvernoLimits>
  mayCall?: readonly string[]
}

/** An engine by the policies of a text, which have to be such as may be run. */
export async function kyvernoBy(scene: Scene, text: string, setup: KyvernoSetup = {}): Promise<Engine> {
  const { policies, problems, asksRegistry } = readJudgingPolicies(policiesOf(text), setup.mayCall ?? [])
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return createKyverno({
    program: setup.program ?? kyverno,
    policies,
    asksRegistry,
    runner: toolRunner,
    temporaryFolder: scene.temporary,
    limits: { atOnce: 2, ...setup.limits },
  })
}
