import type { JsonObject, Policy, Severity } from '../model/index.ts'
import type { Match } from './match.ts'
import type { Rule } from './translate.ts'

/** What happens where a policy finds something: `deny` refuses, `warn` tells whoever sends, `audit` keeps a record. */
export const exportActions = ['deny', 'warn', 'audit'] as const
export type ExportAction = (typeof exportActions)[number]

/** Forms that a policy is written in: of Kubernetes itself, and of Kyverno. */
export const exportForms = ['vap', 'kyverno'] as const
export type ExportForm = (typeof exportForms)[number]

export interface Wording {
  policy: Policy
  severity: Severity
  rule: Rule
  match: Match
  actions: readonly ExportAction[]
}

export function objectsOf(form: ExportForm, wording: Wording): JsonObject[] {
  return form === 'vap' ? admissionPolicy(wording) : [kyvernoPolicy(wording)]
}

const registration = 'admissionregistration.k8s.io/v1'
const actionNames = { deny: 'Deny', warn: 'Warn', audit: 'Audit' } as const

function nameOf({ id }: Policy): string {
  return `k8s-autofix-${id}`
}

/** The policy, and a binding that puts it in force everywhere. */
function admissionPolicy(wording: Wording): JsonObject[] {
  const { policy, severity, actions } = wording
  const name = nameOf(policy)
  return [
    {
      apiVersion: registration,
      kind: 'ValidatingAdmissionPolicy',
      metadata: {
        name,
        annotations: {
          'k8s-autofix.dev/title': policy.title,
          'k8s-autofix.dev/severity': severity,
          'k8s-autofix.dev/why': prose(policy.why),
        },
      },
      spec: { failurePolicy: 'Fail', ...judging(wording) },
    },
    {
      apiVersion: registration,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: actions.map((action) => actionNames[action]) },
    },
  ]
}

function kyvernoPolicy(wording: Wording): JsonObject {
  const { policy, severity, actions } = wording
  return {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ValidatingPolicy',
    metadata: {
      name: nameOf(policy),
      annotations: {
        'policies.kyverno.io/title': policy.title,
        'policies.kyverno.io/category': policy.family,
        'policies.kyverno.io/severity': severity,
        'policies.kyverno.io/description': prose(policy.why),
      },
    },
    spec: {
      validationActions: actions.map((action) => actionNames[action]),
      failurePolicy: 'Fail',
      evaluation: { admission: { enabled: true }, background: { enabled: true } },
      // The policy names the controllers itself.
      autogen: { podControllers: { controllers: [] } },
      ...judging(wording),
    },
  }
}

/** What both forms say in the same words. */
function judging({ rule, match }: Wording): JsonObject {
  const { variables, expression, message, messageExpression } = rule
  return {
    matchConstraints: match.constraints,
    matchConditions: match.conditions.map((condition) => ({ ...condition })),
    ...(variables.length > 0 && { variables: variables.map((variable) => ({ ...variable })) }),
    validations: [{ expression, message, ...(messageExpression !== undefined && { messageExpression }) }],
  }
}

function prose(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
