import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { workflowRunEvent, type GitHubEvent, type Pull, type Store } from '../support/github/index.ts'
import { serve } from '../registry/server.ts'
import type { Step } from '../support/runner.ts'
import { deployment, type Scene } from './scene.ts'
import { useScenes } from './scenes.ts'

const scenes = useScenes()
let scene: Scene
let fork: Store

const scans = { contents: 'read', pull_requests: 'read' } as const
const publishes = { contents: 'read', pull_requests: 'write', actions: 'read' } as const
const run = 77

/** A pull request from a fork. */
async function open(text = deployment('api')): Promise<Pull> {
  scene = await scenes.open({ 'README.md': 'shop\n' })
  fork = scene.github.fork(scene.store, 'stranger')
  fork.repository.commit('feature', { 'deploy/api.yaml': text }, { from: 'main' })
  return scene.github.openPull(scene.store, { head: 'feature', fork })
}

/** The run of the fork's pull request has ended. */
function ended({ head, headSha }: Pull): GitHubEvent {
  return workflowRunEvent(scene.store, {
    id: run,
    event: 'pull_request',
    headSha,
    headBranch: head.ref,
    head,
  })
}

async function publish(pull: Pull, change: Record<string, unknown> = {}): Promise<Step> {
  const event = ended(pull)
  const workflowRun = { ...(event.payload['workflow_run'] as object), ...change }
  return scene.run({
    permissions: publishes,
    event: { ...event, payload: { ...event.payload, workflow_run: workflowRun } },
  })
}

