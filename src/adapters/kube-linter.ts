import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import {
  answerOf,
  configurationText,
  ignoreAll,
  inOrder,
  judgeInParts,
  readOutput,
  refusalOf,
  type Attempt,
  type Engine,
  type EngineAnswer,
  type KubeLinterEntry,
  type KubeLinterOutput,
  type KubeLinterSettings,
  type Unit,
} from '../detect/index.ts'
import { InfrastructureError, UserError } from '../model/index.ts'
import { inPrivateFolder, makeFolder, writeFile } from './private-folder.ts'
import { problemOf } from './tool-problem.ts'
import type { ToolOutcome, ToolRunner } from './tool-runner.ts'

/** What to do where the program is missing or does not work. */
export const kubeLinterHint =
  'install kube-linter 0.8.3 (github.com/stackrox/kube-linter), put it on PATH, or name its path'

export interface KubeLinterOptions {
  /** Absolute path of the program. */
  program: string
  settings: KubeLinterSettings
  runner: ToolRunner
  /** Folder in which every run makes a private one of its own, and removes it. */
  temporaryFolder: string
  limits?: Partial<KubeLinterLimits>
}

export interface KubeLinterLimits {
  /** Milliseconds for a run, and for each unit in it. */
  runTime: number
  unitTime: number
  /** Bytes of output of a run. */
  output: number
  /** Runs to find what ends a run. */
  runs: number
}

const defaultLimits: KubeLinterLimits = {
  runTime: 30_000,
  unitTime: 20,
  output: 256 * 1024 * 1024,
  runs: 200,
}

/** An object of ours in every run: where kube-linter does not report on it, the run is worth nothing. */
const sentinel = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: seen\n'

/**
 * Engine `kube-linter`: one process for all units, each in a file of its own, one folder for each context.
 *
 * Starts the program twice, for its version and on an object of ours, so that a broken program or configuration fails
 * here: `InfrastructureError` for the program, `UserError` for settings that it does not accept.
 */
export async function createKubeLinter(options: KubeLinterOptions): Promise<Engine> {
  const linter = new KubeLinter({ ...defaultLimits, ...options.limits }, options)
  const version = await linter.version()
  const { Checks: checks } = await linter.start()
  const rules = checks
    .filter(({ name }) => name !== linter.heartbeat)
    .map(({ name, description, remediation }) => ({ name, description, remediation }))
  return {
    name: 'kube-linter',
    version,
    rules,
    judge: async (units, { signal } = {}) => linter.judge(units, signal),
  }
}

/** A run that gave something readable. */
interface Ran {
  output: KubeLinterOutput
  answer: EngineAnswer
}

type Failure = { because: string; outcome: ToolOutcome }

class KubeLinter {
  readonly heartbeat = `k8s-autofix-${randomUUID()}`
  private readonly limits: KubeLinterLimits
  private readonly options: KubeLinterOptions

  constructor(limits: KubeLinterLimits, options: KubeLinterOptions) {
    this.limits = limits
    this.options = options
  }

  async version(): Promise<string> {
    return inPrivateFolder(this.options.temporaryFolder, async (folder) => {
      const outcome = await this.run(folder, ['version'], this.limits.runTime, undefined)
      const text = outcome.kind === 'exited' && outcome.exitCode === 0 ? outcome.stdout.trim() : ''
      if (/^[\w.+-]{1,100}$/.test(text)) return text
      const problem = problemOf(outcome) ?? 'does not tell its version'
      throw new InfrastructureError(`kube-linter ${problem}`, kubeLinterHint)
    })
  }

  /** The first run, on our own object alone. */
  async start(): Promise<KubeLinterOutput> {
    const ran = await this.lint([], undefined)
    if ('output' in ran) return ran.output
    const { because, outcome } = ran
    const { file } = this.options.settings
    // No unit was in it, so what it says is about its options and the settings.
    const complaint =
      outcome.kind === 'exited' && outcome.exitCode === 1 && outcome.stdout === ''
        ? complaintOf(outcome.stderr)
        : ''
    if (complaint !== '' && file !== undefined && !complaint.startsWith('unknown flag'))
      throw new UserError(`${file}: kube-linter does not accept it: ${complaint}`)
    const why = complaint === '' ? '' : `: ${complaint}`
    throw new InfrastructureError(`kube-linter ${because}${why}`, kubeLinterHint)
  }

