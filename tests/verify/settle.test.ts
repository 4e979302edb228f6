import { describe, expect, test } from 'vitest'
import type { DryRun, JsonObject, JsonPatch } from '../../src/model/index.ts'
import { applied } from '../../src/propose/index.ts'
import {
  createKnownUpdates,
  invalidErrors,
  settle,
  troubles,
  updateShape,
  type AdmissionQuestions,
  type SettledGroup,
  type Settled,
  type SettleOptions,
} from '../../src/verify/index.ts'

/** The text of a manifest is its object here; the server of the tests judges by what it holds. */
type Text = JsonObject

interface Group extends SettledGroup {
  name: string
}

const object: JsonObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c' },
  data: { old: '1' },
}

function group(name: string, value = 'yes'): Group {
  return { name, patch: [{ op: 'add', path: `/data/${name}`, value }] }
}

const yes = (stored: JsonObject): DryRun => ({ outcome: 'accepted', object: stored, warnings: [] })
const no = (message: string): DryRun => ({
  outcome: 'rejected',
  rejection: 'invalid',
  code: 422,
  message,
  causes: [{ field: 'data', reason: 'FieldValueInvalid', message }],
  warnings: [],
})
const trouble: DryRun = { outcome: 'unanswered', fault: 'throttled', message: 'too busy' }

/** A server that answers by what an object's data holds, and counts. */
function server(answer: (data: readonly string[], stored: JsonObject) => DryRun): AdmissionQuestions<Text> & {
  asked: string[]
} {
  const asked: string[] = []
  return {
    asked,
    async dryRun(manifest) {
      const data = manifest['data']
      const keys = typeof data === 'object' && data !== null ? Object.keys(data) : []
      asked.push(keys.filter((key) => key !== 'old').join('+'))
      return answer(keys, manifest)
    },
  }
}

async function settled(
  questions: AdmissionQuestions<Text>,
  groups: readonly Group[],
  options: SettleOptions = {},
): Promise<Settled<Group>> {
  return settle(
    questions,
    {
      object,
      manifest: object,
      groups,
      compose(chosen) {
        const patch: JsonPatch = chosen.flatMap((one) => one.patch)
        const patched = applied(object, patch)
        return patched === undefined ? undefined : { manifest: patched, patch, patched }
      },
    },
    options,
  )
}

function verdicts({ groups }: Settled<Group>): Record<string, string> {
  return Object.fromEntries([...groups].map(([{ name }, { verdict }]) => [name, verdict]))
}

