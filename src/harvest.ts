import { candidateOf } from './deciding.ts'
import type { Host } from './adapters/running.ts'
import {
  editHash,
  fixMarker,
  ForgeError,
  fullName,
  ourBranches,
  sealFor,
  sentenceOf,
  suggestionMarker,
  summaryMarker,
  type Forge,
  type PastComment,
  type PastPullRequest,
  type Place,
  type Seal,
} from './github/index.ts'
import type { Context, Finding } from './model/index.ts'
import {
  becameOf,
  isProven,
  isTakenBack,
  replaced,
  suggestedIn,
  type Became,
  type Proven,
} from './outcome.ts'
import type { Request } from './pipeline.ts'
import { publicPolicy } from './public-names.ts'
import { count } from './report/index.ts'
import {
  changeId,
  emptyState,
  findingId,
  suggestionId,
  weekOf,
  type Mark,
  type State,
  type Suggestion,
  type Suppression,
} from './schedule/index.ts'
import { ignoredIn } from './ignoring.ts'
import { Views, type ReadView } from './views.ts'

/*
 * What has become of all that was offered, read from GitHub alone: a state that knows nothing is made anew by it. Our
 * marks stand where others can write, so each is believed only where all that it says is found again: in a comment of
 * ours, on the file and the commit that it names, whose text has the findings, and has them no longer with the
 * suggestion that the comment holds.
 */

const day = 86_400
/** What is older than this is not read; what was read is read again for so long, since comments come late. */
const oldest = 180 * day
const window = 30 * day
/** For so long it is open whether a fix is taken up, or taken back. */
const patience = 14 * day
/** Bounds of one run. */
const mostPulls = 600
const mostClaims = 100
const mostComparisons = 30
const mostLookups = 60
const mostPeople = 50
/** Claims that are judged at a time, or a few more: those of a pull request are judged together. */
const batch = 50
/** Milliseconds after which no further page is read; what is older is then given up, and not asked for again. */
const longest = 180_000

export interface Harvesting {
  forge: Forge
  host: Host
  request: Request
  /** Milliseconds for one file. */
  timeout: number
  /** Ids of all policies of the run. */
  policies: readonly string[]
  /** Milliseconds since 1970. */
  time: number
  stateKey: string | undefined
  /** The default branch. */
  branch: string
}

/** What was harvested, and how much of what there was. */
export interface Harvest {
  state: State
  /** Pull requests in which something was learned. */
  pulls: number
  taken: number
  left: number
  takenBack: number
  /** Why not everything was read. */
  trouble?: string
}

interface Decided {
  context: Context
  risk: number
  propensity: number
}

/** What one of our marks says was offered; nothing of it is proven yet. */
interface Claim {
  pull: PastPullRequest
  fingerprints: readonly [string, ...string[]]
  path: string
  commit: string
  edit: string
  decision: Decided
  createdAt: number
  /** The comment of a review, and what people have answered to it; undefined in a pull request of ours. */
  suggested: { comment: PastComment; replies: readonly PastComment[] } | undefined
}

/** Everything that was offered since what a state has harvested, and what has become of it. */
export async function harvest(state: State, harvesting: Harvesting): Promise<Harvest> {
  const { forge, time, host, request, timeout } = harvesting
  const seconds = Math.floor(time / 1000)
  const since = Math.max(state.harvested - window, seconds - oldest)
  const views = new Views(forge, request, timeout, host)
  const season = new Season(state.harvested, harvesting, views)
  const started = host.now()
  let newest = state.harvested
  let read = 0
  let isBroken = false
  let trouble: string | undefined
  try {
    for (let after: string | undefined, isLast = false; !isLast;) {
      const { pulls, next } = await forge.pastPullRequests(after)
      const some = pulls.filter(({ updatedAt }) => updatedAt >= since)
      newest = Math.max(newest, ...some.map(({ updatedAt }) => updatedAt))
      await season.take(some)
      read += some.length
      isLast = next === undefined || some.length < pulls.length
      after = next
      if (!isLast && (read >= mostPulls || host.now() - started > longest)) {
        trouble = `of the last pull requests no more than ${read} were looked at`
        isLast = true
      }
    }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    isBroken = true
    const instead = error.kind === 'forbidden' ? '; or set the input state to none' : ''
    trouble = `${sentenceOf(error, 'what has become of older suggestions is not known')}${instead}`
  } finally {
    await views.close()
  }
  return {
    ...season.result(isBroken ? state.harvested : newest),
    ...(trouble !== undefined && { trouble }),
  }
}

