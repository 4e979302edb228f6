import {
  configFileSchema,
  UserError,
  type ConfigFile,
  type JsonObject,
  type JsonValue,
} from '../model/index.ts'
import { readDocuments } from '../yaml/index.ts'
import { check, type Problem } from './problems.ts'

/** One `--set key=value`: the settings it amounts to, and how to word a mistake in it. */
export interface SetFlag {
  data: ConfigFile
  error(problems: readonly Problem[]): UserError
}

const listKeys = new Set(['policies', 'paths', 'ignore-paths', 'allow-removal', 'overrides', 'exceptions'])

/** Reads `--set key=value`: a dotted path, and a value read as YAML. `early` finds mistakes before the schema does. */
export function readSetFlag(
  flag: string,
  early: (value: JsonObject) => Problem[],
  alsoKnown: readonly string[],
): SetFlag {
  const equals = flag.indexOf('=')
  const keys = flag.slice(0, Math.max(0, equals)).split('.')
  if (equals === -1 || keys.includes(''))
    throw new UserError(
      `--set ${flag}: must be key=value, with a dotted key`,
      'for example --set resources.defaults.requests.cpu=100m',
    )
  const error = (problems: readonly Problem[]): UserError =>
    new UserError(problems.map(({ text }) => `--set ${flag}: ${text}`))
  const value = nest(keys, readValue(keys[0] ?? '', keys.length, flag.slice(equals + 1), flag))
  const found = early(value)
  if (found.length > 0) throw error(found)
  const result = check(configFileSchema, value, alsoKnown)
  if ('problems' in result) throw error(result.problems)
  return { data: result.data, error }
}

function readValue(key: string, depth: number, text: string, flag: string): JsonValue {
  const [document, ...more] = readDocuments(text)
  const problem = document?.problems[0]
  const clean = document !== undefined && problem === undefined && more.length === 0
  // A bare glob such as **/*.yaml is no YAML (an alias); it can only be meant as it stands.
  if (!clean && /^[[{"']/.test(text.trim()))
    throw new UserError(
      `--set ${flag}: the value is not YAML${problem ? `: ${problem.message.split('\n', 1)[0]}` : ''}`,
    )
  const value = clean ? (document.value ?? null) : text
  return depth === 1 && listKeys.has(key) && !Array.isArray(value) ? [value] : value
}

function nest(keys: readonly string[], value: JsonValue): JsonObject {
  const [key = '', ...rest] = keys
  return { [key]: rest.length === 0 ? value : nest(rest, value) }
}
