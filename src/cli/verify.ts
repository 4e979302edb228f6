import { resolve } from 'node:path'
import {
  jsonPatchSchema,
  notInThisVersion,
  UserError,
  type JsonPatch,
  type Judgement,
} from '../model/index.ts'
import { jsonText, renderJudgement } from '../report/index.ts'
import { stdinName } from '../adapters/running.ts'
import { readStdin } from './analyse.ts'
import type { Arguments } from './arguments.ts'
import { colorOf } from './errors.ts'
import { nameOf, readConfig, readText } from './files.ts'
import { readFormat } from './output.ts'
import { leftToKyverno } from '../kyverno/index.ts'
import { exitCodes, worst, type ExitCode, type World } from './world.ts'

/** `verify FILE [CONTEXT...] [--patch P]`: asks the embedded API server about a manifest, and judges a patch to it. */
export async function verify(args: Arguments, world: World): Promise<ExitCode> {
  const [file, ...context] = args.positionals
  if (file === undefined) throw new UserError('verify: names no file', 'k8s-autofix verify --help')
  const format = readFormat(args.last('format') ?? 'pretty')
  if (format !== 'pretty' && format !== 'json') throw notInThisVersion(`--format ${format} for verify`)
  const patchFile = args.last('patch')
  if (file === '-' && patchFile === '-')
    throw new UserError('verify: both the manifest and the patch would be read from standard input')
  if (context.includes('-')) throw new UserError('verify: the context cannot be read from standard input')
  if (args.has('document') && patchFile === undefined)
    throw new UserError('--document says which document a patch is for', 'add --patch FILE')
  const document = readDocument(args.last('document'))
  const patch = patchFile === undefined ? undefined : await readPatch(patchFile, world)
  const name = file === '-' ? stdinName : nameOf(resolve(world.folder, file), world.folder)
  const text = file === '-' ? await readStdin(world) : readText(resolve(world.folder, file), name)
  const config = await readConfig(args, world)
  for (const note of leftToKyverno(config.kyverno)) await world.stderr.write(`k8s-autofix: ${note}\n`)
  const { judgement, after } = await world.engine.judge(
    { file: name, text, patch, document, config },
    { context },
  )
  await world.stdout.write(
    format === 'json'
      ? jsonText(judgement)
      : renderJudgement(judgement, {
          color: colorOf(world.stdout, args, world),
          change: after === undefined ? undefined : { file: name, before: text, after },
        }),
  )
  return exitCodeOf(judgement)
}

function exitCodeOf({ resources, patch, unread }: Judgement): ExitCode {
  const codes: ExitCode[] = []
  if (unread.some(({ broken }) => broken) || resources.length === 0) codes.push(exitCodes.usage)
  if (resources.some(({ verdict }) => verdict === 'unanswered')) codes.push(exitCodes.incomplete)
  const isRefused =
    patch === undefined ? resources.some(({ verdict }) => verdict !== 'accepted') : !patch.accepted
  if (isRefused) codes.push(exitCodes.findings)
  return worst(codes)
}

function readDocument(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,6}$/.test(text)) throw new UserError(`--document ${text}: must be a number, counted from 0`)
  return Number(text)
}

async function readPatch(file: string, world: World): Promise<JsonPatch> {
  const name = file === '-' ? stdinName : nameOf(resolve(world.folder, file), world.folder)
  const text = file === '-' ? await readStdin(world) : readText(resolve(world.folder, file), name)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UserError(`${name}: is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = jsonPatchSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const at = issue === undefined || issue.path.length === 0 ? '' : ` at /${issue.path.join('/')}`
  throw new UserError(
    `${name}: is no JSON Patch${at}: ${issue?.message ?? 'not a list of operations'}`,
    'a list of operations, such as [{"op": "replace", "path": "/spec/replicas", "value": 2}]',
  )
}
