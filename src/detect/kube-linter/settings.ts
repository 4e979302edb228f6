import { z } from 'zod'
import { UserError } from '../../model/index.ts'
import { readDocuments } from '../../yaml/index.ts'
import { ignorePathsMatcher, type IgnorePathsOptions } from './ignore-paths.ts'

/**
 * What a repository's own `.kube-linter.yaml` asks for. kube-linter reads keys in any case and takes lists as text with
 * commas as well (viper with mapstructure), and passes over keys that it does not know; we do the first two, and call
 * the third what it is, a mistake.
 */
const names = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',') : (value ?? [])),
  z.array(z.string().min(1)),
)

const checksSchema = z.strictObject({
  doNotAutoAddDefaults: z.boolean().default(false),
  addAllBuiltIn: z.boolean().default(false),
  include: names,
  exclude: names,
  ignorePaths: names,
})

const customCheckSchema = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]+$/, 'a name has letters, digits, - and _ only'),
  description: z.string().default(''),
  remediation: z.string().default(''),
  scope: z.strictObject({ objectKinds: names }).nullish(),
  template: z.string().min(1),
  params: z.record(z.string(), z.json()).nullish(),
})

const fileSchema = z.strictObject({
  checks: z.preprocess((value) => value ?? {}, checksSchema),
  customChecks: z.preprocess((value) => value ?? [], z.array(customCheckSchema)),
})

export type KubeLinterCheck = z.infer<typeof customCheckSchema>

export interface KubeLinterSettings {
  /** The file that they come from, for messages; undefined where the repository has none. */
  file: string | undefined
  doNotAutoAddDefaults: boolean
  addAllBuiltIn: boolean
  include: readonly string[]
  exclude: readonly string[]
  customChecks: readonly KubeLinterCheck[]
  /** Whether `ignorePaths` keeps a file out; takes an absolute path, or one from the configuration's folder. */
  isIgnored: (path: string) => boolean
}

/** kube-linter's own defaults: the 31 checks that are on. */
export const defaultSettings: KubeLinterSettings = {
  file: undefined,
  doNotAutoAddDefaults: false,
  addAllBuiltIn: false,
  include: [],
  exclude: [],
  customChecks: [],
  isIgnored: () => false,
}

export interface SettingsSource extends IgnorePathsOptions {
  /** Path for messages. */
  file: string
  text: string
}

/** Reads a `.kube-linter.yaml`. Throws a `UserError` that names file, line or key, one text for each mistake. */
export function parseSettings({ file, text, ...paths }: SettingsSource): KubeLinterSettings {
  // Read by go-yaml v3, for which `no` and `y` are text, other than in manifests.
  const [document, ...further] = readDocuments(text, { version: '1.2', merge: true })
  const problem = document?.problems[0]
  if (problem !== undefined) {
    const line = text.slice(0, problem.offset).split('\n').length
    throw new UserError(`${file}:${line}: ${problem.message.split('\n', 1)[0] ?? ''}`)
  }
  if (further.length > 0) throw new UserError(`${file}: a configuration is one YAML document`)
  const result = fileSchema.safeParse(withKnownCase(document?.value ?? {}))
  if (!result.success) throw new UserError(result.error.issues.flatMap((issue) => mistakes(file, issue)))
  const { checks, customChecks } = result.data
  const isIgnored = ignorePathsMatcher(checks.ignorePaths, paths)
  if (typeof isIgnored !== 'function')
    throw new UserError(`${file}: checks.ignorePaths: ${isIgnored.mistake}`)
  const { doNotAutoAddDefaults, addAllBuiltIn, include, exclude } = checks
  return { file, doNotAutoAddDefaults, addAllBuiltIn, include, exclude, customChecks, isIgnored }
}

function mistakes(file: string, issue: z.core.$ZodIssue): string[] {
  const at = issue.path.join('.')
  if (issue.code !== 'unrecognized_keys') return [`${file}: ${at === '' ? '' : `${at}: `}${issue.message}`]
  return issue.keys.map((key) => {
    const full = at === '' ? key : `${at}.${key}`
    return `${file}: ${full} is no key of kube-linter's configuration; there are: ${keysAt(at).join(', ')}`
  })
}

const checkKeys = Object.keys(checksSchema.shape)
const customCheckKeys = Object.keys(customCheckSchema.shape)
const fileKeys = Object.keys(fileSchema.shape)

function keysAt(path: string): string[] {
  if (path === '') return fileKeys
  if (path === 'checks') return checkKeys
  return path.endsWith('.scope') ? ['objectKinds'] : customCheckKeys
}

const caseOf = new Map(
  [...fileKeys, ...checkKeys, ...customCheckKeys, 'objectKinds'].map((key) => [key.toLowerCase(), key]),
)

/** Known keys as they are spelled in the documentation; what stands under `params` belongs to the template. */
function withKnownCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKnownCase)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => {
      const known = caseOf.get(key.toLowerCase()) ?? key
      return [known, known === 'params' ? item : withKnownCase(item)]
    }),
  )
}
