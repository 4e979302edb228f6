import {
  severities,
  UserError,
  type Context,
  type Severity,
  type Standing,
  type Work,
} from '../model/index.ts'
import { dueDays, isPastDue, orderBacklog, starvationOf, turnsOf, type Waiting } from './backlog.ts'
import { dayLength } from './time.ts'

/*
 * The queue over the backlog of a branch, as functions of what is kept, of what a scan found, and of a clock. What is
 * kept is one row for each finding, and one for each time that a fix was taken.
 */

/** What a scan says of one finding: as much as a line about it needs, and nothing of what its file holds. */
export interface Sighting {
  fingerprint: string
  /** The item it is part of: the first of all fingerprints that one change fixes. */
  item: string
  work: Work
  policy: string
  title: string
  severity: Severity
  /** 0 to 100. */
  risk: number
  file: string
  line: number
  /** Engines that found it. */
  engines: readonly string[]
  /** Parts of its file that nobody could read when it was found: where there are more, it may stand in one of them. */
  unread: number
  /** Files that its fix changes. */
  touches: readonly string[]
  /** What the outcome of its fix is counted under, and a hash of the fix; of what has one. */
  offer?: { context: Context; edit: string; risk: number } | undefined
}

/** That somebody does not want to hear of a finding. */
export interface Ignored {
  at: number
  /** The moment at which it is asked about again; absent for never. */
  until?: number | undefined
  reason: string
  /** Whether it was called wrong, and not a risk that is taken. */
  isWrong: boolean
}

/** A finding in the queue. Moments are milliseconds since 1970. */
export interface QueueRow extends Sighting {
  firstSeen: number
  /** The start of the scan that last saw it, or missed it. */
  decided: number
  /** When a scan first missed it. */
  gone?: number | undefined
  /** When somebody said that it is done. */
  done?: number | undefined
  /** The last time it was taken. */
  take?: number | undefined
  ignored?: Ignored | undefined
}

/** That an item was taken: nobody else gets it before the lease runs out. */
export interface Take {
  id: number
  at: number
  until: number
  /** When it was done, gone or ignored. */
  ended?: number | undefined
}

export interface Queue {
  rows: ReadonlyMap<string, QueueRow>
  takes: ReadonlyMap<number, Take>
  /** How often something was taken since the beginning: the id of the last take. */
  served: number
  /** Where it was begun, from the root of the repository, with a final `/`: fingerprints depend on it. */
  folder: string
}

/** Where a queue is kept. One process at a time reads it, thinks and writes: `change` is all or nothing. */
export interface QueueStore {
  change<Result>(work: (queue: Queue) => Promise<Changed<Result>>): Promise<Result>
  close(): void
}

export interface Changed<Result> {
  queue: Queue
  result: Result
}

export function emptyQueue(folder: string): Queue {
  return { rows: new Map(), takes: new Map(), served: 0, folder }
}

/** What is settled, or was not seen, is forgotten after this many days. */
const keptDays = 180

export interface QueueScan {
  sightings: readonly Sighting[]
  /** When it was started. */
  started: number
  /** Whether it would have found a finding of the queue, were it still there. */
  covers: (row: QueueRow) => boolean
  /** When a finding that the queue does not know was first seen, where somebody else knows. */
  seenBefore?: (fingerprint: string) => number | undefined
}

export interface QueueNews {
  added: number
  gone: number
  back: number
  undone: number
}

/**
 * Brings the queue up to date with a scan. What the scan did not look at stays as it is, and so does what a scan that was
 * started later has decided. What comes back after it was gone waits anew; what was said to be done and never went away
 * does not.
 */
