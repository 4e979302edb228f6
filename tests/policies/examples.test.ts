import { describe, expect, test } from 'vitest'
import { isObject, type JsonObject, type JsonValue, type PolicyExample } from '../../src/model/index.ts'
import {
  catalogue,
  createJudge,
  loadExamples,
  looksAtRepository,
  type Judge,
  type Match,
} from '../../src/policies/index.ts'
import { subjectOf, type Subject } from '../../src/resources/index.ts'
import { readDocuments } from '../../src/yaml/index.ts'
import { applyOperations } from './apply.ts'

const examples = await loadExamples()
const unsafeAbove = 0.2

function objectOf(value: JsonValue): JsonObject {
  const object = typeof value === 'string' ? readDocuments(value)[0]?.value : value
  if (!isObject(object)) throw new Error('the example is no object')
  return object
}

function subject(object: JsonObject): Subject {
  const subject = subjectOf(object)
  if (subject === undefined) throw new Error('the example is no Kubernetes object')
  return subject
}

/** Fixes everything a policy finds, one finding after the other, together with what its fixes require. */
function fixAll(judge: Judge, policy: string, object: JsonObject): JsonObject {
  let current = object
  for (let round = 0; round < 20; round++) {
    const { matches, errors } = judge.judge(subject(current), { policies: new Set([policy]) })
    expect(errors).toEqual([])
    const [match] = matches
    if (match === undefined) return current
    current = fixOne(judge, match, current)
  }
  throw new Error('the fix does not clear its finding')
}

function fixOne(judge: Judge, match: Match, object: JsonObject): JsonObject {
  const plan = judge.planFix(match)
  if (plan.kind !== 'patch') throw new Error(`expected a patch, got ${JSON.stringify(plan)}`)
  let current = applyOperations(object, plan.operations)
  for (const id of plan.requires)
    for (const other of judge.judge(subject(object), { policies: new Set([id]) }).matches)
      if (other.container === undefined || other.container.pointer === match.container?.pointer) {
        const required = judge.planFix(other)
        if (required.kind === 'patch') current = applyOperations(current, required.operations)
      }
  expect(judge.ensures(match, subject(current))).toBe(true)
  return current
}

function check(policyId: string, example: PolicyExample): void {
  const context = {
    params: { [policyId]: example.params ?? {} },
    values: example.values ?? {},
  }
  const judge = createJudge(catalogue, context)
  const object = objectOf(example.before)
  const { matches, errors } = judge.judge(subject(object), { policies: new Set([policyId]) })
  expect(errors).toEqual([])
  if (example.clean === true) {
    expect(matches).toEqual([])
    return
  }
  expect(matches.length).toBeGreaterThan(0)
  const plans = matches.map((match) => judge.planFix(match))
  const kinds = [...new Set(plans.map(({ kind }) => kind))]
  for (const match of matches) {
    expect(match.message).not.toBe('')
    expect(judge.ensures(match, match.subject)).toBe(false)
  }
  if (example['needs-value'] === true) expect(kinds).toEqual(['needs-value'])
  else if (example.advice === true) expect(kinds).toEqual(['advice'])
  else if (example.refused?.startsWith('hazard:') === true)
    expect(plans.map((plan) => (plan.kind === 'hazard' ? `hazard:${plan.name}` : plan))).toContain(
      example.refused,
    )
  else if (example.refused !== undefined) expect(kinds).toEqual(['patch'])
  else {
    expect(kinds).toEqual(['patch'])
    for (const plan of plans)
      if (plan.kind === 'patch' && example.safe !== undefined)
        expect(plan.breakage.probability <= unsafeAbove).toBe(example.safe)
    const fixed = fixAll(judge, policyId, object)
    const after = objectOf(example.after ?? null)
    const policy = catalogue.find(({ id }) => id === policyId)
    if (policy?.level === 'pod-or-container')
      expect(effective(policy.at, fixed)).toEqual(effective(policy.at, after))
    else expect(fixed).toEqual(after)
  }
}

/** What counts at every container, wherever it is written. */
function effective(at: string, object: JsonObject): unknown {
  const pod = subject(object).pod
  const path = at.replace(/^container:\//, '').split('/')
  const read = (value: JsonValue | undefined): JsonValue | undefined =>
    path.reduce<JsonValue | undefined>(
      (current, key) => (isObject(current) && Object.hasOwn(current, key) ? current[key] : undefined),
      value,
    )
  return pod?.containers.map(({ name, value }) => [name, read(value) ?? read(pod.spec) ?? null])
}

/** Policies that look across objects are judged from facts of all files: examples.pipeline.test.ts, tests/inventory. */
const ofObjects = catalogue.filter((policy) => !looksAtRepository(policy))

describe.each(ofObjects.map((policy) => policy.id))('%s', (id) => {
  // What stands around an object is known once all files are read, as examples.pipeline.test.ts does.
  const list = (examples[id] ?? []).filter(({ context }) => context === undefined)
  test.each(list.map((example): [string, PolicyExample] => [example.name, example]))(
    '%s',
    (_name, example) => {
      check(id, example)
    },
  )
})
