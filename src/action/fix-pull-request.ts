import * as core from '@actions/core'
import { checkOut, type Checkout } from '../adapters/checkout.ts'
import type { Host } from '../adapters/running.ts'
import {
  ForgeError,
  fixMarker,
  fullName,
  hashOf,
  mostFixed,
  sealFor,
  type Forge,
  type FoundPullRequest,
  type PullRequest,
  type Seal,
  sentenceOf,
  ourBranches,
} from '../github/index.ts'
import { candidateOf } from '../deciding.ts'
import type { Finding, Reason } from '../model/index.ts'
import { withoutChanges, type FileChange, type Refused } from '../pipeline.ts'
import { bodyCharacters, count, renderFixBody, worstFirst } from '../report/index.ts'
import type { Outcome } from '../run.ts'
import type { State } from '../schedule/index.ts'
import { beyond, decideSweep, sweepOf, type Sweeping } from '../sweeping.ts'
import type { ActionInputs } from './inputs.ts'
import { notWhole, type FixPullRequest, type Said } from './said.ts'
import { changeSource } from './change-source.ts'
import { scanChange } from './scan.ts'

/** More in one pull request is not read any more. */
const mostFixes = 50

interface Branches {
  /** The branch that the fixes are for, and its tip as it was scanned. */
  base: { name: string; commit: string }
  branch: string
}

interface Stacking {
  forge: Forge
  inputs: ActionInputs
  host: Host
  pull: PullRequest
  checkout: Checkout
  said: Said
  /** What was learned. */
  state: State
}

/** One pull request to the branch of another, with the safe fixes that are not suggested there. */
export async function stackFixes({
  forge,
  inputs,
  host,
  pull,
  checkout,
  said,
  state,
}: Stacking): Promise<FixPullRequest | undefined> {
  if (pull.head.repository !== pull.base.repository) {
    said.notes.push('fixes outside of the diff are not offered as a pull request: the branch is in a fork')
    return undefined
  }
  const branches = {
    base: { name: pull.head.ref, commit: pull.head.sha },
    branch: `${ourBranches}pull-${pull.number}`,
  }
  const left = leavingOut([
    [said.ignored ?? [], ignored],
    [said.inline ?? [], suggested],
  ])
  const after = async (one: Outcome): Promise<Outcome> => one
  const outcome =
    Object.keys(left).length === 0
      ? said.outcome
      : await scanChange(inputs, { checkout, host, leftOut: left, state, isChange: true, after })
  return offer(forge, branches, outcome, {
    executables: checkout.executables,
    about: `for #${pull.number}, to be merged into its branch ${pull.head.ref}`,
    title: `Fix ${count(fixedBy(outcome).length, 'finding')} of #${pull.number}`,
    notes: said.notes,
    left: 0,
    seal: sealFor(inputs.stateKey, forge.repository, 0),
    isIntroduced: (fingerprint) => !outcome.before.has(fingerprint),
  })
}

const ignored = { code: 'ignored', text: 'was ignored in a review' }
const suggested = { code: 'suggested', text: 'is suggested in the review' }
const later = { code: 'later', text: 'is left for the next pull request' }

function leavingOut(parts: readonly (readonly [Iterable<string>, Reason])[]): Refused {
  return Object.fromEntries(
    parts.flatMap(([fingerprints, reason]) => [...fingerprints].map((one) => [one, reason] as const)),
  )
}

function sweepingOf(
  { repository }: Forge,
  { time }: ActionInputs,
  known: Pick<Sweeping, 'state' | 'standing'>,
): Sweeping {
  return { ...known, repository: fullName(repository), time }
}

/** Closes what belongs to a pull request that is closed. */
export async function closeStacked(forge: Forge, number: number): Promise<void> {
  const branch = `${ourBranches}pull-${number}`
  const found = await forge.pullRequestsFrom(`${forge.repository.owner}:${branch}`, 'open')
  for (const one of found.filter(({ isOurs }) => isOurs)) {
    await close(forge, one)
    core.info(`closed #${one.number}, which belongs to #${number}`)
  }
  if (found.some(({ isOurs }) => isOurs)) await forge.deleteBranch(branch)
}

/** Closed by us, it was not declined: it loses the mark by which a declined one is known. */
async function close(forge: Forge, { number, body }: FoundPullRequest): Promise<void> {
  await forge.updatePullRequest(number, { state: 'closed', body: fixMarker.without(body) })
}

export interface SweepRun {
  forge: Forge
  inputs: ActionInputs
  host: Host
  temporary: string
  branch: string
  commit: string
  /** What was learned. */
  state: State
}

