import { exportActions, exportForms, exportText, type ExportAction } from '../export/index.ts'
import { UserError, type Policy } from '../model/index.ts'
import { count, jsonText, visible } from '../report/index.ts'
import type { Arguments } from './arguments.ts'
import { oneOf } from './choices.ts'
import { readConfig } from './files.ts'
import { namedPolicy } from './policy-file.ts'
import { exitCodes, type ExitCode, type World } from './world.ts'

/** `policies export --to vap|kyverno [POLICY|FILE...]`. Whoever names a policy that cannot be exported is told by exit 2. */
export async function exportPolicies(
  subjects: readonly string[],
  format: 'pretty' | 'json',
  args: Arguments,
  world: World,
): Promise<ExitCode> {
  const to = args.last('to')
  if (to === undefined)
    throw new UserError(
      `policies export needs a form: --to ${exportForms.join(' or --to ')}`,
      'k8s-autofix policies --help',
    )
  const form = oneOf(to, '--to', exportForms, [])
  const actions = readActions(args)
  const config = await readConfig(args, world)
  const all = [...world.engine.policies, ...config.own]
  const policies =
    subjects.length === 0 ? all : unique(subjects.map((subject) => namedPolicy(subject, all, world)))
  const exports = await world.engine.exportPolicies({
    policies,
    named: subjects.length > 0,
    form,
    actions,
    config,
  })
  const untold = exports.filter(({ because }) => because !== undefined)
  await world.stdout.write(
    format === 'json'
      ? jsonText(
          exports.map(({ policy, objects, because }) =>
            objects === undefined ? { policy, because } : { policy, objects },
          ),
        )
      : exportText(exports),
  )
  const notes = [
    ...(config.layers.some(({ paths }) => paths !== undefined)
      ? ['the overrides of the configuration are left out: they hold for paths, and a cluster knows none']
      : []),
    `${exports.length - untold.length} of ${count(exports.length, 'policy', 'policies')} exported`,
    ...untold.map(({ policy, because = '' }) => `not exported: ${policy}: ${because}`),
  ]
  await world.stderr.write(notes.map((note) => `k8s-autofix: ${visible(note)}\n`).join(''))
  return subjects.length > 0 && untold.length > 0 ? exitCodes.usage : exitCodes.done
}

function readActions(args: Arguments): readonly ExportAction[] {
  const named = args.all('action').flatMap((value) => value.split(','))
  if (named.length === 0) return ['warn', 'audit']
  const actions = new Set(named.map((name) => oneOf(name.trim(), '--action', exportActions, [])))
  if (actions.has('deny') && actions.has('warn'))
    throw new UserError(
      '--action deny,warn: Kubernetes refuses the two together, since who is refused is told anyway',
      '--action deny, or --action deny,audit',
    )
  return exportActions.filter((action) => actions.has(action))
}

/** Of two policies of one name a cluster would keep the last. */
function unique(policies: readonly Policy[]): readonly Policy[] {
  const seen = new Set<string>()
  for (const { id } of policies) {
    if (seen.has(id)) throw new UserError(`two policies are called ${id}, and a cluster can have one of them`)
    seen.add(id)
  }
  return policies
}
