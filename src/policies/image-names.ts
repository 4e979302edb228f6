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
