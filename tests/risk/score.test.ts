import fc from 'fast-check'
import { expect, test } from 'vitest'
import { severities, type Exposure } from '../../src/model/index.ts'
import { scoreRisk, usualWeights, type RiskInput } from '../../src/risk/index.ts'

const keys = <Key extends string>(record: Readonly<Record<Key, number>>): fc.Arbitrary<Key> =>
  fc.constantFrom(...(Object.keys(record) as Key[]))

const inputs: fc.Arbitrary<RiskInput> = fc.record({
  severity: fc.constantFrom(...severities),
  podSecurity: fc.option(fc.constantFrom('baseline' as const, 'restricted' as const), { nil: undefined }),
  isSecurity: fc.boolean(),
  exposure: fc.record({ fact: keys(usualWeights.exposure) }),
  powers: fc.array(fc.record({ fact: keys(usualWeights.power) }), { maxLength: 4 }),
  data: fc.array(fc.record({ fact: keys(usualWeights.data) }), { maxLength: 4 }),
  environment: fc.record({ fact: keys(usualWeights.environment) }),
  threat: fc.option(
    fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), because: fc.constant('a scan') }),
    { nil: undefined },
  ),
  limitsThreat: fc.boolean(),
  exploits: fc.option(
    fc.record({
      kind: keys(usualWeights.exploits),
      because: fc.constant('a map'),
      source: fc.constant('KEV'),
    }),
    { nil: undefined },
  ),
})

test('the score is that of the contributions that are shown', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { score, contributions } = scoreRisk(input)
      const sum = contributions.reduce((total, { value }) => total + value, 0)
      expect(score).toBe(Math.round(100 / (1 + Math.exp(-Number(sum.toFixed(2))))))
      expect(contributions.every(({ value }) => Number(value.toFixed(2)) === value && value !== 0)).toBe(true)
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(100)
    }),
  )
})

test('what is worse never scores less', () => {
  const never = (input: RiskInput, worse: RiskInput): void =>
    expect(scoreRisk(worse).score).toBeGreaterThanOrEqual(scoreRisk(input).score)
  fc.assert(
    fc.property(inputs, (input) => {
      never({ ...input, severity: 'low' }, input)
      never({ ...input, exposure: { fact: 'nobody' } }, input)
      never({ ...input, powers: [] }, input)
      never(input, { ...input, powers: [...input.powers, { fact: 'cluster-admin' }] })
      never(input, { ...input, data: [...input.data, { fact: 'secret' }] })
      never({ ...input, environment: { fact: 'test' } }, input)
      never({ ...input, limitsThreat: false }, input)
      never({ ...input, exploits: undefined }, input)
      if (input.threat !== undefined) never(input, { ...input, threat: { ...input.threat, probability: 1 } })
    }),
  )
})

test('what is not known stands between the best and the worst', () => {
  const input: RiskInput = {
    severity: 'high',
    isSecurity: true,
    exposure: { fact: 'unknown' },
    powers: [],
    data: [],
    environment: { fact: 'other' },
    limitsThreat: true,
  }
  const threat = (probability: number): number =>
    scoreRisk({ ...input, threat: { probability, because: 'a scan' } }).score
  expect(threat(0)).toBeLessThan(scoreRisk(input).score)
  expect(threat(1)).toBeGreaterThan(scoreRisk(input).score)
  const exposed = (fact: Exposure): number => scoreRisk({ ...input, exposure: { fact } }).score
  expect(exposed('nobody')).toBeLessThan(exposed('unknown'))
  expect(exposed('unknown')).toBeLessThan(exposed('outside'))
})

test('where it was read is shown, and nothing that weighs nothing', () => {
  expect(
    scoreRisk({
      severity: 'medium',
      podSecurity: 'restricted',
      isSecurity: true,
      exposure: { fact: 'outside', source: 'deploy/ingress.yaml:12' },
      powers: [{ fact: 'read-secrets', source: 'rbac.yaml:3' }, { fact: 'create-pods' }],
      data: [{ fact: 'secret' }, { fact: 'secret' }],
      environment: { fact: 'staging', source: 'the path' },
      limitsThreat: true,
    }),
  ).toEqual({
    score: 75,
    contributions: [
      { name: 'policy', value: -0.6, because: 'severity medium' },
      { name: 'pod-security', value: 0.25, because: 'forbidden at level restricted of Pod Security' },
      {
        name: 'exposure',
        value: 0.9,
        because: 'reachable from outside the cluster',
        source: 'deploy/ingress.yaml:12',
      },
      { name: 'powers', value: 0.6, because: 'its service account can create pods' },
      { name: 'secret', value: 0.25, because: 'it holds secrets' },
      { name: 'environment', value: -0.3, because: 'staging', source: 'the path' },
    ],
  })
})
