import type { Detected } from '../detect/index.ts'
import { detect } from '../detect/index.ts'
import {
  equal,
  type Breakage,
  type JsonObject,
  type JsonPatch,
  type PatchOperation,
  type Reason,
  type SourcedValue,
  type State,
} from '../model/index.ts'
import { changedPlaces, type Judge, type Match, type Scope } from '../policies/index.ts'
import { subjectOf, type Subject } from '../resources/index.ts'
import { appliedSharing } from './apply.ts'
import { fold, materialise } from './materialise.ts'
import { place } from './placement.ts'

/**
 * One patch of one resource: offered, verified and written as one. It fixes its `owners`, and what their fixes require
 * comes along; a required fix that is valid on its own has a group of its own as well.
 */
export interface FixGroup {
  owners: Detected[]
  /** The owners and what they require, in the order in which the fixes are applied: what is required comes first. */
  members: Detected[]
  /** How each member would be fixed on the resource as it stands. */
  plans: Planned[]
  /** Applies to the resource as it stands; pointers from the resource's root. */
  patch: JsonPatch
  /** The resource after the patch. */
  patched: JsonObject
  breakage: Breakage
  /** What it takes from elsewhere than the object and the configuration. */
  values: SourcedValue[]
}

/** How a finding ends that no group fixes. */
export interface Unfixed {
  state: Exclude<State, 'fixed' | 'suppressed' | 'baseline'>
  reason: Reason
  /** What the fix would have been, for people to read. */
  patch: JsonPatch
}

export interface ResourcePlan {
  groups: FixGroup[]
  /** By the key of the finding. */
  unfixed: Map<string, Unfixed>
}

/** A finding, and the operations that fix it in the resource as it stands; parents may be missing. */
export interface Planned {
  detected: Detected
  operations: PatchOperation[]
  /** Whether it may be lifted from its container to the pod. */
  lifts: boolean
}

/** Whether the fixes of a policy that stand at containers (`matches`, of one object) may be one line at their pod. */
export type MayLift = (matches: readonly Match[]) => boolean

interface Candidate extends Planned {
  requires: string[]
  breakage: Breakage
  values: SourcedValue[]
}

/**
 * Plans the fixes of one resource (proposer `rules`). `detected` holds every problem of the resource; `skipped` names
 * policies whose fixes the user does not want, so that what requires them is refused.
 * `mayLift` may keep fixes at their containers, where a review can show them. What is in `excepted` stays as it is: it
 * has no fix, neither alone nor as a part of another one.
 */
export function planResource(
  judge: Judge,
  subject: Subject,
  detected: readonly Detected[],
  skipped: ReadonlySet<string>,
  mayLift: MayLift = () => true,
  excepted: ReadonlySet<Detected> = new Set(),
): ResourcePlan {
  const unfixed = new Map<string, Unfixed>()
  const candidates = new Map<string, Candidate>()
  const stays = new Set([...excepted].map(({ match }) => match))
  // One line at the pod would reach the containers that an exception is about.
  const lifts: MayLift = (matches) => !matches.some((match) => stays.has(match)) && mayLift(matches)
  for (const one of detected) {
    if (excepted.has(one)) continue
    const plan = propose(judge, subject, one, peersOf(one, detected), lifts)
    if ('state' in plan) unfixed.set(one.key, plan)
    else candidates.set(one.key, plan)
  }
  refuseBlocked(detected, candidates, unfixed, skipped, excepted)
  const groups: FixGroup[] = []
  for (const owners of together(candidates.values())) {
    const group = groupOf(judge, subject, owners, withRequired(owners, candidates, detected))
    if (group !== undefined) groups.push(group)
    else for (const { detected: one } of owners) unfixed.set(one.key, malformed(one))
  }
  return { groups, unfixed }
}

