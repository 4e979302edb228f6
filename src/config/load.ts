import {
  configFileSchema,
  type ConfigException,
  type ConfigFile,
  type JsonObject,
  type KyvernoPolicy,
  type Policy,
  type UserError,
} from '../model/index.ts'
import { isObject } from '../model/index.ts'
import {
  usualSchedule,
  type Config,
  type Layer,
  type PlacedException,
  type ScheduleSettings,
} from './config.ts'
import { readSetFlag } from './flags.ts'
import { policyProblems } from './policies.ts'
import type { Problem } from './problems.ts'
import { readSource, type Source } from './source.ts'

/** Keys of the configuration that the contract names and this version does not have. */
const laterKeys: readonly string[] = ['cluster', 'engines', 'publish', 'llm', 'extends', 'policy-set']

export interface ConfigSources {
  /** The configuration file: its name in messages, its text, and the absolute folder its globs run from. */
  file: { name: string; text: string; folder: string } | undefined
  /** Every `--set`, in order. */
  set: readonly string[]
  /** Absolute folder that reports name files from. */
  root: string
  /** What policies there are, and the parameters they declare; without those that the configuration brings along. */
  policies: readonly Pick<Policy, 'id' | 'params'>[]
}

/** Policies that a configuration brings along, read. */
export interface BroughtPolicies {
  own: readonly Policy[]
  kyverno: readonly KyvernoPolicy[]
}

/** An entry of `policies`: a file, a folder or a glob. */
export interface NamedFiles {
  path: string
  /** A mistake in it, with its place in the configuration. */
  wrong(text: string): UserError
}

/** A configuration whose form is right. What it says of policies is checked once those it brings along are known. */
export interface OpenConfig {
  /** What `policies` names, and the absolute folder that it is named from. */
  policies: readonly NamedFiles[]
  folder: string
  /** A mistake in what is said of policies is a `UserError`. */
  close(brought: BroughtPolicies): Config
}

/** Flags over file over defaults. A mistake anywhere is a `UserError` that says where and what was meant. */
export function loadConfig(sources: ConfigSources): Config {
  return openConfig(sources).close({ own: [], kyverno: [] })
}

/** The first half of `loadConfig`: between the halves, the files that `policies` names are read. */
export function openConfig({ file, set, root, policies }: ConfigSources): OpenConfig {
  const fromFile =
    file &&
    readSource(configFileSchema, file.text, file.name, { before: laterProblems, alsoKnown: laterKeys })
  const fromFlags = set.map((flag) => readSetFlag(flag, laterProblems, laterKeys))
  const all = [...(fromFile === undefined ? [] : [fromFile]), ...fromFlags]
  const last = <Key extends keyof ConfigFile>(key: Key): ConfigFile[Key] =>
    all.findLast(({ data }) => data[key] !== undefined)?.data[key]
  const lastOfKyverno = (key: 'allow-calls' | 'allow-changes'): readonly string[] | undefined =>
    all.findLast(({ data }) => data.kyverno?.[key] !== undefined)?.data.kyverno?.[key]
  const flagOverrides = fromFlags.findLast(({ data }) => data.overrides !== undefined)?.data.overrides
  const folder = file?.folder ?? root
  const naming = all.findLast(({ data }) => data.policies !== undefined)
  return {
    policies: naming === undefined ? [] : namedFiles(naming),
    folder,
    close({ own, kyverno }) {
      const known = [...policies, ...own]
      for (const source of all) {
        const problems = policyProblems(source.data, known, kyverno)
        if (problems.length > 0) throw source.error(problems)
      }
      return {
        file: file?.name,
        root,
        folder,
        paths: last('paths') ?? [],
        ignorePaths: last('ignore-paths') ?? [],
        layers: [
          ...(fromFile === undefined ? [] : [everywhere(fromFile.data)]),
          ...(flagOverrides === undefined ? overridesOf(fromFile?.data) : []),
          ...fromFlags.map(({ data }) => everywhere(data)),
          ...(flagOverrides === undefined ? [] : overridesOf({ overrides: flagOverrides })),
        ],
        exceptions: [
          ...placed(last('exceptions'), '', undefined),
          ...(flagOverrides ?? fromFile?.data.overrides ?? []).flatMap(({ paths, exceptions }, index) =>
            placed(exceptions, `overrides[${index}].`, paths),
          ),
        ],
        own,
        kyverno,
        allowed: {
          calls: lastOfKyverno('allow-calls') ?? [],
          changes: lastOfKyverno('allow-changes') ?? [],
        },
        schedule: scheduleOf(all.map(({ data }) => data.schedule ?? {})),
        defaults: Object.fromEntries(
          known.map(({ id, params }) => [
            id,
            Object.fromEntries(Object.entries(params ?? {}).map(([name, param]) => [name, param.default])),
          ]),
        ),
      }
    },
  }
}

/** The last that says something wins, key by key. */
function scheduleOf(all: readonly NonNullable<ConfigFile['schedule']>[]): ScheduleSettings {
  const merged = all.reduce((before, one) => ({ ...before, ...one }), {})
  return {
    order: merged.order ?? usualSchedule.order,
    neverInline: merged['never-inline'] ?? usualSchedule.neverInline,
    mostOpen: merged['most-open'] ?? usualSchedule.mostOpen,
    mostHourly: merged['most-hourly'] ?? usualSchedule.mostHourly,
  }
}

function namedFiles({ data, error }: Pick<Source<ConfigFile>, 'data' | 'error'>): NamedFiles[] {
  return (data.policies ?? []).map((path, index) => ({
    path,
    wrong: (text) => error([{ pointer: `/policies/${index}`, onKey: false, text }]),
  }))
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

function placed(
  exceptions: readonly ConfigException[] | undefined,
  base: string,
  within: readonly string[] | undefined,
): PlacedException[] {
  return (exceptions ?? []).map((exception, index) => ({
    name: `${base}exceptions[${index}]`,
    within,
    exception,
  }))
}

function everywhere(config: ConfigFile): Layer {
  const {
    paths: _,
    'ignore-paths': _ignored,
    overrides: _others,
    policies: _policies,
    exceptions: _exceptions,
    kyverno: _kyverno,
    schedule: _schedule,
    ...settings
  } = config
  return { paths: undefined, settings }
}

function overridesOf(config: ConfigFile | undefined): Layer[] {
  return (config?.overrides ?? []).map((override) => {
    const { paths, exceptions: _, ...settings } = override
    return { paths, settings }
  })
}
