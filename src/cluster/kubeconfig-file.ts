import { z } from 'zod'
import { UserError } from '../model/index.ts'
import { Lines, readDocuments } from '../yaml/index.ts'

/**
 * The parts of a kubeconfig (`v1`, kind `Config`) that decide whom we talk to and as whom. As in kubectl, keys that are
 * not known are passed over, and a list may be absent or null.
 */
const text = z.string().nullish()
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? [])

const clusterSchema = z.object({
  server: text,
  'certificate-authority': text,
  'certificate-authority-data': text,
  'tls-server-name': text,
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'proxy-url': text,
  extensions: listOf(z.object({ name: z.string(), extension: z.unknown() })),
})

const execSchema = z.object({
  apiVersion: z.string(),
  command: z.string().min(1),
  args: listOf(z.string()),
  env: listOf(z.object({ name: z.string(), value: z.string() })),
  installHint: text,
  provideClusterInfo: z.boolean().nullish(),
  interactiveMode: z.enum(['Never', 'IfAvailable', 'Always']).nullish(),
})
export type ExecSettings = z.infer<typeof execSchema>

const userSchema = z.object({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  as: text,
  'as-uid': text,
  'as-groups': listOf(z.string()),
  'as-user-extra': z.record(z.string(), z.unknown()).nullish(),
  'auth-provider': z.object({ name: z.string() }).nullish(),
  exec: execSchema.nullish(),
})

const contextSchema = z.object({ cluster: text, user: text, namespace: text })

const fileSchema = z.object({
  apiVersion: z.literal('v1').nullish(),
  kind: z.literal('Config').nullish(),
  'current-context': text,
  clusters: listOf(z.object({ name: z.string(), cluster: clusterSchema })),
  users: listOf(z.object({ name: z.string(), user: userSchema })),
  contexts: listOf(z.object({ name: z.string(), context: contextSchema })),
})

/** An entry with the file it stands in: its relative paths start there. */
export type From<Entry> = Entry & { file: string }
export type KubeconfigCluster = From<z.infer<typeof clusterSchema>>
export type KubeconfigUser = From<z.infer<typeof userSchema>>
export type KubeconfigContext = From<z.infer<typeof contextSchema>>

export interface Kubeconfig {
  currentContext: string | undefined
  clusters: ReadonlyMap<string, KubeconfigCluster>
  users: ReadonlyMap<string, KubeconfigUser>
  contexts: ReadonlyMap<string, KubeconfigContext>
}

/**
 * Reads one kubeconfig. A `UserError` names the file and what is wrong in it, by line or by key, and never by value: it
 * is full of secrets.
 */
export function parseKubeconfig(source: string, file: string): Kubeconfig {
  const documents = readDocuments(source)
  const lines = new Lines(source)
  const problems = documents
    .flatMap((document) => document.problems)
    .map(
      ({ message, offset }) =>
        `${file}:${lines.position(offset).line}: ${(message.split('\n', 1)[0] ?? '').replace(/ at line \d.*$/, '')}`,
    )
  if (problems.length > 0) throw new UserError(problems, 'It must be a kubeconfig in YAML.')
  const values = documents.flatMap(({ value }) => (value === undefined || value === null ? [] : [value]))
  if (values.length > 1) throw new UserError(`${file}: holds ${values.length} documents, not one kubeconfig`)
  const read = fileSchema.safeParse(values[0] ?? {})
  if (!read.success)
    throw new UserError(
      read.error.issues.map(({ path, message }) => `${file}: ${path.join('.') || 'the file'}: ${message}`),
      'It must be a kubeconfig: apiVersion v1, kind Config.',
    )
  const { data } = read
  return {
    currentContext: data['current-context'] || undefined,
    clusters: byName(
      file,
      'clusters',
      data.clusters.map(({ name, cluster }) => [name, cluster]),
    ),
    users: byName(
      file,
      'users',
      data.users.map(({ name, user }) => [name, user]),
    ),
    contexts: byName(
      file,
      'contexts',
      data.contexts.map(({ name, context }) => [name, context]),
    ),
  }
}

/** kubectl refuses a name that is there twice in one file, too. */
function byName<Entry>(
  file: string,
  list: string,
  entries: readonly (readonly [string, Entry])[],
): Map<string, From<Entry>> {
  const map = new Map<string, From<Entry>>()
  for (const [name, entry] of entries) {
    if (map.has(name)) throw new UserError(`${file}: ${list}: the name "${name}" is there twice`)
    map.set(name, { ...entry, file })
  }
  return map
}

/**
 * Several files as one, by kubectl's rule: "the first file to set a particular value or map key wins", whole entries
 * without mixing (kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig, "Merging").
 */
export function mergeKubeconfigs(files: readonly Kubeconfig[]): Kubeconfig {
  const first = <Entry>(pick: (file: Kubeconfig) => ReadonlyMap<string, Entry>): Map<string, Entry> =>
    new Map(files.toReversed().flatMap((file) => [...pick(file)]))
  return {
    currentContext: files.find(({ currentContext }) => currentContext !== undefined)?.currentContext,
    clusters: first(({ clusters }) => clusters),
    users: first(({ users }) => users),
    contexts: first(({ contexts }) => contexts),
  }
}