  async judge(units: readonly Unit[], signal: AbortSignal | undefined): Promise<EngineAnswer> {
    if (new Set(units.map(({ id }) => id)).size !== units.length) throw new Error('two units have one id')
    const refused = units.flatMap(({ id, text }) => {
      const because = refusalOf(text)
      return because === undefined ? [] : [{ unit: id, because }]
    })
    const without = new Set(refused.map(({ unit }) => unit))
    const given = refused.length === 0 ? units : units.filter(({ id }) => !without.has(id))
    let isAlive = false
    const attempt = async (part: readonly Unit[]): Promise<Attempt> => {
      const ran = await this.lint(part, signal)
      if ('answer' in ran) return ran
      // Before any unit is blamed: does it still work at all?
      if (!isAlive) await this.start()
      isAlive = true
      return ran
    }
    const answer = await judgeInParts(given, {
      engine: 'kube-linter',
      attempt,
      maximumRuns: this.limits.runs,
    })
    return inOrder(units, { ...answer, unjudged: [...answer.unjudged, ...refused] })
  }

  private async lint(units: readonly Unit[], signal: AbortSignal | undefined): Promise<Ran | Failure> {
    return inPrivateFolder(this.options.temporaryFolder, async (folder) => {
      const written = this.write(folder, units)
      const time = this.limits.runTime + units.length * this.limits.unitTime
      const args = [
        'lint',
        '--config',
        written.configuration,
        '--format',
        'json',
        '--fail-on-invalid-resource',
      ]
      const outcome = await this.run(folder, [...args, written.folder], time, signal)
      const problem = problemOf(outcome)
      if (problem !== undefined || outcome.kind !== 'exited') return { because: problem ?? '', outcome }
      const output = readOutput(outcome.stdout)
      if ('unreadable' in output) {
        // Its own words may quote the manifest, so they are not taken over.
        return { because: `gave no answer: ${output.unreadable} (exit code ${outcome.exitCode})`, outcome }
      }
      const isOurs = (path: string): boolean => path === written.sentinel
      const reports = output.Reports ?? []
      const sawSentinel = reports.some(
        ({ Check, Object }) => Check === this.heartbeat && isOurs(Object.Metadata.FilePath),
      )
      if (!sawSentinel) return { because: 'gave no answer about an object of ours', outcome }
      const others = reports.filter(({ Object }) => !isOurs(Object.Metadata.FilePath))
      const answer = answerOf(others, written.entries, this.heartbeat)
      return answer === undefined
        ? { because: 'gave an answer about files that it was not given', outcome }
        : { output, answer }
    })
  }

  /** Lays out a run. All names are ours; nothing of the user's paths is in them. */
  private write(
    folder: string,
    units: readonly Unit[],
  ): { configuration: string; folder: string; sentinel: string; entries: Map<string, KubeLinterEntry> } {
    const entries = new Map<string, KubeLinterEntry>()
    const contexts = new Map<string, string>()
    const inside = join(folder, 'units')
    // kube-linter takes every file of that name in the folder for the configuration, so it lies alone.
    const configuration = join(makeFolder(join(folder, 'configuration')), 'settings.json')
    writeFile(configuration, configurationText(this.options.settings, this.heartbeat))
    makeFolder(inside)
    const own = join(makeFolder(join(inside, 'own')), 'seen.yaml')
    writeFile(own, sentinel)
    units.forEach((unit, index) => {
      let context = contexts.get(unit.context)
      if (context === undefined) {
        context = makeFolder(join(inside, `c${numbered(contexts.size, 4)}`))
        contexts.set(unit.context, context)
      }
      const name = `u${numbered(index, 6)}.yaml`
      const path = join(context, name)
      writeFile(path, unit.text)
      entries.set(path, { unit, role: 'shown' })
      if (!unit.text.includes(ignoreAll)) return
      const copy = join(makeFolder(join(inside, `b${numbered(index, 6)}`)), name)
      writeFile(copy, unit.text.replaceAll(ignoreAll, `${ignoreAll}-${this.heartbeat}`))
      entries.set(copy, { unit, role: 'bare' })
    })
    return { configuration, folder: inside, sentinel: own, entries }
  }

  private async run(
    folder: string,
    args: readonly string[],
    timeLimit: number,
    signal: AbortSignal | undefined,
  ): Promise<ToolOutcome> {
    const home = makeFolder(join(folder, 'home'))
    return this.options.runner.run({
      program: this.options.program,
      arguments: args,
      folder: home,
      environment: { HOME: home, TMPDIR: home },
      timeLimit,
      outputLimit: this.limits.output,
      signal,
    })
  }
}

/** The line that says why kube-linter did nothing. */
function complaintOf(stderr: string): string {
  const [line = ''] = stderr.split('\n').filter((line) => line.startsWith('Error: '))
  return line
    .slice('Error: '.length)
    .replaceAll(/"[^"]*[/\\][^"]*"/g, 'the folder')
    .replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, 300)
}

function numbered(index: number, digits: number): string {
  return String(index + 1).padStart(digits, '0')
}
