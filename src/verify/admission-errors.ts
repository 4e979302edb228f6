import { property, type ApiCause, type DryRun, type JsonObject } from '../model/index.ts'
import { placeOfField, textWithPlaces, touches, type Place } from './admission-places.ts'

export type Refusal = Extract<DryRun, { outcome: 'rejected' }>

/** One thing that the server has against an object, so that those of two objects can be compared. */
export interface Complaint {
  /** Undefined where the server names none. */
  place: Place | undefined
  /** Equal for the same complaint about two versions of an object. */
  key: string
  /** The same, blind to the value that the server quotes. */
  loose: string
  /** The server's own words. */
  text: string
}

/** All that the server has against an object. `source` is the object as it was sent: places are read in it. */
export function complaintsOf(refusal: Refusal, source: JsonObject): Complaint[] {
  if (refusal.rejection === 'malformed') return decodingComplaints(refusal.message, source)
  const causes = refusal.causes.filter(({ field, message }) => field !== '' || message !== '')
  if (causes.length > 0) return causes.map((cause) => ofCause(cause, source))
  return podSecurityComplaints(refusal.message) ?? [ofText(refusal.message, source)]
}

/** One complaint as it is shown to people. */
export interface Shown {
  text: string
  /** The field that it names, as the server writes it; empty where it names none. */
  field: string
}

/** The words of a refusal for people, one for each complaint. */
export function refusalLines(refusal: Refusal): Shown[] {
  if (refusal.rejection === 'malformed' && isStrict(refusal)) return strictLines(refusal.message)
  const causes = refusal.causes.filter(({ field, message }) => field !== '' || message !== '')
  if (refusal.rejection === 'malformed' || causes.length === 0)
    return [{ text: inBrief(refusal.message), field: '' }]
  return causes.map(({ field, message }) => ({
    text: inBrief(field === '' ? message : `${field}: ${message}`),
    field,
  }))
}

/** Unknown and duplicate fields come all in one text. Where it lists anything else, the whole is one complaint. */
function strictLines(message: string): Shown[] {
  const listed = message.slice(message.indexOf(strictMark) + strictMark.length)
  const fields = [...listed.matchAll(strictField)]
  const isAll = listed.replaceAll(strictField, '').replaceAll(/[,\s]/g, '') === ''
  if (fields.length === 0 || !isAll) return [{ text: inBrief(message), field: '' }]
  return fields.map(([text, field = '']) => ({ text: inBrief(text), field }))
}

const strictField = /(?:unknown|duplicate) field "((?:[^"\\]|\\.)*)"/g

const longestText = 400

/** Keys and paths of which the value is not shown (the words of the report's masks, and keys of all kinds). */
const secretWord =
  /pass(?:word|wd|phrase)|pwd|secret|token|key|credential|auth(?!or)|dsn|connection[-_.]?string|\benv\[\d+\]\.value$/i
/** What ends like this names a secret or a label, and is none: `secretKeyRef.name`, `matchExpressions[0].key`. */
const namesOnly =
  /(?:name|ref|keyRef\.key|(?:matchExpressions|matchFields|tolerations|taints|items)\[\d+\]\.key)$/i
const quoted = /(?<!\S)(\S+): ((?:Invalid|Unsupported|Duplicate) value|Not found): "(?:[^"\\]|\\.)*"/g
/** Bytes as Go prints them: `[]byte{0x68, 0x75}`, `[0x68 0x75]`, `[68 75 6e 74]`, `[104 117 110 116]`. */
const rawBytes =
  /(?:\[\](?:byte|uint8))?[[{(]\s*0x[0-9a-f]+(?:[,\s]+0x[0-9a-f]+)*\s*[\])}]|\[(?:[0-9a-f]{2}\s){3,}[0-9a-f]{2}\]|\[(?:\d{1,3}\s){3,}\d{1,3}\]/gi