/** Scans a branch as it stands, and offers one pull request with its safe fixes: what is worth most, and what is due. */
export async function sweepBranch({
  forge,
  inputs,
  host,
  temporary,
  branch,
  commit,
  state,
}: SweepRun): Promise<Said> {
  const tree = await forge.tree(commit)
  const files = tree.entries.map(({ path }) => ({
    path,
    previous: undefined,
    status: 'unchanged' as const,
    patch: undefined,
  }))
  const source = { ...changeSource(forge, { base: commit, head: commit, files }), tree: async () => tree }
  const checkout = await checkOut(source, temporary)
  const notes: string[] = []
  if (!tree.complete) notes.push('GitHub does not list the whole repository: the rest was not judged')
  if (!checkout.isWhole) notes.push(notWhole)
  const scan = async (leftOut: Refused): Promise<Outcome> =>
    scanChange(inputs, { checkout, host, leftOut, state, isChange: false, after: async (one) => one })
  try {
    const outcome = await scan({})
    const said: Said = { outcome, notes, isChange: false, isWhole: tree.complete && checkout.isWhole }
    if (inputs.mode !== 'fix-pr') return said
    try {
      const branches = { base: { name: branch, commit }, branch: `${ourBranches}${branch}/fixes` }
      const seal = sealFor(inputs.stateKey, forge.repository, 0)
      const fixed = fixedBy(outcome)
      const standing = fixed.length > mostFixes ? await standingIn(forge, branches, seal) : new Set<string>()
      const sweep = sweepOf(outcome, fixed, sweepingOf(forge, inputs, { state, standing }))
      if (sweep.pastDue > 0) core.info(`${count(sweep.pastDue, 'finding')} with a fix should be gone by now`)
      if (sweep.ignored.length > 0)
        notes.push(`${count(sweep.ignored.length, 'finding')} ignored by /autofix ignore: no fix is offered`)
      const rest = beyond(sweep.order, mostFixes)
      const left = leavingOut([
        [rest.map(({ fingerprint }) => fingerprint), later],
        [sweep.ignored.map(({ fingerprint }) => fingerprint), ignored],
      ])
      const chosen = Object.keys(left).length === 0 ? outcome : await scan(left)
      const opened = await offer(forge, branches, chosen, {
        executables: checkout.executables,
        about: `for the branch ${branch}`,
        title: `Fix ${count(fixedBy(chosen).length, 'Kubernetes misconfiguration')}`,
        notes,
        left: rest.length,
        seal,
        isIntroduced: () => false,
      })
      if (opened !== undefined) said.fixPullRequest = opened
      decideSweep(sweep, opened)
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error
      notes.push(sentenceOf(error, 'the pull request with fixes could not be written'))
    }
    return said
  } finally {
    checkout.remove()
  }
}

/** What the open pull request of a branch says it fixes. */
async function standingIn(
  forge: Forge,
  branches: Branches,
  seal: Seal | undefined,
): Promise<ReadonlySet<string>> {
  const open = (await oursFrom(forge, branches)).find(({ state }) => state === 'open')
  const marker = fixMarker.readBelieved(open?.body ?? '', seal)
  return new Set(marker?.decisions?.map(({ fingerprint }) => fingerprint))
}

/** Pull requests of ours from a branch to its base, newest first. */
async function oursFrom(forge: Forge, { base, branch }: Branches): Promise<FoundPullRequest[]> {
  const found = await forge.pullRequestsFrom(`${forge.repository.owner}:${branch}`, 'all')
  return found.filter(({ isOurs, base: target }) => isOurs && target.ref === base.name)
}

/** Findings that the changes of an outcome fix. */
function fixedBy({ changes, report }: Outcome): Finding[] {
  const fixed = new Set(changes.flatMap(({ fingerprints }) => fingerprints))
  return report.findings.filter(({ fingerprint, state }) => fixed.has(fingerprint) && state === 'fixed')
}

interface Offer {
  executables: ReadonlySet<string>
  about: string
  title: string
  notes: string[]
  left: number
  /** Of no pull request: it has no number before it is made. */
  seal: Seal | undefined
  isIntroduced: (fingerprint: string) => boolean
}

