import { posix } from 'node:path'
import { settingsFor, type Config } from './config/index.ts'
import type { ContainerFacts, FilePlace, ResourceFacts } from './inventory/index.ts'
import {
  amountKinds,
  amountNames,
  type AmountKind,
  type AmountName,
  type ContainerEvidence,
  type Evidence,
  type Finding,
  type Found,
  type ImageDigest,
  type Location,
  type Origin,
  type ResourceDefaults,
} from './model/index.ts'
import type { FileResult } from './pipeline.ts'
import {
  evidenceOf,
  imageReference,
  lastingName,
  parseQuantity,
  withAnswers,
  type ImageReference,
} from './policies/index.ts'

/*
 * What the repository says where an object and the configuration say nothing: the version of an image that others run, and
 * the amounts that the same container has in another overlay or that a LimitRange fills in. Only questions that were asked
 * are answered, so that most files need no second look.
 */

/** A value, and the places that say it, the first one to be shown. */
interface Candidate {
  value: string | number
  origin: Origin
  place: FilePlace
  others: number
}

/** A question of a file: what a container lacks. */
interface Question {
  finding: Finding
  container: ContainerFacts
  facts: ResourceFacts
  asked: { image: ImageReference; written: string } | Amount
}

interface Amount {
  kind: AmountKind
  name: AmountName
}

interface ContainerAnswers {
  facts: ResourceFacts
  container: ContainerFacts
  amounts: Partial<Record<AmountKind, Partial<Record<AmountName, Candidate[]>>>>
}

/** What there is for one file, whose lines are still to be looked up. */
interface Answers {
  images: Map<string, Candidate[]>
  containers: Map<string, ContainerAnswers>
  digests: Map<string, ImageDigest>
}

/** What answering touches of the run. */
export interface EvidencePorts {
  config: Config
  /** Whether everything is there that the repository says of an object. */
  isWhole: boolean
  /** What registries say of images, as they are written; those that nobody is asked about are left out. */
  digests?: ((images: readonly string[]) => Promise<ReadonlyMap<string, ImageDigest>>) | undefined
  /** Gives the lines of places, in the order of the places. */
  locate: (places: readonly FilePlace[]) => Promise<readonly (Location | undefined)[]>
  /** Analyses files once more, with what is known for each. */
  analyse: (known: ReadonlyMap<string, Evidence>) => Promise<FileResult[]>
}

/**
 * The results with what the repository says. A file for which there is an answer is analysed once more; where there are
 * several to each of its questions, the questions name them.
 */
export async function withEvidence(
  results: readonly FileResult[],
  { config, isWhole, digests, locate, analyse }: EvidencePorts,
): Promise<FileResult[]> {
  const facts = results.flatMap((result) => result.facts)
  const questions = questionsOf(results, facts)
  if (questions.length === 0) return [...results]
  const repository = new Repository(isWhole ? facts : [])
  const images = questions.flatMap(({ asked }) => ('written' in asked ? asked.written : []))
  const resolved = (await digests?.([...new Set(images)])) ?? new Map<string, ImageDigest>()
  const files = new Map<string, Answers>()
  for (const question of questions) {
    const { file } = question.facts
    const answers = files.get(file) ?? { images: new Map(), containers: new Map(), digests: new Map() }
    const digest = 'written' in question.asked ? resolved.get(question.asked.written) : undefined
    if (digest !== undefined && 'written' in question.asked)
      answers.digests.set(question.asked.written, digest)
    if (answer(question, repository, answers) || digest !== undefined) files.set(file, answers)
  }
  for (const [file, answers] of files)
    for (const one of answers.containers.values())
      dropContradictions(one, settingsFor(config, file).resources.defaults, repository)
  const evidence = await located(files, locate)
  for (const question of questions) addAnswers(question, evidence)
  const single = new Map([...evidence].filter(([file]) => hasOneAnswer(files.get(file))))
  const fresh = new Map(
    (single.size === 0 ? [] : await analyse(single)).map((result) => [result.file, result]),
  )
  return results.map((result) => {
    const known = evidence.get(result.file)
    const given = known === undefined ? result.given : { ...result.given, evidence: known }
    return fresh.get(result.file) ?? { ...result, given }
  })
}

