/** The main job on a copy of fixtures/shop: look at one file, fix the whole folder, see what changed. */
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './package.ts'

const copy = join(root, '.cache', 'demo')
const failed: string[] = []

rmSync(copy, { recursive: true, force: true })
cpSync(join(root, 'fixtures', 'shop'), copy, { recursive: true })

/** Runs a command of the program and gives what it prints. */
function run(...args: string[]): string {
  const line = ['k8s-autofix', ...args].join(' ')
  console.log(`$ ${line}\n`)
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'bin', 'k8s-autofix'), ...args], {
    cwd: copy,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) failed.push(`${line} ended with ${status}`)
  return stdout
}

/** The closing lines of a report; the findings above them fill several screens. */
function closing(report: string): string {
  const lines = report.trimEnd().split('\n')
  return lines.slice(lines.findLastIndex((line) => /^\d+ files?, /.test(line))).join('\n')
}

console.log('\n=== One file: what is wrong, and what can be done about it\n')
console.log(run('scan', '--fail-on', 'never', 'data/postgres.yaml'))
console.log('=== The whole folder\n')
console.log(closing(run('scan', '--fail-on', 'never', '.')))
console.log('\n=== Write the safe fixes\n')
console.log(closing(run('fix', '.')))
console.log('\n=== What that changed\n')
spawnSync('git', ['--no-pager', 'diff', '--no-index', '--shortstat', '--', 'fixtures/shop', '.cache/demo'], {
  cwd: root,
  stdio: 'inherit',
})
console.log('\n=== Again: every safe fix is in, so nothing is written\n')
console.log(closing(run('fix', '.')))

const here = relative(process.cwd(), copy) || '.'
const next = [
  [`git diff --no-index fixtures/shop ${here}`, 'every changed line'],
  ['bin/k8s-autofix scan FOLDER', 'your own manifests; changes nothing'],
  ['bin/k8s-autofix fix --dry-run FOLDER', 'the diff that fix would write'],
  ['bin/k8s-autofix explain POLICY', 'why something is a finding'],
  ['bin/k8s-autofix policies list', 'every policy'],
] as const
const width = Math.max(...next.map(([command]) => command.length))
console.log(`\n=== How to go on\n`)
for (const [command, text] of next) console.log(`  ${command.padEnd(width)}   ${text}`)
console.log('\nREADME.md has the configuration and the GitHub workflow.')
for (const failure of failed) console.error(`error: ${failure}`)
process.exitCode = failed.length === 0 ? 0 : 1
