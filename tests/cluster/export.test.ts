import { afterAll, beforeAll, expect, it } from 'vitest'
import { exportText } from '../../src/export/index.ts'
import type { Cluster } from '../../src/cluster/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { exported, openEngine } from '../export/support.ts'
import { manifestOf, openRealServer } from './server.ts'

/** A real API server takes every exported policy, and judges by it. */
let cluster: Cluster
beforeAll(async () => {
  cluster = await openRealServer()
})
afterAll(() => cluster.close())

it('takes the YAML of every exported policy, and warns of what they find', async () => {
  const engine = openEngine()
  const exports = await exported(engine)
  await engine.close()
  const { resources } = readSource('policies.yaml', exportText(exports))
  expect(resources).toHaveLength(exports.filter(({ objects }) => objects !== undefined).length * 2)
  const { refused } = await cluster.prepare(resources.map(({ object }) => object))
  expect(refused).toEqual([])
  const answer = await cluster.dryRun(
    manifestOf(`apiVersion: v1
kind: Pod
metadata: {name: one}
spec:
  hostPID: true
  containers: [{name: web, image: nginx, securityContext: {privileged: true}}]
`),
  )
  const said = answer.outcome === 'accepted' ? answer.warnings.join('\n') : answer.outcome
  expect(said).toContain("k8s-autofix-host-pid': The pod sees the node's processes")
  expect(said).toContain('k8s-autofix-privileged-container')
  expect(said).toMatch(/k8s-autofix-image-tag'[^\n]*: container web/)
  expect(said).not.toContain('resulted in error')
})