export function settle(
  queue: Queue,
  { sightings, started, covers, seenBefore }: QueueScan,
): { queue: Queue; news: QueueNews } {
  const rows = new Map(queue.rows)
  const news: QueueNews = { added: 0, gone: 0, back: 0, undone: 0 }
  const seen = new Set<string>()
  for (const sighting of sightings) {
    const { fingerprint } = sighting
    seen.add(fingerprint)
    const known = rows.get(fingerprint)
    if (known === undefined) {
      news.added++
      const firstSeen = Math.min(started, seenBefore?.(fingerprint) ?? started)
      rows.set(fingerprint, { ...sighting, firstSeen, decided: started })
    } else if (known.decided <= started) {
      if (known.gone !== undefined) news.back++
      else if (known.done !== undefined) news.undone++
      rows.set(fingerprint, {
        ...sighting,
        firstSeen: known.gone === undefined ? known.firstSeen : started,
        decided: started,
        ...(isOpen(known) && known.take !== undefined && { take: known.take }),
        ...(known.ignored && { ignored: known.ignored }),
      })
    }
  }
  for (const [fingerprint, row] of queue.rows) {
    if (seen.has(fingerprint)) continue
    if (row.gone === undefined && row.decided <= started && covers(row)) {
      if (row.done === undefined) news.gone++
      rows.set(fingerprint, { ...row, decided: started, gone: started })
    } else if (started - row.decided > keptDays * dayLength && !isIgnored(row, started))
      rows.delete(fingerprint)
  }
  return { queue: withoutIdleTakes({ ...queue, rows }, started), news }
}

/** A take ends when nothing of it is left to do; one that ended long ago is forgotten. */
function withoutIdleTakes(queue: Queue, now: number): Queue {
  const busy = new Set([...queue.rows.values()].filter(isOpen).map(({ take }) => take))
  const takes = new Map<number, Take>()
  for (const [id, take] of queue.takes) {
    if (now - take.at > keptDays * dayLength) continue
    takes.set(id, take.ended === undefined && !busy.has(id) ? { ...take, ended: now } : take)
  }
  return { ...queue, takes }
}

function isOpen({ gone, done }: QueueRow): boolean {
  return gone === undefined && done === undefined
}

function isIgnored({ ignored }: QueueRow, now: number): boolean {
  return ignored !== undefined && (ignored.until === undefined || now < ignored.until)
}

/** From when on a finding waits: what was ignored for a while is not late at once when that is over. */
function since({ firstSeen, ignored }: QueueRow): number {
  return Math.max(firstSeen, ignored?.until ?? 0)
}

/** What one change fixes, or one finding that has no fix to take. */
export interface WorkItem {
  id: string
  rows: readonly [QueueRow, ...QueueRow[]]
  work: Work
  severity: Severity
  state: Standing
  /** When a lease or an ignore ends. */
  until: number | undefined
  ignored: string | undefined
  since: number
  /** The first day on which a finding of it is due. */
  due: number
  /** What presses most: its severity, and the days it has waited. */
  pressing: Pick<Waiting, 'severity' | 'age'>
}

/** All items that are open, of all files. */
export function itemsOf(queue: Queue, now: number): WorkItem[] {
  const groups = new Map<string, [QueueRow, ...QueueRow[]]>()
  for (const row of queue.rows.values()) {
    if (!isOpen(row)) continue
    const group = groups.get(row.item)
    if (group === undefined) groups.set(row.item, [row])
    else group.push(row)
  }
  return [...groups].map(([id, rows]) => itemOf(id, rows, queue, now))
}

