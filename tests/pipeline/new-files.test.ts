import { describe, expect, it } from 'vitest'
import { NewFiles, type CreatingPorts } from '../../src/creating.ts'
import { judgeRepository } from '../../src/detect/index.ts'
import { factsOf, inventoryOf } from '../../src/inventory/index.ts'
import type { Finding, Policy } from '../../src/model/index.ts'
import { catalogue, parsePolicy } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { readDocuments } from '../../src/yaml/index.ts'
import { requestOf } from '../support/analyse.ts'

/** Fixes that are new files, as the pipeline proposes and judges them. */

const isolation = catalogue.filter(({ id }) => id === 'non-isolated-pod')

const pod = (name: string, labels: object = { app: name }, namespace = 'shop'): string =>
  `${JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [{ name: 'main', image: 'main:1.0' }] },
  })}\n`

interface Proposed {
  findings: Finding[]
  created: NewFiles
}

function propose(files: Record<string, string>, change: Partial<CreatingPorts> = {}): Proposed {
  const sources = new Map(Object.entries(files).map(([file, text]) => [file, readSource(file, text)]))
  const facts = [...sources.values()].flatMap(factsOf)
  const across = judgeRepository(
    isolation,
    facts,
    () => ({ params: {}, severity: {} }),
    (file) => sources.get(file) ?? readSource(file, ''),
  )
  const findings = across.map(({ finding }) => finding)
  const created = new NewFiles(across, {
    request: requestOf({ only: ['non-isolated-pod'] }),
    policies: catalogue,
    inventory: inventoryOf(facts),
    texts: new Map(Object.entries(files)),
    exists: (file) => Object.hasOwn(files, file),
    ...change,
  })
  created.settle([{ findings }])
  return { findings, created }
}

const reasons = ({ findings }: Proposed): unknown[] =>
  findings.map(({ state, reason }) => reason?.code ?? state)

/** A policy as a user may write it. */
function policy(when: string): Policy {
  const parsed = parsePolicy(
    {
      id: 'no-network-policy',
      title: 'Network policies are made elsewhere',
      since: '1.0.0',
      severity: 'low',
      family: 'network',
      why: 'One team writes them.',
      kinds: ['networking.k8s.io/NetworkPolicy'],
      'for-each': 'resource',
      when,
      at: 'object:/spec',
      fix: 'none',
      advice: 'Ask them.',
      breakage: { prior: 0, because: 'nothing is changed' },
      examples: Array.from({ length: 3 }, (_, index) => ({ name: `${index}`, before: {}, clean: true })),
    },
    'own.yaml',
  )
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  return parsed
}

describe('a new file', () => {
  it('is refused where a policy finds something in it, or gives no verdict', () => {
    const judged = (when: string): unknown[] =>
      reasons(propose({ 'a.yaml': pod('a') }, { policies: [...catalogue, policy(when)] }))
    expect(judged('true')).toEqual(['verifier-rejected:nothing-new'])
    expect(judged('object.spec.absent == 1')).toEqual(['verifier-rejected:nothing-new'])
    expect(judged('object.spec.policyTypes.size() > 1')).toEqual(['fixed'])
  })

  it('is left out where its finding is', () => {
    const { findings } = propose({ 'a.yaml': pod('a'), 'b.yaml': pod('b') })
    const leftOut = { [findings[0]!.fingerprint]: { code: 'later', text: 'is left for the next' } }
    const again = propose(
      { 'a.yaml': pod('a'), 'b.yaml': pod('b') },
      { request: { ...requestOf({ only: ['non-isolated-pod'] }), leftOut } },
    )
    expect(reasons(again)).toEqual(['later', 'fixed'])
    expect(again.created.changes().map(({ file }) => file)).toEqual(['b-network-policy.yaml'])
  })

  it('is proposed for nobody who only looks', () => {
    const request = { ...requestOf({ only: ['non-isolated-pod'] }), detectOnly: true }
    expect(reasons(propose({ 'a.yaml': pod('a') }, { request }))).toEqual(['needs-value'])
  })

  it('is written where it is safe, or unsafe ones are wanted', () => {
    const request = requestOf({ only: ['non-isolated-pod'], safeOnly: true })
    const { created, findings } = propose({ 'a.yaml': pod('a') }, { request })
    expect([findings[0]?.state, findings[0]?.safe, created.changes()]).toEqual(['fixed', false, []])
  })

  it('is judged alone and beside the others, and beside the others alone where there are many', () => {
    const many = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.yaml`, pod(`p${index}`)]))
    const detail = (count: number): unknown => {
      const { findings } = propose(many(count))
      expect(new Set(findings.map(({ state }) => state))).toEqual(new Set(['fixed']))
      expect(new Set(findings.map(({ edits }) => edits[0]?.file)).size).toBe(count)
      return findings[0]?.verification?.gates.find(({ name }) => name === 'target-gone')
    }
    expect(detail(20)).toEqual({ name: 'target-gone', passed: true })
    expect(detail(600)).toEqual({ name: 'target-gone', passed: true, detail: 'with all new files at once' })
  })

  it('gives its object a name that no other has in a namespace where both may meet', () => {
    const { created } = propose({
      'a/web.yaml': pod('web', { app: 'one' }),
      'b/web.yaml': pod('web', { app: 'two' }),
      'c/web.yaml': pod('web', { app: 'three' }, 'blog'),
      // A copy of what stands in another folder has the same name, as its pod has.
      'd/web.yaml': pod('web', { app: 'one' }),
    })
    const names = created.changes().map(({ file, after }) => [file, /name: (.*)/.exec(after)?.[1]])
    expect(names).toEqual([
      ['a/web-network-policy.yaml', 'web'],
      ['b/web-network-policy.yaml', 'web-2'],
      ['c/web-network-policy.yaml', 'web'],
      ['d/web-network-policy.yaml', 'web'],
    ])
  })

  it('is asked about no more once a server has fallen silent', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`${index}.yaml`, pod(`p${index}`)]),
    )
    const { created, findings } = propose(files)
    let asked = 0
    await created.admit(
      Promise.resolve({
        version: 'v1.36.4',
        prepare: async () => ({ assumed: [], refused: [] }),
        tryUpdate: async () => undefined,
        dryRun: async () => {
          asked++
          return { outcome: 'unanswered', fault: 'timeout', message: 'no answer' }
        },
      }),
      'admission',
    )
    created.settle([{ findings }])
    expect(asked).toBe(4)
    const proofs = findings.map(({ state, verification }) => [
      state,
      verification?.level,
      verification?.because,
    ])
    expect(proofs[0]).toEqual(['fixed', 'policy', 'the server gave no verdict: no answer'])
    expect(proofs[7]).toEqual(['fixed', 'policy', 'the server gave no verdict: it was not asked any more'])
  })

  it.each(['on', '1e3', '0x10', 'null', '2024-01-01', '1_000', 'true'])(
    'writes the label %s as it is',
    (label) => {
      const { created } = propose({ 'a.yaml': pod('a', { app: label, [`example.org/${label}`]: '1' }) })
      const [change] = created.changes()
      expect(readDocuments(change?.after ?? '')[0]?.value).toMatchObject({
        spec: { podSelector: { matchLabels: { app: label, [`example.org/${label}`]: '1' } } },
      })
    },
  )
})
