import { equal, isObject, type JsonValue } from '../../src/model/index.ts'
import {
  causesOf,
  comparable,
  isAccepted,
  messageOf,
  reasonOf,
  withoutDrawn,
  type Answer,
  type Cause,
} from './answer.ts'

/** How the engine's answer stands to the server's, from the worst to the best. */
export const verdicts = [
  'accepts what the server rejects',
  'rejects what the server accepts',
  'no answer',
  'other reason or fields',
  'other message',
  'other object',
  'other warnings',
  // Upstream walks over maps, so its own order changes from one request to the next.
  'other order',
  'equal',
] as const
export type Verdict = (typeof verdicts)[number]

export interface Comparison {
  verdict: Verdict
  /** For answers that depend on what a cluster holds: which kind of thing. They are counted apart. */
  state: string | undefined
  /** What differs, one line each. */
  differences: string[]
}

export function compare(server: Answer, engine: Answer): Comparison {
  const state = stateOf(server)
  if (server.trouble !== undefined) {
    const verdict = engine.trouble === undefined ? 'no answer' : 'equal'
    return { verdict, state: server.trouble, differences: [] }
  }
  if (engine.unknownKind === true || server.unknownKind === true) {
    const same = engine.unknownKind === server.unknownKind
    return {
      verdict: same
        ? 'equal'
        : engine.unknownKind === true
          ? 'rejects what the server accepts'
          : 'accepts what the server rejects',
      state: same ? 'unknown kind' : undefined,
      differences: same
        ? []
        : [
            engine.unknownKind === true
              ? 'the engine does not know the kind'
              : 'the server does not serve the kind',
          ],
    }
  }
  if (engine.code === 0 || (engine.trouble !== undefined && !isAccepted(engine)))
    return { verdict: 'no answer', state: undefined, differences: [engine.trouble ?? 'code 0'] }
  if (isAccepted(server) !== isAccepted(engine)) {
    const refused = isAccepted(engine) ? server : engine
    return {
      verdict: isAccepted(engine) ? 'accepts what the server rejects' : 'rejects what the server accepts',
      state: isAccepted(engine) ? state : undefined,
      differences: [`${refused.code} ${reasonOf(refused)}: ${messageOf(refused)}`],
    }
  }
  const warnings = warningDifferences(server.warnings, engine.warnings)
  if (isAccepted(server)) {
    const leaves = objectDifferences(server, engine)
    if (server.code !== engine.code) leaves.unshift(`code ${server.code} / ${engine.code}`)
    return {
      verdict: leaves.length > 0 ? 'other object' : warningVerdict(warnings, false),
      state: undefined,
      differences: [...leaves, ...warnings],
    }
  }
  return { ...rejections(server, engine, warnings), state }
}

function rejections(server: Answer, engine: Answer, warnings: string[]): Omit<Comparison, 'state'> {
  const [ours, theirs] = [causesOf(engine), causesOf(server)]
  const differences: string[] = []
  const add = (what: string, one: string | number, other: string | number): void => {
    if (one !== other)
      differences.push(`${what}: server ${JSON.stringify(one)}, engine ${JSON.stringify(other)}`)
  }
  add('code', server.code, engine.code)
  add('reason', reasonOf(server), reasonOf(engine))
  add('fields', fields(theirs), fields(ours))
  const coarse = differences.length > 0
  add('message', withoutDrawn(messageOf(server)), withoutDrawn(messageOf(engine)))
  add('causes', causeText(theirs), causeText(ours))
  const inOrder =
    sorted(withoutDrawn(messageOf(server))) === sorted(withoutDrawn(messageOf(engine))) &&
    sorted(causeText(theirs)) === sorted(causeText(ours))
  const verdict = coarse
    ? 'other reason or fields'
    : differences.length > 0 && !inOrder
      ? 'other message'
      : warningVerdict(warnings, differences.length > 0)
  return { verdict, differences: [...differences, ...warnings] }
}

