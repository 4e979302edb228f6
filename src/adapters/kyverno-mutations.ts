import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { batchesOf, nameIn, withUid } from '../detect/index.ts'
import { digestOf, type Mutation, type ReadMutatingPolicy } from '../kyverno/index.ts'
import { equal, isObject, messageOf, property, type JsonObject } from '../model/index.ts'
import type { Mutated } from '../run.ts'
import { asSent, matchesKind } from '../policies/index.ts'
import { subjectOf, type Subject } from '../resources/index.ts'
import { readDocuments } from '../yaml/index.ts'
import { inPrivateFolder, makeFolder, writeFile } from './private-folder.ts'
import { problemOf } from './tool-problem.ts'
import type { ToolRunner } from './tool-runner.ts'

export interface MutationOptions {
  /** Absolute path of Kyverno's command line tool. */
  program: string
  policies: readonly ReadMutatingPolicy[]
  /** Whether it may ask registries for what a policy wants to know of an image. */
  asksRegistry: boolean
  runner: ToolRunner
  /** Folder in which every run makes a private one of its own, and removes it. */
  temporaryFolder: string
  progress?: (done: number, of: number, what: string) => void
}

/** Objects in a run. */
const mostObjects = 100
/** Milliseconds for a run, and for each object in it: about eight times what it takes on an idle machine. */
const runTime = 30_000
const objectTime = 150
/** Bytes of output of a run. */
const mostOutput = 256 * 1024 * 1024
/** Runs of one policy, over all objects once, that find the objects that it ends in an error for. */
const mostFailures = 20

interface Piece {
  digest: string
  group: string
  kind: string
  namespace: string
  name: string
  /** What Kyverno is given. */
  content: JsonObject
}

/**
 * Asks Kyverno what each policy alone would make of each object, and of what it has made: who changes an object for
 * ever cannot be satisfied by any file.
 */
export async function mutate(objects: readonly JsonObject[], options: MutationOptions): Promise<Mutated> {
  const subjects = new Map(
    objects.flatMap((object) => {
      const subject = subjectOf(object)
      return subject === undefined || withUid(object, '') === undefined
        ? []
        : [[digestOf(object), subject] as const]
    }),
  )
  const ofObjects: Record<string, Mutation[]> = {}
  const troubles: string[] = []
  for (const [index, policy] of options.policies.entries()) {
    options.progress?.(index, options.policies.length, 'policies asked what they would change')
    const run = new PolicyRun(policy, options)
    const concerned = [...subjects].filter(([, { group, kind }]) =>
      matchesKind(policy.kinds, `${group}/${kind}`),
    )
    const changed = await run.over(concerned.map(([digest, subject]) => pieceOf(digest, subject)))
    const again = await run.over(changed.map(({ piece, after }) => ({ ...piece, content: after })))
    for (const { piece, after } of changed) {
      // Nobody can tell whether that is the end of it; the reason is among the troubles.
      if (run.unanswered.has(piece.digest)) continue
      const isUnsteady = again.some((other) => other.piece.digest === piece.digest)
      const known = (ofObjects[piece.digest] ??= [])
      known.push({ policy: policy.name, after, isUnsteady })
    }
    troubles.push(...run.troubles)
  }
  const policies = options.policies.map(({ name, place, policy, mayChange }) => ({
    name,
    place,
    policy,
    mayChange,
  }))
  return { mutations: { policies, ofObjects }, troubles }
}

function pieceOf(digest: string, subject: Subject): Piece {
  const { group, kind, namespace, object } = subject
  return { digest, group, kind, namespace, name: nameIn(object), content: asSent(subject) }
}

interface Changed {
  piece: Piece
  after: JsonObject
}

class PolicyRun {
  readonly troubles: string[] = []
  /** Digests of the objects that it has said nothing of, as they are or as it has made them. */
  readonly unanswered = new Set<string>()
  private readonly policy: ReadMutatingPolicy
  private readonly options: MutationOptions
  private failures = 0
  private isTold = false

  constructor(policy: ReadMutatingPolicy, options: MutationOptions) {
    this.policy = policy
    this.options = options
  }

  /** The objects that are another after the policy. */
  async over(pieces: readonly Piece[]): Promise<Changed[]> {
    const changed: Changed[] = []
    this.failures = 0
    for (const batch of batchesOf(pieces, mostObjects)) changed.push(...(await this.inParts(batch)))
    return changed
  }

