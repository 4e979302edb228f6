import { delimiter, join, resolve } from 'node:path'
import { UserError, type Backend, type ClusterRequest } from '../model/index.ts'

/** What the decision goes by. All of it is handed in; nothing is read from the process. */
export interface ClusterFacts {
  requested: ClusterRequest
  /** Absolute path from the flag or input. */
  kubeconfig?: string | undefined
  /** Name from the flag or input. */
  context?: string | undefined
  /** KUBECONFIG as it stands. */
  kubeconfigVariable?: string | undefined
  /** KUBEBUILDER_ASSETS as it stands. */
  assets?: string | undefined
  /** Absolute; where `.kube/config` is looked for, but never by `auto`. */
  home?: string | undefined
  inActions: boolean
  /** Whether an archive of the server is pinned for this machine; see envtestArchive. */
  downloadable: boolean
  /** Whether this is a checkout that can build the server itself. */
  buildable: boolean
}

/** Looks at the machine. */
export interface ClusterLooks {
  /** Absolute path of a program on PATH. */
  findProgram: (name: string) => Promise<string | undefined>
  /** Whether a file is there and may be run. */
  isProgram: (file: string) => Promise<boolean>
  /** Whether a file is for the repository that is looked at to choose; absent: none is. */
  isGuarded?: (file: string) => Promise<boolean>
  /** Whether a file is there. */
  exists: (file: string) => Promise<boolean>
}

export type ApiServerSource =
  { from: 'disk'; apiserver: string; etcd: string } | { from: 'download' } | { from: 'build' }

export type ClusterChoice =
  | { backend: 'kubeconfig'; files: string[]; origin: string; context: string | undefined }
  | { backend: 'apiserver'; source: ApiServerSource }
  | { backend: 'kind'; kind: string }
  /** `auto` found nothing: why, one sentence for each that was looked for. */
  | { backend: undefined; reasons: string[] }

/** A choice, or the sentence that says why it is none. */
type Option = Exclude<ClusterChoice, { backend: undefined }> | string

/**
 * Which cluster to use. `auto` takes a kubeconfig that is given, else kube-apiserver and etcd, else kind; in a checkout
 * it builds the server when there is nothing else. It never downloads programs at a terminal: that wants
 * `--cluster apiserver`. A request that cannot be met is a `UserError` that says what to do.
 */
export async function chooseCluster(facts: ClusterFacts, looks: ClusterLooks): Promise<ClusterChoice> {
  const { requested, kubeconfig, context } = facts
  const named = kubeconfig === undefined ? (context === undefined ? undefined : '--context') : '--kubeconfig'
  if (named !== undefined && requested !== 'auto' && requested !== 'kubeconfig')
    throw new UserError(`${named} does not go with --cluster ${requested}; use --cluster kubeconfig`)
  // Whoever names a file or a context wants it, whatever else there is.
  const backend: ClusterRequest = named === undefined ? requested : 'kubeconfig'
  if (backend === 'auto') return choose(facts, looks)
  const option = await {
    kubeconfig: () => kubeconfigOption(facts, looks, true),
    apiserver: () => serverOption(facts, looks, true),
    kind: () => kindOption(looks),
  }[backend]()
  if (typeof option === 'string') throw new UserError(`--cluster ${backend}: ${option}`, whatToDo[backend])
  return option
}

const whatToDo: Readonly<Record<Backend, string>> = {
  kubeconfig: 'Name a kubeconfig with --kubeconfig or KUBECONFIG.',
  apiserver: 'Put kube-apiserver and etcd on PATH, or set KUBEBUILDER_ASSETS to the folder that holds them.',
  kind: 'Install what is missing, or use --cluster apiserver, which needs neither.',
}

async function choose(facts: ClusterFacts, looks: ClusterLooks): Promise<ClusterChoice> {
  const reasons: string[] = []
  for (const option of [
    () => kubeconfigOption(facts, looks, false),
    () => serverOption(facts, looks, false),
    () => kindOption(looks),
  ]) {
    const found = await option()
    if (typeof found !== 'string') return found
    reasons.push(found)
  }
  if (facts.buildable) return { backend: 'apiserver', source: { from: 'build' } }
  return { backend: undefined, reasons }
}

async function kubeconfigOption(
  { kubeconfig, context, kubeconfigVariable, home }: ClusterFacts,
  { exists }: ClusterLooks,
  asked: boolean,
): Promise<Option> {
  if (kubeconfig !== undefined)
    return { backend: 'kubeconfig', files: [kubeconfig], origin: '--kubeconfig', context }
  const files = (kubeconfigVariable ?? '')
    .split(delimiter)
    .filter((file) => file !== '')
    .map((file) => resolve(file))
  if (files.length > 0) {
    for (const file of files)
      if (await exists(file)) return { backend: 'kubeconfig', files, origin: 'KUBECONFIG', context }
    return `KUBECONFIG names no file that exists: ${files.join(', ')}.`
  }
  const usual = home === undefined ? undefined : join(home, '.kube', 'config')
  if (asked && usual !== undefined && (await exists(usual)))
    return { backend: 'kubeconfig', files: [usual], origin: '~/.kube/config', context }
  return asked
    ? 'no kubeconfig is given, and there is no ~/.kube/config.'
    : 'No kubeconfig is given by --kubeconfig or KUBECONFIG.'
}

async function serverOption(
  { assets, inActions, downloadable, buildable }: ClusterFacts,
  { findProgram, isProgram, isGuarded = async () => false }: ClusterLooks,
  asked: boolean,
): Promise<Option> {
  // Refused rather than passed over: whoever sets the variable should not get another server without a word.
  if (assets !== undefined && assets !== '')
    for (const name of ['kube-apiserver', 'etcd'])
      if (await isGuarded(join(assets, name)))
        return `KUBEBUILDER_ASSETS lies in the repository that is looked at, and no program is run from there: ${assets}.`
  const find = async (name: string): Promise<string | undefined> => {
    const given = assets === undefined || assets === '' ? undefined : join(assets, name)
    return given !== undefined && (await isProgram(given)) ? given : findProgram(name)
  }
  const [apiserver, etcd] = [await find('kube-apiserver'), await find('etcd')]
  if (apiserver !== undefined && etcd !== undefined)
    return { backend: 'apiserver', source: { from: 'disk', apiserver, etcd } }
  // A checkout builds what its own tests use, without a network once the modules are there.
  if (asked && buildable) return { backend: 'apiserver', source: { from: 'build' } }
  if ((asked || inActions) && downloadable) return { backend: 'apiserver', source: { from: 'download' } }
  const missing = [
    ...(apiserver === undefined ? ['kube-apiserver'] : []),
    ...(etcd === undefined ? ['etcd'] : []),
  ].join(' and ')
  const absent = `${missing} ${missing.includes(' ') ? 'are' : 'is'} neither on PATH nor in KUBEBUILDER_ASSETS`
  if (!downloadable) return `${absent}, and no download is pinned for this machine.`
  return `${absent}; --cluster apiserver downloads them.`
}

/** Engines that kind can use; docker is looked for first, as kind does. */
const engines = ['docker', 'podman', 'nerdctl']

async function kindOption({ findProgram }: ClusterLooks): Promise<Option> {
  const kind = await findProgram('kind')
  if (kind === undefined) return 'kind is not on PATH.'
  for (const engine of engines)
    if ((await findProgram(engine)) !== undefined) return { backend: 'kind', kind }
  return 'kind is on PATH, and no Docker for it.'
}