/** What is learned in one run. */
class Season {
  private readonly harvested: number
  private readonly harvesting: Harvesting
  private readonly views: Views
  private readonly repository: string
  private readonly now: number
  private readonly known: ReadonlySet<string>
  private readonly suggestions = new Map<string, Suggestion>()
  private readonly suppressed = new Map<string, Suppression>()
  private readonly pulls = new Set<number>()
  private readonly offered = new Set<string>()
  private readonly people = new Map<string, boolean>()
  /** Of the default branch, asked for behind the pull requests: an older one, such as the run's own, lacks their merges. */
  private tip: Promise<string | undefined> | undefined
  private unread = 0
  private comparisons = 0
  private lookups = 0

  constructor(harvested: number, harvesting: Harvesting, views: Views) {
    this.harvested = harvested
    this.harvesting = harvesting
    this.views = views
    this.repository = fullName(harvesting.forge.repository)
    this.now = Math.floor(harvesting.time / 1000)
    this.known = new Set(harvesting.policies.map(publicPolicy))
  }

  result(harvested: number): Harvest {
    const all = [...this.suggestions.values()].filter(({ marks }) => marks.has('shown'))
    const having = (...some: Mark[]): number =>
      all.filter(({ marks }) => some.some((mark) => marks.has(mark))).length
    return {
      state: { ...emptyState, suggestions: this.suggestions, suppressed: this.suppressed, harvested },
      pulls: this.pulls.size,
      taken: having('fixed', 'committed'),
      left: having('untouched', 'dismissed'),
      takenBack: having('broke'),
      ...(this.unread > 0 && {
        trouble: `what has become of ${count(this.unread, 'suggestion')} could not be read`,
      }),
    }
  }

  async take(pulls: readonly PastPullRequest[]): Promise<void> {
    this.tip = undefined
    let waiting: Claim[] = []
    for (const [index, pull] of pulls.entries()) {
      const claims = [...this.claimsOf(pull), ...this.fixesOf(pull)]
      for (const claim of claims) this.offered.add(this.idOf(claim))
      // The newest stay; what was said at once stays in its order.
      waiting.push(...claims.toSorted((a, b) => a.createdAt - b.createdAt).slice(-mostClaims))
      if (waiting.length === 0 || (waiting.length < batch && index + 1 < pulls.length)) continue
      await this.attempt(waiting)
      waiting = []
    }
    for (const pull of pulls) this.silent(pull)
  }

  /** One pull request with files beyond all bounds does not end what is learned of the others. */
  private async attempt(claims: readonly Claim[]): Promise<void> {
    try {
      await this.judge(claims)
    } catch (error) {
      if (!(error instanceof ForgeError) || error.kind !== 'unexpected') throw error
      this.unread += claims.length
    }
  }

  /** What our comments in a pull request say they suggest. */
  private claimsOf(pull: PastPullRequest): Claim[] {
    const seal = this.sealOf(pull.number)
    return pull.threads.flatMap(({ first, replies }): Claim[] => {
      if (!first.isOurs) return []
      const marker = suggestionMarker.readBelieved(first.body, seal)
      const [fingerprint, ...others] = marker?.fingerprints.toSorted() ?? []
      if (marker?.decision === undefined || fingerprint === undefined) return []
      const { path, commit, edit, decision } = marker
      if (path !== first.path || commit !== first.commit) return []
      return [
        {
          pull,
          fingerprints: [fingerprint, ...others],
          path,
          commit,
          edit,
          decision,
          createdAt: first.createdAt,
          suggested: { comment: first, replies },
        },
      ]
    })
  }

