import { isObject, property, type JsonObject, type JsonValue } from '../../model/index.ts'
import { subjectOf } from '../../resources/index.ts'

/** Most of a message that is taken over. */
const longest = 1000

/** Shorter values are no secrets, and stand in many a word. */
const shortest = 4

/**
 * A message without what is secret in the object that it is about: the data of a Secret, and values of variables that
 * are named like secrets. A policy may put any of them into its messages. What such a variable shares with a name or an
 * image of the object is none.
 */
export function withoutSecrets(message: string, object: JsonObject): string {
  const told = secretsOf(object).filter((secret) => secret.length >= shortest && message.includes(secret))
  if (told.length === 0) return message
  const open = object['kind'] === 'Secret' ? [] : openTextsOf(object)
  const secrets = told.filter((secret) => !open.some((text) => text.includes(secret)))
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
    return [...encoded, ...valuesOf(stringData)].flatMap(formsOf)
  }
  const containers = subjectOf(object)?.pod?.containers ?? []
  return containers.flatMap((container) => {
    const env = property(container.value, 'env')
    return (Array.isArray(env) ? env : []).flatMap((variable) => {
      const [name, value] = [property(variable, 'name'), property(variable, 'value')]
      return typeof name === 'string' && typeof value === 'string' && secretName.test(name)
        ? formsOf(value)
        : []
    })
  })
}

/** A value as a message may hold it: as it is, without its ends, in quotes, or a line of it. */
function formsOf(value: string): string[] {
  const quoted = JSON.stringify(value).slice(1, -1)
  return [value, value.trim(), quoted, ...value.split(/\r?\n/).map((line) => line.trim())]
}

/** Texts of an object that anybody may read: not those of variables and commands, nor of annotations, which may repeat all. */
function openTextsOf(value: JsonValue): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(openTextsOf)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inside]) =>
    ['env', 'command', 'args', 'annotations'].includes(key) ? [] : openTextsOf(inside),
  )
}

function valuesOf(map: JsonValue | undefined): string[] {
  return isObject(map) ? Object.values(map).filter((value) => typeof value === 'string') : []
}