function itemOf(id: string, rows: readonly [QueueRow, ...QueueRow[]], queue: Queue, now: number): WorkItem {
  const [first] = rows
  const take = rows.flatMap((row) => openTake(row, queue, now) ?? [])[0]
  // A change that fixes something which shall stay as it is cannot be offered for the rest of it either.
  const ignored = rows.find((row) => isIgnored(row, now))?.ignored
  const ageOf = (row: QueueRow): number => Math.max(0, now - since(row)) / dayLength
  const dueOf = (row: QueueRow): number => since(row) + dueDays[row.severity] * dayLength
  const pressing = rows.reduce((most, row) => (dueOf(row) < dueOf(most) ? row : most))
  return {
    id,
    rows,
    work: first.work,
    severity: rows.reduce(
      (worst: Severity, { severity }) =>
        severities.indexOf(severity) > severities.indexOf(worst) ? severity : worst,
      first.severity,
    ),
    state: ignored !== undefined ? 'ignored' : take !== undefined ? 'taken' : 'waiting',
    until: ignored === undefined ? take?.until : ignored.until,
    ignored: ignored?.reason,
    since: Math.min(...rows.map(since)),
    due: dueOf(pressing),
    pressing: { severity: pressing.severity, age: ageOf(pressing) },
  }
}

function openTake(row: QueueRow, { takes }: Queue, now: number): Take | undefined {
  const take = row.take === undefined ? undefined : takes.get(row.take)
  return take !== undefined && isHeld(take, now) ? take : undefined
}

function isHeld({ until, ended }: Take, now: number): boolean {
  return ended === undefined && now < until
}

/** What taking the fix of an item is worth, in points of risk. */
export type WorthOf = (item: WorkItem) => number

/** The order in which items are given out. */
export function inTurn(items: readonly WorkItem[], worthOf: WorthOf, served: number): WorkItem[] {
  return orderBacklog(items.map(waitingOf(worthOf)), served).map(({ item }) => item)
}

function waitingOf(worthOf: WorthOf): (item: WorkItem) => Waiting & { item: WorkItem } {
  return (item) => ({ id: item.id, item, value: worthOf(item), ...item.pressing })
}

export function isOverdue({ pressing }: WorkItem): boolean {
  return isPastDue(pressing)
}

/** How many findings of the items are past due, by severity. */
export function starvation(items: readonly WorkItem[], now: number): ReturnType<typeof starvationOf> {
  return starvationOf(
    items.flatMap(({ rows }) =>
      rows.map((row) => ({
        id: row.fingerprint,
        severity: row.severity,
        value: row.risk,
        age: Math.max(0, now - since(row)) / dayLength,
      })),
    ),
  )
}

/** How much may be taken in an hour, and at once. */
export interface Caps {
  mostHourly: number
  mostOpen: number
}

export interface Room {
  most: number
  used: number
  /** When there is room again; undefined where there is. */
  free: number | undefined
}

const hour = 60 * 60 * 1000

/** What the caps leave. A lease that has run out counts for its hour all the same. */
export function roomIn({ takes }: Queue, caps: Caps, now: number): { hourly: Room; open: Room } {
  const hourly = [...takes.values()].filter(({ at }) => now - at < hour).map(({ at }) => at + hour)
  const open = [...takes.values()].filter((take) => isHeld(take, now)).map(({ until }) => until)
  return { hourly: roomOf(hourly, caps.mostHourly), open: roomOf(open, caps.mostOpen) }
}

/** `ends` are the moments at which what counts no longer does. */
function roomOf(ends: number[], most: number): Room {
  ends.sort((a, b) => a - b)
  return { most, used: ends.length, free: ends.length < most ? undefined : ends[ends.length - most] }
}

export interface Asked {
  now: number
  /** Items that are wanted. */
  count: number
  /** Milliseconds for which they are held. */
  lease: number
  caps: Caps
  /** Whether an item may be given at all: it has a fix, in a file that was just looked at. */
  mayGive: (item: WorkItem) => boolean
  worthOf: WorthOf
}

export interface Given {
  queue: Queue
  given: WorkItem[]
  /** Items that could be given, were there not one taken in the same file. */
  blocked: number
}

/**
 * Gives the next items, and holds them. Of each file one at a time: a fix is proven for the text as it is, and two fixes
 * that are made apart would meet in the same lines.
 */