  /** A run ends with the first object that it does not take: its batch is halved until that one is found. */
  private async inParts(batch: readonly Piece[]): Promise<Changed[]> {
    if (this.failures >= mostFailures) return this.leftOut(batch)
    const made = await this.apply(batch)
    if (!('because' in made)) return made
    this.failures++
    const [one, ...more] = batch
    if (one !== undefined && more.length === 0) {
      this.trouble(`says nothing of ${one.kind} ${one.name}: it ${made.because}`)
      this.unanswered.add(one.digest)
      return []
    }
    const middle = batch.length >> 1
    return [...(await this.inParts(batch.slice(0, middle))), ...(await this.inParts(batch.slice(middle)))]
  }

  private leftOut(batch: readonly Piece[]): [] {
    for (const { digest } of batch) this.unanswered.add(digest)
    const text = `ended in an error ${mostFailures} times; the rest was not asked about`
    if (!this.isTold) this.trouble(text)
    this.isTold = true
    return []
  }

  private trouble(text: string): void {
    this.troubles.push(`${this.policy.place}: ${this.policy.name} ${text}`)
  }

  private async apply(batch: readonly Piece[]): Promise<Changed[] | { because: string }> {
    const { program, runner, temporaryFolder, asksRegistry } = this.options
    return inPrivateFolder(temporaryFolder, async (folder) => {
      const home = makeFolder(join(folder, 'home'))
      const inside = makeFolder(join(folder, 'objects'))
      writeFile(join(folder, 'policy.yaml'), JSON.stringify(this.policy.object))
      // Of a folder it reads no file that ends in .json; JSON is YAML.
      batch.forEach(({ content }, index) =>
        writeFile(
          join(inside, `${String(index).padStart(6, '0')}.yaml`),
          JSON.stringify(withUid(content, String(index))),
        ),
      )
      const registry = asksRegistry ? ['--registry'] : []
      const outcome = await runner.run({
        program,
        arguments: [
          'apply',
          'policy.yaml',
          '--resource',
          'objects',
          '-o',
          'after.yaml',
          '--remove-color',
          ...registry,
        ],
        folder,
        // No kubeconfig, and none where one is looked for.
        environment: { HOME: home, TMPDIR: home, KUBECONFIG: join(home, 'none') },
        timeLimit: runTime + batch.length * objectTime,
        outputLimit: mostOutput,
      })
      const problem = problemOf(outcome)
      if (problem !== undefined || outcome.kind !== 'exited') return { because: problem ?? '' }
      const [, rules, resources] =
        /^Applying (\d+) policy rules?(?:\(s\))? to (\d+) resource/m.exec(outcome.stdout) ?? []
      if (rules === undefined || resources === undefined || Number(resources) !== batch.length)
        return { because: `gave no answer (exit code ${outcome.exitCode})` }
      if (Number(rules) === 0) return { because: 'is not taken as a policy' }
      // Its own words may quote the object, so they are not taken over.
      if (
        outcome.exitCode !== 0 ||
        !/^pass: \d+, fail: 0, warn: 0, error: 0, skip: \d+/m.test(outcome.stdout)
      )
        return { because: 'ended in an error' }
      return this.changedIn(join(folder, 'after.yaml'), batch)
    })
  }

  /** What was written; of an object that several rules have changed, the last form counts. */
  private changedIn(file: string, batch: readonly Piece[]): Changed[] | { because: string } {
    if (!existsSync(file)) return []
    if (statSync(file).size > mostOutput) return { because: 'wrote more than can be read' }
    const last = new Map<string, JsonObject>()
    try {
      for (const { value, problems } of readDocuments(readFileSync(file, 'utf8'))) {
        if (problems.length > 0) return { because: 'wrote what cannot be read' }
        const uid = property(property(value, 'metadata'), 'uid')
        if (isObject(value) && typeof uid === 'string') last.set(uid, value)
      }
    } catch (error) {
      return { because: `wrote what cannot be read: ${messageOf(error)}` }
    }
    return batch.flatMap((piece, index) => {
      const after = last.get(String(index))
      if (after === undefined) return []
      const content = withoutUid(after, piece.content)
      return equal(content, piece.content) ? [] : [{ piece, after: content }]
    })
  }
}

/** The uid was ours, unless the object has one of its own. */
function withoutUid(object: JsonObject, given: JsonObject): JsonObject {
  const metadata = isObject(object['metadata']) ? object['metadata'] : {}
  const { uid: _, ...others } = metadata
  const own = property(given['metadata'], 'uid')
  if (own !== undefined) return { ...object, metadata: { ...others, uid: own } }
  return given['metadata'] === undefined && Object.keys(others).length === 0
    ? Object.fromEntries(Object.entries(object).filter(([key]) => key !== 'metadata'))
    : { ...object, metadata: others }
}