describe('a pull request from a fork', () => {
  it('is scanned without a word to it, and reviewed by the run that may write', async () => {
    const pull = await open()
    const scan = await scene.review(pull, { permissions: scans, inputs: { mode: 'report' } })
    expect([scan.status, scene.writes]).toEqual([0, []])
    scene.artifact(run, {
      'k8s-autofix-report.json': readFileSync(scan.outputs['report-file'] ?? '', 'utf8'),
    })
    const step = await publish(pull)
    expect(step.status, step.log).toBe(0)
    expect([pull.reviews.length, scene.summaries.length]).toEqual([1, 1])
    expect(scene.open(pull)).toHaveLength(1)
  })

  it('is not written to by its own run, whatever the mode', async () => {
    const pull = await open()
    const step = await scene.review(pull, { permissions: scans })
    expect([step.status, scene.writes]).toEqual([0, []])
    expect(step.report?.findings.length).toBeGreaterThan(0)
  })

  it('has no registry asked, by its own run or by the one that publishes', async () => {
    const manifest = JSON.stringify({ schemaVersion: 2, config: {}, layers: [] })
    const asked: string[] = []
    const registry = await serve((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }).end(manifest)
    })
    const image = `${registry.host}/shop/api`
    const inputs = { registry: registry.host, only: 'image-tag' }
    const pull = await open(deployment('api', { image }))
    const scan = await scene.review(pull, { permissions: scans, inputs })
    expect([scan.status, scan.report?.summary.states]).toEqual([0, { 'needs-value': 1 }])
    expect(scan.log).toContain('the pull request comes from a fork: no registry is asked')
    const step = await scene.run({ permissions: publishes, event: ended(pull), inputs })
    expect([step.status, asked]).toEqual([0, []])
    // The same change from a branch of the repository.
    const own = scene.pull({ 'deploy/api.yaml': deployment('api', { image }) })
    const review = await scene.review(own, { inputs })
    expect(review.report?.summary.states).toEqual({ fixed: 1 })
    expect(asked).toEqual(['/v2/shop/api/manifests/latest'])
    expect(scene.open(own)[0]?.body).toContain(`${image}@sha256:`)
    registry.stop()
  })

  it('needs no artifact', async () => {
    const pull = await open()
    await publish(pull)
    expect(pull.reviews).toHaveLength(1)
  })

  it('is told by a hostile artifact nothing but names of engines', async () => {
    const pull = await open()
    const scan = await scene.review(pull, { permissions: scans, inputs: { mode: 'report' } })
    const report = JSON.parse(readFileSync(scan.outputs['report-file'] ?? '', 'utf8')) as {
      findings: Record<string, unknown>[]
    }
    for (const finding of report.findings) {
      finding['title'] = 'FORGED'
      finding['message'] = 'FORGED'
      finding['edits'] = [
        { file: 'README.md', kind: 'replace', startLine: 1, endLine: 1, replacement: 'FORGED\n' },
      ]
      finding['engines'] = [{ name: 'kube-linter', rule: 'some-rule' }]
    }
    report.findings.push({ ...report.findings[0], fingerprint: 'f'.repeat(64) })
    scene.artifact(run, { 'k8s-autofix-report.json': JSON.stringify(report) })
    const step = await publish(pull)
    expect(step.status, step.log).toBe(0)
    expect(scene.github.requests.map(({ body }) => body).join()).not.toContain('FORGED')
    expect(step.report?.findings[0]?.engines.map(({ name }) => name)).toEqual(['builtin', 'kube-linter'])
    expect(step.report?.findings.some(({ fingerprint }) => fingerprint === 'f'.repeat(64))).toBe(false)
  })

  it.each([
    ['no JSON', { 'k8s-autofix-report.json': '{"findings": [' }],
    ['another shape', { 'k8s-autofix-report.json': '{"findings": [{"fingerprint": "x", "engines": []}]}' }],
    [
      'engine names with markup',
      {
        'k8s-autofix-report.json': JSON.stringify({
          findings: [{ fingerprint: 'a'.repeat(64), engines: [{ name: '<img>', rule: 'x' }] }],
        }),
      },
    ],
    ['several files', { 'a.json': '{}', 'b.json': '{}' }],
    ['a path that leads out', { '../../etc/x.json': '{}', b: '' }],
    ['nothing but zeros, by the gigabyte', { 'a.json': '\0'.repeat(40 * 1024 * 1024) }],
  ])('has an artifact with %s: it is not used, and the review is as always', async (_, files) => {
    const pull = await open()
    scene.artifact(run, files)
    const step = await publish(pull)
    expect(step.status, step.log).toBe(0)
    expect(pull.reviews).toHaveLength(1)
    expect(step.summary).toMatch(/artifact/)
  })

  it('is found by its head and nothing else: another commit', async () => {
    const pull = await open()
    const step = await publish(pull, { head_sha: scene.store.repository.branch('main') })
    expect([step.status, scene.writes]).toEqual([0, []])
    expect(step.annotations.join()).toContain('nothing is posted')
  })

  it('is found by its head and nothing else: another fork with the same commit', async () => {
    const pull = await open()
    const other = scene.github.fork(scene.store, 'mallory')
    other.repository.git('fetch', '--quiet', fork.repository.bare, '+refs/heads/feature:refs/heads/feature')
    const step = await publish(pull, { head_repository: { full_name: 'mallory/shop' } })
    expect([step.status, scene.writes]).toEqual([0, []])
  })

  it('is one of several with the same head: nothing is posted', async () => {
    const pull = await open()
    scene.store.repository.commit('stable', {}, { from: 'main' })
    scene.github.openPull(scene.store, { head: 'feature', base: 'stable', fork })
    const step = await publish(pull)
    expect([step.status, scene.writes]).toEqual([0, []])
    expect(step.annotations.join()).toContain('2 pull requests have the head')
  })

  it('has moved on: nothing is posted', async () => {
    const pull = await open()
    const old = { ...pull }
    scene.github.push(fork, 'feature', { 'deploy/api.yaml': deployment('web') })
    const step = await publish(old)
    expect([step.status, scene.writes]).toEqual([0, []])
  })

  it('is gone: nothing is posted', async () => {
    const pull = await open()
    for (const change of [{ head_repository: null }, { head_branch: null }, { event: 'push' }]) {
      const step = await publish(pull, change)
      expect([step.status, scene.writes]).toEqual([0, []])
    }
  })

  it('runs none of its programs and reads none of its settings', async () => {
    const pull = await open()
    scene.github.push(fork, 'feature', {
      '.k8s-autofix.yaml': 'ignore-paths: ["**"]\n',
      '.kube-linter.yaml': 'checks: {doNotAutoAddDefaults: true}\n',
    })
    const step = await scene.run({
      permissions: publishes,
      inputs: { verify: '', engines: 'builtin,kube-linter', 'kube-linter': '/bin/false', cluster: 'kind' },
      event: ended(pull),
    })
    expect(step.status, step.log).toBe(0)
    expect(step.report?.engines.map(({ name }) => name)).toEqual(['builtin', 'api'])
    expect(pull.reviews).toHaveLength(1)
  })
})
