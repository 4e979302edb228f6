import { admit } from './admit.ts'
import type { FileText } from './adapters/analysis.ts'
import type { Pool } from './adapters/pool.ts'
import type { ListedFile, Listing } from './adapters/workspace.ts'
import { secondOpinion } from './beside.ts'
import { NewFiles } from './creating.ts'
import { isBaseline, isContext, wholeScope, type Scope } from './change/index.ts'
import type { ApiServer, EmbeddedEngine, OpenedCluster } from './cluster/index.ts'
import { settingsFor, type Config, type Settings } from './config/index.ts'
import { withAccounts } from './accounts.ts'
import { withEvidence } from './evidence.ts'
import { createExcepting, type Excepting } from './excepting.ts'
import {
  labelsOf,
  mayHoldPolicyExceptions,
  namesOf,
  readPolicyExceptions,
  type NamespaceLabels,
  type PolicyException,
} from './exceptions/index.ts'
import { informed, type Informed } from './context.ts'
import {
  detectAcross,
  policiesByRule,
  repositoryFinding,
  type AcrossFinding,
  type Engine,
} from './detect/index.ts'
import { inventoryOf, type FilePlace, type Inventory } from './inventory/index.ts'
import type { Mutations } from './kyverno/index.ts'
import {
  InfrastructureError,
  severities,
  states,
  type ClusterReport,
  type Evidence,
  type Finding,
  type ImageDigest,
  type Invalid,
  type JsonObject,
  type Level,
  type Location,
  type Policy,
  type Report,
  type Summary,
  type Unread,
} from './model/index.ts'
import {
  createAnalyser,
  isOn,
  type FileChange,
  type FileResult,
  type Offered,
  type Request,
} from './pipeline.ts'
import { looksAtRepository } from './policies/index.ts'
import { accountOf } from './account.ts'
import { rateFindings } from './rating.ts'
import type { Feeds } from './risk/index.ts'
import { mayHoldObjects, readSource } from './resources/index.ts'

/** Another engine that was asked for, and what of the run is its business. */
export interface EngineBeside {
  engine: Engine
  looksAt(file: string): boolean
  looksAcross(rule: string): boolean
  /** Whether it judges nothing but the files of the change under review: it is dear, and looks at objects alone. */
  onlyChanged: boolean
  /** What policies of its kind would make of objects, where some of them change objects. */
  mutate?: (objects: readonly JsonObject[], progress: RunPorts['progress']) => Promise<Mutated>
}

/** What policies would make of objects, and what could not be found out. */
export interface Mutated {
  mutations: Mutations
  troubles: string[]
}

/** What a run touches of the world, handed in. */
export interface RunPorts {
  listing: Listing
  read(file: ListedFile): { text: string } | { unread: Unread }
  /** Whether anything stands under the name of a report already, read or not. */
  exists(file: string): boolean
  /** Texts that are no files, such as standard input. */
  texts: readonly FileText[]
  /** Opened for the number of bytes to judge, once that is known, with what the files say of the whole run. */
  open(bytes: number, api: Informed | undefined, request: Request): Pool
  /** Engines beside our own, started. */
  engines: readonly EngineBeside[]
  /** The embedded API server, for level `api` and above. */
  api: EmbeddedEngine | undefined
  /** The API server to ask, where one was asked for; it may still be starting. */
  cluster: Promise<OpenedCluster> | undefined
  /** What registries say of images; undefined where none is asked. */
  digests: ((images: readonly string[]) => Promise<ReadonlyMap<string, ImageDigest>>) | undefined
  /** How far the user wants fixes to be proven. */
  requested: Level
  policies: readonly Policy[]
  /** What is known of the vulnerabilities of images. */
  feeds?: Feeds | undefined
  /** Whether whole folders are read: of single files nobody can say what stands beside them. */
  wholeFolders: boolean
  /** Whether all that the configuration is about is read. */
  wholeConfiguration: boolean
  now(): number
  progress(done: number, of: number, what?: string): void
}

export interface Outcome {
  report: Report
  /** What it was judged by. */
  config: Config
  /** All policies that there are for this run, judged or not. */
  policies: readonly Policy[]
  /** Text of every file that has a finding or a problem, by the file's name in the report. */
  sources: ReadonlyMap<string, string>
  changes: FileChange[]
  /** What a review can suggest, where a change is under review; every finding in it is `fixed`. */
  offers: Offered[]
  /** The exceptions that are written at objects: what a change has added, it has not. */
  exceptions: ReadonlySet<string>
  /** Findings that were there before the change under review, whatever lines they stand on. */
  before: ReadonlySet<string>
}