function propose(
  judge: Judge,
  subject: Subject,
  detected: Detected,
  peers: readonly Match[],
  mayLift: MayLift,
): Candidate | Unfixed {
  const plan = judge.planFix(detected.match)
  switch (plan.kind) {
    case 'advice':
      return { state: 'advice', reason: { code: 'no-mechanical-fix', text: plan.text }, patch: [] }
    case 'needs-value':
      return { state: 'needs-value', reason: { code: plan.code, text: plan.question }, patch: [] }
    case 'error':
      return { state: 'refused', reason: { code: 'policy-error', text: plan.message }, patch: [] }
    case 'hazard':
      return {
        state: 'refused',
        reason: { code: `hazard:${plan.name}`, text: plan.because },
        patch: materialise(subject.object, plan.operations)?.patch ?? [],
      }
    case 'patch': {
      const lifts = peers.length === 0 || mayLift(peers)
      return {
        detected,
        operations: place(judge, detected.match, plan, peers, lifts, subject),
        lifts,
        requires: plan.requires,
        breakage: plan.breakage,
        values: plan.values,
      }
    }
  }
}

/** A fix whose required fix cannot be made cannot be made either: the API server would refuse the half of it. */
function refuseBlocked(
  detected: readonly Detected[],
  candidates: Map<string, Candidate>,
  unfixed: Map<string, Unfixed>,
  skipped: ReadonlySet<string>,
  excepted: ReadonlySet<Detected>,
): void {
  for (let changed = true; changed;) {
    changed = false
    for (const [key, candidate] of candidates) {
      const blocker = required(candidate, detected).find(
        (one) => !candidates.has(one.key) || skipped.has(one.match.policy.id),
      )
      if (blocker === undefined) continue
      const id = blocker.match.policy.id
      const why = skipped.has(id)
        ? 'which is skipped'
        : excepted.has(blocker)
          ? 'which an exception leaves as it is'
          : `which has no fix: ${unfixed.get(blocker.key)?.reason.text ?? ''}`
      unfixed.set(key, {
        state: 'refused',
        reason: { code: `requires:${id}`, text: `the fix needs ${id} to be fixed as well, ${why}` },
        patch: [],
      })
      candidates.delete(key)
      changed = true
    }
  }
}

/** Findings of the required policies that stand at the same container, or at the pod. */
function required(candidate: Candidate, detected: readonly Detected[]): Detected[] {
  if (candidate.requires.length === 0) return []
  const mine = candidate.detected.match.container?.name
  return detected.filter(({ match }) => {
    if (!candidate.requires.includes(match.policy.id)) return false
    return mine === undefined || match.container === undefined || match.container.name === mine
  })
}

/** Fixes that do the same at the same place are one: those of several containers that are lifted to their pod. */
function together(candidates: Iterable<Candidate>): Candidate[][] {
  const places = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const place = JSON.stringify([candidate.detected.match.policy.id, candidate.operations])
    const same = places.get(place)
    if (same === undefined) places.set(place, [candidate])
    else same.push(candidate)
  }
  return [...places.values()]
}

/** The fixes and all that they require, directly or not, the required ones first. */
function withRequired(
  owners: readonly Candidate[],
  candidates: ReadonlyMap<string, Candidate>,
  detected: readonly Detected[],
): Candidate[] {
  const members = new Set<Candidate>()
  const visit = (candidate: Candidate, trail: readonly Candidate[]): void => {
    if (members.has(candidate) || trail.includes(candidate)) return
    for (const { key } of required(candidate, detected)) {
      const below = candidates.get(key)
      if (below !== undefined) visit(below, [...trail, candidate])
    }
    members.add(candidate)
  }
  for (const owner of owners) visit(owner, [])
  return [...members]
}

function groupOf(
  judge: Judge,
  subject: Subject,
  owners: readonly Candidate[],
  members: readonly Candidate[],
): FixGroup | undefined {
  const findings = members.map((member) => member.detected)
  const result = composeFixes(judge, subject, members)
  if (result === undefined || result.patch.length === 0) return undefined
  const breakage = members
    .map((member) => member.breakage)
    .reduce((a, b) => (b.probability > a.probability ? b : a))
  return {
    ...result,
    owners: owners.map((owner) => owner.detected),
    members: findings,
    plans: [...members],
    breakage,
    values: members.flatMap((member) => member.values),
  }
}

