import {
  isEngineRule,
  pointerOf,
  UserError,
  type ConfigException,
  type ConfigFile,
  type ConfigOverride,
  type JsonValue,
  type KyvernoPolicy,
  type Policy,
  type PolicyParam,
} from '../model/index.ts'
import { describe, type Problem } from './problems.ts'
import { didYouMean } from './suggest.ts'

type Known = readonly Pick<Policy, 'id' | 'params'>[]

/** What a configuration says about policies and parameters that do not exist, or are of another type. */
export function policyProblems(
  config: ConfigFile,
  policies: Known,
  kyverno: readonly Pick<KyvernoPolicy, 'name'>[],
): Problem[] {
  const params = new Map(policies.map((policy) => [policy.id, policy.params ?? {}]))
  const kyvernoNames = new Set(kyverno.map(({ name }) => name))
  // What only another engine reports is named after it and its rule.
  const rules = [...kyvernoNames].map((name) => `kyverno/${name}`)
  // Of a policy of Kyverno each rule may be named.
  const isMissing = (id: string): boolean =>
    kyverno.length > 0 && id.startsWith('kyverno/') && !rules.includes(id.split('/', 2).join('/'))
  const isKnown = (id: string): boolean => params.has(id) || (isEngineRule(id) && !isMissing(id))
  const known = [...params.keys(), ...rules]
  const inLayer = (
    layer: Omit<ConfigOverride, 'paths' | 'exceptions'>,
    base: readonly (string | number)[],
  ): Problem[] => [
    ...Object.entries(layer.params ?? {}).flatMap(([id, values]) => {
      const declared = params.get(id)
      const at = [...base, 'params', id]
      return declared === undefined
        ? [unknown(id, at, true, params.keys())]
        : paramProblems(id, values, declared, at)
    }),
    ...Object.keys(layer.severity ?? {})
      .filter((id) => !isKnown(id))
      .map((id) => unknown(id, [...base, 'severity', id], true, known)),
    ...(layer['allow-removal'] ?? []).flatMap((id, index) =>
      params.has(id) ? [] : [unknown(id, [...base, 'allow-removal', index], false, params.keys())],
    ),
  ]
  const excepted = (
    exceptions: readonly ConfigException[] | undefined,
    base: readonly (string | number)[],
  ): Problem[] =>
    (exceptions ?? []).flatMap(({ policy, match }, index): Problem[] => {
      const at = [...base, 'exceptions', index, 'policy']
      if (policy !== '*') return isKnown(policy) ? [] : [unknown(policy, at, false, known)]
      // An override has paths.
      if (base.length > 0 || Object.keys(match ?? {}).length > 0) return []
      const text = '"*" needs a match; to look at nothing at all, leave the paths out with ignore-paths'
      return [{ pointer: pointerOf(at), onKey: false, text }]
    })
  const allowed = (['allow-calls', 'allow-changes'] as const).flatMap((key) =>
    (config.kyverno?.[key] ?? []).flatMap((name, index): Problem[] =>
      kyvernoNames.has(name)
        ? []
        : [
            {
              pointer: pointerOf(['kyverno', key, index]),
              onKey: false,
              text: `no policy of Kyverno under \`policies\` is called ${JSON.stringify(name)}${didYouMean(name, kyvernoNames)}`,
            },
          ],
    ),
  )
  return [
    ...inLayer(config, []),
    ...excepted(config.exceptions, []),
    ...allowed,
    ...(config.overrides ?? []).flatMap((override, index) => [
      ...inLayer(override, ['overrides', index]),
      ...excepted(override.exceptions, ['overrides', index]),
    ]),
  ]
}

/** Policy ids given to a flag (`--only`, `--skip`); comma lists are taken apart. */
export function readPolicyIds(flag: string, values: readonly string[], policies: Known): string[] {
  const known = new Set(policies.map(({ id }) => id))
  const ids = values.flatMap((value) => value.split(',')).map((id) => id.trim())
  for (const id of ids)
    if (!known.has(id))
      throw new UserError(
        id === ''
          ? `${flag}: names no policy`
          : `${flag}: unknown policy ${JSON.stringify(id)}${didYouMean(id, known)}`,
        'k8s-autofix policies list shows all of them',
      )
  return [...new Set(ids)]
}

function unknown(
  id: string,
  path: readonly (string | number)[],
  onKey: boolean,
  known: Iterable<string>,
): Problem {
  return {
    pointer: pointerOf(path),
    onKey,
    text: `unknown policy ${JSON.stringify(id)}${didYouMean(id, known)}`,
  }
}

function paramProblems(
  id: string,
  values: Readonly<Record<string, JsonValue>>,
  declared: Readonly<Record<string, PolicyParam>>,
  base: readonly (string | number)[],
): Problem[] {
  return Object.entries(values).flatMap(([name, value]): Problem[] => {
    const pointer = pointerOf([...base, name])
    const param = Object.hasOwn(declared, name) ? declared[name] : undefined
    if (param === undefined) {
      const names = Object.keys(declared)
      const help =
        names.length === 0 ? ', which has none' : didYouMean(name, names) || `; it has ${names.join(', ')}`
      return [{ pointer, onKey: true, text: `unknown parameter ${JSON.stringify(name)} of ${id}${help}` }]
    }
    if (types[param.type].fits(value)) return []
    return [{ pointer, onKey: false, text: `must be ${types[param.type].name}, not ${describe(value)}` }]
  })
}

const types: Readonly<Record<PolicyParam['type'], { name: string; fits: (value: JsonValue) => boolean }>> = {
  string: { name: 'text', fits: (value) => typeof value === 'string' },
  integer: { name: 'a whole number', fits: (value) => Number.isSafeInteger(value) },
  boolean: { name: 'true or false', fits: (value) => typeof value === 'boolean' },
  strings: {
    name: 'a list of texts',
    fits: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  },
}
