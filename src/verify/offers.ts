import { lineEdits } from '../edit/index.ts'
import { equal, type LineEdit, type LineRange } from '../model/index.ts'
import type { FixGroup } from '../propose/index.ts'
import type { SourceFile } from '../resources/index.ts'
import { applyLineEdits } from '../edit/index.ts'
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
  const offers: (Offer & { judged: Judged; isSafe: boolean })[] = []
  for (const isSafe of [true, false])
    for (const { judged, group, edits } of candidates.filter((one) => one.isSafe === isSafe)) {
      const edit = withinOneHunk(source, edits, shown)
      if (edit === undefined) continue
      let offer: (typeof offers)[number] | undefined = { groups: [group], edit, judged, isSafe }
      const taken = new Set<Offer>()
      // What a suggestion grows by may touch the next one.
      for (;;) {
        const near = offers.find(
          (one) => !taken.has(one) && offer !== undefined && touch(one.edit, offer.edit),
        )
        if (near === undefined) break
        taken.add(near)
        offer =
          near.isSafe === isSafe && near.judged === judged
            ? joined(source, judged, [...near.groups, ...offer.groups], isSafe, shown, level)
            : undefined
        if (offer === undefined) break
      }
      if (offer === undefined) continue
      const rest = offers.filter((one) => !taken.has(one))
      const next = [...rest, offer]
      if (!isSound(source, next, shown, level)) continue
      offers.splice(0, offers.length, ...next)
    }
  return offers.toSorted((a, b) => a.edit.startLine - b.edit.startLine)
}

/** Several fixes of one object as one suggestion. */
function joined(
  source: SourceFile,
  judged: Judged,
  groups: FixGroup[],
  isSafe: boolean,
  shown: readonly LineRange[],
  level: VerifiedLevel,
): (Offer & { judged: Judged; isSafe: boolean }) | undefined {
  const { edit, kept } = verifyTogether(source, [{ judged, groups }], level, 'full', shown)
  if (edit === undefined || kept.length !== groups.length) return undefined
  const edits = lineEdits(source.file, source.lines, edit.splices, shown)
  const one = withinOneHunk(source, edits, shown)
  return one && { groups, edit: one, judged, isSafe }
}

/** All suggestions applied give the objects that all their fixes give. */
function isSound(
  source: SourceFile,
  offers: readonly (Offer & { judged: Judged })[],
  shown: readonly LineRange[],
  level: VerifiedLevel,
): boolean {
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
