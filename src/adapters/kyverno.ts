import { createHash, randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import {
  appliedRules,
  batchesOf,
  complaintOf,
  heartbeat,
  inOrder,
  judgeInParts,
  kyvernoAnswer,
  kyvernoRules,
  readKyvernoOutput,
  sentinel,
  withName,
  withoutAutogen,
  withUid,
  type Attempt,
  type Engine,
  type EngineAnswer,
  type JudgeOptions,
  type JudgingPolicy,
  type KyvernoGiven,
  type Unit,
} from '../detect/index.ts'
import { InfrastructureError, UserError, type JsonObject } from '../model/index.ts'
import { matchesKind } from '../policies/index.ts'
import { eachAtOnce } from './at-once.ts'
import { inOwnOrder, readUnit, type Known, type Piece } from './kyverno-units.ts'
import { inPrivateFolder, makeFolder, writeFile } from './private-folder.ts'
import { problemOf } from './tool-problem.ts'
import type { ToolOutcome, ToolRunner } from './tool-runner.ts'

/** What to do where the program is missing or does not work. */
export const kyvernoHint =
  "install Kyverno's command line tool 1.19.0 (github.com/kyverno/kyverno, kubectl-kyverno), put it on PATH as kyverno, or name its path"

export interface KyvernoOptions {
  /** Absolute path of the program. */
  program: string
  policies: readonly JudgingPolicy[]
  /** Whether it may ask registries for what a policy wants to know of an image. */
  asksRegistry?: boolean
  runner: ToolRunner
  /** Folder in which every run makes a private one of its own, and removes it. */
  temporaryFolder: string
  limits?: Partial<KyvernoLimits>
}

export interface KyvernoLimits {
  /** Milliseconds for a run, and for each policy that it applies to each object. */
  runTime: number
  pairTime: number
  /** Bytes of output of a run. */
  output: number
  /** Objects in a run. */
  objects: number
  /** Policies applied to objects in a run, so that its end is seen, and what ends it is found soon. */
  pairs: number
  /** Runs to find what ends a run. */
  runs: number
  /** Runs at once. */
  atOnce: number
}

const defaultLimits: KyvernoLimits = {
  runTime: 30_000,
  // About eight times what a ValidatingPolicy takes on an idle machine, which much else may run on.
  pairTime: 150,
  output: 256 * 1024 * 1024,
  objects: 100,
  pairs: 1000,
  runs: 100,
  atOnce: Math.min(availableParallelism(), 4),
}

/**
 * Engine `kyverno`: the policies by which Kyverno's command line tool judges, one process for each batch of objects.
 *
 * Starts the program twice, for its version and on an object of ours: a broken program is an `InfrastructureError`, a
 * policy that it does not take, or passes over, a `UserError` that names it.
 */
export async function createKyverno(options: KyvernoOptions): Promise<Engine> {
  const kyverno = new Kyverno({ ...defaultLimits, ...options.limits }, options)
  const version = await kyverno.version()
  await kyverno.start()
  return {
    name: 'kyverno',
    version,
    rules: options.policies.flatMap(kyvernoRules),
    judge: async (units, judging = {}) => kyverno.judge(units, judging),
  }
}

/** A policy with its name in a run. */
interface Named {
  name: string
  policy: JudgingPolicy
}

class Kyverno {
  private readonly limits: KyvernoLimits
  private readonly options: KyvernoOptions
  private readonly secret = randomUUID()
  private readonly named: readonly Named[]
  private readonly heartbeats: ReadonlyMap<string, JsonObject>
  /** By digest of the text. An object is judged alone, so its verdict does not change. */
  private readonly known = new Map<string, Known>()
  /** A run on our own object alone, where another has failed. */
  private alive: Promise<Attempt> | undefined

  constructor(limits: KyvernoLimits, options: KyvernoOptions) {
    this.limits = limits
    this.options = options
    this.named = options.policies.map((policy, index) => ({
      name: `policy-${String(index + 1).padStart(4, '0')}`,
      policy,
    }))
    // A run without any policy ends without a word.
    const forms = new Set(
      options.policies.length === 0 ? ['cel' as const] : options.policies.map(({ form }) => form),
    )
    this.heartbeats = new Map(
      [...forms].map((form) => {
        const name = `heartbeat-${form}-${this.secret}`
        return [name, heartbeat(form, name)]
      }),
    )
  }

  async version(): Promise<string> {
    return inPrivateFolder(this.options.temporaryFolder, async (folder) => {
      const outcome = await this.run(folder, ['version'], this.limits.runTime, undefined)
      const text = outcome.kind === 'exited' && outcome.exitCode === 0 ? outcome.stdout : ''
      const [, version] = /^Version: ([\w.+-]{1,100})$/m.exec(text) ?? []
      if (version !== undefined) return version
      throw new InfrastructureError(
        `kyverno ${problemOf(outcome) ?? 'does not tell its version'}`,
        kyvernoHint,
      )
    })
  }

  /** The first run, on our own object alone, which counts the rules: a policy that is passed over is no policy. */
  async start(): Promise<void> {
    const failure = await this.load(this.named)
    if (failure === undefined) return
    const own = await this.load([])
    if (own !== undefined) throw new InfrastructureError(`kyverno ${own.because}`, kyvernoHint)
    const problems = await this.problemsIn(this.named, failure)
    throw new UserError(problems)
  }

  /** What is wrong with some policies that fail together. */
  private async problemsIn(named: readonly Named[], failure: { because: string }): Promise<string[]> {
    const [one, ...further] = named
    if (one === undefined) return []
    if (further.length === 0) return [`${one.policy.place}: Kyverno does not take it: ${failure.because}`]
    const middle = named.length >> 1
    const halves = [named.slice(0, middle), named.slice(middle)]
    const problems: string[] = []
    for (const half of halves) {
      const failed = await this.load(half)
      if (failed !== undefined) problems.push(...(await this.problemsIn(half, failed)))
    }
    // Each half alone is taken: they fail by being together.
    return problems.length > 0 ? problems : [`${one.policy.place} and those behind it: ${failure.because}`]
  }

  /** Whether the program takes all of these policies; if not, why. */
  private async load(named: readonly Named[]): Promise<{ because: string } | undefined> {
    return inPrivateFolder(this.options.temporaryFolder, async (folder) => {
      const own = [...this.heartbeats.values()]
      const policies = named.map(({ name, policy }) => withoutAutogen(withName(policy, name)))
      this.write(folder, [...own, ...policies], [])
      const time = this.limits.runTime + policies.length * this.limits.pairTime
      const outcome = await this.run(
        folder,
        ['apply', 'policies', '--resource', 'objects', '--remove-color'],
        time,
      )
      const problem = problemOf(outcome)
      if (problem !== undefined || outcome.kind !== 'exited') return { because: problem ?? '' }
      const expected =
        own.length + named.reduce((sum, { policy }) => sum + Math.max(1, policy.rules.length), 0)
      const complaint = complaintOf(outcome.stdout, outcome.stderr)
      if (complaint !== '') return { because: complaint }
      const applied = appliedRules(outcome.stdout)
      if (applied === undefined) return { because: `gave no answer (exit code ${outcome.exitCode})` }
      // Whatever the policies say of our own object.
      if (applied === expected) return undefined
      return { because: 'it passes over it without a word, as over all that has not the form of its kind' }
    })
  }

  async judge(units: readonly Unit[], { signal, progress }: JudgeOptions): Promise<EngineAnswer> {
    if (new Set(units.map(({ id }) => id)).size !== units.length) throw new Error('two units have one id')
    const fresh = new Map<string, Known>()
    for (const { text } of units) {
      const key = digest(text)
      if (!this.known.has(key) && !fresh.has(key)) fresh.set(key, readUnit(key, text))
    }
    this.alive = undefined
    await this.judgeAll([...fresh.values()], signal, progress)
    for (const [key, known] of fresh) this.known.set(key, inOwnOrder(known))
    const answer: EngineAnswer = { findings: [], judged: [], suppressed: [], unjudged: [] }
    for (const { id: unit, text } of units) {
      const known = this.known.get(digest(text))?.answer
      for (const finding of known?.findings ?? []) answer.findings.push({ ...finding, unit })
      for (const object of known?.judged ?? []) answer.judged.push({ ...object, unit })
      // Of a unit with several objects one reason is enough.
      for (const { because } of known?.unjudged.slice(0, 1) ?? []) answer.unjudged.push({ unit, because })
      for (const undecided of known?.undecided ?? []) (answer.undecided ??= []).push({ ...undecided, unit })
    }
    return inOrder(units, answer)
  }

  /** Judges the objects of texts that nobody has asked about before. */
  private async judgeAll(
    texts: readonly Known[],
    signal: AbortSignal | undefined,
    progress: JudgeOptions['progress'],
  ): Promise<void> {
    const pieces = texts.flatMap(({ pieces: some, answer }) => some.map((piece) => ({ ...piece, answer })))
    // A policy costs as much for an object that it does not look at.
    const byPolicies = Map.groupBy(pieces, (piece) =>
      this.named.flatMap(({ name, policy }) => (looksAt(policy, piece) ? name : [])).join(' '),
    )
    const batches = [...byPolicies].flatMap(([names, some]) => {
      const wanted = new Set(names.split(' '))
      const named = this.named.filter(({ name }) => wanted.has(name))
      const size = Math.max(1, Math.floor(this.limits.pairs / Math.max(1, named.length)))
      return batchesOf(some, Math.min(this.limits.objects, size)).map((batch) => ({ batch, named }))
    })
    let done = 0
    await eachAtOnce(batches, this.limits.atOnce, async ({ batch, named }) => {
      const told = await this.judgeBatch(batch, named, signal)
      for (const finding of told.findings) batch[Number(finding.unit)]?.answer.findings.push(finding)
      for (const object of told.judged) batch[Number(object.unit)]?.answer.judged.push(object)
      for (const unjudged of told.unjudged) batch[Number(unjudged.unit)]?.answer.unjudged.push(unjudged)
      for (const undecided of told.undecided ?? []) {
        const piece = batch[Number(undecided.unit)]
        if (piece !== undefined) (piece.answer.undecided ??= []).push(undecided)
      }
      progress?.((done += batch.length), pieces.length)
    })
  }

  /** Units of the answer are the places of the objects in the batch. */
  private async judgeBatch(
    batch: readonly Piece[],
    named: readonly Named[],
    signal: AbortSignal | undefined,
  ): Promise<EngineAnswer> {
    const attempt = async (part: readonly Unit[]): Promise<Attempt> => {
      const given = part.flatMap(({ id }) =>
        batch.slice(Number(id), Number(id) + 1).map((one) => ({ ...one, unit: id })),
      )
      const tried = await this.apply(given, named, signal)
      // Before any object is blamed: does it still work at all?
      if ('because' in tried) await this.proveAlive(signal)
      return tried
    }
    // Each is a context of its own: nothing that Kyverno judges by looks across objects.
    const units = batch.map((_, index) => ({ id: String(index), context: String(index), text: '' }))
    return judgeInParts(units, { engine: 'kyverno', attempt, maximumRuns: this.limits.runs })
  }

  private async proveAlive(signal: AbortSignal | undefined): Promise<void> {
    this.alive ??= this.apply([], this.named, signal)
    const attempt = await this.alive
    if ('because' in attempt) throw new InfrastructureError(`kyverno ${attempt.because}`, kyvernoHint)
  }

  /** One run over some objects. */
  private async apply(
    pieces: readonly Piece[],
    named: readonly Named[],
    signal: AbortSignal | undefined,
  ): Promise<Attempt> {
    return inPrivateFolder(this.options.temporaryFolder, async (folder) => {
      const own = `own-${this.secret}`
      const given = new Map<string, KyvernoGiven>(
        pieces.map(({ unit, group, kind, namespace, name, content }, index) => {
          const uid = `object-${index}-${this.secret}`
          return [uid, { uid, object: { unit, group, kind, namespace, name }, content }]
        }),
      )
      const policies = [
        ...this.heartbeats.values(),
        ...named.map(({ name, policy }) => withName(policy, name)),
      ]
      const contents = [...given.values()].map(({ uid, content }) => withUid(content, uid) ?? content)
      this.write(folder, policies, contents)
      const report = ['--policy-report', '--output-format', 'json', '--remove-color']
      const registry = this.options.asksRegistry === true ? ['--registry'] : []
      const time = this.limits.runTime + (pieces.length + 1) * policies.length * this.limits.pairTime
      const args = ['apply', 'policies', '--resource', 'objects', ...report, ...registry]
      const outcome = await this.run(folder, args, time, signal)
      const problem = problemOf(outcome)
      if (problem !== undefined || outcome.kind !== 'exited') return { because: problem ?? '' }
      const results = readKyvernoOutput(outcome.stdout)
      // Its own words may quote the manifest, so they are not taken over.
      if ('unreadable' in results)
        return { because: `gave no answer: ${results.unreadable} (exit code ${outcome.exitCode})` }
      const isOurs = (uid: string | undefined): boolean => uid === own
      for (const name of this.heartbeats.keys())
        if (
          !results.some(
            ({ policy, resources }) => policy === name && resources.some(({ uid }) => isOurs(uid)),
          )
        )
          return { because: 'gave no answer about an object of ours' }
      const others = results.filter(({ resources }) => !resources.every(({ uid }) => isOurs(uid)))
      const answer = kyvernoAnswer(others, given, {
        policies: new Map(named.map(({ name, policy }) => [name, policy])),
        heartbeats: new Set(this.heartbeats.keys()),
      })
      return answer === undefined
        ? { because: 'gave an answer about objects or policies that it was not given' }
        : { answer }
    })
  }

  /** Lays out a run. All names are ours; nothing of the user's paths is in them. */
  private write(folder: string, policies: readonly JsonObject[], objects: readonly JsonObject[]): void {
    const own = sentinel(`seen-${this.secret}`, `own-${this.secret}`)
    const lay = (name: string, contents: readonly JsonObject[]): void => {
      const inside = makeFolder(join(folder, name))
      // Of a folder it reads no file that ends in .json; JSON is YAML.
      contents.forEach((content, index) =>
        writeFile(join(inside, `${String(index + 1).padStart(6, '0')}.yaml`), JSON.stringify(content)),
      )
    }
    lay('policies', policies)
    lay('objects', [own, ...objects])
  }

  private async run(
    folder: string,
    args: readonly string[],
    timeLimit: number,
    signal?: AbortSignal,
  ): Promise<ToolOutcome> {
    const home = makeFolder(join(folder, 'home'))
    return this.options.runner.run({
      program: this.options.program,
      arguments: args,
      folder,
      // No kubeconfig, and none where one is looked for.
      environment: { HOME: home, TMPDIR: home, KUBECONFIG: join(home, 'none') },
      timeLimit,
      outputLimit: this.limits.output,
      signal,
    })
  }
}

function looksAt({ kinds }: JudgingPolicy, { group, kind }: Piece): boolean {
  return kinds === undefined || matchesKind(kinds, `${group}/${kind}`)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
