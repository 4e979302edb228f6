import type { JsonObject, JsonValue, Policy, Severity } from '../model/index.ts'
import { matchOf, type ServedKind } from './match.ts'
import { objectsOf, type ExportAction, type ExportForm } from './objects.ts'
import type { PolicyExport } from './text.ts'
import { paramsOf, translate } from './translate.ts'

export { type ServedKind } from './match.ts'
export { exportActions, exportForms, type ExportAction, type ExportForm } from './objects.ts'
export { documentOf, exportText, type PolicyExport } from './text.ts'

export interface ExportOptions {
  form: ExportForm
  actions: readonly ExportAction[]
  /** Configured parameters, by policy. */
  params: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>
  /** Configured defaults that policies read. */
  values: JsonObject
  /** Configured severities, by policy. */
  severity: Readonly<Record<string, Severity>>
  /** The kinds that an API server has of itself. */
  served: readonly ServedKind[]
}

/** A policy as one that a cluster enforces, or the reason why it cannot be one. */
export function exportPolicy(policy: Policy, options: ExportOptions): PolicyExport {
  const { id } = policy
  const match = matchOf(policy.kinds, options.served)
  if (match === undefined) return { policy: id, because: 'no API server of today has any of its kinds' }
  const configured = Object.hasOwn(options.params, id) ? (options.params[id] ?? {}) : {}
  const rule = translate(policy, match.kinds, {
    params: paramsOf(policy, configured),
    values: options.values,
  })
  if ('because' in rule) return { policy: id, because: rule.because }
  const severity = Object.hasOwn(options.severity, id) ? options.severity[id] : undefined
  const wording = { policy, severity: severity ?? policy.severity, rule, match, actions: options.actions }
  return { policy: id, objects: objectsOf(options.form, wording) }
}