/** Bytes of text in one batch: enough to make a round trip to a worker cheap, few enough to keep all of them busy. */
const batchBytes = 64 * 1024

/** Runs the pipeline over all files and folds the results into one report. The order of the result is stable. */
export async function run(asked: Request, version: string, ports: RunPorts): Promise<Outcome> {
  const started = ports.now()
  const allUnread: Unread[] = [...ports.listing.unread]
  const files: FileText[] = [...ports.texts]
  for (const listed of ports.listing.files) {
    const read = ports.read(listed)
    if ('unread' in read) allUnread.push(read.unread)
    else if (mayHoldObjects(listed.file, read.text)) files.push({ file: listed.file, text: read.text })
  }
  const timings: Record<string, number> = { read: ports.now() - started }
  const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const start = ports.now()
    const result = await work()
    timings[step] = (timings[step] ?? 0) + ports.now() - start
    return result
  }

  const names = namesOf(ports.policies, asked.config.kyverno)
  const policyExceptions = files
    .filter(({ text }) => mayHoldPolicyExceptions(text))
    .flatMap(({ file, text }) => readPolicyExceptions(readSource(file, text), names))
  const engines: Report['engines'] = [{ name: 'builtin', version, status: 'ok' }]
  const mutations = await timed('mutations', async () => mutationsOf(files, asked, ports, engines))
  const request: Request = {
    ...asked,
    ...(policyExceptions.length > 0 && {
      policyExceptions,
      namespaces: namespacesFor(policyExceptions, files),
    }),
    ...(mutations !== undefined && { mutations }),
  }
  const excepting = createExcepting(request, names)
  const api = ports.api && informed(ports.api, files)
  const pool = ports.open(
    files.reduce((sum, { text }) => sum + text.length, 0),
    api,
    request,
  )
  const analyse = async (some: readonly FileText[]): Promise<FileResult[]> => {
    let done = 0
    const batched = batches(some).map(async (batch) => {
      const results = await pool.analyse(batch)
      ports.progress((done += batch.length), some.length)
      return results
    })
    return (await Promise.all(batched)).flat()
  }
  let results: FileResult[]
  let changes: FileChange[]
  let inventory: Inventory
  let admission: Admission | undefined
  try {
    results = await analyse(files)
    results.sort((a, b) => compare(a.file, b.file))
    const texts = new Map(files.map(({ file, text }) => [file, text]))
    if ((ports.wholeFolders || ports.digests !== undefined) && request.detectOnly !== true) {
      const asked = {
        config: request.config,
        isWhole: ports.wholeFolders,
        digests: ports.digests,
        locate: async (places: readonly FilePlace[]) => linesOf(places, texts, pool),
        analyse: async (known: ReadonlyMap<string, Evidence>) =>
          analyse(
            [...known].map(([file, evidence]) => ({
              file,
              text: texts.get(file) ?? '',
              given: { evidence },
            })),
          ),
      }
      results = await timed('evidence', async () => {
        const informedBy = await withEvidence(results, asked)
        return ports.wholeFolders ? withAccounts(informedBy, asked) : informedBy
      })
    }
    // What a file says of its objects does not depend on what is known of others.
    inventory = inventoryOf(results.flatMap(({ facts }) => facts))
    const created = ports.wholeFolders
      ? await addAcross(results, inventory, texts, request, ports, pool, excepting)
      : undefined
    if (api !== undefined) await timed('verify', async () => created?.admit(api.server, 'api'))
    const across = new Map(
      results.map(({ file, findings }) => [file, findings.filter(isAcross(ports.policies))]),
    )
    let again: Again = async (some) =>
      (await analyse(some)).map((result) => ({
        ...result,
        findings: [...result.findings, ...(across.get(result.file) ?? [])],
      }))
    const asking = { texts, request, ports, excepting, created, timed }
    for (const beside of ports.engines) {
      const second = await askBeside(beside, results, again, asking)
      engines.push(second.entry)
      allUnread.push(...second.unread)
      results = second.results
      again = second.again
    }
    if (ports.cluster !== undefined) {
      const last = await askCluster(ports.cluster, results, again, asking)
      admission = last.admission
      results = last.results
    }
    const edited = results.flatMap(({ change }) => change ?? [])
    changes = created?.changes(edited) ?? edited
    created?.settle(results)
  } finally {
    await pool.close()
  }
  const embedded = api && (await engineEntry(api.server, results))
  if (embedded !== undefined) engines.push(embedded)
  for (const result of results)
    for (const [step, milliseconds] of Object.entries(result.timings))
      timings[step] = (timings[step] ?? 0) + milliseconds
  timings['total'] = ports.now() - started

  const scope = request.scope ?? wholeScope
  const findings = results.flatMap((result) => result.findings).sort(byName)
  settleBaseline(findings, scope)
  rateFindings(findings, inventory, {
    policies: ports.policies,
    wholeFolders: ports.wholeFolders,
    feeds: ports.feeds ?? { scans: [] },
  })
  const account = accountOf(results, findings, request, {
    names,
    allPolicies: request.only === undefined && request.skip.length === 0,
    off: new Set(ports.policies.flatMap((policy) => (policy.default === 'off' ? policy.id : []))),
    engines: new Set(ports.engines.map(({ engine }) => engine.name)),
    allFiles: ports.wholeConfiguration,
  })
  const invalid = withoutRepeats(
    results.flatMap((result) => result.invalid),
    admission?.invalid ?? [],
  )
  // They come in the order of the answers.
  invalid.sort(byPlace)
  allUnread.push(...results.flatMap((result) => result.unread))
  const unread = allUnread.filter(({ file }) => !isContext(scope, file))
  unread.sort((a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0))
  const named = new Set(
    [...findings, ...invalid]
      .map(({ location }) => location.file)
      .concat(unread.map(({ file }) => file))
      .concat(findings.flatMap(({ edits }) => edits.map(({ file }) => file))),
  )
  const judged = results.filter(({ resources }) => resources > 0)
  return {
    report: {
      schema: 'k8s-autofix/report/v1',
      tool: { name: 'k8s-autofix', version },
      engines,
      verification: {
        requested: ports.requested,
        reached: reachedLevel(findings, admission?.cluster, embedded, request.level),
        ...(admission === undefined
          ? embedded && { kubernetes: embedded.version }
          : { cluster: admission.cluster, kubernetes: admission.kubernetes }),
      },
      summary: summarise(findings, {
        files: judged.length,
        resources: judged.reduce((sum, { resources }) => sum + resources, 0),
        unread: unread.length,
        invalid: new Set(invalid.map(resourceKey)).size,
      }),
      findings,
      invalid,
      unread,
      exceptions: account.exceptions,
      files: judged.map(({ file, documents, resources, sha256 }) => ({ file, documents, resources, sha256 })),
      timings,
    },
    sources: new Map(files.filter(({ file }) => named.has(file)).map(({ file, text }) => [file, text])),
    config: asked.config,
    policies: ports.policies,
    changes,
    offers: offersOf(results, findings),
    exceptions: account.keys,
    before: scope.before,
  }
}

