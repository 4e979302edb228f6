import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reportSchema, type Report } from '../../src/model/index.ts'
import { tool } from '../../scripts/tools.ts'
import { cli, Folder, privileged } from './world.ts'

/** What a second opinion does not say, and what becomes of a run whose second opinion fails. */

const engines = ['--engines', 'builtin,kube-linter', '--kube-linter', tool('kube-linter')]
const json = ['--format', 'json', '--fail-on', 'never']
const reportOf = (stdout: string): Report => reportSchema.parse(JSON.parse(stdout))

const service = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
`

/** A cluster that nobody listens for. */
const kubeconfig = `apiVersion: v1
kind: Config
current-context: gone
contexts: [{name: gone, context: {cluster: gone, user: me}}]
clusters: [{name: gone, cluster: {server: 'https://127.0.0.1:1'}}]
users: [{name: me, user: {token: t}}]
`

describe('kube-linter', () => {
  it('is not believed about what stands beside a single file', async () => {
    using folder = new Folder({ 'service.yaml': service })
    const rules = async (path: string): Promise<string[]> =>
      reportOf((await cli(folder.path, ['scan', path, ...engines, ...json])).stdout).findings.flatMap((one) =>
        one.engines.map(({ rule }) => rule),
      )
    expect(await rules('service.yaml')).not.toContain('dangling-service')
    expect(await rules('.')).toContain('dangling-service')
  })

  it('is not asked about what it was told to leave alone, which is an exception here as well', async () => {
    const ignored = privileged.replace(
      '  namespace: shop\n',
      "  namespace: shop\n  annotations: {kube-linter.io/ignore-all: 'known'}\n",
    )
    using folder = new Folder({ 'a.yaml': ignored })
    const { findings, unread } = reportOf((await cli(folder.path, ['scan', ...engines, ...json])).stdout)
    expect(findings.length).toBeGreaterThan(0)
    for (const { state, verification } of findings)
      expect([state, verification]).toEqual(['suppressed', undefined])
    expect(unread.map(({ reason }) => reason.code)).toEqual(['kube-linter-silent'])
  })
})

describe('a cluster that cannot be reached', () => {
  it('leaves what was found, at the level below, and ends with 3', async () => {
    using outside = new Folder({ config: kubeconfig })
    using folder = new Folder({ 'a.yaml': privileged })
    const args = ['--cluster', 'kubeconfig', '--kubeconfig', join(outside.path, 'config')]
    const { code, stdout } = await cli(folder.path, ['scan', ...args, ...json])
    const { findings, verification } = reportOf(stdout)
    expect(code).toBe(3)
    expect(findings.length).toBeGreaterThan(0)
    expect(verification).toMatchObject({ requested: 'admission', reached: 'policy' })
    expect(verification.cluster).toMatchObject({ status: 'failed' })
    expect(verification.cluster?.troubles.length).toBe(1)
  })

  it('keeps fix from writing', async () => {
    using outside = new Folder({ config: kubeconfig })
    using folder = new Folder({ 'a.yaml': privileged })
    const args = ['--cluster', 'kubeconfig', '--kubeconfig', join(outside.path, 'config')]
    const { code, stderr, stdout } = await cli(folder.path, ['fix', ...args])
    expect(code).toBe(3)
    expect(stderr).toContain('nothing is written')
    expect(stdout).not.toContain('judged as well')
    expect(readFileSync(join(folder.path, 'a.yaml'), 'utf8')).toBe(privileged)
  })
})
