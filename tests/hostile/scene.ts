import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '../../src/model/index.ts'
import { reportOf, type Program, type Ran } from '../support/program.ts'

/** A manifest with well-known findings, to stand beside whatever a test makes up. */
export const good = `apiVersion: v1
kind: Pod
metadata:
  name: neighbour
spec:
  containers:
    - name: main
      image: registry.example/shop/neighbour:1.0.0
      securityContext:
        privileged: true
`

/** The first lines of a manifest, for bad input that claims to be one. */
export const header = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: bad\n'

export interface Scanned extends Ran {
  report: Report
}

/** Scans a folder; the process has to end by itself, print a report, and leave every byte as it was. */
export function scan(program: Program, folder: string, ...args: string[]): Scanned {
  const before = snapshot(folder)
  const paths = args.length > 0 ? args : ['.']
  const ran = program.cli(['scan', '--format', 'json', '--jobs', '2', ...paths], { cwd: folder })
  if (ran.signal !== null) throw new Error(`the scan did not end by itself (${ran.signal})\n${ran.stderr}`)
  if (ran.status === 70 || ran.stdout === '')
    throw new Error(`the scan ended with ${ran.status}\n${ran.stderr}`)
  const after = snapshot(folder)
  if (after.join('\n') !== before.join('\n'))
    throw new Error(`the scan changed the folder:\n${after.join('\n')}`)
  return { ...ran, report: reportOf(ran) }
}

export function write(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
}

/** Policies found in a file, in order. */
export function policiesIn(report: Report, file: string): string[] {
  return report.findings.filter(({ location }) => location.file === file).map(({ policy }) => policy)
}

export function unreadOf(report: Report, file: string): Report['unread'] {
  return report.unread.filter((one) => one.file === file)
}

/** Name, kind, mode and content of everything below a folder. */
export function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const status = lstatSync(join(folder, name))
      return `${JSON.stringify(name)} ${status.mode} ${status.isFile() ? contentHash(join(folder, name)) : ''}`
    })
}

function contentHash(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex')
  } catch {
    return 'unreadable'
  }
}
