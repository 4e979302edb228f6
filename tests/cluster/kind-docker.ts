/**
 * The kind backend with whatever `kind` is on PATH, from nothing to a verdict and back to nothing. Run by
 * .github/workflows/kind.yml, where kind and Docker are real.
 *
 *   scripts/node tests/cluster/kind-docker.ts
 */
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { findProgram } from '../../src/cluster/choose-programs.ts'
import { chooseCluster } from '../../src/cluster/choose.ts'
import type { Manifest } from '../../src/cluster/cluster.ts'
import { openCluster } from '../../src/cluster/open.ts'
import type { JsonObject } from '../../src/model/index.ts'

const started = performance.now()
const say = (text: string): void => {
  console.log(`${((performance.now() - started) / 1000).toFixed(1)} s  ${text}`)
}

const deployment = (image: string): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'api' } },
    template: {
      metadata: { labels: { app: 'api' } },
      spec: { containers: [{ name: 'api', image }] },
    },
  },
})
const manifest = (object: JsonObject): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'api',
  type: 'application/json',
  body: JSON.stringify(object),
})

const path = process.env['PATH'] ?? ''
const choice = await chooseCluster(
  { requested: 'kind', inActions: true, downloadable: false, buildable: false },
  {
    findProgram: (name) => findProgram(name, path, []),
    isProgram: async () => false,
    exists: async () => false,
  },
)
assert.equal(choice.backend, 'kind')
const { cluster, notes } = await openCluster(choice, {
  entry: new URL('../../src/main.ts', import.meta.url),
  environment: process.env,
  repositories: [],
  temporary: tmpdir(),
  cacheFolder: tmpdir(),
  platform: process.platform,
  architecture: process.arch,
  exec: false,
  keep: false,
  progress: say,
  warn: (text) => {
    throw new Error(text)
  },
})
try {
  say(`open: ${cluster.version}; ${notes.join('; ')}`)
  const prepared = await cluster.prepare([deployment('nginx:1.29')])
  assert.ok(prepared.assumed.includes('namespace shop'), JSON.stringify(prepared))
  assert.equal((await cluster.dryRun(manifest(deployment('nginx:1.29')))).outcome, 'accepted')
  const rejected = await cluster.dryRun(manifest(deployment('')))
  assert.ok(rejected.outcome === 'rejected' && rejected.rejection === 'invalid', JSON.stringify(rejected))
  const update = await cluster.tryUpdate(manifest(deployment('nginx:1.29')), [
    { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'nginx:1.30' },
  ])
  assert.equal(update?.outcome, 'accepted', JSON.stringify(update))
  say('judged')
} finally {
  await cluster.close()
}
say('closed')