/** Labels of the namespaces that the files declare, where an exception asks for them. */
function namespacesFor(exceptions: readonly PolicyException[], files: readonly FileText[]): NamespaceLabels {
  const isAsked = exceptions.some(({ match }) => JSON.stringify(match ?? null).includes('namespaceSelector'))
  const declared = files
    .filter(({ text }) => isAsked && /\bNamespace\b/.test(text))
    .flatMap(({ file, text }) => readSource(file, text).resources)
    .filter(({ group, kind }) => group === '' && kind === 'Namespace')
  return Object.fromEntries(
    [...Map.groupBy(declared, ({ name }) => name)].map(([name, all]) => [
      name,
      all.map(({ object }) => labelsOf(object)),
    ]),
  )
}

/** Analyses files once more, and keeps what was found out about them since. */
type Again = (some: readonly FileText[]) => Promise<FileResult[]>

/** What a server said, and which one it was. */
interface Admission {
  invalid: Invalid[]
  cluster: ClusterReport
  kubernetes: string | undefined
}

interface Asking {
  texts: ReadonlyMap<string, string>
  request: Request
  ports: RunPorts
  excepting: Excepting
  created: NewFiles | undefined
  timed: <T>(step: string, work: () => Promise<T>) => Promise<T>
}

/** The second opinion of an engine. One that fails is the end of its opinion, not of the run: what was found stands. */
async function askBeside(
  beside: EngineBeside,
  before: FileResult[],
  again: Again,
  { texts, request, ports, excepting, created, timed }: Asking,
): Promise<{ entry: Report['engines'][number]; results: FileResult[]; unread: Unread[]; again: Again }> {
  const { name, version } = beside.engine
  const entry: Report['engines'][number] = { name, version, status: 'ok' }
  const unlessFailing = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await timed(name, work)
    } catch (error) {
      if (!(error instanceof InfrastructureError)) throw error
      entry.status = 'failed'
      entry.message = error.message
      return undefined
    }
  }
  const takes = takenRules(request, ports.policies, beside.engine)
  const opinion = await unlessFailing(() =>
    secondOpinion(before, texts, {
      ...beside,
      looksAt: (file) =>
        beside.looksAt(file) && !(beside.onlyChanged && isContext(request.scope ?? wholeScope, file)),
      progress: (done, of) => ports.progress(done, of, `objects judged by ${name}`),
      analyse: again,
      policies: ports.policies,
      excepting,
      severityOf: (file) => settingsFor(request.config, file).severity,
      takes: (rule) =>
        // Of single files nobody can say what stands beside them.
        (ports.wholeFolders || !beside.looksAcross(rule)) && takes(rule),
    }),
  )
  if (opinion === undefined) return { entry, results: before, unread: [], again }
  const { results, unread } = opinion
  await unlessFailing(async () => created?.judge(beside, results))
  return {
    entry,
    results,
    unread,
    // Who takes fixes back later on shall not lose what this engine says of the file.
    again: async (some) => {
      const fresh = await again(some)
      return (await unlessFailing(() => opinion.review(fresh))) ?? fresh
    },
  }
}

