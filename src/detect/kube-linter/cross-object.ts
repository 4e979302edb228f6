import type { KubeLinterSettings } from './settings.ts'

/**
 * The built-in checks of kube-linter whose verdict on one object depends on the objects beside it. A patched unit that is
 * judged alone says nothing about these: compare them only where the whole context is judged before and after.
 *
 * Source: kube-linter v0.8.3, the templates under pkg/templates that call `lintCtx.Objects()` (the folder is named for
 * each). `cel` does so as well, for whatever custom checks use it. The other 51 checks read the object alone.
 */
export const crossObjectRules: ReadonlyMap<string, { template: string; looksAt: string }> = new Map([
  ['access-to-create-pods', { template: 'accesstoresources', looksAt: 'the role that a binding names' }],
  ['access-to-secrets', { template: 'accesstoresources', looksAt: 'the role that a binding names' }],
  ['dangling-horizontalpodautoscaler', { template: 'danglinghpa', looksAt: 'the scale target' }],
  ['dangling-ingress', { template: 'danglingingress', looksAt: 'services and their ports' }],
  ['dangling-networkpolicy', { template: 'danglingnetworkpolicy', looksAt: 'labels of pods' }],
  [
    'dangling-networkpolicypeer-podselector',
    { template: 'danglingnetworkpolicypeer', looksAt: 'labels of pods' },
  ],
  ['dangling-service', { template: 'danglingservice', looksAt: 'labels of pods' }],
  ['dangling-servicemonitor', { template: 'danglingservicemonitor', looksAt: 'labels of services' }],
  ['env-value-from', { template: 'envvarvaluefrom', looksAt: 'secrets, config maps and their keys' }],
  ['non-existent-service-account', { template: 'nonexistentserviceaccount', looksAt: 'service accounts' }],
  ['non-isolated-pod', { template: 'nonisolatedpod', looksAt: 'network policies' }],
  ['pdb-min-available', { template: 'pdbminavailable', looksAt: 'workloads and their autoscalers' }],
])

/** Templates of custom checks that see the objects beside the one at hand. */
const crossObjectTemplates: ReadonlySet<string> = new Set([
  'access-to-resources',
  'cel-expression',
  'dangling-horizontalpodautoscaler',
  'dangling-ingress',
  'dangling-networkpolicy',
  'dangling-networkpolicypeer-podselector',
  'dangling-service',
  'dangling-servicemonitor',
  'env-value-from',
  'non-existent-service-account',
  'non-isolated-pod',
  'pdb-min-available',
])

/** Whether a check, built in or of the repository's own settings, looks across objects. */
export function looksAcrossObjects(rule: string, { customChecks }: KubeLinterSettings): boolean {
  const custom = customChecks.find(({ name }) => name === rule)
  return custom === undefined ? crossObjectRules.has(rule) : crossObjectTemplates.has(custom.template)
}