describe('fixes of one object', () => {
  const [a, b, c] = [group('a'), group('b'), group('c')]

  test('are asked about together, after the original', async () => {
    const questions = server((_, stored) => yes(stored))
    const result = await settled(questions, [a, b, c])
    expect(verdicts(result)).toEqual({ a: 'accepted', b: 'accepted', c: 'accepted' })
    expect(questions.asked).toEqual(['', 'a+b+c'])
    expect(result.requests).toBe(2)
  })

  test('without any the original alone is asked about', async () => {
    const questions = server((_, stored) => yes(stored))
    const result = await settled(questions, [])
    expect(result.original.outcome).toBe('accepted')
    expect(questions.asked).toEqual([''])
  })

  test('are split only where the server refuses them, and the others verified together again', async () => {
    const questions = server((data, stored) => (data.includes('b') ? no('b is bad') : yes(stored)))
    const result = await settled(questions, [a, b, c])
    expect(verdicts(result)).toEqual({ a: 'accepted', b: 'rejected', c: 'accepted' })
    expect(questions.asked).toEqual(['', 'a+b+c', 'a', 'b', 'c', 'a+c'])
    expect(result.groups.get(b)).toMatchObject({
      reason: {
        code: 'verifier-rejected:admission',
        text: 'the server refuses it now: data: b is bad',
      },
    })
  })

  test('that fail only beside each other: the first stays', async () => {
    const questions = server((data, stored) =>
      data.includes('a') && data.includes('c') ? no('a and c') : yes(stored),
    )
    const result = await settled(questions, [a, b, c])
    expect(verdicts(result)).toEqual({ a: 'accepted', b: 'accepted', c: 'rejected' })
    expect(result.groups.get(c)).toMatchObject({
      reason: { text: 'beside the other fixes of this object the server refuses it now: data: a and c' },
    })
    expect(questions.asked).toEqual(['', 'a+b+c', 'a', 'b', 'c', 'a+b', 'a+b+c'])
  })

  test('that need each other are refused one by one', async () => {
    const questions = server((data, stored) =>
      data.includes('a') === data.includes('b') ? yes(stored) : no('half of it'),
    )
    expect(verdicts(await settled(questions, [a, b]))).toEqual({ a: 'accepted', b: 'accepted' })
    expect(verdicts(await settled(questions, [a, c]))).toEqual({ a: 'rejected', c: 'accepted' })
  })

  test('of an original that is refused are neither good nor bad', async () => {
    const questions = server(() => no('bad before'))
    const result = await settled(questions, [a, b])
    expect(verdicts(result)).toEqual({ a: 'already-invalid', b: 'already-invalid' })
    expect(questions.asked).toEqual(['', 'a+b'])
    expect(invalidErrors(result.original, {})).toEqual([{ text: 'data: bad before', pointer: '' }])
  })

  test('stay unproven where the original has no answer, and nothing more is asked', async () => {
    const questions = server(() => trouble)
    const result = await settled(questions, [a, b])
    expect(verdicts(result)).toEqual({ a: 'unproven', b: 'unproven' })
    expect(questions.asked).toEqual([''])
    expect(troubles([result])).toEqual(new Map([['throttled', 'too busy']]))
    expect(invalidErrors(result.original, {})).toEqual([])
  })

  test('that meet trouble on the way are unproven, not refused', async () => {
    const questions = server((data, stored) =>
      data.length === 4 ? no('all') : data.includes('b') ? trouble : yes(stored),
    )
    expect(verdicts(await settled(questions, [a, b, c]))).toEqual({
      a: 'accepted',
      b: 'unproven',
      c: 'accepted',
    })
  })

  test('are asked about no more often than allowed', async () => {
    const many = Array.from({ length: 30 }, (_, i) => group(`g${i}`))
    const questions = server((data, stored) => (data.length > 2 ? no('too many') : yes(stored)))
    const result = await settled(questions, many, { maximumRequests: 10 })
    expect(questions.asked).toHaveLength(10)
    expect(result.requests).toBe(10)
    const found = new Set(Object.values(verdicts(result)))
    expect([...found].sort()).toEqual(['unproven'])
    expect(troubles([result]).get('not-asked')).toContain('one by one')
  })

  test('of which one of very many is bad are halved, not tried one by one', async () => {
    const many = Array.from({ length: 64 }, (_, i) => group(`g${i}`))
    const questions = server((data, stored) => (data.includes('g41') ? no('bad') : yes(stored)))
    const result = await settled(questions, many)
    expect(Object.entries(verdicts(result)).filter(([, verdict]) => verdict !== 'accepted')).toEqual([
      ['g41', 'rejected'],
    ])
    expect(result.requests).toBeLessThan(20)
  })

  test('that cannot be composed are refused', async () => {
    const stray: Group = { name: 'stray', patch: [{ op: 'remove', path: '/nowhere' }] }
    const result = await settled(
      server((_, stored) => yes(stored)),
      [stray],
    )
    expect(result.groups.get(stray)).toMatchObject({
      verdict: 'rejected',
      reason: { text: 'the fixes of this object do not go together' },
    })
  })

  test('are not blamed for what the server draws anew: the original is asked about once more', async () => {
    let count = 0
    const questions = server((_, stored) => yes({ ...stored, status: { drawn: count++ } }))
    expect(verdicts(await settled(questions, [a, b]))).toEqual({ a: 'accepted', b: 'accepted' })
    expect(questions.asked).toEqual(['', 'a+b', ''])
  })

  test('are blamed for an effect that stays', async () => {
    const questions = server((data, stored) =>
      yes(data.includes('b') ? { ...stored, immutable: true } : { ...stored }),
    )
    const result = await settled(questions, [a, b])
    expect(verdicts(result)).toEqual({ a: 'accepted', b: 'rejected' })
    expect(result.groups.get(b)).toMatchObject({ gate: 'effect' })
    expect(questions.asked).toEqual(['', 'a+b', '', 'a', 'b'])
  })
})