/** What a real API server says of every object, as it stands and with its fixes. */
async function askCluster(
  opening: Promise<OpenedCluster>,
  before: FileResult[],
  again: Again,
  { texts, request, ports, created, timed }: Asking,
): Promise<{ results: FileResult[]; admission: Admission }> {
  const opened = await orTrouble(opening)
  if ('trouble' in opened) {
    const cluster: ClusterReport = { status: 'failed', notes: [], assumed: [], troubles: [opened.trouble] }
    return { results: before, admission: { invalid: [], kubernetes: undefined, cluster } }
  }
  const { cluster, notes } = opened
  const server = Promise.resolve(cluster)
  const { results, invalid, assumed, troubles } = await timed('admission', async () =>
    admit(
      before.filter((result) => !result.isContext),
      texts,
      {
        level: 'admission',
        server,
        analyse: again,
        analyser: createAnalyser(request, ports.policies, () => ports.now()),
        progress: (done, of) => ports.progress(done, of, 'objects asked about'),
      },
    ),
  )
  await timed('admission', async () => created?.admit(server, 'admission'))
  const status = troubles.length === 0 ? 'ok' : 'failed'
  return {
    results: [...results, ...before.filter((result) => result.isContext)],
    admission: {
      invalid,
      kubernetes: cluster.version,
      cluster: { backend: cluster.backend, status, notes, assumed, troubles },
    },
  }
}

/** What was there before the change under review is counted, and nothing is proposed for it. */
function settleBaseline(findings: readonly Finding[], scope: Scope): void {
  for (const finding of findings) {
    const wasThere = isBaseline(scope, finding)
    if (finding.exception?.added === true && finding.state === 'suppressed')
      if (!wasThere && scope.exceptions?.suppressed.has(finding.fingerprint) !== true)
        finding.exception.counts = true
    if (finding.state === 'suppressed' || !wasThere) continue
    const isAccepted = scope.accepted.has(finding.fingerprint)
    finding.state = 'baseline'
    finding.reason = {
      code: isAccepted ? 'in-baseline' : 'before-change',
      text: isAccepted
        ? 'the baseline file takes it as given'
        : 'it was there before the change under review',
    }
    finding.edits = []
  }
}

/** Suggestions of which nobody has refused a part. */
function offersOf(results: readonly FileResult[], findings: readonly Finding[]): Offered[] {
  const states = new Map(findings.map(({ fingerprint, state }) => [fingerprint, state]))
  return results
    .flatMap(({ offers }) => offers)
    .filter(({ fingerprints }) => {
      const ends = fingerprints.map((one) => states.get(one))
      return ends.includes('fixed') && ends.every((state) => state === 'fixed' || state === 'baseline')
    })
}