/** Answers as they are handed on, with the lines where they stand. */
async function located(
  files: ReadonlyMap<string, Answers>,
  locate: EvidencePorts['locate'],
): Promise<Map<string, Evidence>> {
  // Many questions have the same answer.
  const places = new Map(
    [...files.values()].flatMap(listsOf).flatMap((list) => list.map(({ place }) => [textOf(place), place])),
  )
  const locations = await locate([...places.values()])
  const lines = new Map([...places.keys()].map((key, index) => [key, locations[index]?.line ?? 1]))
  const found = (candidates: readonly Candidate[]): Found[] =>
    candidates.map((candidate) => foundOf(candidate, lines.get(textOf(candidate.place)) ?? 1))
  return new Map([...files].map(([file, answers]) => [file, plain(answers, found)]))
}

function textOf({ file, at }: FilePlace): string {
  return [file, at.document, at.root, at.pointer].join('\n')
}

function hasOneAnswer(answers: Answers | undefined): boolean {
  return (
    answers !== undefined &&
    (answers.digests.size > 0 || listsOf(answers).some((candidates) => candidates.length === 1))
  )
}

/** Lets the question name the answers, where there are several: the analysis would say the same. */
function addAnswers(
  { finding, facts, container, asked }: Question,
  evidence: ReadonlyMap<string, Evidence>,
): void {
  const known = evidence.get(facts.file)
  if (known === undefined) return
  const found =
    'image' in asked ? versionsOf(known, asked.image.name) : amountsOf(known, facts, container, asked)
  if (found === undefined || found.length < 2 || finding.reason === undefined) return
  finding.reason = { ...finding.reason, text: withAnswers(finding.reason.text, found) }
}

/** What a container lacks, by the findings that end with a question. */
function questionsOf(results: readonly FileResult[], facts: readonly ResourceFacts[]): Question[] {
  const open = results.flatMap(({ findings }) => findings.filter(({ state }) => state === 'needs-value'))
  if (open.length === 0) return []
  const byName = Map.groupBy(facts, ({ file, reference }) => nameOf(file, reference))
  return open.flatMap((finding) => {
    const { file, pointer } = finding.location
    const place = /\/(?:image|resources\/(requests|limits)\/(cpu|memory))$/.exec(pointer)
    if (place === null || finding.container === undefined) return []
    const kind = amountKinds.find((one) => one === place[1])
    const name = amountNames.find((one) => one === place[2])
    return (byName.get(nameOf(file, finding.resource)) ?? []).flatMap((one): Question[] => {
      const container = one.pods?.containers.find((other) => other.name === finding.container)
      if (container === undefined) return []
      if (kind !== undefined && name !== undefined)
        return [{ finding, container, facts: one, asked: { kind, name } }]
      const image = imageReference(container.image ?? '')
      return image === undefined
        ? []
        : [{ finding, container, facts: one, asked: { image, written: container.image ?? '' } }]
    })
  })
}

function nameOf(file: string, { kind, namespace, name }: Finding['resource']): string {
  return [file, kind, namespace, name].join('\n')
}

/** Writes what the repository says into the answers of the file; true where that is anything. */
function answer({ facts, container, asked }: Question, repository: Repository, answers: Answers): boolean {
  if ('image' in asked) {
    const { name, tag } = asked.image
    // Of a fixed version only the registry knows more.
    if (tag !== undefined && tag !== 'latest') return false
    const versions = repository.versionsOf(name)
    if (versions.length > 0) answers.images.set(name, versions)
    return versions.length > 0
  }
  const { kind, name } = asked
  const elsewhere = repository.amountsOf(facts, container, kind, name)
  const amounts = elsewhere.length > 0 ? elsewhere : repository.filledIn(facts, kind, name)
  if (amounts.length === 0) return false
  const { reference } = facts
  const key = [reference.kind, reference.namespace, reference.name, container.name].join('\n')
  const known = answers.containers.get(key) ?? { facts, container, amounts: {} }
  known.amounts[kind] = { ...known.amounts[kind], [name]: amounts }
  answers.containers.set(key, known)
  return true
}

