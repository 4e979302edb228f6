/**
 * What Kyverno makes of a policy about pods for the objects that carry a pod template: the same expressions with other
 * paths, replaced in their text.
 */
export interface Variant {
  /** `group/Kind` of the objects it is for. */
  kinds: readonly string[]
  /** As the objects write it. */
  apiVersions: readonly string[]
  /** Gives an expression, or any other text of the policy, in the words of the variant. */
  words: (text: string) => string
}

interface Controller {
  kind: string
  apiVersion: string
  template: string
}

const template = 'spec.template'
const controllers: ReadonlyMap<string, Controller> = new Map([
  ['daemonsets', { kind: 'DaemonSet', apiVersion: 'apps/v1', template }],
  ['deployments', { kind: 'Deployment', apiVersion: 'apps/v1', template }],
  ['replicasets', { kind: 'ReplicaSet', apiVersion: 'apps/v1', template }],
  ['statefulsets', { kind: 'StatefulSet', apiVersion: 'apps/v1', template }],
  ['jobs', { kind: 'Job', apiVersion: 'batch/v1', template }],
  ['cronjobs', { kind: 'CronJob', apiVersion: 'batch/v1', template: 'spec.jobTemplate.spec.template' }],
])

/** `named` are the controllers that the policy asks for; undefined = all of them. */
export function variantsOf(named: readonly string[] | undefined): Variant[] {
  const wanted = [...controllers].flatMap(([name, one]) => (named?.includes(name) === false ? [] : [one]))
  return [...Map.groupBy(wanted, (one) => one.template)].map(([path, members]) => ({
    kinds: members.map(({ kind, apiVersion }) => `${apiVersion.slice(0, apiVersion.indexOf('/'))}/${kind}`),
    apiVersions: [...new Set(members.map(({ apiVersion }) => apiVersion))],
    words: (text) =>
      text
        .replaceAll(/object\.spec(?!\.namespace(?![A-Za-z0-9_]))/g, `object.${path}.spec`)
        .replaceAll(/object\.metadata(?!\.namespace(?![A-Za-z0-9_]))/g, `object.${path}.metadata`),
  }))
}
