import { posix } from 'node:path'
import {
  didYouMean,
  matches,
  openConfig,
  readSource,
  type BroughtPolicies,
  type Config,
  type ConfigSources,
  type NamedFiles,
  type OpenConfig,
  type Source,
} from './config/index.ts'
import {
  isObject,
  pointerOf,
  policySchema,
  property,
  UserError,
  type JsonValue,
  type KyvernoPolicy,
  type Policy,
} from './model/index.ts'
import { parsePolicy } from './policies/index.ts'
import { isKustomization } from './resources/index.ts'
import { Lines, locate, readDocuments, type YamlDocument } from './yaml/index.ts'

/*
 * Policies that a configuration brings along: which files its `policies` names, and what they hold. Policies in our own
 * form and those of Kyverno may stand side by side, a file has the one or the other.
 */

/** Where the files of policies are read: a repository on this machine, or the commit before a change. */
export interface PolicyTree {
  /** Its root: an absolute folder with `/`. Nothing outside of it is read. */
  root: string
  /** The file at a path, or all files below it where it is a folder; paths are from the root. */
  list(path: string): Promise<{ files: readonly TreeFile[]; complete: boolean }>
  read(path: string, mostBytes: number): Promise<{ text: string } | { problem: string }>
}

export interface TreeFile {
  path: string
  kind: 'file' | 'link' | 'unreadable' | 'other'
}

interface PolicyFile {
  /** As reports name it. */
  file: string
  text: string
}

/** Nobody keeps so many policies; a folder with more is not one of policies. */
const mostFiles = 1000
const mostBytes = 1024 * 1024
const mostBytesOfAll = 16 * 1024 * 1024

const readable = /\.(?:ya?ml|json)$/i

/** Reads a configuration with all that it names. Whatever is wrong in any of the files is a `UserError`. */
export async function configure(
  sources: ConfigSources & { policies: readonly Policy[] },
  treeOf: (folder: string) => PolicyTree,
): Promise<Config> {
  const config = openConfig(sources)
  return config.close(await readBrought(config, sources, treeOf))
}

/** The policies that a configuration brings along, whatever else it says. */
export async function readBrought(
  config: OpenConfig,
  { root, policies }: { root: string; policies: readonly Policy[] },
  treeOf: (folder: string) => PolicyTree,
): Promise<BroughtPolicies> {
  if (config.policies.length === 0) return { own: [], kyverno: [] }
  const tree = treeOf(config.folder)
  const paths = new Map<string, NamedFiles>()
  for (const named of config.policies)
    for (const path of await filesOf(named, config.folder, tree)) if (!paths.has(path)) paths.set(path, named)
  if (paths.size > mostFiles)
    throw new UserError(`\`policies\` names ${paths.size} files, and no more than ${mostFiles} are read`)
  const files: PolicyFile[] = []
  let bytes = 0
  for (const [path, named] of [...paths].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const file = posix.relative(root, posix.join(tree.root, path))
    const read = await tree.read(path, mostBytes)
    if ('problem' in read) throw named.wrong(`${file} ${read.problem}`)
    bytes += read.text.length
    if (bytes > mostBytesOfAll)
      throw new UserError(
        `\`policies\` names more than ${mostBytesOfAll / 1024 / 1024} MiB, and no more than that is read`,
      )
    files.push({ file, text: read.text })
  }
  return readFiles(files, policies)
}

/** The files that an entry of `policies` stands for. One that stands for nothing is a mistake. */
async function filesOf(named: NamedFiles, folder: string, tree: PolicyTree): Promise<string[]> {
  const base = posix.relative(tree.root, folder)
  const pattern = posix.normalize(posix.join(base, named.path)).replace(/\/+$/, '')
  if (posix.isAbsolute(named.path) || pattern === '..' || pattern.startsWith('../'))
    throw named.wrong('lies outside of the repository, and nothing is read there')
  const start = fixedPart(pattern)
  const { files, complete } = await tree.list(start)
  const isOneFile = files.some(({ path, kind }) => path === pattern && kind === 'file')
  if (!complete && !isOneFile)
    throw named.wrong('stands for more files than are looked at; name a smaller folder, or the files')
  const found = files.filter(
    ({ path, kind }) =>
      path === pattern ||
      (path === start && kind === 'link') ||
      (matches(path, pattern) &&
        // A kustomization in a folder of policies applies them to a cluster.
        (kind !== 'file' || (readable.test(path) && !isKustomization(`/${path}`)))),
  )
  const [first] = found
  if (first === undefined) throw named.wrong('names no file with policies (.yaml, .yml or .json)')
  for (const { path, kind } of found) if (kind !== 'file') throw named.wrong(`${path} ${unfit[kind]}`)
  return found.map(({ path }) => path)
}

const unfit = {
  link: 'is a symbolic link; links are not followed',
  unreadable: 'cannot be read',
  other: 'is no regular file',
} as const

