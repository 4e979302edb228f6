import { editFile } from '../edit/index.ts'
import {
  equal,
  type Edit,
  type EditRefusal,
  type JsonPatch,
  type LineRange,
  type Reason,
} from '../model/index.ts'
import { applied, composeFixes, type FixGroup } from '../propose/index.ts'
import type { SourceFile } from '../resources/index.ts'
import { refusal, rejection } from './group.ts'
import { objectVerdict, rooted, type Judged, type VerifiedLevel } from './object.ts'

/** The groups of one resource that passed on their own. */
export interface ResourceFixes {
  judged: Judged
  groups: readonly FixGroup[]
}

export interface Together {
  /** Groups that hold together with all the others that are kept. */
  kept: FixGroup[]
  /** Groups that pass on their own and not beside the others, with the reason. */
  dropped: Map<FixGroup, Reason>
  /** The new text; undefined where nothing is kept. */
  edit: Edit | undefined
}

/**
 * Verifies all groups of a file together. A group that fails is found and dropped; the others stay. Groups are tried in
 * their order, so the same file always keeps the same ones. A text that will be written needs the `full` proof of the
 * editor, by both parsers and under both schemas.
 */
export function verifyTogether(
  source: SourceFile,
  fixes: readonly ResourceFixes[],
  level: VerifiedLevel,
  proof: 'full' | 'quick',
  prefer: readonly LineRange[] = [],
): Together {
  const dropped = new Map<FixGroup, Reason>()
  const composed = fixes.map((fix) => composeAll(fix, level, dropped))
  const whole = write(source, composed, proof, prefer)
  if (!('refused' in whole)) return { kept: composed.flatMap(({ groups }) => groups), dropped, edit: whole }

  // The texts do not go together: take the groups one by one and leave out the first that does not fit.
  const kept: ResourceComposition[] = composed.map(({ judged }) => ({ judged, groups: [], patch: [] }))
  let edit: Edit | undefined
  for (const [index, { judged, groups }] of composed.entries())
    for (const group of groups) {
      const tried = compose(judged, [...(kept[index]?.groups ?? []), group], level)
      const attempt = 'code' in tried ? undefined : write(source, kept.with(index, tried), proof, prefer)
      if ('code' in tried) dropped.set(group, tried)
      else if (attempt === undefined || 'refused' in attempt)
        dropped.set(group, attempt === undefined ? noText : refusal(attempt))
      else {
        kept[index] = tried
        edit = attempt
      }
    }
  return { kept: kept.flatMap(({ groups }) => groups), dropped, edit }
}

const noText: Reason = { code: 'unprovable', text: 'the fixes of the file do not go together' }

interface ResourceComposition {
  judged: Judged
  groups: FixGroup[]
  /** All groups as one patch of the resource. */
  patch: JsonPatch
}

function composeAll(
  fix: ResourceFixes,
  level: VerifiedLevel,
  dropped: Map<FixGroup, Reason>,
): ResourceComposition {
  const whole = compose(fix.judged, fix.groups, level)
  if (!('code' in whole)) return whole
  let kept: ResourceComposition = { judged: fix.judged, groups: [], patch: [] }
  for (const group of fix.groups) {
    const tried = compose(fix.judged, [...kept.groups, group], level)
    if ('code' in tried) dropped.set(group, tried)
    else kept = tried
  }
  return kept
}

function compose(
  judged: Judged,
  groups: readonly FixGroup[],
  level: VerifiedLevel,
): ResourceComposition | Reason {
  const [only] = groups
  if (only === undefined) return { judged, groups: [], patch: [] }
  if (groups.length === 1) return { judged, groups: [only], patch: only.patch }
  const members = [...new Set(groups.flatMap((group) => group.members))]
  const plans = [
    ...new Map(groups.flatMap((group) => group.plans.map((plan) => [plan.detected, plan]))).values(),
  ]
  const result = composeFixes(judged.judge, judged.resource, plans)
  if (result === undefined)
    return {
      code: 'verifier-rejected:together',
      text: 'another fix of this object takes away what this one needs',
    }
  // The object that is judged must be what any implementation of RFC 6902 makes of the patch that is written.
  const plain = applied(judged.resource.object, result.patch)
  if (plain === undefined || !equal(plain, result.patched))
    return { code: 'unprovable', text: 'the patch does not mean the same to another reader of JSON Patch' }
  const failed = objectVerdict(judged, members, result.patched, level).find(({ passed }) => !passed)
  return failed === undefined ? { judged, groups: [...groups], patch: result.patch } : rejection(failed)
}

function write(
  source: SourceFile,
  compositions: readonly ResourceComposition[],
  proof: 'full' | 'quick',
  prefer: readonly LineRange[],
): Edit | EditRefusal {
  const edits = compositions
    .filter(({ patch }) => patch.length > 0)
    .map(({ judged, patch }) => ({
      document: judged.resource.document,
      patch: rooted(patch, judged.resource.root),
    }))
  return editFile(source.text, edits, { documents: source.documents, proof, prefer })
}