  /** What a pull request of ours says it fixes. */
  private fixesOf(pull: PastPullRequest): Claim[] {
    if (!pull.isOurs || pull.isFork || !pull.head.ref.startsWith(ourBranches)) return []
    const marker = fixMarker.readBelieved(pull.body, this.sealOf(0))
    return (marker?.decisions ?? []).map(({ fingerprint, path, ...decision }) => ({
      pull,
      fingerprints: [fingerprint],
      path,
      commit: marker?.base ?? '',
      // What else such a pull request holds changes with its base; the offer is the same.
      edit: '',
      decision,
      createdAt: pull.createdAt,
      suggested: undefined,
    }))
  }

  private async judge(claims: readonly Claim[]): Promise<void> {
    const { views } = this
    views.forget()
    const places = new Map(claims.map((claim) => [claim, nowOf(claim)]))
    await views.fetch([...claims, ...places.values()])
    for (const [claim, place] of places)
      if (views.text(claim) !== undefined && views.text(place) === undefined) {
        const path = await this.renamed(claim)
        if (path !== undefined) places.set(claim, { ...place, path })
      }
    await views.fetch([...places.values()])
    const texts = claims.flatMap((claim) => {
      const { path } = claim
      const [before, now] = [views.text(claim), views.text(places.get(claim) ?? claim)]
      const after = before === undefined ? undefined : suggestedText(claim, before)
      return [before, after, now].flatMap((text) => (text === undefined ? [] : { file: path, text }))
    })
    await views.judge(texts)
    const proven = claims.flatMap((claim) => {
      const found = this.prove(claim, places.get(claim))
      return found === undefined ? [] : [{ claim, found }]
    })
    for (const [index, { claim, found }] of proven.entries()) {
      const isReplaced = proven.some(
        (other, at) =>
          other.claim.pull === claim.pull &&
          this.idOf(other.claim) !== this.idOf(claim) &&
          at > index &&
          other.claim.fingerprints.some((one) => claim.fingerprints.includes(one)),
      )
      const now = views.view(claim.path, views.text(places.get(claim) ?? claim))
      const isElsewhere = isFoundElsewhere(claim, views.view(claim.path, views.text(claim)), now)
      const became = isReplaced || isElsewhere ? 'unclear' : becameOf(found, now)
      const marks = new Set<Mark>(['shown', ...this.marksOf(claim, became, isReplaced)])
      for (const mark of await this.words(claim)) marks.add(mark)
      if (became === 'committed' && (await this.isTakenBack(claim, found, places.get(claim))))
        marks.add('broke')
      this.learn(claim, marks)
    }
  }

  /** A claim of which all is found again. */
  private prove(claim: Claim, place: Place | undefined): Proven | undefined {
    const { fingerprints, path, decision } = claim
    const text = this.views.text(claim)
    const before = this.views.view(path, text)
    if (text === undefined || before === undefined || !isAbout(decision.context, claim, before))
      return undefined
    if (claim.suggested === undefined) {
      // Nobody but the pull request itself says what it changes: what it has made of the file once it was merged.
      const merged = place && this.views.view(path, this.views.text(place))
      const after = claim.pull.state === 'merged' && merged !== undefined ? merged : before
      return { fingerprints, before, after }
    }
    const after = this.views.view(path, suggestedText(claim, text))
    if (after === undefined) return undefined
    const found = { fingerprints, before, after }
    return isProven(found) ? found : undefined
  }