/** The parts of a message or of a list of causes, whatever their order. */
function sorted(text: string): string {
  return text
    .split(/, |\n|[[\]]/)
    .sort()
    .join('\n')
}

function warningVerdict(warnings: readonly string[], isOtherOrder: boolean): Verdict {
  if (warnings.some((line) => line !== otherOrder)) return 'other warnings'
  return isOtherOrder || warnings.length > 0 ? 'other order' : 'equal'
}

function fields(causes: readonly Cause[]): string {
  return [...new Set(causes.map(({ field }) => field))].sort().join(', ')
}

function causeText(causes: readonly Cause[]): string {
  return causes
    .map(({ field, reason, message }) => withoutDrawn(`${field} ${reason} ${field}: ${message}`))
    .join('\n')
}

const otherOrder = 'warnings in another order'

function warningDifferences(server: readonly string[], engine: readonly string[]): string[] {
  // Headers hold so much; when they are full, the server cuts every warning short, and ours are cut for the comparison.
  const isFull = engine.join('').length > 4096
  const plain = (warning: string): string => withoutDrawn(isFull ? warning.slice(0, 256) : warning)
  const [theirs, ours] = [server.map(plain), engine.map(plain)]
  const missing = theirs.filter((warning) => !ours.includes(warning))
  const extra = isFull ? [] : ours.filter((warning) => !theirs.includes(warning))
  if (!isFull && missing.length + extra.length === 0 && theirs.join('\n') !== ours.join('\n'))
    return [theirs.length === ours.length ? otherOrder : 'warnings in another number']
  return [
    ...missing.map((warning) => `warning of the server alone: ${warning}`),
    ...extra.map((warning) => `warning of the engine alone: ${warning}`),
  ]
}

function objectDifferences(server: Answer, engine: Answer): string[] {
  const [theirs, ours] = [comparable(server.object ?? {}), comparable(engine.object ?? {})]
  return equal(theirs, ours) ? [] : leafDifferences(theirs, ours, '')
}

/** `path: theirs / ours` for every leaf that differs. */
export function leafDifferences(
  theirs: JsonValue | undefined,
  ours: JsonValue | undefined,
  path: string,
): string[] {
  if (equal(theirs, ours)) return []
  if (isObject(theirs) && isObject(ours)) {
    const keys = new Set([...Object.keys(theirs), ...Object.keys(ours)])
    return [...keys].flatMap((key) => leafDifferences(theirs[key], ours[key], `${path}.${key}`))
  }
  if (Array.isArray(theirs) && Array.isArray(ours)) {
    const count = Math.max(theirs.length, ours.length)
    return Array.from({ length: count }, (_, index) =>
      leafDifferences(theirs[index], ours[index], `${path}[${index}]`),
    ).flat()
  }
  return [`${path.slice(1)}: server ${shown(theirs)}, engine ${shown(ours)}`]
}

function shown(value: JsonValue | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200)
}

/** Which answers depend on what the cluster holds, by the server's own words. */
const states: readonly (readonly [name: string, code: number, words: RegExp])[] = [
  ['exists already', 409, /already exists/],
  ['missing namespace', 404, /^namespaces ".*" not found/],
  ['missing priority class', 403, /no PriorityClass with name .* was found/],
  ['missing runtime class', 403, /pod rejected: RuntimeClass .* not found/],
  ['missing service account', 403, /error looking up service account/],
  ['quota', 403, /exceeded quota|failed quota/],
  ['webhook', 500, /failed calling webhook/],
  ['address or port taken', 422, /provided (?:port|IP) is already allocated/],
  ['address of this cluster', 422, /provided IP is not in the valid range|not in the valid range/],
]

/** The thing a cluster would have to hold for another answer; undefined where the object alone decides. */
export function stateOf(server: Answer): string | undefined {
  const message = messageOf(server)
  return states.find(([, code, words]) => code === server.code && words.test(message))?.[0]
}
