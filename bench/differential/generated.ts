import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import jsonPatch from 'fast-json-patch'
import { stringify } from 'yaml'
import type { Manifest } from '../../src/cluster/index.ts'
import { jsonPatchSchema, pointerOf, type JsonObject, type JsonPatch } from '../../src/model/index.ts'
import { askEngine, caseOf, setContext, withServer, type AskOptions } from './ask.ts'
import { isAccepted, type Answer } from './answer.ts'
import { cached } from './cache.ts'
import type { Engine } from './engine.ts'
import { objectIn, randomFrom, sample, textIn } from './json.ts'
import { jsonTwice, mutated, mutationsOf, type Mutation } from './mutations.ts'
import type { Case } from './report.ts'
import { readOpenApi, schemaOf, type Documents, type KindSchema } from './schema.ts'
import { sourcesIn, type Source } from './sources.ts'

const folder = join(import.meta.dirname, 'seeds')

export interface Generation {
  count: number
  seed: number
}

/** A valid object of every kind that the server serves, and of some that `definitions` define. */
export function seeds(): Source[] {
  return sourcesOf(folder)
}

/** The definitions of custom resources that there are seeds of. */
export function definitions(): JsonObject[] {
  return sourcesOf(join(folder, 'definitions')).map(({ object }) => object)
}

function sourcesOf(place: string): Source[] {
  return readdirSync(place)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => sourcesIn('generated', file, readFileSync(join(place, file), 'utf8')))
}

async function openApi(options: AskOptions): Promise<Documents> {
  const defined = definitions()
  const make = (): Promise<Documents> =>
    withServer(options, async (server) => {
      await server.prepare([...defined, ...seeds().map(({ object }) => object)])
      return readOpenApi(
        server,
        seeds().map(({ manifest }) => manifest.apiVersion),
      )
    })
  return options.cache ? cached('openapi', [JSON.stringify(defined)], options.fresh, make) : make()
}

interface Choice {
  seed: Source
  schema: KindSchema
  mutations: Mutation[]
}

/** Mutations for every kind: all of the small kinds, and of the large ones as many as there is room for. */
function choose(
  documents: Documents,
  count: number,
  random: () => number,
  takes: (mutation: Mutation) => boolean,
): Choice[] {
  const all = seeds().flatMap((seed): Choice[] => {
    const schema = schemaOf(documents, seed.manifest.apiVersion, seed.manifest.kind)
    return schema === undefined ? [] : [{ seed, schema, mutations: mutationsOf(schema).filter(takes) }]
  })
  const shares = share(
    all.map(({ seed, mutations }) => ({
      has: mutations.length,
      weight: seed.manifest.kind === 'Pod' ? 4 : 1,
    })),
    count,
  )
  return all.map((choice, index) => ({
    ...choice,
    mutations: sample(choice.mutations, shares[index] ?? 0, random),
  }))
}

/** Shares out `count`, so that nobody gets more than there is, and the rest by weight. */
function share(pots: readonly { has: number; weight: number }[], count: number): number[] {
  const given = pots.map(() => 0)
  let left = count
  for (;;) {
    const open = pots.flatMap((pot, index) => (pot.has > (given[index] ?? 0) ? [{ ...pot, index }] : []))
    const weight = open.reduce((sum, pot) => sum + pot.weight, 0)
    if (weight === 0 || left < weight) return given
    const unit = Math.floor(left / weight)
    for (const { index, has, weight: own } of open) {
      const more = Math.min(has - (given[index] ?? 0), unit * own)
      given[index] = (given[index] ?? 0) + more
      left -= more
    }
  }
}