function versionsOf({ images }: Evidence, image: string): readonly Found[] | undefined {
  return Object.hasOwn(images, image) ? images[image] : undefined
}

function amountsOf(
  evidence: Evidence,
  { reference: { kind, namespace, name: object } }: ResourceFacts,
  { name: container }: ContainerFacts,
  asked: Amount,
): readonly Found[] | undefined {
  return evidenceOf(evidence, { kind, namespace, object, container })?.amounts[asked.kind]?.[asked.name]
}

/** What all files say, to be asked. */
class Repository {
  private readonly facts: readonly ResourceFacts[]
  private versions: Map<string, Candidate[]> | undefined
  private byName: Map<string, ResourceFacts[]> | undefined
  private readonly limits: readonly ResourceFacts[]

  constructor(facts: readonly ResourceFacts[]) {
    this.facts = facts
    this.limits = facts.filter(({ limits }) => limits !== undefined)
  }

  /** The versions in which an image runs, whatever name of it is written. */
  versionsOf(image: string): Candidate[] {
    this.versions ??= versionsIn(this.facts)
    return this.versions.get(lastingName(image)) ?? []
  }

  /** How much the same container gets where its object stands in another file. */
  amountsOf(
    facts: ResourceFacts,
    container: ContainerFacts,
    kind: AmountKind,
    name: AmountName,
  ): Candidate[] {
    this.byName ??= Map.groupBy(this.facts, keyOf)
    return distinct(
      (this.byName.get(keyOf(facts)) ?? []).flatMap((other) => {
        if (other.file === facts.file || other.pods === undefined) return []
        const same = other.pods.containers.find((one) => isSame(one, container))
        const value = same?.amounts?.[kind]?.[name]
        if (same === undefined || value === undefined) return []
        const { document, root, pointer } = other.pods.at
        const at = { document, root, pointer: `${pointer}${same.pointer}/resources/${kind}/${name}` }
        return [{ value, origin: 'overlay' as const, place: { file: other.file, at }, others: 0 }]
      }),
    )
  }

  /** How much a LimitRange gives to a container that says nothing. */
  filledIn(facts: ResourceFacts, kind: AmountKind, name: AmountName): Candidate[] {
    return distinct(
      this.limits.flatMap((other) => {
        const value = other.limits?.amounts[kind]?.[name]
        if (value === undefined || other.limits === undefined || !isBeside(other, facts)) return []
        const place = { file: other.file, at: other.limits.at }
        return [{ value, origin: 'limit-range' as const, place, others: 0 }]
      }),
    )
  }
}

function keyOf({ group, reference }: ResourceFacts): string {
  return [group, reference.kind, reference.name].join('\n')
}

/** Whether two objects are in the same namespace for certain: without one they are where they are applied together. */
function isBeside(a: ResourceFacts, b: ResourceFacts): boolean {
  const { namespace } = a.reference
  if (namespace !== b.reference.namespace) return false
  return namespace !== '' || posix.dirname(a.file) === posix.dirname(b.file)
}

/** The same container of the same object, as far as its image tells; a patch of an overlay may leave that out. */
function isSame(a: ContainerFacts, b: ContainerFacts): boolean {
  if (a.name !== b.name) return false
  if (a.image === undefined || b.image === undefined || a.image === b.image) return true
  const [left, right] = [a.image, b.image].map((image) => imageReference(image))
  return left !== undefined && right !== undefined && lastingName(left.name) === lastingName(right.name)
}

function versionsIn(facts: readonly ResourceFacts[]): Map<string, Candidate[]> {
  const all = new Map<string, Map<string, Candidate>>()
  for (const { file, pods } of facts)
    for (const { image, pointer } of pods?.containers ?? []) {
      const reference = imageReference(image ?? '')
      if (pods === undefined || reference === undefined) continue
      const { name, tag, digest } = reference
      const version = versionOf(tag, digest)
      if (version === undefined) continue
      const versions = all.get(lastingName(name)) ?? new Map<string, Candidate>()
      all.set(lastingName(name), versions)
      const known = versions.get(version)
      const at = { ...pods.at, pointer: `${pods.at.pointer}${pointer}/image` }
      if (known !== undefined) known.others++
      else versions.set(version, { value: version, origin: 'repository', place: { file, at }, others: 0 })
    }
  return new Map([...all].map(([name, versions]) => [name, [...versions.values()]]))
}

