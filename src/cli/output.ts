import { accessSync, constants, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { didYouMean } from '../config/index.ts'
import { notInThisVersion, UserError } from '../model/index.ts'
import {
  brokenText,
  createStyle,
  renderAnnotations,
  renderJson,
  renderMarkdown,
  renderPatch,
  renderPretty,
  renderSarif,
  showPatch,
  type PrettyOptions,
} from '../report/index.ts'
import type { Outcome } from '../run.ts'
import type { Arguments } from './arguments.ts'
import { colorOf, printError } from './errors.ts'
import { repositoryPrefix } from './files.ts'
import type { Output, World } from './world.ts'

const formats = ['pretty', 'json', 'sarif', 'markdown', 'github', 'patch'] as const
export type Format = (typeof formats)[number]

const laterFormats: readonly string[] = ['html']

/** Where each report goes: one to the screen, any number to files. */
export interface Targets {
  screen: Format
  files: readonly { format: Format; file: string }[]
}

/** Reads `--format`. A file that cannot be written is found before anything is done, not after the manifests are fixed. */
export function readTargets(args: Arguments, fallback: Format, folder: string): Targets {
  let screen: Format | undefined
  const files: { format: Format; file: string }[] = []
  for (const value of args.all('format')) {
    const equals = value.indexOf('=')
    const format = readFormat(equals === -1 ? value : value.slice(0, equals))
    if (equals !== -1) {
      const file = value.slice(equals + 1)
      if (file === '') throw new UserError(`--format ${value}: names no file`)
      checkWritable(resolve(folder, file), file)
      files.push({ format, file })
    } else if (screen !== undefined && screen !== format)
      throw new UserError(
        `--format ${screen} and --format ${format} both go to standard output`,
        `send one to a file: --format ${format}=FILE`,
      )
    else screen = format
  }
  return { screen: screen ?? fallback, files }
}

export function readFormat(name: string): Format {
  const found = formats.find((format) => format === name)
  if (found !== undefined) return found
  if (laterFormats.includes(name)) throw notInThisVersion(`--format ${name}`)
  throw new UserError(`--format ${name}: must be one of ${formats.join(', ')}${didYouMean(name, formats)}`)
}

export function wantsPatch({ screen, files }: Targets): boolean {
  return screen === 'patch' || files.some(({ format }) => format === 'patch')
}

/** What pretty needs besides the outcome and the terminal. */
export type PrettyChoices = Pick<PrettyOptions, 'show' | 'command' | 'dryRun' | 'written' | 'next'>

/** Writes every report to where it was asked for; the screen's goes to `screen`. */
export async function writeReports(
  outcome: Outcome,
  targets: Targets,
  world: World,
  { screen, choices, args }: { screen: Output; choices: PrettyChoices; args: Arguments },
): Promise<void> {
  for (const { format, file } of targets.files)
    writeReport(resolve(world.folder, file), file, render(outcome, format, world, undefined, choices, false))
  const color = colorOf(screen, args, world)
  await screen.write(render(outcome, targets.screen, world, screen, choices, color))
  if (targets.screen === 'pretty') return
  // The other formats hold it as data; a person who looks at the screen shall not miss it.
  for (const one of outcome.report.unread.filter(({ broken }) => broken))
    await printError(world, args, brokenText(one))
}

function render(
  outcome: Outcome,
  format: Format,
  world: World,
  screen: Output | undefined,
  choices: PrettyChoices,
  color: boolean,
): string {
  switch (format) {
    case 'json':
      return renderJson(outcome.report)
    case 'sarif':
      return renderSarif(outcome.report, outcome.sources, outcome.policies)
    case 'markdown':
      return renderMarkdown(outcome.report, { sources: outcome.sources })
    case 'github':
      return renderAnnotations(outcome.report)
    case 'patch': {
      const patch = renderPatch(outcome.changes, { prefix: repositoryPrefix(world.folder) })
      return screen?.isTTY ? showPatch(patch, createStyle(color)) : patch
    }
    case 'pretty':
      break
  }
  return renderPretty(outcome.report, outcome.sources, {
    ...choices,
    color,
    width: screen?.columns,
    policies: outcome.policies,
  })
}

/** Fails before anything is done where a file cannot be written. `flag` names it. */
export function checkWritable(path: string, file: string, flag = '--format'): void {
  try {
    accessSync(dirname(path), constants.W_OK)
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error('it is a folder')
  } catch (error) {
    throw unwritable(file, error, flag)
  }
}

function unwritable(file: string, error: unknown, flag: string): UserError {
  const why = error instanceof Error ? error.message : String(error)
  return new UserError(`${flag}: ${file} cannot be written: ${why}`, 'name a file in a folder that exists')
}

export function writeReport(path: string, file: string, text: string, flag = '--format'): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw unwritable(file, error, flag)
  }
}