export interface Composition {
  patch: JsonPatch
  patched: JsonObject
}

/**
 * Applies the fixes of several findings one after the other. A fix that reads anything that those before it have changed
 * is planned again on the object as they have left it, so that indexes are right, and what is already cleared is left
 * alone; parents are created once in any case. Undefined
 * when a fix cannot be applied any more.
 */
export function composeFixes(
  judge: Judge,
  subject: Subject,
  plans: readonly Planned[],
): Composition | undefined {
  let working: Subject = subject
  const patch: JsonPatch = []
  const changes = judge.follow(subject)
  for (const planned of plans) {
    const { match } = planned.detected
    const fix =
      working === subject || !changes.touch(match)
        ? { match, operations: planned.operations }
        : planAgain(judge, subject, working, planned)
    if (fix === 'cleared') continue
    const result = fix && materialise(working.object, guarded(fix.match, fix.operations))
    const next = result && subjectOf(result.object)
    if (result === undefined || next === undefined) return undefined
    changes.add(changedPlaces(working.object, result.patch))
    patch.push(...result.patch)
    working = next
  }
  // What is judged is what the patch says, so the shortened patch must still mean the same.
  const short = fold(unique(patch))
  if (short.length === patch.length) return { patch, patched: working.object }
  const patched = appliedSharing(subject.object, short)
  return patched !== undefined && equal(patched, working.object)
    ? { patch: short, patched }
    : { patch, patched: working.object }
}

/** The fix of a finding on an object that other fixes have changed; undefined where it has none any more. */
function planAgain(
  judge: Judge,
  written: Subject,
  working: Subject,
  { detected: finding, lifts }: Planned,
): { match: Match; operations: PatchOperation[] } | 'cleared' | undefined {
  const present = detect(judge, working, scopeOf(finding)).detected
  const current = present.find(({ key }) => key === finding.key)
  if (current === undefined) return 'cleared'
  const plan = judge.planFix(current.match, written)
  if (plan.kind !== 'patch') return undefined
  return {
    match: current.match,
    operations: place(judge, current.match, plan, peersOf(current, present), lifts, written),
  }
}

/** Where to look whether a finding is still there: its policy, and its container unless the others matter to it. */
function scopeOf({ match }: Detected): Scope {
  const policies = new Set([match.policy.id])
  const { container, policy } = match
  if (container === undefined || policy.level === 'pod-or-container') return { policies }
  return { policies, local: { policies, containers: new Set([container.pointer]) } }
}

/** What the same policy finds at the other places of the same object. */
function peersOf(finding: Detected, detected: readonly Detected[]): Match[] {
  if (finding.match.policy.level !== 'pod-or-container') return []
  return detected.flatMap(({ match }) => (match.policy === finding.match.policy ? match : []))
}

/** Pins the container by its name: the index in the path must still mean the same container. */
function guarded(match: Match, operations: PatchOperation[]): PatchOperation[] {
  const container = match.container
  const name = container?.value['name']
  if (container === undefined || name === undefined) return operations
  if (!operations.some(({ path }) => path.startsWith(`${container.pointer}/`))) return operations
  return [{ op: 'test', path: `${container.pointer}/name`, value: name }, ...operations]
}

/** Equal `test` operations say it once. */
function unique(patch: JsonPatch): JsonPatch {
  const seen = new Set<string>()
  return patch.filter((operation) => {
    if (operation.op !== 'test' || !operation.path.endsWith('/name')) return true
    const text = JSON.stringify(operation)
    return !seen.has(text) && seen.add(text)
  })
}

function malformed(detected: Detected): Unfixed {
  return {
    state: 'refused',
    reason: {
      code: 'malformed-object',
      text: `something on the way to ${detected.match.pointer} has another type than the API expects`,
    },
    patch: [],
  }
}
