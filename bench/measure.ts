import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { root } from '../scripts/package.ts'
import { tool } from '../scripts/tools.ts'
import { reportSchema, type Report } from '../src/model/index.ts'

export const corpus = resolve(root, process.env['CORPUS_DIR'] ?? '../shared/corpus')

export const corpora = ['handwritten', 'normalised/stack', 'normalised/artifacthub'] as const

/** Resource values that a person has chosen; nothing else may fill them in. */
export const resourceDefaults = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { cpu: '1', memory: '512Mi' },
}

/** The command line as a user starts it, run by the Node that runs this file. */
export const program = join(root, 'bin', 'k8s-autofix')

export function requireCorpus(folder: string): string {
  const path = join(corpus, folder)
  if (!existsSync(path)) throw new Error(`no corpus at ${path}; say where it is with CORPUS_DIR`)
  return path
}

export interface Run {
  /** Milliseconds. */
  wall: number
  status: number
  stdout: string
}

/** Runs a command to its end. Output goes to a file, so that reading it costs the measured process nothing. */
export function timed(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Run {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const file = join(folder, 'stdout')
  const output = openSync(file, 'w')
  try {
    const start = performance.now()
    const { status, error } = spawnSync(command, args, {
      cwd: folder,
      stdio: ['ignore', output, 'ignore'],
      env: { ...process.env, ...environment },
    })
    const wall = performance.now() - start
    if (error !== undefined) throw error
    return { wall, status: status ?? -1, stdout: readFileSync(file, 'utf8') }
  } finally {
    closeSync(output)
    rmSync(folder, { recursive: true })
  }
}

export function cli(...args: string[]): Run {
  const run = timed(process.execPath, [program, ...args])
  if (run.status > 2) throw new Error(`k8s-autofix ${args.join(' ')} ended with ${run.status}`)
  return run
}

/** One pass of kube-linter with its 31 default checks, or with all 62 that need no network, as a JSON report. */
export function kubeLinterPass(folder: string, { all = false } = {}): Run {
  // It looks for the name with any extension it knows, so the file has a folder of its own.
  const place = join(root, '.cache', 'kube-linter')
  const config = join(place, all ? 'all.yaml' : 'defaults.yaml')
  mkdirSync(place, { recursive: true })
  writeFileSync(
    config,
    all ? 'checks: {addAllBuiltIn: true, exclude: [schema-validation]}\n' : 'checks: {}\n',
  )
  return timed(tool('kube-linter'), ['lint', '--config', config, '--format', 'json', folder])
}

export function reportOf({ stdout }: Run): Report {
  return reportSchema.parse(JSON.parse(stdout))
}

/** Peak resident memory of a run in MiB, as the process itself reads it when it ends. */
export function peakMemory(...args: string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const file = join(folder, 'peak')
  const hook = `import { isMainThread } from 'node:worker_threads'
    import { writeFileSync } from 'node:fs'
    if (isMainThread) process.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)))`
  try {
    timed(process.execPath, [
      '--import',
      `data:text/javascript,${encodeURIComponent(hook)}`,
      program,
      ...args,
    ])
    return Number(readFileSync(file, 'utf8')) / 1024
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** Every file below a folder that a scan reads, in the order of names. */
export function manifests(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** So many of them, spread evenly. */
export function spread<T>(items: readonly T[], count: number): T[] {
  return Array.from(
    { length: count },
    (_, i) => items[Math.floor(((i + 0.5) * items.length) / count)],
  ).filter((item) => item !== undefined)
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}

/** Names a corpus: the first letters of a sha256 over names and contents of its files. */
export function corpusHash(folder: string): string {
  const hash = createHash('sha256')
  for (const file of manifests(folder))
    hash.update(relative(folder, file)).update('\0').update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}

export function versionOf(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8' }).trim()
}

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(String))
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  const [first = [], ...rest] = cells
  return [line(first), widths.map((width) => '-'.repeat(width)).join('  '), ...rest.map(line)].join('\n')
}
