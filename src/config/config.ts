import { posix } from 'node:path'
import type {
  ConfigException,
  ConfigOverride,
  JsonValue,
  KyvernoPolicy,
  OrderName,
  Policy,
  ResourceDefaults,
  Severity,
} from '../model/index.ts'
import { matches } from './globs.ts'

/** What one file or the flags say, for all files or for those below some paths. */
export interface Layer {
  /** Globs from the configuration's folder; undefined = every file. */
  paths: readonly string[] | undefined
  settings: Omit<ConfigOverride, 'paths' | 'exceptions'>
}

/** Everything the configuration says, resolved. Plain data, so that it can be handed to a worker thread. */
export interface Config {
  /** The file it was read from, as reports name it; undefined where there is none. */
  file: string | undefined
  /** Absolute folders with `/`: the one reports name files from, and the one globs run from. */
  root: string
  folder: string
  /** Read these alone; empty = no restriction. */
  paths: readonly string[]
  ignorePaths: readonly string[]
  /** Weakest first: the file, its overrides, the flags, theirs. */
  layers: readonly Layer[]
  /** What is accepted, and where. */
  exceptions: readonly PlacedException[]
  /** Policies in our own form that `policies` names, in the order of their files. */
  own: readonly Policy[]
  /** Policies of Kyverno that `policies` names. */
  kyverno: readonly KyvernoPolicy[]
  /** Kyverno policies that may call what stands outside of the object, and those whose mutations may touch what runs. */
  allowed: { calls: readonly string[]; changes: readonly string[] }
  /** What is worth attention. */
  schedule: ScheduleSettings
  /** The declared parameters of every policy with their defaults. */
  defaults: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>
}

export interface ScheduleSettings {
  order: OrderName
  /** Globs from the configuration's folder: fixes below are never suggested in a review. */
  neverInline: readonly string[]
  /** Pull requests of ours, at once and in an hour. */
  mostOpen: number
  mostHourly: number
}

export const usualSchedule: ScheduleSettings = {
  order: 'learned',
  neverInline: [],
  mostOpen: 10,
  mostHourly: 5,
}

/** What holds for one file. */
export interface Settings {
  /** Every declared parameter of every policy: the configured value, else the policy's default. */
  params: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>
  /** Only where the configuration says otherwise than the policy. */
  severity: Readonly<Record<string, Severity>>
  /** Policies that the configuration names under `params` or `severity`. */
  named: readonly string[]
  allowRemoval: readonly string[]
  resources: { defaults: ResourceDefaults }
  /** Versions by the name of the image, as it was written. */
  images: { pins: Readonly<Record<string, string>> }
}

const resolved = new WeakMap<Config, Map<string, Settings>>()

/**
 * The settings of a file, given as reports name it. Files under the same overrides share one object, so results that
 * depend on settings can be kept by identity.
 */
export function settingsFor(config: Config, file: string): Settings {
  const path = fromFolder(config, file)
  const layers = config.layers.map(
    ({ paths }) => paths === undefined || paths.some((glob) => matches(path, glob)),
  )
  let cache = resolved.get(config)
  if (cache === undefined) resolved.set(config, (cache = new Map<string, Settings>()))
  const key = layers.map(Number).join('')
  const known = cache.get(key)
  if (known !== undefined) return known
  const settings = merge(
    config,
    config.layers.filter((_, index) => layers[index]),
  )
  cache.set(key, settings)
  return settings
}

/** Whether `paths` and `ignore-paths` let a file be read. A name that ends with `/` is a folder to walk into. */
export function isRead(config: Config, file: string): boolean {
  const path = fromFolder(config, file)
  if (config.ignorePaths.some((glob) => matches(path, glob))) return false
  return file.endsWith('/') || config.paths.length === 0 || config.paths.some((glob) => matches(path, glob))
}

/** Whether the configuration keeps fixes of a file out of reviews. */
export function isNeverInline(config: Config, file: string): boolean {
  const path = fromFolder(config, file)
  return config.schedule.neverInline.some((glob) => matches(path, glob))
}

/** An exception of the configuration, and where it stands there. */
export interface PlacedException {
  /** `exceptions[2]`, or `overrides[0].exceptions[1]`. */
  name: string
  /** The paths of its override; undefined = everywhere. */
  within: readonly string[] | undefined
  exception: ConfigException
}

const none: readonly PlacedException[] = []
const excepted = new WeakMap<Config, Map<string, PlacedException[]>>()

/** The exceptions of the configuration that are about a file. Asked for every finding, and looked up once for a file. */
export function exceptionsFor(config: Config, file: string): readonly PlacedException[] {
  if (config.exceptions.length === 0) return none
  const known = excepted.get(config) ?? new Map<string, PlacedException[]>()
  excepted.set(config, known)
  let found = known.get(file)
  if (found === undefined) {
    const path = fromFolder(config, file)
    found = config.exceptions.filter(({ within, exception }) =>
      [within, exception.match?.paths].every((globs) => globs?.some((glob) => matches(path, glob)) !== false),
    )
    known.set(file, found)
  }
  return found
}

function fromFolder({ root, folder }: Config, file: string): string {
  const path = file.startsWith('/') ? file : posix.join(root, file)
  return posix.relative(folder, path)
}

function merge(config: Config, layers: readonly Layer[]): Settings {
  const params = { ...config.defaults }
  const severity: Record<string, Severity> = {}
  const named = new Set<string>()
  const defaults: ResourceDefaults = {}
  const pins: Record<string, string> = {}
  let allowRemoval: readonly string[] = []
  for (const { settings } of layers) {
    for (const [policy, values] of Object.entries(settings.params ?? {}))
      params[policy] = { ...params[policy], ...values }
    Object.assign(severity, settings.severity)
    for (const policy of Object.keys({ ...settings.params, ...settings.severity })) named.add(policy)
    allowRemoval = settings['allow-removal'] ?? allowRemoval
    Object.assign(pins, settings.images?.pins)
    const { requests, limits } = settings.resources?.defaults ?? {}
    if (requests !== undefined) defaults.requests = { ...defaults.requests, ...requests }
    if (limits !== undefined) defaults.limits = { ...defaults.limits, ...limits }
  }
  return { params, severity, named: [...named], allowRemoval, resources: { defaults }, images: { pins } }
}
