import { isObject, property, type JsonObject, type JsonValue } from '../../model/index.ts'
import { subjectOf } from '../../resources/index.ts'

/** Most of a message that is taken over. */
const longest = 1000

/** Shorter values are no secrets, and stand in many a word. */
const shortest = 4

/**
 * A message without what is secret in the object that it is about: the data of a Secret, and values of variables that
 * are named like secrets. A policy may put any of them into its messages.
 */
export function withoutSecrets(message: string, object: JsonObject): string {
  const secrets = secretsOf(object).filter((secret) => secret.length >= shortest)
  // The longest first: one may be the beginning of another.
  return secrets
    .sort((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, '***'), message)
}

export function oneLine(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, longest)
}

const secretName = /pass|pwd|secret|token|key|credential|auth|dsn|connection/i

function secretsOf(object: JsonObject): string[] {
  if (object['kind'] === 'Secret') {
    const { data, stringData } = object
    const encoded = valuesOf(data).flatMap((value) => [value, Buffer.from(value, 'base64').toString()])
    return [...encoded, ...valuesOf(stringData)].flatMap((value) => [value, value.trim()])
  }
  const containers = subjectOf(object)?.pod?.containers ?? []
  return containers.flatMap((container) => {
    const env = property(container.value, 'env')
    return (Array.isArray(env) ? env : []).flatMap((variable) => {
      const [name, value] = [property(variable, 'name'), property(variable, 'value')]
      return typeof name === 'string' && typeof value === 'string' && secretName.test(name) ? [value] : []
    })
  })
}

function valuesOf(map: JsonValue | undefined): string[] {
  return isObject(map) ? Object.values(map).filter((value) => typeof value === 'string') : []
}
