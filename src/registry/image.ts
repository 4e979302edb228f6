import { UserError } from '../model/index.ts'

/** Names of Docker Hub, and how the parts of it are called. */
const hub = { name: 'docker.io', aliases: ['docker.io', 'index.docker.io', 'registry-1.docker.io'] }

/** An image as a registry knows it. */
export interface RegistryImage {
  /** As people name the registry, with its port where it has one; Docker Hub is `docker.io`. */
  host: string
  repository: string
  tag: string
}

/** The registry of an image that is written without a tag means its `latest`. Undefined for what no registry can hold. */
export function registryImage(name: string, tag = 'latest'): RegistryImage | undefined {
  const [first = '', ...rest] = name.split('/')
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const host = hasHost ? registryHost(first) : hub.name
  if (host === undefined) return undefined
  const path = hasHost ? rest.join('/') : name
  const repository = host === hub.name && !path.includes('/') ? `library/${path}` : path
  if (repository.length > 255 || !repositoryForm.test(repository)) return undefined
  return /^\w[\w.-]{0,127}$/.test(tag) ? { host, repository, tag } : undefined
}

/** The grammar of the OCI distribution specification. */
const part = '[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*'
const repositoryForm = new RegExp(`^${part}(?:/${part})*$`)

/** A registry as people name it: a host, with a port where it has one. Undefined where it is none. */
export function registryHost(text: string): string | undefined {
  const lower = text.toLowerCase()
  if (hub.aliases.includes(lower)) return hub.name
  const isHost =
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*(?::\d{1,5})?$/
  return lower.length <= 253 && isHost.test(lower) && URL.canParse(`https://${lower}`) ? lower : undefined
}

/** A registry that somebody has named. `what` says where. */
export function readRegistry(text: string, what: string): string {
  const host = registryHost(text)
  if (host === undefined)
    throw new UserError(
      `${what}: is no registry`,
      'write its host alone, such as ghcr.io or registry.example:5000',
    )
  return host
}

/** Where the API of a registry is. Only one on this machine itself speaks plain http. */
export function apiOf(host: string): URL {
  const url = new URL(`https://${host === hub.name ? 'registry-1.docker.io' : host}`)
  return isLoopback(url.hostname) ? new URL(`http://${host}`) : url
}

/** Under which names Docker's configuration keeps what is known of a registry. */
export function credentialKeys(host: string): readonly string[] {
  return host === hub.name
    ? ['https://index.docker.io/v1/', ...hub.aliases]
    : [host, `https://${host}`, `https://${host}/`, `https://${host}/v1/`, `https://${host}/v2/`]
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || /^127(?:\.\d{1,3}){3}$/.test(hostname) || hostname === '[::1]'
}