  private marksOf({ pull, createdAt, suggested }: Claim, became: Became, isReplaced: boolean): Mark[] {
    const isOver = pull.state !== 'open'
    const isWaiting = pull.isDraft || this.now - createdAt < patience
    const isDecided = pull.state === 'merged' || (pull.state === 'open' && !isWaiting)
    if (isReplaced) return ['censored']
    if (isOfStranger(pull)) return isOver ? ['censored'] : []
    if (suggested === undefined) {
      if (pull.state === 'open') return []
      // Whoever closes it declines it; where we do, the mark is taken away. With another branch, GitHub closes it itself.
      if (pull.state === 'closed') return [pull.base === this.harvesting.branch ? 'untouched' : 'censored']
      return became === 'committed' || became === 'fixed' ? ['fixed', 'committed'] : ['censored']
    }
    switch (became) {
      case 'committed':
        return ['fixed', 'committed']
      case 'fixed':
        return ['fixed']
      case 'excepted':
        return isDecided ? ['accepted'] : isOver ? ['censored'] : []
      case 'standing':
        // What is folded was taken back, and nobody has to have seen it.
        return isDecided && !suggested.comment.isMinimised ? ['untouched'] : isOver ? ['censored'] : []
      case 'unclear':
        return isOver ? ['censored'] : []
    }
  }

  /** What people have said of a suggestion who have a say here. */
  private async words({ suggested, fingerprints, decision }: Claim): Promise<Mark[]> {
    const said: Mark[] = []
    for (const { body, person, createdAt, isOurs } of suggested?.replies ?? []) {
      const ignored = ignoredIn(body, decision.context.policy)
      if (ignored === undefined || isOurs || person === undefined || !(await this.mayWrite(person))) continue
      const { isWrong, until } = ignored
      said.push(isWrong ? 'dismissed' : 'accepted')
      for (const one of fingerprints) {
        const id = findingId(this.repository, one)
        const known = this.suppressed.get(id)
        if (known === undefined || known.at <= createdAt)
          this.suppressed.set(id, { at: createdAt, ...(until !== undefined && { until }) })
      }
    }
    return said
  }

  private async mayWrite(person: string): Promise<boolean> {
    const known = this.people.get(person)
    if (known !== undefined) return known
    if (this.people.size >= mostPeople || !/^[\w-]{1,100}$/.test(person)) return false
    const may = await orUndefined(this.harvesting.forge.mayWrite(person))
    this.people.set(person, may === true)
    return may === true
  }

  /** Whether the default branch has taken back, within two weeks, what was merged into it. */
  private async isTakenBack(
    { pull, path }: Claim,
    found: Proven,
    place: Place | undefined,
  ): Promise<boolean> {
    const { forge, branch } = this.harvesting
    if (pull.mergedAt === undefined || pull.base !== branch || place === undefined) return false
    const end = pull.mergedAt + patience
    // It was looked at when the time was up; only who starts from nothing looks again.
    const isLate = this.now > end
    if (isLate && (this.harvested > end || this.lookups++ >= mostLookups)) return false
    const commit = await (isLate
      ? orUndefined(forge.commitAt(branch, end))
      : (this.tip ??= forge.branch(branch)))
    if (commit === undefined) return false
    const there = { commit, path: place.path }
    await this.views.fetch([there])
    const text = this.views.text(there)
    if (text !== undefined) await this.views.judge([{ file: path, text }])
    return isTakenBack(found, this.views.view(path, text))
  }

  /** Where a file is that is not where it was. */
  private async renamed({ commit, path, pull }: Claim): Promise<string | undefined> {
    if (this.comparisons++ >= mostComparisons) return undefined
    const compared = await orUndefined(this.harvesting.forge.compare(commit, pull.head.commit))
    return compared?.files.find(({ status, previous }) => status === 'renamed' && previous === path)?.path
  }

  private learn(claim: Claim, marks: ReadonlySet<Mark>): void {
    const { pull, decision, createdAt } = claim
    const id = this.idOf(claim)
    const known = this.suggestions.get(id)
    const suggestion = this.suggestionOf(id, pull.number, decision, createdAt)
    this.pulls.add(pull.number)
    this.suggestions.set(id, {
      ...(known !== undefined && known.week <= suggestion.week ? known : suggestion),
      marks: new Set([...(known?.marks ?? []), ...marks]),
    })
  }

