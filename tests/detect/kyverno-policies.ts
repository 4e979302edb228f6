import type { KyvernoPolicy } from '../../src/model/index.ts'

/** Documents of one file, as the configuration hands them on. */
export function policiesOf(text: string, file = 'policies.yaml'): KyvernoPolicy[] {
  let line = 1
  return text.split(/^---\n/m).map((document) => {
    const word = (pattern: RegExp): string => pattern.exec(document)?.[1] ?? ''
    const policy = {
      file,
      line,
      apiVersion: word(/^apiVersion: (\S+)/m),
      kind: word(/^kind: (\S+)/m),
      name: word(/\bname: ([\w.-]+)/),
      text: document,
    }
    line += document.split('\n').length
    return policy
  })
}

/** A ValidatingPolicy over pods and what makes them. */
export function celPolicy(name: string, expression: string, more = ''): string {
  return `apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata:
  name: ${name}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
${more}  validations:
    - expression: ${JSON.stringify(expression)}
      message: ${name} is broken
`
}

/** A ClusterPolicy of one rule over pods and what makes them. */
export function rulePolicy(name: string, rule: string, validate: string, kind = 'ClusterPolicy'): string {
  return `apiVersion: kyverno.io/v1
kind: ${kind}
metadata:
  name: ${name}
spec:
  rules:
    - name: ${rule}
      match: {any: [{resources: {kinds: [Pod]}}]}
      validate:
        message: ${name} is broken
        ${validate}
`
}

export const noPrivileged = celPolicy(
  'no-privileged',
  'object.spec.containers.all(c, c.?securityContext.?privileged.orValue(false) == false)',
)

/** As in kyverno/policies, where it is called so; policies of ours name it. */
export const hostNamespaces = rulePolicy(
  'disallow-host-namespaces',
  'host-namespaces',
  'pattern: {spec: {=(hostPID): "false", =(hostIPC): "false", =(hostNetwork): "false"}}',
)