/** The stretch of the request that a decoder shows around its mistake. */
const stretch = /\.\.\.\|[\s\S]*?\|\.\.\./g
/** `postgres://user:password@host`. */
const userInfo = /(:\/\/[^\s/:@"']*:)[^\s/@"']+(?=@)/g

/**
 * What the server says, without the objects that it quotes: a whole pod template, with the values of its environment,
 * stands in the message about a field that cannot be changed. Without what may be secret, and without anything that a
 * terminal would obey: webhooks say what their authors like.
 */
export function inBrief(message: string): string {
  const [first = '', second = ''] = message
    .replace(
      /Invalid value: (?:\{[\s\S]*\}|\[[\s\S]*\]|(?:\[\]|map\[\w+\])*&?[\w.]+\{[\s\S]*\}): /,
      'Invalid value: ',
    )
    .replaceAll(quoted, (text, path: string, what: string) =>
      secretWord.test(path) && !namesOnly.test(path) ? `${path}: ${what}: ***` : text,
    )
    .replaceAll(rawBytes, '***')
    .replaceAll(stretch, '...')
    .replaceAll(userInfo, '$1***')
    .trim()
    .split(/\r?\n/, 2)
    .map((line) =>
      line
        .replaceAll('\t', ' ')
        .replaceAll(/\p{Cc}/gu, '')
        .trim(),
    )
  // `yaml: unmarshal errors:` alone says nothing.
  const text = first.endsWith(':') ? `${first} ${second}`.trim() : first
  return text.length > longestText ? `${text.slice(0, longestText)}...` : text
}

/** What one list of complaints holds that the other does not, each of the other answering for one. */
export function newComplaints(
  before: readonly Complaint[],
  after: readonly Complaint[],
  changed: readonly Place[],
): Complaint[] {
  const left = [...before]
  return after.filter((complaint) => {
    // A value that the patch has written must be quoted as it was; any other may be another (a whole map of labels).
    const written = changed.some(
      (place) => complaint.place === place || complaint.place?.startsWith(`${place}/`),
    )
    const known = left.findIndex((other) =>
      written ? other.key === complaint.key : other.loose === complaint.loose,
    )
    if (known === -1) return true
    left.splice(known, 1)
    return false
  })
}

/** True where a complaint is about something that the patch changes. */
export function isAbout(complaint: Complaint, changed: readonly Place[]): boolean {
  const { place } = complaint
  return place !== undefined && changed.some((other) => touches(place, other))
}

function ofCause({ field, reason, message }: ApiCause, source: JsonObject): Complaint {
  // A complaint about the object as a whole has the field `<nil>` or none.
  const place = field === '' || field === '<nil>' ? undefined : placeOfField(source, field)
  const words = normalised(message, source)
  const at = place ?? ''
  return {
    place,
    key: `${at} ${reason} ${words}`,
    loose: `${at} ${reason} ${withoutValue(words)}`,
    text: field === '' ? message : `${field}: ${message}`,
  }
}

function ofText(text: string, source: JsonObject): Complaint {
  const key = normalised(text, source)
  return { place: undefined, key, loose: key, text }
}

/** `Invalid value: "x": must be ...` without the value (field.Error.ErrorBody in apimachinery). */
function withoutValue(message: string): string {
  return message.replace(
    /^(Invalid value|Unsupported value|Duplicate value|Not found|Too many|Too few): (?:"(?:[^"\\]|\\.)*"|[[{].*[\]}](?=: |$)|[^:]*)/,
    '$1',
  )
}

/**
 * What could not be decoded. Strict decoding lists all it finds in one text (runtime.strictDecodingError); anything else
 * ends at the first mistake.
 */
function decodingComplaints(message: string, source: JsonObject): Complaint[] {
  const at = message.indexOf(strictMark)
  if (at === -1) return [ofText(message, source)]
  const listed = message.slice(at + strictMark.length)
  const fields = [...listed.matchAll(/(unknown|duplicate) field "((?:[^"\\]|\\.)*)"/g)].map(
    ([text, what = '', field = '']): Complaint => {
      const place = placeOfField(source, field)
      const key = `${what} ${place}`
      return { place, key, loose: key, text }
    },
  )
  const others = listed
    .replaceAll(/(?:unknown|duplicate) field "(?:[^"\\]|\\.)*"/g, '')
    .split(/\n|, /)
    .map((text) => text.trim())
    .filter((text) => text !== '' && text !== ',' && !text.endsWith('unmarshal errors:'))
  return [...fields, ...others.map((text) => ofText(text, source))]
}

