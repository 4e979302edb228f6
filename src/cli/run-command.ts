import { didYouMean } from '../config/index.ts'
import { notInThisVersion, UserError } from '../model/index.ts'
import { readArguments, type Arguments } from './arguments.ts'
import { reportFailure } from './errors.ts'
import { explain } from './explain.ts'
import { fix } from './fix.ts'
import { commandNames, flagsOf, laterCommands, type CommandName } from './flags.ts'
import { commandHelp, generalHelp } from './help.ts'
import { policies } from './policies.ts'
import { scan } from './scan.ts'
import { simulate } from './simulate.ts'
import { verify } from './verify.ts'
import { exitCodes, type ExitCode, type World } from './world.ts'

const runners: Readonly<Record<CommandName, (args: Arguments, world: World) => Promise<ExitCode>>> = {
  scan,
  fix,
  verify,
  explain,
  policies,
  // Who asks for another command loads nothing of the scheduler.
  queue: async (args, world) => (await import('./queue.ts')).queue(args, world),
  simulate,
}

/** Runs one command line and gives its exit code. Errors end here, worded for whoever can put them right. */
export async function runCommand(args: readonly string[], world: World): Promise<ExitCode> {
  try {
    return await dispatch(args, world)
  } catch (error) {
    return await reportFailure(error, world, args)
  }
}

async function dispatch([first, ...rest]: readonly string[], world: World): Promise<ExitCode> {
  if (first === undefined) {
    await world.stderr.write(generalHelp())
    return exitCodes.usage
  }
  if (first === '--version') return print(`k8s-autofix ${world.engine.version}\n`, world)
  if (first === '--help' || first === '-h') return print(generalHelp(), world)
  if (first === 'help') return print(helpFor(rest), world)
  const command = readCommand(first)
  const args = readArguments(rest, flagsOf[command])
  if (args.has('help')) return print(commandHelp(command), world)
  if (args.has('version')) return print(`k8s-autofix ${world.engine.version}\n`, world)
  return runners[command](args, world)
}

function readCommand(name: string): CommandName {
  const found = commandNames.find((command) => command === name)
  if (found !== undefined) return found
  if (laterCommands.includes(name)) throw notInThisVersion(`the command ${name}`)
  if (name.startsWith('-'))
    throw new UserError(`${name}: the command comes first, then its flags`, 'k8s-autofix scan --help')
  throw new UserError(
    `unknown command ${JSON.stringify(name)}${didYouMean(name, commandNames)}`,
    'k8s-autofix --help',
  )
}

function helpFor([name]: readonly string[]): string {
  return name === undefined ? generalHelp() : commandHelp(readCommand(name))
}

async function print(text: string, world: World): Promise<ExitCode> {
  await world.stdout.write(text)
  return exitCodes.done
}
