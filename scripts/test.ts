/**
 * Every check and every test, one after the other, to the end whatever fails. The last line is `N passed, N failed`
 * (a check counts as one test).
 *
 *   CORPUS_DIR       where the corpora are; ../shared/corpus where not set
 *   REQUIRE_CORPUS=1 fail when they are absent, instead of skipping what needs them
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { root } from './package.ts'

const output = join(root, '.cache', 'test')
const results = join(output, 'vitest.json')
const corpus = resolve(root, process.env['CORPUS_DIR'] ?? '../shared/corpus')

/** Each is a script of this repository or of a package, run by the pinned Node. */
const checks: readonly (readonly [name: string, ...command: string[]])[] = [
  ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['lint', 'node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
  ['types', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['generated files', 'scripts/generate.ts', '--check'],
  ['dist', 'scripts/build.ts', '--check'],
  ['README', 'scripts/readme.ts', '--check'],
  ['workflows', 'scripts/workflows.ts'],
  // Before the tests, which would wait for them in the middle of a time limit: some minutes once, then a glance.
  ['engines', 'scripts/tools.ts', 'kube-linter', 'kyverno', 'kube-apiserver', 'etcd', 'act'],
  ['registry', 'scripts/registry.ts'],
  ['API engine', 'scripts/engine.ts', '--check'],
  ['API engine, Go tests', 'scripts/engine.ts', '--test'],
]

/** The counts of the test runner's report. */
const resultSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
})

interface Counts {
  passed: number
  failed: number
  skipped: number
}

function runChecks(): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const [name, ...command] of checks) {
    const started = performance.now()
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: root,
      encoding: 'utf8',
      // What takes minutes says so at once.
      stdio: ['ignore', 'pipe', name.toLowerCase().includes('engine') ? 'inherit' : 'pipe'],
    })
    console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds(started)})`)
    if (status !== 0) console.log([stdout, stderr].join(''))
    counts[status === 0 ? 'passed' : 'failed']++
  }
  return counts
}

function runTests(): Counts {
  rmSync(results, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
  const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...reporters], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...(existsSync(corpus) ? { CORPUS_DIR: corpus } : {}) },
  })
  if (!existsSync(results)) return { passed: 0, failed: 1, skipped: 0 }
  const result = resultSchema.parse(JSON.parse(readFileSync(results, 'utf8')))
  // A file that fails before its first test fails none.
  const failed = status === 0 ? result.numFailedTests : Math.max(1, result.numFailedTests)
  return { passed: result.numPassedTests, failed, skipped: result.numPendingTests }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}

const started = performance.now()
mkdirSync(output, { recursive: true })
const total = runChecks()
const tests = runTests()
total.passed += tests.passed
total.failed += tests.failed
total.skipped += tests.skipped
if (!existsSync(corpus)) {
  console.log(`no corpora at CORPUS_DIR (${corpus}): the tests over them did not run`)
  if (process.env['REQUIRE_CORPUS'] === '1') total.failed++
}
const line = `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`
console.log(`in ${seconds(started)}`)
console.log(line)
writeFileSync(join(output, 'counts'), `${line}\n`)
process.exitCode = total.failed === 0 && tests.passed > 0 ? 0 : 1
