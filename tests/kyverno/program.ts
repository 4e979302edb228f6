import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tool } from '../../scripts/tools.ts'
import { isObject, type JsonObject, type Policy } from '../../src/model/index.ts'
import { createJudge } from '../../src/policies/index.ts'
import { subjectOf } from '../../src/resources/index.ts'

/* Verdicts of the real program, in words that ours are compared with: what it says of one object by one policy. */

export type Verdict = 'found' | 'clean' | 'error'

/** The verdicts of Kyverno, by policy, for each object in turn. A policy that is not for an object says `clean`. */
export function theirVerdicts(
  policies: readonly JsonObject[],
  objects: readonly JsonObject[],
): Map<string, Verdict>[] {
  const verdicts = objects.map(() => new Map<string, Verdict>())
  for (const batch of batchesOf(objects)) {
    const folder = mkdtempSync(join(tmpdir(), 'kyverno-'))
    try {
      const documents = batch.map((index) => {
        const object = objects[index] ?? {}
        const metadata = isObject(object['metadata']) ? object['metadata'] : {}
        return { ...object, metadata: { ...metadata, uid: String(index) } }
      })
      const write = (name: string, contents: readonly unknown[]): string => {
        const file = join(folder, name)
        writeFileSync(file, contents.map((content) => JSON.stringify(content)).join('\n---\n'))
        return file
      }
      mkdirSync(join(folder, 'home'))
      const run = spawnSync(
        tool('kyverno'),
        ['apply', write('policies.yaml', policies), '--resource', write('objects.yaml', documents)].concat([
          '--policy-report',
          '--output-format',
          'json',
          '--remove-color',
        ]),
        {
          env: { HOME: join(folder, 'home'), KUBECONFIG: join(folder, 'none') },
          encoding: 'utf8',
          maxBuffer: 1e9,
        },
      )
      if (run.stdout === '' && run.status === 0 && run.stderr === '') continue
      if (!run.stdout.startsWith('{')) throw new Error(`kyverno: ${run.status} ${run.stdout} ${run.stderr}`)
      const { results } = JSON.parse(run.stdout) as {
        results: { policy: string; result: string; resources: { uid: string }[] }[]
      }
      for (const { policy, result, resources } of results)
        for (const { uid } of resources) {
          const verdict = result === 'fail' ? 'found' : result === 'error' ? 'error' : 'clean'
          if (verdict !== 'clean') verdicts[Number(uid)]?.set(policy, verdict)
        }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return verdicts
}

/** The same of ours. */
export function ourVerdicts(
  policies: readonly Policy[],
  objects: readonly JsonObject[],
): Map<string, Verdict>[] {
  const judge = createJudge(policies, { params: {}, values: {} })
  return objects.map((object) => {
    const subject = subjectOf(object)
    const verdicts = new Map<string, Verdict>()
    if (subject === undefined) return verdicts
    const { matches, errors } = judge.judge(subject)
    for (const { policy } of matches) verdicts.set(policy.id.replace('kyverno/', ''), 'found')
    for (const { policy } of errors) verdicts.set(policy.replace('kyverno/', ''), 'error')
    return verdicts
  })
}

/** Kyverno ends where it is given two objects of one name. */
function batchesOf(objects: readonly JsonObject[]): number[][] {
  const batches: { names: Set<string>; members: number[] }[] = []
  objects.forEach((object, index) => {
    const name = identityOf(object)
    const free = batches.find(({ names, members }) => members.length < 100 && !names.has(name))
    const batch = free ?? { names: new Set(), members: [] }
    if (free === undefined) batches.push(batch)
    batch.names.add(name)
    batch.members.push(index)
  })
  return batches.map(({ members }) => members)
}

/** What has `generateName` alone is called nothing. */
function identityOf(object: JsonObject): string {
  const metadata = isObject(object['metadata']) ? object['metadata'] : {}
  return JSON.stringify([object['kind'], metadata['namespace'] ?? 'default', metadata['name'] ?? ''])
}