/** Creates or updates the pull request of a branch, from the tip of its base; undefined where there is nothing to offer. */
async function offer(
  forge: Forge,
  branches: Branches,
  outcome: Outcome,
  { executables, about, title, notes, left, seal, isIntroduced }: Offer,
): Promise<FixPullRequest | undefined> {
  const { base, branch } = branches
  const changes = withoutChanges(outcome.changes, executables)
  if (changes.length < outcome.changes.length)
    notes.push('fixes of files that can be run are left out: a commit through the API would take that away')
  const findings = fixedBy({ ...outcome, changes })
  const fingerprints = new Set(findings.map(({ fingerprint }) => fingerprint))
  const found = await oursFrom(forge, branches)
  const open = found.find(({ state }) => state === 'open')
  const known = open && fixMarker.read(open.body)
  const tip = await forge.branch(branch)
  if (tip !== undefined && !(await isOurs(forge, branches, known?.base))) {
    notes.push(`somebody has pushed to ${branch}: it is theirs now, and is not touched`)
    return open && { number: open.number, url: open.url, fingerprints: new Set() }
  }
  if (changes.length === 0) {
    if (open !== undefined) await close(forge, open)
    if (tip !== undefined) await forge.deleteBranch(branch)
    return undefined
  }
  const content = hashOf(
    changes.map(({ file, after }) => [file, after]).toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  )
  if (open === undefined) {
    const declined = found.some(
      ({ isMerged, body }) => !isMerged && fixMarker.read(body)?.content === content,
    )
    if (declined) {
      notes.push('the same fixes were closed without merging before: they are not offered again')
      return undefined
    }
    const why = await tooMany(forge, outcome.config.schedule)
    if (why !== undefined) {
      notes.push(why)
      return undefined
    }
  }
  // Whoever has looked at it, and every check that ran, would have to do so again.
  if (open !== undefined && tip !== undefined && known?.content === content)
    if (await isUntouched(forge, known.base, base.commit, changes))
      return { number: open.number, url: open.url, fingerprints }
  const { kubernetes } = outcome.report.verification
  const text = renderFixBody({ findings, left, kubernetes, about })
  const decisions = worstFirst(findings)
    .slice(0, mostFixed)
    .map((finding) => decisionOf(finding, isIntroduced))
  const bodyWith = (some: typeof decisions): string =>
    `${text}\n\n${fixMarker.write({ base: base.commit, content, decisions: some }, seal)}`
  // What does not fit is not learned from.
  while (bodyWith(decisions).length > bodyCharacters) decisions.pop()
  const body = bodyWith(decisions)
  await write(forge, { base, branch }, tip, changes, title)
  if (open !== undefined) {
    await forge.updatePullRequest(open.number, { title, body })
    return { number: open.number, url: open.url, fingerprints }
  }
  const created = await forge.createPullRequest({ title, body, head: branch, base: base.name })
  return { ...created, fingerprints }
}

/** Whether all of a branch is ours, on the tip of its base or on the commit that it was made from: the base may be rebased. */
async function isOurs(
  forge: Forge,
  { base, branch }: Branches,
  madeFrom: string | undefined,
): Promise<boolean> {
  if (await forge.isBranchOurs(base.commit, branch)) return true
  return madeFrom !== undefined && madeFrom !== base.commit && (await forge.isBranchOurs(madeFrom, branch))
}

/** Whether a branch has gone on beside some changes: what was made from an older commit of it is then as good. */
async function isUntouched(
  forge: Forge,
  from: string,
  to: string,
  changes: readonly FileChange[],
): Promise<boolean> {
  if (from === to) return true
  const { mergeBase, files, complete } = await forge.compare(from, to)
  const changed = new Set(changes.map(({ file }) => file))
  return (
    complete &&
    mergeBase === from &&
    files.every(
      ({ path, previous }) => !changed.has(path) && (previous === undefined || !changed.has(previous)),
    )
  )
}

/** What the outcome of a fix is learned under. All of a pull request is shown, whatever it is. */
function decisionOf(
  finding: Finding,
  isIntroduced: Offer['isIntroduced'],
): NonNullable<NonNullable<ReturnType<typeof fixMarker.read>>['decisions']>[number] {
  const { context, risk } = candidateOf([finding], { isIntroduced, mayBeInline: () => true })
  const { fingerprint, location } = finding
  return { context, risk, propensity: 1, fingerprint, path: location.file }
}

/** One commit on the tip of the base. A branch that exists never points to its base: GitHub would close its pull request. */
async function write(
  forge: Forge,
  { base, branch }: Branches,
  tip: string | undefined,
  changes: readonly FileChange[],
  headline: string,
): Promise<void> {
  const target = tip === undefined ? branch : `${branch}-next`
  if (tip !== undefined && (await forge.branch(target)) !== undefined)
    await forge.resetBranch(target, base.commit)
  else await forge.createBranch(target, base.commit)
  const { sha } = await forge.commitOnBranch({
    branch: target,
    expectedHead: base.commit,
    headline,
    body: changes.map(({ file }) => file).join('\n'),
    files: changes.map(({ file, after }) => ({ path: file, text: after })),
  })
  if (target === branch) return
  await forge.resetBranch(branch, sha)
  await forge.deleteBranch(target)
}

async function tooMany(
  forge: Forge,
  { mostOpen, mostHourly }: Outcome['config']['schedule'],
): Promise<string | undefined> {
  const recent = (await forge.recentPullRequests()).filter(isOne)
  const open = recent.filter(({ state }) => state === 'open').length
  if (open >= mostOpen)
    return `${open} pull requests of k8s-autofix are open: merge or close some, and more will come`
  const hourAgo = Date.now() - 3_600_000
  const lately = recent.filter(({ createdAt }) => Date.parse(createdAt) > hourAgo).length
  return lately >= mostHourly
    ? `${lately} pull requests of k8s-autofix were opened in the last hour: the next run goes on`
    : undefined
}

function isOne({ isOurs, head }: FoundPullRequest): boolean {
  return isOurs && head.ref.startsWith(ourBranches)
}
