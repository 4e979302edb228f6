import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { reportSchema, type Report } from '../../src/model/index.ts'
import type { Program, Ran } from './program.ts'

/*
 * The runner's side of the contract: inputs with their defaults from action.yml as INPUT_ variables, files for outputs, the
 * summary and the rest that a step may write, the event as a file, and nothing else of this machine's environment.
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
  /** `GITHUB_EVENT_NAME`, what the event file holds, and what the workflow runs on. */
  event?: { name: string; payload: unknown; ref?: string; sha?: string }
  /** Where GitHub is, such as `http://127.0.0.1:1234`, and the repository that the workflow is in. */
  server?: string
  repository?: string
}

export interface Step {
  status: number | null
  log: string
  summary: string
  outputs: Record<string, string>
  /** What a later part of the Action would be handed. */
  state: Record<string, string>
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

type Files = Readonly<Record<'OUTPUT' | 'STATE' | 'STEP_SUMMARY' | 'ENV' | 'PATH', string>>

function prepare(
  program: Program,
  { workspace = program.folder(), inputs = {}, token = '', environment = {}, event, server, repository }: Job,
): { environment: Record<string, string>; files: Files; workspace: string } {
  const temporary = program.folder()
  const file = (name: string, text = ''): string => {
    writeFileSync(join(temporary, name), text)
    // Whoever runs the tests owns the file; the Action may run as somebody else.
    chmodSync(join(temporary, name), 0o666)
    return join(temporary, name)
  }
  const files: Files = {
    OUTPUT: file('output'),
    STATE: file('state'),
    STEP_SUMMARY: file('summary'),
    ENV: file('env'),
    PATH: file('path'),
  }
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
      GITHUB_RUN_ID: '1',
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: temporary,
      RUNNER_OS: 'Linux',
      ...named(files, (name) => `GITHUB_${name}`),
      ...(server !== undefined && {
        GITHUB_API_URL: `${server}/api/v3`,
        GITHUB_GRAPHQL_URL: `${server}/api/graphql`,
        // The toolkit takes a server of another name for an Enterprise one (facts/github.md, section 6).
        GITHUB_SERVER_URL: server.replace('127.0.0.1', 'github.localhost'),
      }),
      ...(repository !== undefined && { GITHUB_REPOSITORY: repository }),
      ...(event && {
        GITHUB_EVENT_NAME: event.name,
        GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event.payload)),
        ...(event.ref !== undefined && { GITHUB_REF: event.ref }),
        ...(event.sha !== undefined && { GITHUB_SHA: event.sha }),
      }),
      // Spaces become underscores, hyphens stay.
      ...named(given, (name) => `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`),
      ...environment,
    },
  }
}

function named(
  values: Readonly<Record<string, string>>,
  name: (key: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [name(key), value]))
}

/** What a step has written to one of its files. */
function valuesOf(file: string): Record<string, string> {
  return Object.fromEntries(
    [...readFileSync(file, 'utf8').matchAll(/^(.+?)<<(ghadelimiter_.+)\n([\s\S]*?)\n\2$/gm)].map(
      ([, name = '', , value = '']) => [name, value],
    ),
  )
}

function stepOf({ status, stdout, stderr }: Ran, files: Files): Step {
  const log = stdout + stderr
  const outputs = valuesOf(files.OUTPUT)
  const reportFile = outputs['report-file']
  return {
    status,
    log,
    summary: readFileSync(files.STEP_SUMMARY, 'utf8'),
    outputs,
    state: valuesOf(files.STATE),
    annotations: log.split('\n').filter((line) => /^::(?:error|warning|notice)[ :]/.test(line)),
    report:
      reportFile === undefined ? undefined : reportSchema.parse(JSON.parse(readFileSync(reportFile, 'utf8'))),
  }
}