/** Tags that begin with a number, a `v` or `release` before it, or the hash of a commit; `stable` and `alpine3` move on. */
const versionTag = /^(?:(?:v|r|release)?[._-]?\d|(?:sha|git)?-?[0-9a-f]{7,64}$)/i

/** What fixes an image to a version: a digest, or such a tag. */
function versionOf(tag: string | undefined, digest: string | undefined): string | undefined {
  const fixed = tag !== undefined && versionTag.test(tag) ? tag : undefined
  const parts = [fixed, digest].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join('@')
}

/** Equal amounts are one, however they are written. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const found = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const quantity = parseQuantity(String(candidate.value))
    // What is no amount answers nothing.
    if (quantity === undefined || quantity.nano <= 0n) continue
    const known = found.get(String(quantity.nano))
    if (known === undefined) found.set(String(quantity.nano), candidate)
    else known.others++
  }
  return [...found.values()]
}

/**
 * A request above its limit is refused by the API server: two sources that do not fit together answer nothing. Where no
 * limit is going to be written, a LimitRange gives one all the same. What is written at the container is for the policies to
 * compare.
 */
function dropContradictions(
  { facts, container, amounts }: ContainerAnswers,
  configured: ResourceDefaults,
  repository: Repository,
): void {
  for (const name of amountNames) {
    if (amountKinds.some((kind) => container.amounts?.[kind]?.[name] !== undefined)) continue
    const written = (kind: AmountKind): bigint | undefined => {
      const [only, another] = amounts[kind]?.[name] ?? []
      return nanoOf(configured[kind]?.[name] ?? (another === undefined ? only?.value : undefined))
    }
    const request = written('requests')
    const limit = written('limits')
    const limits =
      limit === undefined
        ? repository.filledIn(facts, 'limits', name).flatMap(({ value }) => nanoOf(value) ?? [])
        : [limit]
    if (request === undefined || limits.every((one) => request <= one)) continue
    for (const kind of amountKinds) if (amounts[kind]?.[name]?.length === 1) delete amounts[kind]?.[name]
  }
}

function nanoOf(value: string | number | undefined): bigint | undefined {
  return value === undefined ? undefined : parseQuantity(String(value))?.nano
}

/** The answers to each question. */
function listsOf({ images, containers }: Answers): Candidate[][] {
  return [
    ...images.values(),
    ...[...containers.values()].flatMap(({ amounts }) =>
      amountKinds.flatMap((kind) =>
        amountNames.flatMap((name) => {
          const candidates = amounts[kind]?.[name]
          return candidates === undefined ? [] : [candidates]
        }),
      ),
    ),
  ]
}

function plain(
  { images, containers, digests }: Answers,
  found: (candidates: readonly Candidate[]) => Found[],
): Evidence {
  return {
    ...(digests.size > 0 && { digests: Object.fromEntries(digests) }),
    images: Object.fromEntries([...images].map(([name, candidates]) => [name, found(candidates)])),
    containers: [...containers.values()].map(
      ({ facts: { reference }, container, amounts }): ContainerEvidence => ({
        kind: reference.kind,
        namespace: reference.namespace,
        object: reference.name,
        container: container.name,
        amounts: Object.fromEntries(
          amountKinds.map((kind) => [
            kind,
            Object.fromEntries(amountNames.map((name) => [name, found(amounts[kind]?.[name] ?? [])])),
          ]),
        ),
      }),
    ),
  }
}

function foundOf({ value, origin, place, others }: Candidate, line: number): Found {
  const where = `${place.file}:${line}${others === 0 ? '' : ` and ${others} more`}`
  return { value, origin, source: origin === 'limit-range' ? `the LimitRange at ${where}` : where }
}
