import { parseArgs } from 'node:util'
import { didYouMean } from '../config/index.ts'
import { notInThisVersion, UserError } from '../model/index.ts'
import { flags, laterFlags, type Flag, type FlagName } from './flags.ts'

/** What stands on the command line behind the command. */
export interface Arguments {
  has: (flag: FlagName) => boolean
  /** The last value of a flag. */
  last: (flag: FlagName) => string | undefined
  all: (flag: FlagName) => readonly string[]
  positionals: readonly string[]
}

const table: Readonly<Record<FlagName, Flag>> = flags

/** Reads the arguments of a command that has these flags. Whatever is wrong is a `UserError`. */
export function readArguments(args: readonly string[], known: readonly FlagName[]): Arguments {
  const options = Object.fromEntries(
    known.map((name) => [
      name,
      { type: table[name].value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  )
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values = new Map<string, string[]>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const name = known.find((one) => one === token.name)
    if (name === undefined) throw unknownFlag(token.name, token.rawName, known)
    values.set(name, [...(values.get(name) ?? []), valueOf(name, token.value, token.inlineValue === true)])
  }
  return {
    has: (flag) => values.has(flag),
    last: (flag) => values.get(flag)?.at(-1),
    all: (flag) => values.get(flag) ?? [],
    positionals,
  }
}

function valueOf(name: FlagName, value: string | undefined, inline: boolean): string {
  const expected: string | undefined = table[name].value
  if (expected === undefined) {
    if (value !== undefined) throw new UserError(`--${name} takes no value`)
    return ''
  }
  if (value === undefined || (!inline && /^-./.test(value)))
    throw new UserError(`--${name} needs a value: --${name}=${expected}`)
  if (value === '') throw new UserError(`--${name} must not be empty: --${name}=${expected}`)
  return value
}

function unknownFlag(name: string, raw: string, known: readonly FlagName[]): UserError {
  if (laterFlags.includes(name)) return notInThisVersion(`the flag ${raw}`)
  const elsewhere = Object.hasOwn(flags, name) ? '; this command does not have it' : ''
  return new UserError(
    `unknown flag ${raw}${elsewhere || suggestion(name, known)}`,
    'a path that begins with a dash goes behind --',
  )
}

function suggestion(name: string, known: readonly FlagName[]): string {
  return didYouMean(name, known).replace(/"([^"]+)"/, '--$1')
}
