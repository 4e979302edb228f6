import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { candidateOf } from './deciding.ts'
import { applyLineEdits } from './edit/index.ts'
import {
  isOpen,
  outsideEngines,
  type Finding,
  type LineEdit,
  type QueueItem,
  type QueueReport,
  type Work,
} from './model/index.ts'
import { looksAtRepository } from './policies/index.ts'
import { renderPatch, type TextChange } from './report/index.ts'
import {
  dayLength,
  isOverdue,
  outlookOn,
  usualCosts,
  valueOf,
  type Candidate,
  type Model,
  type QueueNews,
  type QueueScan,
  type roomIn,
  type Room,
  type Sighting,
  type starvation,
  type WorkItem,
} from './schedule/index.ts'
import type { Outcome } from './run.ts'

/*
 * The way from a report to what the queue knows of it.
 */

/** Findings that one change fixes, or one that has no fix to take. */
export interface Backlog {
  /** By the first of the fingerprints. */
  items: ReadonlyMap<string, readonly [Finding, ...Finding[]]>
  candidates: ReadonlyMap<string, Candidate>
}

/** What of a report is work: what is open, put together by what fixes it. */
export function backlogOf({ report }: Pick<Outcome, 'report'>): Backlog {
  const items = new Map<string, [Finding, ...Finding[]]>()
  const open = report.findings.filter(isOpen)
  const fixed = new Set(open.flatMap(({ state, fingerprint }) => (state === 'fixed' ? fingerprint : [])))
  for (const finding of open) {
    const { fingerprint, requires } = finding
    const together = fixed.has(fingerprint) ? requires.filter((one) => fixed.has(one)) : []
    const [id = fingerprint] = [fingerprint, ...together].toSorted()
    const item = items.get(id)
    if (item === undefined) items.set(id, [finding])
    else item.push(finding)
  }
  const candidates = new Map(
    [...items].flatMap(([id, findings]): [string, Candidate][] =>
      findings[0].state === 'fixed'
        ? [[id, candidateOf(findings, { isIntroduced: () => false, mayBeInline: () => true })]]
        : [],
    ),
  )
  return { items, candidates }
}

/** What each fix is worth: its risk, or, where something was learned, what is to be expected of offering it. */
export function valuesOf(
  { items, candidates }: Backlog,
  model: Model | undefined,
): ReadonlyMap<string, number> {
  const values = new Map(
    [...items].map(([id, findings]) => [id, Math.max(...findings.map(({ risk }) => risk?.score ?? 0))]),
  )
  if (model === undefined) return values
  const list = [...candidates.values()]
  outlookOn(model, list)
    .chances()
    .forEach((chances, index) => {
      const candidate = list[index]
      if (candidate !== undefined) values.set(candidate.id, valueOf(candidate.risk, chances, usualCosts))
    })
  return values
}

export interface ScanOptions {
  /** Milliseconds since 1970. */
  started: number
  /** What was read, from the working folder, with `/`. */
  paths: readonly string[]
  /** Policies that were looked for; undefined = all. */
  only: readonly string[] | undefined
  skip: readonly string[]
  /** Whether somebody who was asked did not answer. */
  isIncomplete: boolean
  /** What a state knows of when a finding was first seen. */
  seenBefore: (fingerprint: string) => number | undefined
}

/** A scan as the queue sees it. */
export function scanOf(
  { report, policies }: Pick<Outcome, 'report' | 'policies'>,
  { items, candidates }: Backlog,
  { started, paths, only, skip, isIncomplete, seenBefore }: ScanOptions,
): QueueScan {
  const counts = new Map<string, number>()
  for (const { file } of report.unread) counts.set(file, (counts.get(file) ?? 0) + 1)
  const unreadOf = (file: string): number => {
    let sum = counts.get(file) ?? 0
    for (let at = file; at !== posix.dirname(at);) sum += counts.get((at = posix.dirname(at))) ?? 0
    return sum
  }
  const running = new Set(report.engines.map(({ name }) => name))
  const across = new Set(policies.filter(looksAtRepository).map(({ id }) => id))
  const isWhole = paths.some((path) => posix.normalize(`${path}/`) === './')
  const needsWhole = (policy: string, engines: readonly string[]): boolean =>
    across.has(policy) || engines.some((name) => outsideEngines.some((one) => one === name))
  return {
    sightings: [...items].flatMap(([id, findings]) =>
      findings.map((finding) => ({
        ...sightingOf(finding, id, findings, candidates.get(id)),
        unread: unreadOf(finding.location.file),
      })),
    ),
    started,
    seenBefore,
    covers: ({ file, policy, engines, unread }) =>
      !isIncomplete &&
      paths.some((path) => isBelow(file, path)) &&
      unreadOf(file) <= unread &&
      only?.includes(policy) !== false &&
      !skip.includes(policy) &&
      engines.every((name) => running.has(name)) &&
      // What looks across objects sees less where less is read.
      (isWhole || !needsWhole(policy, engines)),
  }
}