export function give(queue: Queue, { now, count, lease, caps, mayGive, worthOf }: Asked): Given {
  const items = itemsOf(queue, now)
  const files = new Set(items.filter(({ state }) => state === 'taken').flatMap(filesOf))
  const waiting = items.filter((item) => item.state === 'waiting' && mayGive(item))
  const next = turnsOf(waiting.map(waitingOf(worthOf)))
  const isBlocked = (item: WorkItem): boolean => filesOf(item).some((file) => files.has(file))
  const takes = new Map(queue.takes)
  const rows = new Map(queue.rows)
  let { served } = queue
  const given = new Map<WorkItem, Take>()
  while (given.size < count) {
    const { hourly, open } = roomIn({ ...queue, takes }, caps, now)
    if (hourly.free !== undefined || open.free !== undefined) break
    const item = next(served, (one) => !isBlocked(one.item))?.item
    if (item === undefined) break
    const take: Take = { id: ++served, at: now, until: now + lease }
    takes.set(take.id, take)
    for (const row of item.rows) rows.set(row.fingerprint, { ...row, take: take.id })
    for (const file of filesOf(item)) files.add(file)
    given.set(item, take)
  }
  return {
    queue: { ...queue, rows, takes, served },
    given: [...given].map(([item, { until }]) => ({ ...item, state: 'taken', until })),
    blocked: waiting.filter((item) => !given.has(item) && isBlocked(item)).length,
  }
}

function filesOf({ rows }: WorkItem): string[] {
  return rows.flatMap(({ file, touches }) => [file, ...touches])
}

/** Shorter beginnings of a fingerprint name too many findings. */
export const shortestId = 6

/** The rows of the item that an id names: one of its fingerprints, or the beginning of one. */
export function rowsOf(queue: Queue, id: string): readonly [QueueRow, ...QueueRow[]] {
  if (!/^[0-9a-f]+$/i.test(id))
    throw new UserError(`${id}: is no id of a finding`, 'an id has the letters a to f and digits alone')
  if (id.length < shortestId) throw new UserError(`${id}: an id needs at least ${shortestId} characters`)
  const all = [...queue.rows.values()].filter(({ fingerprint }) => fingerprint.startsWith(id.toLowerCase()))
  // What is settled is asked about by those alone who name it exactly enough.
  const found = all.some(isOpen) ? all.filter(isOpen) : all
  const [first] = found
  if (first === undefined)
    throw new UserError(
      `${id}: no finding of the queue has this id`,
      'k8s-autofix queue list --all shows them',
    )
  const items = [...new Set(found.map(({ item }) => item))]
  if (items.length > 1)
    throw new UserError(
      `${id}: ${items.length} items begin with this, such as ${found
        .slice(0, 3)
        .map(({ fingerprint, file, line }) => `${fingerprint.slice(0, 12)} (${file}:${line})`)
        .join(', ')}`,
    )
  const rest = [...queue.rows.values()].filter(
    (row) => row !== first && row.item === first.item && isOpen(row) === isOpen(first),
  )
  return [first, ...rest]
}

/** Settles an item: somebody has taken the fix. */
export function markDone(queue: Queue, rows: readonly QueueRow[], now: number): Queue {
  return withRows(
    queue,
    rows.map((row) => ({ ...row, done: row.done ?? now })),
    now,
  )
}

/** Puts an item aside. */
export function markIgnored(queue: Queue, rows: readonly QueueRow[], ignored: Ignored): Queue {
  return withRows(
    queue,
    rows.map((row) => ({ ...row, take: undefined, ignored })),
    ignored.at,
  )
}

function withRows(queue: Queue, changed: readonly QueueRow[], now: number): Queue {
  const rows = new Map(queue.rows)
  for (const row of changed) rows.set(row.fingerprint, row)
  return withoutIdleTakes({ ...queue, rows }, now)
}

/** Whether nothing is left to be said about rows: a scan has missed them, or somebody has settled them. */
export function isSettled(rows: readonly QueueRow[]): boolean {
  return !rows.some(isOpen)
}