describe('a live object', () => {
  const immutable: DryRun = {
    outcome: 'rejected',
    rejection: 'immutable',
    code: 422,
    message: 'Job.batch "j" is invalid: spec.template: field is immutable',
    causes: [{ field: 'spec.template', reason: 'FieldValueInvalid', message: 'field is immutable' }],
    warnings: [],
  }
  const updating = (
    tried: JsonPatch[],
    refuses: (patch: JsonPatch) => boolean,
  ): AdmissionQuestions<Text> => ({
    ...server((_, stored) => yes(stored)),
    async tryUpdate(original, patch) {
      tried.push(patch)
      return refuses(patch) ? immutable : yes(original)
    },
  })
  const [a, b] = [group('a'), group('b')]

  test('that takes all fixes is tried once', async () => {
    const tried: JsonPatch[] = []
    const result = await settled(
      updating(tried, () => false),
      [a, b],
    )
    expect(tried).toHaveLength(1)
    expect([...result.groups.values()].every(({ immutable: words }) => words === undefined)).toBe(true)
  })

  test('that does not is tried with each, and the words go with the fix', async () => {
    const tried: JsonPatch[] = []
    const refuses = (patch: JsonPatch): boolean => patch.some(({ path }) => path === '/data/b')
    const result = await settled(updating(tried, refuses), [a, b])
    expect(tried).toHaveLength(3)
    expect(result.groups.get(a)).not.toHaveProperty('immutable')
    expect(result.groups.get(b)).toMatchObject({
      verdict: 'accepted',
      immutable: 'spec.template: field is immutable',
    })
  })

  test('is tried once for each shape of a change', async () => {
    const tried: JsonPatch[] = []
    const updates = createKnownUpdates()
    const questions = updating(tried, () => true)
    for (const value of ['1', '2', '3']) {
      const one = group('a', value)
      const result = await settled(questions, [one], { updates })
      expect(result.groups.get(one)?.immutable).toBe('spec.template: field is immutable')
    }
    expect(tried).toHaveLength(1)
  })

  test('that has taken changes takes each of them and any mixture of them, untried', async () => {
    const tried: JsonPatch[] = []
    const updates = createKnownUpdates()
    const refuses = (patch: JsonPatch): boolean => patch.some(({ path }) => path === '/data/c')
    const questions = updating(tried, refuses)
    const c = group('c')
    await settled(questions, [a, b], { updates })
    await settled(questions, [b], { updates })
    await settled(questions, [a], { updates })
    expect(tried).toHaveLength(1)
    // What was refused together says nothing of its parts.
    const words = await settled(questions, [a, c], { updates })
    expect(tried.map((patch) => patch.map(({ path }) => path))).toEqual([
      ['/data/a', '/data/b'],
      ['/data/a', '/data/c'],
      ['/data/c'],
    ])
    expect(words.groups.get(a)).not.toHaveProperty('immutable')
    expect(words.groups.get(c)).toHaveProperty('immutable')
  })

  test('that could not be tried is no example for the next', async () => {
    const tried: JsonPatch[] = []
    const updates = createKnownUpdates()
    const questions: AdmissionQuestions<Text> = {
      ...server((_, stored) => yes(stored)),
      async tryUpdate(_original, patch) {
        tried.push(patch)
        return tried.length === 1 ? trouble : tried.length === 2 ? undefined : immutable
      },
    }
    const words: (string | undefined)[] = []
    for (let i = 0; i < 4; i++)
      words.push((await settled(questions, [a], { updates })).groups.get(a)?.immutable)
    expect(words.map((text) => text !== undefined)).toEqual([false, false, true, true])
    expect(tried).toHaveLength(3)
  })

  test('whose example could not be tried is tried itself, even where it has waited for that', async () => {
    const updates = createKnownUpdates()
    let tries = 0
    const questions: AdmissionQuestions<Text> = {
      ...server((_, stored) => yes(stored)),
      tryUpdate: async () => (tries++ === 0 ? undefined : immutable),
    }
    const both = await Promise.all([a, a].map(async (one) => settled(questions, [one], { updates })))
    expect(both.map(({ groups }) => groups.get(a)?.immutable)).toEqual([
      undefined,
      'spec.template: field is immutable',
    ])
  })

  test('has the shape of what decides about it: a Job that is suspended, a ConfigMap that is sealed', () => {
    const patch: JsonPatch = [{ op: 'add', path: '/spec/x', value: 1 }]
    const shape = (kind: string, more: JsonObject): string =>
      updateShape({ apiVersion: 'v1', kind, ...more }, patch).whole
    expect(shape('Job', { spec: { suspend: true } })).not.toBe(shape('Job', { spec: {} }))
    expect(shape('Job', { spec: { suspend: true } })).toBe(
      shape('Job', { spec: { suspend: true, parallelism: 2 } }),
    )
    expect(shape('ConfigMap', { immutable: true })).not.toBe(shape('ConfigMap', {}))
  })

  test('of another kind, place or operation has another shape; another item or value has not', () => {
    const shape = (path: string, kind = 'Job', op: 'add' | 'replace' = 'add'): string =>
      updateShape({ apiVersion: 'v1', kind }, [
        { op: 'test', path: '/spec', value: 1 },
        { op, path, value: path },
      ]).whole
    expect(shape('/spec/containers/0/image')).toBe(shape('/spec/containers/12/image'))
    expect(shape('/spec/ports/-')).toBe(shape('/spec/ports/2'))
    const others = [
      shape('/spec/containers/0/image'),
      shape('/spec/containers/0/image2'),
      shape('/spec/containers/0/image', 'Pod'),
      shape('/spec/containers/0/image', 'Job', 'replace'),
    ]
    expect(new Set(others).size).toBe(4)
  })

  test('is not tried for fixes that the server does not take', async () => {
    const tried: JsonPatch[] = []
    const questions = { ...updating(tried, () => true), ...server(() => no('bad before')) }
    await settled(questions, [a])
    expect(tried).toEqual([])
  })
})
