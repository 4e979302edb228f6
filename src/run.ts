import type { FileText } from './adapters/analysis.ts'
import type { Pool } from './adapters/pool.ts'
import type { ListedFile, Listing } from './adapters/workspace.ts'
import { severities, states, type Finding, type Report, type Summary, type Unread } from './model/index.ts'
import type { FileChange, FileResult, Request } from './pipeline.ts'
import { mayHoldObjects } from './resources/index.ts'

/** What a run touches of the world, handed in. */
export interface RunPorts {
  listing: Listing
  read(file: ListedFile): { text: string } | { unread: Unread }
  /** Texts that are no files, such as standard input. */
  texts: readonly FileText[]
  /** Opened for the number of bytes to judge, once that is known. */
  open(bytes: number): Pool
  now(): number
  progress(done: number, of: number): void
}

export interface Outcome {
  report: Report
  /** Text of every file that has a finding or a problem, by the file's name in the report. */
  sources: ReadonlyMap<string, string>
  changes: FileChange[]
}

/** Bytes of text in one batch: enough to make a round trip to a worker cheap, few enough to keep all of them busy. */
const batchBytes = 64 * 1024

/** Runs the pipeline over all files and folds the results into one report. The order of the result is stable. */
export async function run(request: Request, version: string, ports: RunPorts): Promise<Outcome> {
  const started = ports.now()
  const unread: Unread[] = [...ports.listing.unread]
  const files: FileText[] = [...ports.texts]
  for (const listed of ports.listing.files) {
    const read = ports.read(listed)
    if ('unread' in read) unread.push(read.unread)
    else if (mayHoldObjects(read.text)) files.push({ file: listed.file, text: read.text })
  }
  const timings: Record<string, number> = { read: ports.now() - started }
  const results = await analyseAll(files, ports)
  results.sort((a, b) => compare(a.file, b.file))
  for (const result of results)
    for (const [step, milliseconds] of Object.entries(result.timings))
      timings[step] = (timings[step] ?? 0) + milliseconds
  timings['total'] = ports.now() - started

  const findings = results.flatMap((result) => result.findings).sort(byPlace)
  const invalid = results.flatMap((result) => result.invalid)
  unread.push(...results.flatMap((result) => result.unread))
  unread.sort((a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0))
  const named = new Set(
    [...findings, ...invalid].map(({ location }) => location.file).concat(unread.map(({ file }) => file)),
  )
  const judged = results.filter(({ resources }) => resources > 0)
  return {
    report: {
      schema: 'k8s-autofix/report/v1',
      tool: { name: 'k8s-autofix', version },
      engines: [{ name: 'builtin', version, status: 'ok' }],
      verification: { requested: request.level, reached: request.level },
      summary: summarise(findings, {
        files: judged.length,
        resources: judged.reduce((sum, { resources }) => sum + resources, 0),
        unread: unread.length,
        invalid: invalid.length,
      }),
      findings,
      invalid,
      unread,
      files: judged.map(({ file, documents, resources, sha256 }) => ({ file, documents, resources, sha256 })),
      timings,
    },
    sources: new Map(files.filter(({ file }) => named.has(file)).map(({ file, text }) => [file, text])),
    changes: results.flatMap(({ change }) => change ?? []),
  }
}

async function analyseAll(files: readonly FileText[], ports: RunPorts): Promise<FileResult[]> {
  const pool = ports.open(files.reduce((sum, { text }) => sum + text.length, 0))
  const results: FileResult[] = []
  try {
    await Promise.all(
      batches(files).map(async (batch) => {
        results.push(...(await pool.analyse(batch)))
        ports.progress(results.length, files.length)
      }),
    )
  } finally {
    await pool.close()
  }
  return results
}

/** Batches of about equal size, the largest files first, so that no worker ends with a long one alone. */
function batches(files: readonly FileText[]): FileText[][] {
  const result: FileText[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const file of [...files].sort((a, b) => b.text.length - a.text.length)) {
    if (bytes + file.text.length > batchBytes) {
      result.push([])
      bytes = 0
    }
    result.at(-1)?.push(file)
    bytes += file.text.length
  }
  return result
}

function summarise(
  findings: readonly Finding[],
  counts: Pick<Summary, 'files' | 'resources' | 'unread' | 'invalid'>,
): Summary {
  const count = (test: (finding: Finding) => boolean): number => findings.filter(test).length
  const table = <Key extends string>(
    keys: readonly Key[],
    of: (finding: Finding) => Key,
  ): Partial<Record<Key, number>> => {
    const result: Partial<Record<Key, number>> = {}
    for (const key of keys) {
      const found = count((finding) => of(finding) === key)
      if (found > 0) result[key] = found
    }
    return result
  }
  return {
    ...counts,
    findings: findings.length,
    states: table(states, ({ state }) => state),
    severities: table(severities, ({ severity }) => severity),
    safe: count(({ state, safe }) => state === 'fixed' && safe === true),
    unsafe: count(({ state, safe }) => state === 'fixed' && safe === false),
  }
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.location.file, b.location.file) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column ||
    compare(a.policy, b.policy) ||
    compare(a.fingerprint, b.fingerprint)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
