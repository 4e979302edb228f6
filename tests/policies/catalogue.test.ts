import { describe, expect, test } from 'vitest'
import { compilePolicies } from '../../scripts/compile-policies.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogue, loadExamples } from '../../src/policies/index.ts'

const root = join(import.meta.dirname, '..', '..')

describe('the catalogue', () => {
  test('every policy file is sound, and the generated files are what they give', () => {
    const { files, problems } = compilePolicies()
    expect(problems).toEqual([])
    for (const [file, text] of files) expect(readFileSync(join(root, file), 'utf8') === text, file).toBe(true)
  })

  test('is sorted by id and holds no examples', () => {
    expect(catalogue.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id).toSorted())
    expect(catalogue.every(({ examples }) => examples.length === 0)).toBe(true)
  })

  test('every policy has an example that is found and one that is clean', async () => {
    const examples = await loadExamples()
    for (const { id } of catalogue) {
      expect(
        examples[id]?.some(({ clean }) => clean === true),
        id,
      ).toBe(true)
      expect(
        examples[id]?.some(({ clean }) => clean !== true),
        id,
      ).toBe(true)
    }
  })

  test('no fix writes a tag, a user id, a probe or an amount of its own', () => {
    for (const policy of catalogue) {
      const operations =
        policy.fix === 'none' ? [] : policy.fix.flatMap((fix) => ('patch' in fix ? fix.patch : []))
      for (const operation of operations) {
        if (operation.op === 'remove' || typeof operation.path !== 'string') continue
        if (/(image|runAsUser|runAsGroup|Probe|requests|limits)(\/|$)/.test(operation.path))
          expect(operation.value, `${policy.id} ${operation.path}`).toHaveProperty('cel')
      }
    }
  })

  test('what is the same as a rule of another engine has no differences; what differs says when', () => {
    for (const policy of catalogue)
      for (const { engine, rule, when } of policy.differs ?? []) {
        expect(policy['same-as']?.[engine] ?? [], `${policy.id}: ${rule}`).not.toContain(rule)
        expect(when, `${policy.id}: ${rule}`).toBeDefined()
      }
  })

  test('every default check of kube-linter belongs to a policy', () => {
    const claimed = new Set(
      catalogue.flatMap((policy) => [
        ...(policy['same-as']?.['kube-linter'] ?? []),
        ...(policy.covers?.['kube-linter'] ?? []),
      ]),
    )
    expect(kubeLinterDefaults.filter((check) => !claimed.has(check))).toEqual([])
  })
})

/** kube-linter 0.8.3; tests/corpus/parity.test.ts asks the real one. */
const kubeLinterDefaults = [
  'dangling-service',
  'deprecated-service-account-field',
  'docker-sock',
  'drop-net-raw-capability',
  'duplicate-env-var',
  'env-var-secret',
  'host-ipc',
  'host-network',
  'host-pid',
  'invalid-target-ports',
  'job-ttl-seconds-after-finished',
  'latest-tag',
  'liveness-port',
  'mismatching-selector',
  'no-anti-affinity',
  'no-extensions-v1beta',
  'no-read-only-root-fs',
  'non-existent-service-account',
  'pdb-max-unavailable',
  'pdb-min-available',
  'pdb-unhealthy-pod-eviction-policy',
  'privilege-escalation-container',
  'privileged-container',
  'readiness-port',
  'run-as-non-root',
  'sensitive-host-mounts',
  'ssh-port',
  'startup-port',
  'unsafe-sysctls',
  'unset-cpu-requirements',
  'unset-memory-requirements',
]