const strictMark = 'strict decoding error: '

/** True where decoding listed all that is wrong, and did not end at the first mistake. */
export function isStrict({ message }: Refusal): boolean {
  return message.includes(strictMark)
}

/** Lines move with the text, indexes with the lists, and drawn names with every request. */
function normalised(text: string, source: JsonObject): string {
  const drawn = property(source['metadata'], 'generateName')
  const named =
    typeof drawn === 'string' && drawn !== ''
      ? text
          .split(drawn)
          .map((part, index) => (index === 0 ? part : part.replace(/^[a-z0-9]{5}\b/, '*')))
          .join(drawn)
      : text
  return textWithPlaces(source, named).replaceAll(/\bline \d+/g, 'line *')
}

/**
 * The complaints of Pod Security, which come as one text that shrinks when one of them is cured:
 * `violates PodSecurity "restricted:latest": a (container "x" must ...), b (...)`. Each reason with each name that it
 * quotes is one complaint. Undefined for any other text.
 */
export function podSecurityComplaints(text: string): Complaint[] | undefined {
  const head = /^(?<before>.*?)(?:would )?violates? PodSecurity "[^"]*": /s.exec(text)
  if (head === null) return undefined
  return reasonsOf(text.slice(head[0].length)).flatMap((reason) => {
    const open = reason.indexOf(' (')
    const name = open === -1 ? reason : reason.slice(0, open)
    const quoted = open === -1 ? [] : [...reason.slice(open).matchAll(/"([^"]*)"/g)].map(([, word]) => word)
    return [...new Set(quoted.length === 0 ? [''] : quoted)].map((word): Complaint => {
      const key = `PodSecurity ${name} ${word}`
      return { place: undefined, key, loose: key, text: reason }
    })
  })
}

/** Splits at the commas that stand outside of brackets and quotes. */
function reasonsOf(text: string): string[] {
  const reasons: string[] = []
  let [depth, quoted, start] = [0, false, 0]
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === '(') depth++
    else if (character === ')') depth--
    else if (character === ',' && depth === 0) {
      reasons.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  reasons.push(text.slice(start).trim())
  return reasons.filter((reason) => reason !== '')
}

/** The warnings of an answer, each comparable like a complaint; those of Pod Security one by one. */
export function warningsOf(warnings: readonly string[], source: JsonObject): Complaint[] {
  return warnings.flatMap(
    (text) =>
      podSecurityComplaints(text) ?? [{ ...ofText(text, source), place: placeOfWarning(text, source) }],
  )
}

/**
 * True for a warning of the length to which the server cuts all warnings of an answer that has more than 4096 characters
 * of them (apiserver pkg/endpoints/filters/warning.go, truncateItemRunes); it then leaves out what comes later, too.
 */
export function isPerhapsCut(warning: string): boolean {
  return warning.length >= 256 && Array.from(warning).length === 256
}

/** A warning about a field begins with it: `spec.containers[0].env[1]: hides previous definition of "A"`. */
function placeOfWarning(text: string, source: JsonObject): Place | undefined {
  const field = /^((?:metadata|spec|template|data)(?:\.\w+|\[[^[\]]*\])*): /.exec(text)?.[1]
  return field === undefined ? undefined : placeOfField(source, field)
}
