import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { reportSchema, type Report } from '../../src/model/index.ts'
import type { Program, Ran } from './program.ts'

/*
 * The runner's side of the contract: inputs with their defaults from action.yml as INPUT_ variables, files for outputs and
 * the summary, the event as a file, and nothing else of this machine's environment.
 */

const root = join(import.meta.dirname, '..', '..')
const action = z
  .object({ inputs: z.record(z.string(), z.object({ default: z.string().optional() })) })
  .parse(parse(readFileSync(join(root, 'action.yml'), 'utf8')))

export interface Job {
  workspace?: string
  inputs?: Readonly<Record<string, string>>
  /** What `${{ github.token }}` is. */
  token?: string
  environment?: Readonly<Record<string, string>>
  /** `GITHUB_EVENT_NAME` and what the event file holds. */
  event?: { name: string; payload: unknown }
}

export interface Step {
  status: number | null
  log: string
  summary: string
  outputs: Record<string, string>
  /** Error, warning and notice commands of the log. */
  annotations: string[]
  /** The report file, where one was written. */
  report: Report | undefined
}

/** Runs the Action and waits, holding this process up. */
export function runStep(program: Program, job: Job): Step {
  const { environment, files, workspace } = prepare(program, job)
  return stepOf(program.action(environment, { cwd: workspace }), files)
}

/** Runs the Action beside this process, which may answer its requests. */
export async function runStepBeside(program: Program, job: Job): Promise<Step> {
  const { environment, files, workspace } = prepare(program, job)
  return stepOf(await program.actionBeside(environment, { cwd: workspace }), files)
}

interface Files {
  output: string
  summary: string
}

function prepare(
  program: Program,
  { workspace = program.folder(), inputs = {}, token = '', environment = {}, event }: Job,
): { environment: Record<string, string>; files: Files; workspace: string } {
  const temporary = program.folder()
  const file = (name: string, text = ''): string => {
    writeFileSync(join(temporary, name), text)
    // Whoever runs the tests owns the file; the Action may run as somebody else.
    chmodSync(join(temporary, name), 0o666)
    return join(temporary, name)
  }
  const files = { output: file('output'), summary: file('summary') }
  const given: Record<string, string> = {}
  for (const [name, { default: value = '' }] of Object.entries(action.inputs))
    given[name] = value.replace('${{ github.token }}', token)
  Object.assign(given, inputs)
  return {
    workspace,
    files,
    environment: {
      GITHUB_ACTIONS: 'true',
      CI: 'true',
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: temporary,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      ...(event && {
        GITHUB_EVENT_NAME: event.name,
        GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event.payload)),
      }),
      ...Object.fromEntries(
        Object.entries(given).map(([name, value]) => [
          `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
          value,
        ]),
      ),
      ...environment,
    },
  }
}

function stepOf({ status, stdout, stderr }: Ran, files: Files): Step {
  const log = stdout + stderr
  const outputs = Object.fromEntries(
    [...readFileSync(files.output, 'utf8').matchAll(/^(.+?)<<(ghadelimiter_.+)\n([\s\S]*?)\n\2$/gm)].map(
      ([, name = '', , value = '']) => [name, value],
    ),
  )
  const reportFile = outputs['report-file']
  return {
    status,
    log,
    summary: readFileSync(files.summary, 'utf8'),
    outputs,
    annotations: log.split('\n').filter((line) => /^::(?:error|warning|notice)[ :]/.test(line)),
    report:
      reportFile === undefined ? undefined : reportSchema.parse(JSON.parse(readFileSync(reportFile, 'utf8'))),
  }
}
