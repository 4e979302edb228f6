import type { KubeLinterSettings } from './settings.ts'

/**
 * Templates that ask the network for schemas: offline they hang, and an address in the configuration would be asked by
 * whoever runs us. Our own verification has the API server's schemas.
 */
const networkTemplates: ReadonlySet<string> = new Set(['kubeconform'])
const networkChecks: readonly string[] = ['schema-validation']

/** Checks of the settings that are never run, each with the reason; for the report. */
export function skippedChecks(settings: KubeLinterSettings): { rule: string; because: string }[] {
  const because = 'it fetches schemas from the network'
  const builtIn = settings.addAllBuiltIn
    ? networkChecks
    : networkChecks.filter((rule) => settings.include.includes(rule))
  const custom = settings.customChecks.filter(({ template }) => networkTemplates.has(template))
  return [...builtIn, ...custom.map(({ name }) => name)]
    .filter((rule) => !settings.exclude.includes(rule))
    .map((rule) => ({ rule, because }))
}

/**
 * The configuration of a run, as JSON (which is YAML). `heartbeat` names a check of ours that fires for every object
 * that kube-linter has really seen; its name is new for every engine, so that no annotation in a manifest can name it.
 */
export function configurationText(settings: KubeLinterSettings, heartbeat: string): string {
  const checks = settings.customChecks.filter(({ template }) => !networkTemplates.has(template))
  return JSON.stringify({
    checks: {
      doNotAutoAddDefaults: settings.doNotAutoAddDefaults,
      addAllBuiltIn: settings.addAllBuiltIn,
      include: settings.include,
      exclude: [...settings.exclude, ...networkChecks, ...skippedChecks(settings).map(({ rule }) => rule)],
    },
    customChecks: [
      ...checks,
      {
        name: heartbeat,
        description: 'seen',
        remediation: 'none',
        template: 'required-annotation',
        scope: { objectKinds: ['Any'] },
        params: { key: `^${heartbeat}$` },
      },
    ],
  })
}
