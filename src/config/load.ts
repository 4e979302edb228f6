import {
  configFileSchema,
  type ConfigFile,
  type JsonObject,
  type Policy,
  type UserError,
} from '../model/index.ts'
import { isObject } from '../model/index.ts'
import type { Config, Layer } from './config.ts'
import { readSetFlag } from './flags.ts'
import { policyProblems } from './policies.ts'
import type { Problem } from './problems.ts'
import { readSource } from './source.ts'

/** Keys of the configuration that the contract names and this version does not have. */
const laterKeys: readonly string[] = [
  'policies',
  'cluster',
  'engines',
  'publish',
  'schedule',
  'llm',
  'extends',
  'policy-set',
]

export interface ConfigSources {
  /** The configuration file: its name in messages, its text, and the absolute folder its globs run from. */
  file: { name: string; text: string; folder: string } | undefined
  /** Every `--set`, in order. */
  set: readonly string[]
  /** Absolute folder that reports name files from. */
  root: string
  /** What policies there are, and the parameters they declare. */
  policies: readonly Pick<Policy, 'id' | 'params'>[]
}

/** Flags over file over defaults. A mistake anywhere is a `UserError` that says where and what was meant. */
export function loadConfig({ file, set, root, policies }: ConfigSources): Config {
  const fromFile = file === undefined ? undefined : readConfigFile(file.text, file.name, policies)
  const fromFlags = set.map((flag) => {
    const read = readSetFlag(flag, laterProblems, laterKeys)
    verify(read, policies)
    return read.data
  })
  const all = [...(fromFile === undefined ? [] : [fromFile]), ...fromFlags]
  const last = <Key extends keyof ConfigFile>(key: Key): ConfigFile[Key] =>
    all.findLast((one) => one[key] !== undefined)?.[key]
  const flagOverrides = fromFlags.findLast(({ overrides }) => overrides !== undefined)?.overrides
  return {
    file: file?.name,
    root,
    folder: file?.folder ?? root,
    paths: last('paths') ?? [],
    ignorePaths: last('ignore-paths') ?? [],
    layers: [
      ...(fromFile === undefined ? [] : [everywhere(fromFile)]),
      ...(flagOverrides === undefined ? overridesOf(fromFile) : []),
      ...fromFlags.map(everywhere),
      ...(flagOverrides === undefined ? [] : overridesOf({ overrides: flagOverrides })),
    ],
    exceptions: last('exceptions') ?? [],
    kyverno: [],
    allowed: {
      calls: last('kyverno')?.['allow-calls'] ?? [],
      changes: last('kyverno')?.['allow-changes'] ?? [],
    },
    defaults: Object.fromEntries(
      policies.map(({ id, params }) => [
        id,
        Object.fromEntries(Object.entries(params ?? {}).map(([name, param]) => [name, param.default])),
      ]),
    ),
  }
}

function readConfigFile(text: string, name: string, policies: ConfigSources['policies']): ConfigFile {
  const source = readSource(configFileSchema, text, name, { before: laterProblems, alsoKnown: laterKeys })
  verify(source, policies)
  return source.data
}

function verify(
  source: { data: ConfigFile; error(problems: readonly Problem[]): UserError },
  policies: ConfigSources['policies'],
): void {
  const problems = policyProblems(source.data, policies)
  if (problems.length > 0) throw source.error(problems)
}

function laterProblems(value: JsonObject): Problem[] {
  const overrides = Array.isArray(value['overrides']) ? value['overrides'] : []
  return [
    ...laterIn(value, ''),
    ...overrides.flatMap((one, index) => (isObject(one) ? laterIn(one, `/overrides/${index}`) : [])),
  ]
}

function laterIn(value: JsonObject, base: string): Problem[] {
  return Object.keys(value)
    .filter((key) => laterKeys.includes(key))
    .map((key) => ({
      pointer: `${base}/${key}`,
      onKey: true,
      text: `the key ${JSON.stringify(key)} is not in this version`,
    }))
}

function everywhere(config: ConfigFile): Layer {
  const { paths: _, 'ignore-paths': _ignored, overrides: _others, kyverno: _kyverno, ...settings } = config
  return { paths: undefined, settings }
}

function overridesOf(config: ConfigFile | undefined): Layer[] {
  return (config?.overrides ?? []).map(({ paths, ...settings }) => ({ paths, settings }))
}