/** Where places of many files stand, in the order of the places. */
async function linesOf(
  places: readonly FilePlace[],
  texts: ReadonlyMap<string, string>,
  pool: Pool,
): Promise<(Location | undefined)[]> {
  const byFile = Map.groupBy(places, ({ file }) => file)
  const asked = [...byFile].map(([file, some]) => ({
    file,
    text: texts.get(file) ?? '',
    places: some.map(({ at }) => at),
  }))
  const located = new Map<FilePlace, Location>()
  await Promise.all(
    batches(asked).map(async (batch) => {
      const locations = await pool.locate(batch)
      batch.forEach(({ file }, index) =>
        byFile.get(file)?.forEach((place, at) => {
          const location = locations[index]?.[at]
          if (location !== undefined) located.set(place, location)
        }),
      )
    }),
  )
  return places.map((place) => located.get(place))
}

/**
 * The findings of the policies that look across objects, which are judged once all files are known; and the new files that
 * fix some of them.
 */
async function addAcross(
  results: readonly FileResult[],
  inventory: Inventory,
  texts: ReadonlyMap<string, string>,
  request: Request,
  { policies, exists }: Pick<RunPorts, 'policies' | 'exists'>,
  pool: Pool,
  excepting: Excepting,
): Promise<NewFiles> {
  const { only, skip, config } = request
  const wanted = policies.filter(({ id }) => !skip.includes(id) && (only === undefined || only.includes(id)))
  const settingsOf = (file: string): Settings => settingsFor(config, file)
  const isJudged = (policy: Policy, file: string): boolean => isOn(policy, settingsOf(file), request)
  const all = detectAcross(wanted, inventory, settingsOf, isJudged)
  const places = all.map(({ facts: { file }, match }) => ({ file, at: match.at }))
  const locations = await linesOf(places, texts, pool)
  const byFile = Map.groupBy(
    all.map((detected, index) => ({ detected, location: locations[index] })),
    ({ detected }) => detected.facts.file,
  )
  const across: AcrossFinding[] = []
  for (const result of results)
    byFile.get(result.file)?.forEach(({ detected, location }) => {
      if (location === undefined) return
      const finding = repositoryFinding(detected, settingsOf(result.file), location)
      excepting.settle(finding, result.exceptions)
      result.findings.push(finding)
      across.push({ detected, finding })
    })
  return new NewFiles(across, { request, policies, inventory, texts, exists })
}

function isAcross(policies: readonly Policy[]): (finding: Finding) => boolean {
  const ids = new Set(policies.filter(looksAtRepository).map(({ id }) => id))
  return ({ policy }) => ids.has(policy)
}

/** What the policies that change objects would make of all that is asked about; undefined where there are none. */
async function mutationsOf(
  files: readonly FileText[],
  { scope = wholeScope }: Request,
  ports: RunPorts,
  engines: Report['engines'],
): Promise<Mutations | undefined> {
  for (const { engine, mutate } of ports.engines) {
    if (mutate === undefined) continue
    const entry: Report['engines'][number] = {
      name: `${engine.name}-mutations`,
      version: engine.version,
      status: 'ok',
    }
    engines.push(entry)
    const objects = files
      .filter(({ file }) => !isContext(scope, file))
      .flatMap(({ file, text }) => readSource(file, text).resources.map(({ object }) => object))
    try {
      const { mutations, troubles } = await mutate(objects, (done, of, what) =>
        ports.progress(done, of, what),
      )
      if (troubles.length > 0) Object.assign(entry, { status: 'failed', message: troubles.join('; ') })
      return mutations
    } catch (error) {
      if (!(error instanceof InfrastructureError)) throw error
      Object.assign(entry, { status: 'failed', message: error.message })
    }
  }
  return undefined
}

/** What became of the embedded API server. */
async function engineEntry(
  server: Promise<ApiServer>,
  results: readonly FileResult[],
): Promise<Report['engines'][number]> {
  const troubles = [...new Set(results.flatMap((result) => result.troubles))]
  const message = troubles.join('; ')
  try {
    const { version } = await server
    return {
      name: 'api',
      version,
      status: troubles.length > 0 ? 'failed' : 'ok',
      ...(message && { message }),
    }
  } catch (error) {
    if (!(error instanceof InfrastructureError)) throw error
    return { name: 'api', version: '', status: 'failed', message: error.message }
  }
}

