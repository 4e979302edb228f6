import { applyLineEdits, lineEdits } from '../edit/index.ts'
import { equal, type LineEdit, type LineRange } from '../model/index.ts'
import type { FixGroup } from '../propose/index.ts'
import type { SourceFile } from '../resources/index.ts'
import { readDocuments } from '../yaml/index.ts'
import type { Judged, VerifiedLevel } from './object.ts'
import { verifyTogether } from './together.ts'

/** One suggestion: a range of lines within one hunk becomes other lines, and the fixes of its groups are in. */
export interface Offer {
  groups: FixGroup[]
  edit: LineEdit
}

/** A group that could be suggested, with what it does to the text alone. */
export interface Candidate {
  judged: Judged
  group: FixGroup
  edits: readonly LineEdit[]
  isSafe: boolean
}

/** A fix whose parts stand further apart is no suggestion: nobody would see what it is about. */
const longestSpan = 20

/**
 * Forms the suggestions of one file. Each is one range of lines that the diff shows, within one hunk; fixes that touch or
 * share a line become one, but safe and unsafe ones never do. No two suggestions share a line, and all of them together,
 * applied in any order, give what all their fixes give. `candidates` come with the most wanted first: where two cannot
 * both be offered, that one is.
 */
export function composeOffers(
  source: SourceFile,
  candidates: readonly Candidate[],
  shown: readonly LineRange[],
  level: VerifiedLevel,
): Offer[] {
  const compose = (isCareful: boolean): OwnedOffer[] =>
    collectOffers(source, candidates, shown, level, (offers) =>
      isCareful ? isSound(source, offers, shown, level) : true,
    )
  const offers = compose(false)
  // Nearly always all of them go together; where not, each is tried with those before it.
  const sound = isSound(source, offers, shown, level) ? offers : compose(true)
  return sound.toSorted((a, b) => a.edit.startLine - b.edit.startLine)
}

interface OwnedOffer extends Offer {
  judged: Judged
  isSafe: boolean
}

function collectOffers(
  source: SourceFile,
  candidates: readonly Candidate[],
  shown: readonly LineRange[],
  level: VerifiedLevel,
  goTogether: (offers: readonly OwnedOffer[]) => boolean,
): OwnedOffer[] {
  let offers: OwnedOffer[] = []
  const placed = candidates.flatMap((one) => {
    const edit = withinOneHunk(source, one.edits, shown)
    return edit === undefined ? [] : [{ ...one, edit }]
  })
  for (const isSafe of [true, false])
    for (const { judged, group, edit } of placed.filter((one) => one.isSafe === isSafe)) {
      const near = offers.filter((one) => touch(one.edit, edit))
      const grown =
        near.length === 0
          ? { groups: [group], edit, judged, isSafe }
          : near.every((one) => one.isSafe === isSafe && one.judged === judged)
            ? joined(source, judged, [...near.flatMap(({ groups }) => groups), group], isSafe, shown, level)
            : undefined
      if (grown === undefined) continue
      const rest = offers.filter((one) => !near.includes(one))
      // What a suggestion grows by may touch the next one: then it stays as it was.
      if (rest.some((one) => touch(one.edit, grown.edit)) || !goTogether([...rest, grown])) continue
      offers = [...rest, grown]
    }
  return offers
}

/** Several fixes of one object as one suggestion. */
function joined(
  source: SourceFile,
  judged: Judged,
  groups: FixGroup[],
  isSafe: boolean,
  shown: readonly LineRange[],
  level: VerifiedLevel,
): OwnedOffer | undefined {
  const { edit, kept } = verifyTogether(source, [{ judged, groups }], level, 'full', shown)
  if (edit === undefined || kept.length !== groups.length) return undefined
  const edits = lineEdits(source.file, source.lines, edit.splices, shown)
  const one = withinOneHunk(source, edits, shown)
  return one && { groups, edit: one, judged, isSafe }
}

/** All suggestions applied give the objects that all their fixes give. */
function isSound(
  source: SourceFile,
  offers: readonly OwnedOffer[],
  shown: readonly LineRange[],
  level: VerifiedLevel,
): boolean {
  // One alone was proven as it is.
  if (offers.length < 2) return true
  const byObject = new Map<Judged, FixGroup[]>()
  for (const { judged, groups } of offers) byObject.set(judged, [...(byObject.get(judged) ?? []), ...groups])
  const fixes = [...byObject].map(([judged, groups]) => ({ judged, groups }))
  const { edit, dropped } = verifyTogether(source, fixes, level, 'full', shown)
  if (edit === undefined || dropped.size > 0) return false
  const edits = offers.map((offer) => offer.edit).toSorted((a, b) => a.startLine - b.startLine)
  const text = applyLineEdits(source.text, edits)
  if (text === edit.text) return true
  const expected = readDocuments(edit.text)
  const actual = readDocuments(text)
  return (
    actual.length === expected.length &&
    actual.every(({ value, problems }, index) => {
      const other = expected[index]?.value
      return problems.length === 0
        ? other !== undefined && value !== undefined && equal(value, other)
        : value === other
    })
  )
}

/** The edits as one range, where that lies within one hunk and is not stretched out. */
function withinOneHunk(
  { lines }: SourceFile,
  edits: readonly LineEdit[],
  shown: readonly LineRange[],
): LineEdit | undefined {
  const [first] = edits
  const last = edits.at(-1)
  if (first === undefined || last === undefined || first.kind !== 'replace' || first.startLine < 1)
    return undefined
  const span = { startLine: first.startLine, endLine: last.endLine }
  if (edits.length > 1 && span.endLine - span.startLine >= longestSpan) return undefined
  if (!shown.some((range) => range.startLine <= span.startLine && range.endLine >= span.endLine))
    return undefined
  let replacement = ''
  let next = span.startLine
  for (const edit of edits) {
    replacement += lines.text.slice(lines.startOf(next), lines.startOf(edit.startLine)) + edit.replacement
    next = edit.endLine + 1
  }
  return { ...first, ...span, replacement }
}

/** Whether two ranges share a line, or follow each other without one in between. */
function touch(a: LineEdit, b: LineEdit): boolean {
  return a.startLine <= b.endLine + 1 && b.startLine <= a.endLine + 1
}
