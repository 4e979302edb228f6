import { manifestOf } from './bodies.ts'
import { createEmbedded, describeEngine, type ApiServer, type EmbeddedEngine } from './cluster/index.ts'
import { settingsFor, type Config } from './config/index.ts'
import {
  documentOf,
  exportPolicy,
  type ExportAction,
  type ExportForm,
  type PolicyExport,
} from './export/index.ts'
import { InfrastructureError, type JsonObject, type Policy } from './model/index.ts'
import { isOn, valuesOf } from './pipeline.ts'
import { readSource } from './resources/index.ts'

/*
 * `policies export`: our policies as those that a cluster enforces. What the API server's own code does not take is not
 * given out: the embedded one is asked about each.
 */

export interface ExportRequest {
  policies: readonly Policy[]
  /** Whether somebody has named them: what is off by default is left out otherwise, as a scan leaves it out. */
  named: boolean
  form: ExportForm
  actions: readonly ExportAction[]
  config: Config
}

export async function exportPolicies(
  { policies, named, form, actions, config }: ExportRequest,
  engine: Pick<EmbeddedEngine, 'ask'>,
): Promise<PolicyExport[]> {
  const { kinds: served } = await describeEngine(engine)
  const server = await createEmbedded(engine)
  // A cluster knows no paths.
  const layers = config.layers.filter(({ paths }) => paths === undefined)
  const settings = settingsFor({ ...config, layers }, '.')
  const { params, severity } = settings
  const values = valuesOf(settings)
  const written = (policy: Policy, as: ExportForm): PolicyExport =>
    exportPolicy(policy, { form: as, actions, params, values, severity, served })
  const exports: PolicyExport[] = []
  for (const policy of policies) {
    if (!named && !isOn(policy, settings, {})) {
      exports.push({ policy: policy.id, because: 'it is off by default; name it, or configure it' })
      continue
    }
    // Both forms say the same expressions, and the server knows this one.
    const { objects = [] } = written(policy, 'vap')
    const refusal = await refusalOf(objects, server)
    exports.push(refusal === undefined ? written(policy, form) : { policy: policy.id, because: refusal })
  }
  return exports
}

/** What the server says against objects, as `kubectl apply` would send them. */
async function refusalOf(objects: readonly JsonObject[], server: ApiServer): Promise<string | undefined> {
  const source = readSource('policies.yaml', objects.map(documentOf).join('---\n'))
  for (const resource of source.resources) {
    const answer = await server.dryRun(manifestOf(source, resource))
    if (answer.outcome === 'unanswered') throw new InfrastructureError(answer.message)
    if (answer.outcome === 'rejected')
      return `the API server (Kubernetes ${server.version}) refuses it: ${answer.message}`
  }
  return undefined
}
