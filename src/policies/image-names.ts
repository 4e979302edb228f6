/** Names of the same registry. */
const hub = ['docker.io', 'index.docker.io', 'registry-1.docker.io']

/**
 * Every name that the image of a name goes by, without tag and digest: `nginx` is docker.io/library/nginx as well. A first
 * part with a dot or a port, or `localhost`, is a registry; anything else is a path on Docker Hub (OCI distribution
 * reference grammar).
 */
export function imageNames(name: string): string[] {
  const [first = '', ...rest] = name.split('/')
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  if (hasRegistry && !hub.includes(first)) return [name]
  const path = (hasRegistry ? rest : [first, ...rest]).join('/')
  const short = path.startsWith('library/') ? path.slice('library/'.length) : path
  const paths = short.includes('/') ? [short] : [short, `library/${short}`]
  return paths.flatMap((one) => [one, ...hub.map((registry) => `${registry}/${one}`)])
}

/** An image as it is written: its name, and what comes behind it. */
export interface ImageReference {
  name: string
  tag: string | undefined
  digest: string | undefined
}

/** Takes an image apart; undefined where it is none, such as one with a placeholder in it. */
export function imageReference(image: string): ImageReference | undefined {
  const [reference = '', digest, more] = image.split('@')
  const colon = reference.indexOf(':', reference.lastIndexOf('/') + 1)
  const name = colon === -1 ? reference : reference.slice(0, colon)
  const tag = colon === -1 ? undefined : reference.slice(colon + 1)
  const isWhole =
    more === undefined &&
    /^[A-Za-z0-9][\w./:-]*$/.test(name) &&
    (tag === undefined || /^\w[\w.-]{0,127}$/.test(tag)) &&
    (digest === undefined || /^sha256:[0-9a-f]{64}$/.test(digest))
  return isWhole ? { name, tag, digest } : undefined
}