/** Objects with one field changed, some with two; the same for the same seed. */
export async function generatedSources({ count, seed }: Generation, options: AskOptions): Promise<Source[]> {
  const random = randomFrom(seed)
  const choices = choose(await openApi(options), count, random, () => true)
  return [
    ...seeds(),
    ...choices.flatMap(({ seed: source, schema, mutations }) =>
      mutations.map((mutation): Source => {
        const alone = random() < 0.5
        const second = random() < 0.08 ? mutations[Math.floor(random() * mutations.length)] : undefined
        let object = mutated(source.object, schema, mutation, alone)
        if (second !== undefined) object = mutated(object, schema, second, alone)
        const body =
          mutation.twice === undefined
            ? random() < 0.7
              ? stringify(object, { aliasDuplicateObjects: false })
              : JSON.stringify(object)
            : jsonTwice(object, mutation.path, mutation.twice)
        const type = random() < 0.8 ? 'application/yaml' : 'application/json'
        const asJson = body.startsWith('{') ? type : 'application/yaml'
        const name = [mutation, ...(second === undefined ? [] : [second])].map(nameOf).join('; ')
        return {
          group: 'generated',
          name: `${source.name.split('.', 1)[0]}: ${name}`,
          object,
          manifest: { ...source.manifest, ...identity(object), body, type: asJson },
        }
      }),
    ),
  ]
}

function nameOf({ path, what, value }: Mutation): string {
  const text = value === undefined ? '' : ` ${JSON.stringify(value).slice(0, 60)}`
  return `${what} ${pointerOf(path)}${text}`
}

function identity(object: JsonObject): Pick<Manifest, 'name' | 'namespace'> {
  const metadata = objectIn(object['metadata'])
  return { name: textIn(metadata['name']), namespace: textIn(metadata['namespace']) }
}

/** Not to be changed by anyone, or only of use to those who store. */
const untouched =
  /^\/metadata\/(?:resourceVersion|uid|managedFields|namespace|creationTimestamp|deletion|selfLink|generation)/

interface UpdateSide {
  context: JsonObject[]
  kinds: {
    name: string
    manifest: Manifest
    stored: Answer
    patches: JsonPatch[]
    names: string[]
    answers: Answer[]
  }[]
}

/** Pairs for update: every kind's valid object is stored, and patches that touch one field are sent to it. */
export async function updateCases(
  engine: Engine,
  { count, seed }: Generation,
  options: AskOptions,
): Promise<Case[]> {
  const random = randomFrom(seed + 1)
  const documents = await openApi(options)
  const choices = choose(
    documents,
    Math.ceil(count / 4),
    random,
    ({ path, twice }) => twice === undefined && !untouched.test(pointerOf(path)),
  )
  const wanted = choices.map(({ seed: source, schema, mutations }) => {
    const patches = mutations.flatMap((mutation) => {
      const alone = random() < 0.5
      const after = mutated(source.object, schema, mutation, alone)
      const patch = jsonPatchSchema.safeParse(jsonPatch.compare(source.object, after)).data ?? []
      return patch.length === 0 ? [] : [{ patch, name: nameOf(mutation) }]
    })
    return { source, patches }
  })
  const make = (): Promise<UpdateSide> =>
    withServer(options, async (server) => {
      await server.prepare([...definitions(), ...seeds().map(({ object }) => object)])
      const kinds: UpdateSide['kinds'] = []
      for (const { source, patches } of wanted) {
        const { name, manifest } = source
        const asked = await server.updates(
          manifest,
          patches.map(({ patch }) => patch),
        )
        kinds.push({
          name,
          manifest,
          ...asked,
          patches: patches.map(({ patch }) => patch),
          names: patches.map((one) => one.name),
        })
      }
      return { context: server.context, kinds }
    })
  const { context, kinds } = options.cache
    ? await cached(
        'updates',
        [JSON.stringify(wanted.map(({ patches, source }) => [patches, source.manifest]))],
        options.fresh,
        make,
      )
    : await make()
  await setContext(engine, context)
  const cases: Case[] = []
  for (const { manifest, stored, patches, names, answers, name } of kinds) {
    if (!isAccepted(stored)) continue
    for (const [index, patch] of patches.entries()) {
      const answer = answers[index]
      if (answer === undefined) continue
      const told = await askEngine(
        engine,
        { op: 'update', type: manifest.type, patch: plainPatch(patch) },
        manifest.body,
      )
      const title = `${name.split('.', 1)[0]}: ${names[index]}`
      cases.push(
        caseOf(
          'updates',
          title,
          manifest,
          `${manifest.body}\n# patch: ${JSON.stringify(patch)}`,
          answer,
          told,
        ),
      )
    }
  }
  return cases
}

function plainPatch(patch: JsonPatch): JsonObject[] {
  return JSON.parse(JSON.stringify(patch)) as JsonObject[]
}