function isBelow(file: string, path: string): boolean {
  const way = posix.relative(path, file)
  return way !== '..' && !way.startsWith('../') && !way.startsWith('/')
}

function sightingOf(
  finding: Finding,
  item: string,
  together: readonly Finding[],
  candidate: Candidate | undefined,
): Omit<Sighting, 'unread'> {
  const { fingerprint, policy, title, severity, risk, location, engines } = finding
  const edits = together[0]?.edits ?? []
  return {
    fingerprint,
    item,
    work: workOf(together),
    policy,
    title,
    severity,
    risk: risk?.score ?? 0,
    file: location.file,
    line: location.line,
    engines: engines.map(({ name }) => name),
    touches: [...new Set(edits.map(({ file }) => file))],
    ...(candidate && {
      offer: { context: candidate.context, edit: hashOf(edits), risk: candidate.risk },
    }),
  }
}

function workOf(findings: readonly Finding[]): Work {
  const [{ state } = { state: 'advice' as const }] = findings
  if (state === 'fixed') return findings.some(({ safe }) => safe === false) ? 'unsafe' : 'fix'
  return state === 'needs-value' || state === 'refused' ? state : 'advice'
}

/** The same for the same change, wherever in its file it stands. */
function hashOf(edits: readonly LineEdit[]): string {
  const text = JSON.stringify(edits.map(({ file, kind, replacement }) => [file, kind, replacement]))
  return createHash('sha256').update(text).digest('hex')
}

/** The fix of an item alone, as a unified diff. `prefix` leads from the root of the repository to the working folder. */
export function diffOf(
  edits: readonly LineEdit[],
  sources: ReadonlyMap<string, string>,
  prefix: string,
): string {
  const files = new Map<string, LineEdit[]>()
  for (const edit of edits) files.set(edit.file, [...(files.get(edit.file) ?? []), edit])
  const changes = [...files].map(([file, list]): TextChange => {
    const [first] = list
    if (first?.kind === 'create') return { file, before: undefined, after: first.replacement }
    const before = sources.get(file)
    if (before === undefined) throw new Error(`the text of ${file} is not at hand`)
    return { file, before, after: applyLineEdits(before, list) }
  })
  return renderPatch(changes, { prefix })
}

export interface QueueView {
  command: QueueReport['command']
  version: string
  now: number
  items: readonly WorkItem[]
  backlog: Backlog
  values: ReadonlyMap<string, number>
  room: ReturnType<typeof roomIn>
  news: QueueNews
  starving: ReturnType<typeof starvation>
  /** By `next`: what shows the change of an item. */
  diff?: (edits: readonly LineEdit[]) => string
}

/** What is printed of the queue. */
export function queueReport(view: QueueView): QueueReport {
  const { command, version, now, items, room, news, starving } = view
  const capOf = ({ most, used, free }: Room): QueueReport['caps']['hourly'] => ({
    most,
    used,
    ...(free !== undefined && { free: momentOf(free) }),
  })
  return {
    schema: 'k8s-autofix/queue/v1',
    tool: { name: 'k8s-autofix', version },
    command,
    items: items.flatMap((item) => reportedItem(item, now, view) ?? []),
    caps: { hourly: capOf(room.hourly), open: capOf(room.open) },
    news,
    starvation: starving,
  }
}

function reportedItem(
  item: WorkItem,
  now: number,
  { backlog, values, diff }: QueueView,
): QueueItem | undefined {
  const findings = backlog.items.get(item.id)
  if (findings === undefined) return undefined
  const { edits } = findings[0]
  return {
    id: item.id,
    work: item.work,
    severity: item.severity,
    value: Math.round(10 * (values.get(item.id) ?? 0)) / 10,
    since: momentOf(item.since),
    age: Math.floor(Math.max(0, now - item.since) / dayLength),
    due: momentOf(item.due),
    overdue: isOverdue(item),
    state: item.state,
    ...(item.until !== undefined && { until: momentOf(item.until) }),
    ...(item.ignored !== undefined && { ignored: item.ignored }),
    findings: findings.map(
      ({ fingerprint, policy, title, severity, risk, location, resource, container, state, reason }) => ({
        fingerprint,
        policy,
        title,
        severity,
        risk: risk?.score ?? 0,
        location,
        resource,
        ...(container !== undefined && { container }),
        ...(state !== 'fixed' && reason !== undefined && { reason }),
      }),
    ),
    ...(diff && { edits, diff: diff(edits) }),
  }
}

function momentOf(time: number): string {
  return new Date(time).toISOString()
}