  /** What could have been suggested in a pull request and was not: for those who ask what silence is worth. */
  private silent(pull: PastPullRequest): void {
    if (isOfStranger(pull)) return
    for (const { body, createdAt } of pull.ourComments)
      for (const { id, ...decision } of summaryMarker.readBelieved(body, this.sealOf(pull.number))
        ?.decisions ?? [])
        if (!this.offered.has(id) && !this.suggestions.has(id) && this.known.has(decision.context.policy))
          this.suggestions.set(id, this.suggestionOf(id, pull.number, decision, createdAt))
  }

  private suggestionOf(id: string, pull: number, decision: Decided, createdAt: number): Suggestion {
    return {
      id,
      change: changeId(this.repository, pull),
      context: decision.context,
      week: weekOf(1000 * createdAt),
      risk: decision.risk,
      propensity: Math.round(100 * decision.propensity),
      marks: new Set(),
    }
  }

  private idOf({ pull, fingerprints: [first], edit }: Claim): string {
    return suggestionId(this.repository, pull.number, first, edit)
  }

  private sealOf(change: number): Seal | undefined {
    return sealFor(this.harvesting.stateKey, this.harvesting.forge.repository, change)
  }
}

/** Anybody may open one from a fork, and do there what they like: only who merges it has a say here. */
function isOfStranger({ isFork, state }: PastPullRequest): boolean {
  return isFork && state !== 'merged'
}

/** Where to see what has become of a claim: in what was merged, or in the last head. */
function nowOf({ pull, path }: Claim): Place {
  return { commit: (pull.state === 'merged' ? pull.mergeCommit : undefined) ?? pull.head.commit, path }
}

/** The text with a suggestion taken; undefined where the comment holds another one than its mark says. */
function suggestedText({ suggested, edit, path }: Claim, before: string): string | undefined {
  const lines = suggested?.comment.lines
  const text = suggestedIn(suggested?.comment.body ?? '')
  if (lines === undefined || text === undefined) return undefined
  // A fence ends its last line where the suggestion does not.
  const replacement = [text, text.replace(/\n$/, '')].find(
    (one) => editHash({ file: path, kind: 'replace', ...lines, replacement: one }) === edit,
  )
  return replacement === undefined ? undefined : replaced(before, lines, replacement)
}

/** Whether one of the findings is what the context says. */
function isAbout(context: Context, { fingerprints }: Claim, { findings }: ReadView): boolean {
  return fingerprints.some((one) => {
    const finding = findings.get(one)
    if (finding === undefined) return false
    const found = candidateOf([finding], { isIntroduced: () => false, mayBeInline: () => true }).context
    return (
      found.policy === context.policy &&
      found.kind === context.kind &&
      found.environment === context.environment
    )
  })
}

/** Whether a policy finds the same object again, where it did not find it before: a container may have got another name. */
function isFoundElsewhere(
  { fingerprints }: Claim,
  before: ReadView | undefined,
  now: ReadView | undefined,
): boolean {
  const placeOf = ({ policy, resource }: Finding): string => JSON.stringify([policy, resource])
  const gone = new Set(
    fingerprints.flatMap((one) => {
      const finding = now?.found.has(one) === true ? undefined : before?.findings.get(one)
      return finding === undefined ? [] : placeOf(finding)
    }),
  )
  return [...(now?.findings.values() ?? [])].some(
    (finding) => before?.found.has(finding.fingerprint) !== true && gone.has(placeOf(finding)),
  )
}

/** What is asked of a commit or a person that is gone has no answer; that is none to end a run for. */
async function orUndefined<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ForgeError && ['not-found', 'forbidden', 'unprocessable'].includes(error.kind))
      return undefined
    throw error
  }
}