/** What the embedded server said of a resource that a real one refuses as well is told once, in the words of that one. */
function withoutRepeats(ours: readonly Invalid[], theirs: readonly Invalid[]): Invalid[] {
  const told = new Set(theirs.map(resourceKey))
  return [...ours.filter((one) => one.level !== 'api' || !told.has(resourceKey(one))), ...theirs]
}

function resourceKey({ resource, location: { file, document } }: Invalid): string {
  return JSON.stringify([file, document, resource.kind, resource.namespace, resource.name])
}

/** The highest level at which a server answered for everything, and took at least one of the fixes, if there are any. */
function reachedLevel(
  findings: readonly Finding[],
  cluster: ClusterReport | undefined,
  embedded: Report['engines'][number] | undefined,
  level: Level,
): Level {
  const fixed = findings.filter(({ state }) => state === 'fixed')
  const isReached = (...reached: readonly Level[]): boolean =>
    fixed.length === 0 ||
    fixed.some(({ verification }) => verification !== undefined && reached.includes(verification.level))
  if (cluster?.status === 'ok' && isReached('admission')) return 'admission'
  return embedded?.status === 'ok' && isReached('api', 'admission') ? 'api' : level
}

/** A cluster that cannot be opened is the end of the last level, not of the run: what was found stands. */
async function orTrouble(cluster: Promise<OpenedCluster>): Promise<OpenedCluster | { trouble: string }> {
  try {
    return await cluster
  } catch (error) {
    if (!(error instanceof InfrastructureError)) throw error
    return { trouble: error.hint === undefined ? error.message : `${error.message}. ${error.hint}` }
  }
}

/** Of what only another engine reports, what is named is wanted where policies are chosen; what is skipped, or named by one that is, is not. */
function takenRules(
  { only, skip }: Request,
  policies: readonly Policy[],
  engine: Engine,
): (rule: string) => boolean {
  const rules = new Map(engine.rules.map((rule) => [rule.name, rule]))
  const isNamed = (ids: readonly string[], rule: string): boolean =>
    [rule, rules.get(rule)?.partOf ?? rule].some((name) => ids.includes(`${engine.name}/${name}`))
  if (only !== undefined) return (rule) => isNamed(only, rule)
  const byRule = policiesByRule(engine, policies)
  return (rule) => !isNamed(skip, rule) && !(byRule.get(rule) ?? []).some(({ id }) => skip.includes(id))
}

/** Batches of about equal size, the largest files first, so that no worker ends with a long one alone. */
function batches<File extends FileText>(files: readonly File[]): File[][] {
  const result: File[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const file of [...files].sort((a, b) => b.text.length - a.text.length)) {
    if (bytes + file.text.length > batchBytes) {
      result.push([])
      bytes = 0
    }
    result.at(-1)?.push(file)
    bytes += file.text.length
  }
  return result
}

function summarise(
  findings: readonly Finding[],
  counts: Pick<Summary, 'files' | 'resources' | 'unread' | 'invalid'>,
): Summary {
  const count = (test: (finding: Finding) => boolean): number => findings.filter(test).length
  const table = <Key extends string>(
    keys: readonly Key[],
    of: (finding: Finding) => Key,
  ): Partial<Record<Key, number>> => {
    const result: Partial<Record<Key, number>> = {}
    for (const key of keys) {
      const found = count((finding) => of(finding) === key)
      if (found > 0) result[key] = found
    }
    return result
  }
  return {
    ...counts,
    findings: findings.length,
    states: table(states, ({ state }) => state),
    severities: table(severities, ({ severity }) => severity),
    safe: count(({ state, safe }) => state === 'fixed' && safe === true),
    unsafe: count(({ state, safe }) => state === 'fixed' && safe === false),
  }
}

function byName(a: Finding, b: Finding): number {
  return byPlace(a, b) || compare(a.policy, b.policy) || compare(a.fingerprint, b.fingerprint)
}

function byPlace(a: Pick<Finding, 'location'>, b: Pick<Finding, 'location'>): number {
  return (
    compare(a.location.file, b.location.file) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
