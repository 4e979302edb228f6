import { isObject, type Finding, type JsonValue, type PatchOperation } from '../model/index.ts'

/**
 * Keeps secrets of manifests off the screen. A finding about a secret shows none of the values near it; of any other,
 * the values of keys, variables and options that are named like secrets are masked, wherever a line is shown.
 */

/** What is written in place of a value that may be a secret. */
export const mask = '***'

const words =
  'pass(?:word|wd|phrase)|passwd|pwd|secret|token|api[-_.]?key|access[-_.]?key|private[-_.]?key|credential|auth(?!or)|dsn|connection[-_.]?string'
const secretWord = new RegExp(words, 'i')
/** A key and its value on one line, in block style, flow style or JSON. */
const pair =
  /(?<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s{}[\],"':#]+)(?<colon>\s*:\s+|\s*:(?=["'])|(?<=["'])\s*:)(?<value>"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[^\s,{}[\]#][^,{}[\]]*)/g
/** `--db-password=x`, `TOKEN=x`. */
const option = new RegExp(`((?:^|[\\s"'[,-])[\\w.-]*(?:${words})[\\w.-]*=)[^\\s"',\\]]+`, 'gi')
/** `postgres://user:password@host`. */
const userInfo = /(:\/\/[^\s/:@"']*:)[^\s/@"']+(?=@)/g
/** Never secret, and often what a finding is about: `automountServiceAccountToken: true`. */
const plainValue = /^(?:true|false|null|~)\s*(?:#.*)?$/

/** Whether every value near a finding may be a secret: it is about one, or it stands in a Secret or a variable. */
export function isAboutSecrets(finding: Finding, family: string | undefined): boolean {
  return (
    family === 'secrets' ||
    finding.resource.kind === 'Secret' ||
    /\/env\/\d+(?:\/value)?$/.test(finding.location.pointer)
  )
}

/**
 * Source lines, one behind the other, as they may be shown. `all` masks every value but names and kinds. Keys, names,
 * comments in front and the layout stay.
 */
export function maskLines(lines: readonly string[], all: boolean): string[] {
  // The name of a variable stands on the line before its value.
  let name = ''
  return lines.map((line) => {
    if (/^\s*-/.test(line)) name = ''
    let pairs = 0
    const masked = line.replaceAll(pair, (text: string, ...rest: unknown[]) => {
      const { key, colon, value } = groupsOf(rest.at(-1))
      pairs++
      const word = key.replaceAll(/^["']|["']$/g, '')
      if (word === 'name') name = value
      if (plainValue.test(value)) return text
      const secret = all ? !/^(?:name|kind|apiVersion)$/.test(word) : isSecret(word, name)
      return secret ? `${key}${colon}${mask}` : text
    })
    // A line of a list or of a block scalar has no key to keep.
    if (all && pairs === 0 && !/:\s*(?:#.*)?$/.test(line))
      return line.replace(/^(\s*(?:- +)?)\S.*$/s, `$1${mask}`)
    return masked.replaceAll(option, `$1${mask}`).replaceAll(userInfo, `$1${mask}`)
  })
}

function isSecret(key: string, name: string): boolean {
  if (key === 'value') return secretWord.test(name)
  return secretWord.test(key) && !/(?:name|ref)$/i.test(key)
}

function groupsOf(groups: unknown): { key: string; colon: string; value: string } {
  const text = (name: string): string => {
    const value: unknown = typeof groups === 'object' && groups !== null ? Reflect.get(groups, name) : ''
    return typeof value === 'string' ? value : ''
  }
  return { key: text('key'), colon: text('colon'), value: text('value') }
}

/** One operation as a line of text, for patches that are shown and not applied. */
export function operationText(operation: PatchOperation, all: boolean): string {
  switch (operation.op) {
    case 'add':
    case 'replace':
      return `${operation.op} ${operation.path}: ${all ? mask : valueText(operation.value)}`
    case 'move':
    case 'copy':
      return `${operation.op} ${operation.from} to ${operation.path}`
    case 'remove':
    case 'test':
      break
  }
  return `${operation.op} ${operation.path}`
}

function valueText(value: JsonValue): string {
  const hide = (inner: JsonValue): JsonValue => {
    if (Array.isArray(inner)) return inner.map(hide)
    if (!isObject(inner)) return inner
    const name = typeof inner['name'] === 'string' ? inner['name'] : ''
    return Object.fromEntries(
      Object.entries(inner).map(([key, item]) => [
        key,
        typeof item === 'string' && isSecret(key, name) ? mask : hide(item),
      ]),
    )
  }
  return JSON.stringify(hide(value))
}
