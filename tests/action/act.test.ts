import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../scripts/package.ts'
import { tool } from '../../scripts/tools.ts'

/*
 * The Action in a workflow, as a runner starts it: act reads action.yml, finds the bundle, hands the inputs over and the
 * outputs on to the next step. It runs on this machine without Docker (host mode) and without a network.
 */

const workflow = `
on: push
permissions: {}
jobs:
  scan:
    runs-on: ubuntu-24.04
    permissions:
      contents: read
    steps:
      # act has the repository already, and copies it here instead.
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - id: scan
        uses: ./k8s-autofix
        with:
          mode: report
          paths: deploy
          only: privileged-container
      - env:
          FINDINGS: \${{ steps.scan.outputs.findings-count }}
          FIXED: \${{ steps.scan.outputs.fixed-count }}
          PATCH_FILE: \${{ steps.scan.outputs.patch-file }}
        run: |
          echo "findings: <$FINDINGS>, fixed: <$FIXED>"
          git apply --check "$PATCH_FILE" && echo 'the patch applies'
`

const manifest = `apiVersion: v1
kind: Pod
metadata: {name: cache, namespace: shop}
spec:
  containers:
    - name: cache
      image: registry.example/cache:1.2.3
      securityContext: {privileged: true}
`

let base: string
beforeAll(() => {
  tool('act')
  base = mkdtempSync(join(tmpdir(), 'k8s-autofix-act-'))
}, 1_200_000)
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** A repository with one commit that holds the workflow, a manifest and a copy of the Action. */
function repository(): string {
  const folder = join(base, 'repository')
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  write('.github/workflows/scan.yml', workflow)
  write('deploy/pod.yaml', manifest)
  for (const part of ['action.yml', 'dist'])
    cpSync(join(root, part), join(folder, 'k8s-autofix', part), { recursive: true })
  const git = (...args: string[]): unknown => execFileSync('git', args, { cwd: folder, env: environment() })
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '.')
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message', 'All')
  return folder
}

/** Nothing of this machine but its programs: act writes into its home, and reads settings from there. */
function environment(): NodeJS.ProcessEnv {
  const home = join(base, 'home')
  mkdirSync(home, { recursive: true })
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
  // Without the last one act asks its makers for news.
  return { PATH: path, HOME: home, GIT_CONFIG_NOSYSTEM: '1', NO_COLOR: '1', ACT_DISABLE_VERSION_CHECK: '1' }
}

describe('the Action under act', () => {
  it('succeeds on a push, and hands its outputs to the next step', () => {
    const { status, stdout, stderr } = spawnSync(
      tool('act'),
      ['push', '--platform', 'ubuntu-24.04=-self-hosted', '--action-offline-mode', '--no-cache-server'],
      { cwd: repository(), env: environment(), encoding: 'utf8', timeout: 100_000 },
    )
    const log = `${stdout}${stderr}`
    expect(log).toContain('findings: <1>, fixed: <1>')
    expect(log).toContain('the patch applies')
    expect(log).toContain('Job succeeded')
    expect(status).toBe(0)
  })
})
