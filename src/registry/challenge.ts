/** How a registry wants to know who asks (`WWW-Authenticate`). */
export type Challenge = { scheme: 'basic' } | { scheme: 'bearer'; realm: string; service: string | undefined }

const longest = 4096

/** Reads the first challenge that can be answered; a token is better than a password. */
export function readChallenge(header: string): Challenge | undefined {
  if (header.length > longest) return undefined
  const challenges = [...header.matchAll(/(?:^|,\s*)(bearer|basic)(?=\s|,|$)/gi)].map(
    ({ 0: whole, 1: scheme = '', index }) => ({
      scheme: scheme.toLowerCase(),
      start: index + whole.length,
      index,
    }),
  )
  const read = challenges.map(({ scheme, start }, at): Challenge | undefined => {
    const parameters = new Map(
      [...header.slice(start, challenges[at + 1]?.index).matchAll(/(\w+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key.toLowerCase(), value] as const,
      ),
    )
    const realm = parameters.get('realm')
    if (scheme === 'basic') return { scheme }
    return realm === undefined ? undefined : { scheme: 'bearer', realm, service: parameters.get('service') }
  })
  return read.find((one) => one?.scheme === 'bearer') ?? read.find((one) => one !== undefined)
}