/** The folders of a glob before its first part that is none: the only ones that have to be looked through. */
function fixedPart(pattern: string): string {
  const parts = pattern.split('/')
  const first = parts.findIndex((part) => /[*?[{]|[!+@]\(/.test(part))
  return (first === -1 ? parts : parts.slice(0, first)).join('/')
}

function readFiles(files: readonly PolicyFile[], builtIn: readonly Policy[]): BroughtPolicies {
  const own: { source: Source<unknown>; policy: Policy; file: string }[] = []
  const kyverno: KyvernoPolicy[] = []
  for (const { file, text } of files) {
    const documents = readDocuments(text).filter(
      ({ value, problems }) => value !== null || problems.length > 0,
    )
    if (documents.some(({ value }) => isKubernetesObject(value)))
      kyverno.push(...documents.map((document) => kyvernoPolicy(document, file, text)))
    else own.push({ ...readPolicy(text, file), file })
  }
  const standard = new Set(builtIn.map(({ id }) => id))
  const first = new Map<string, string>()
  for (const { source, policy, file } of own) {
    const wrong = (text: string): UserError => source.error([{ pointer: '/id', onKey: false, text }])
    if (standard.has(policy.id))
      throw wrong(
        `a built-in policy is called ${policy.id}; choose another id (a built-in policy is changed with \`params\` and \`severity\`, and left out with --skip)`,
      )
    const other = first.get(policy.id)
    if (other !== undefined) throw wrong(`the policy of ${other} is called ${policy.id} as well`)
    first.set(policy.id, file)
  }
  const ids = new Set([...standard, ...first.keys()])
  for (const { source, policy } of own) checkRequired(policy, source, ids)
  const names = new Map<string, KyvernoPolicy>()
  for (const policy of kyverno) {
    const { name, file, line } = policy
    const other = names.get(name)
    if (other !== undefined)
      throw new UserError(
        `${file}:${line}: the policy of ${other.file}:${other.line} is called ${name} as well, so nobody could tell their findings apart`,
      )
    names.set(name, policy)
  }
  return { own: own.map(({ policy }) => policy), kyverno }
}

function checkRequired(policy: Policy, source: Source<unknown>, ids: ReadonlySet<string>): void {
  for (const [index, fix] of (policy.fix === 'none' ? [] : policy.fix).entries())
    for (const [at, id] of ('requires' in fix ? (fix.requires ?? []) : []).entries())
      if (!ids.has(id))
        throw source.error([
          {
            pointer: pointerOf(['fix', index, 'requires', at]),
            onKey: false,
            text: `unknown policy ${JSON.stringify(id)}${didYouMean(id, ids)}`,
          },
        ])
}

/** Reads a file with one policy: its shape first, then every pointer and expression, each mistake with its place. */
export function readPolicy(text: string, file: string): { policy: Policy; source: Source<unknown> } {
  const source = readSource(policySchema, text, file)
  const policy = parsePolicy(source.data, file)
  if (!('problems' in policy)) return { policy, source }
  throw source.error(
    policy.problems.map(({ path, message }) => ({ pointer: pointerOf(path), onKey: false, text: message })),
  )
}

const kyvernoKinds: Readonly<Record<string, readonly string[]>> = {
  'kyverno.io': ['ClusterPolicy', 'Policy'],
  'policies.kyverno.io': [
    'ValidatingPolicy',
    'NamespacedValidatingPolicy',
    'MutatingPolicy',
    'NamespacedMutatingPolicy',
  ],
}

function isKubernetesObject(value: JsonValue | undefined): boolean {
  return isObject(value) && ('apiVersion' in value || 'kind' in value)
}

function kyvernoPolicy(document: YamlDocument, file: string, text: string): KyvernoPolicy {
  const lines = new Lines(text)
  const wrong = (offset: number, message: string): UserError => {
    const { line, column } = lines.position(offset)
    return new UserError(`${file}:${line}:${column}: ${message}`)
  }
  const [problem] = document.problems
  if (problem !== undefined) throw wrong(problem.offset, problem.message.split('\n', 1)[0] ?? '')
  const { value } = document
  const offsetOf = (pointer: string): number =>
    (locate(document.tree, pointer) ?? locate(document.tree, ''))?.value.start ?? document.start
  const { apiVersion, kind, metadata } = isObject(value) ? value : {}
  if (typeof apiVersion !== 'string' || typeof kind !== 'string')
    throw wrong(
      offsetOf(''),
      'is no policy of Kyverno: it has no apiVersion and kind (a policy of your own stands in a file of its own)',
    )
  const kinds = kyvernoKinds[apiVersion.split('/')[0] ?? '']
  if (kinds === undefined)
    throw wrong(
      offsetOf('/apiVersion'),
      `${apiVersion} ${kind} is no policy: it is neither one of your own nor one of ${Object.keys(kyvernoKinds).join(' or ')}`,
    )
  if (!kinds.includes(kind))
    throw wrong(offsetOf('/kind'), `a ${kind} is not judged, only ${kinds.join(', ')}`)
  const name = property(metadata, 'name')
  if (typeof name !== 'string' || name.length > 253 || !/^[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?$/.test(name))
    throw wrong(offsetOf('/metadata/name'), 'the policy has no name that Kubernetes takes')
  return {
    file,
    line: lines.position(document.start).line,
    apiVersion,
    kind,
    name,
    text: text.slice(document.start, document.end),
  }
}
