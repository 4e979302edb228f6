import type { Decision, Finding } from '../model/index.ts'
import type { Block } from './blocks.ts'
import type { Context, PolicyText } from './context.ts'
import { changesOf, describeChanges, shownLines, type Change } from './lines.ts'
import type { Notes } from './notes.ts'
import { isAboutSecrets, operationText } from './secrets.ts'

/** Lines of a change that one block shows; the rest is counted. */
const mostLines = 12

/** What was said already and need not be said again. */
export interface Told {
  /** Policies whose reason was given. */
  why: Set<string>
  /** Fixes that were shown, and where: `privileged (line 12)`. */
  groups: Map<string, string>
}

/** How the findings of a block end: their fix, the question to answer, or why there is none. */
export function addState(
  notes: Notes,
  context: Context,
  block: Block,
  told: Told,
  policy: PolicyText | undefined,
): void {
  const [first] = block.findings
  const reason = first.reason?.text ?? ''
  switch (first.state) {
    case 'fixed':
      addFix(notes, context, block, told, policy)
      return
    case 'needs-value':
      notes.add('ask', reason)
      return
    case 'refused': {
      notes.add('refused', `${reason}${first.reason === undefined ? '' : ` (${first.reason.code})`}`)
      const masked = isAboutSecrets(first, policy?.family)
      const operations = first.patch.filter(({ op }) => op !== 'test')
      for (const operation of operations.slice(0, mostLines))
        notes.quote(operationText(operation, masked), context.style.dim)
      addRest(notes, context, operations.length)
      return
    }
    case 'advice':
      if (reason !== '') notes.add('advice', reason)
      return
    case 'suppressed':
    case 'baseline':
      notes.add(first.state, reason)
  }
}

function addFix(
  notes: Notes,
  context: Context,
  { findings: [first], group }: Block,
  told: Told,
  policy: PolicyText | undefined,
): void {
  const changes = changesOf(first.edits, context.linesOf)
  const proof = first.verification === undefined ? '' : `, proven to level ${first.verification.level}`
  const kind = first.safe === false ? `unsafe (${risk(first)})` : 'safe'
  const written = context.options.written.has(first.fingerprint) ? 'written, ' : ''
  const shown = group === undefined ? undefined : told.groups.get(group)
  notes.add(
    'fix',
    `${written}${kind}${proof}: ${shown === undefined ? describeChanges(changes) : `the same change as for ${shown}`}`,
  )
  for (const { value, source } of first.values ?? []) notes.add('value', `${value} from ${source}`)
  const { because, recreate } = first.verification ?? {}
  if (because !== undefined) notes.add('proof', because)
  if (recreate !== undefined) notes.add('update', `a live object needs delete and recreate: ${recreate}`)
  const review = first.decision && decisionText(first.decision, first.safe === false)
  if (shown === undefined && review !== undefined) notes.add('review', review)
  if (shown !== undefined || group === undefined) return
  told.groups.set(group, `${first.policy} (line ${first.location.line})`)
  addChanges(notes, context, changes, isAboutSecrets(first, policy?.family))
}

/** Whether a review suggests it, and why. That it does not suggest what is unsafe goes without saying. */
function decisionText({ channel, because }: Decision, isUnsafe: boolean): string | undefined {
  if (channel === 'inline') return `suggested: ${because}`
  return isUnsafe ? undefined : because
}

function risk({ breakage }: Finding): string {
  if (breakage === undefined) return 'it may break the workload'
  return `${Math.round(breakage.probability * 100)} % chance to break it: ${breakage.because}`
}

function addChanges(notes: Notes, context: Context, changes: readonly Change[], masked: boolean): void {
  const all = changes.flatMap(({ lines }) => lines)
  const shown = shownLines(all.slice(0, mostLines), masked)
  const texts = shown.map(({ text }) => text.replaceAll('\t', '    '))
  const indent = Math.min(
    ...texts.filter((text) => text.trim() !== '').map((text) => text.length - text.trimStart().length),
  )
  const { added, removed } = context.style
  const places = placesOf(changes)
  shown.forEach(({ sign }, index) => {
    const place = places.get(index)
    if (place !== undefined) notes.quote(`@ ${place}`, context.style.dim)
    const text = (texts[index] ?? '').slice(Number.isFinite(indent) ? indent : 0)
    notes.quote(`${sign} ${text}`, sign === '+' ? added : removed)
  })
  addRest(notes, context, all.length)
}

/** Where a change has several places: each of them, by the index of its first changed line. */
function placesOf(changes: readonly Change[]): Map<number, string> {
  const places = new Map<number, string>()
  const isInOne = new Set(changes.map(({ file }) => file)).size === 1
  let start = 0
  for (const { creates, file, endLine, lines } of changes) {
    const line = `line ${endLine}`
    if (changes.length > 1) places.set(start, creates ? file : isInOne ? line : `${file}, ${line}`)
    start += lines.length
  }
  return places
}

function addRest(notes: Notes, context: Context, total: number): void {
  if (total > mostLines) notes.quote(`… ${total - mostLines} more`, context.style.dim)
}
