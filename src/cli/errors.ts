import { InfrastructureError, messageOf, UserError } from '../model/index.ts'
import { createStyle, visible } from '../report/index.ts'
import { exitCodes, type ExitCode, type Output, type World } from './world.ts'

/** Whether colours are wanted. A flag beats the environment, which beats what the terminal can do. */
export function colorOf(
  { isTTY }: Output,
  args: { has: (flag: 'no-color') => boolean } | undefined,
  { env }: Pick<World, 'env'>,
): boolean {
  if (args?.has('no-color')) return false
  if (env['NO_COLOR']) return false
  const force = env['FORCE_COLOR']
  if (force !== undefined) return !['0', 'false'].includes(force)
  return isTTY && env['TERM'] !== 'dumb'
}

/** `error: what and where`, and what to do on a second line. */
export async function printError(
  world: World,
  args: { has: (flag: 'no-color') => boolean } | undefined,
  problem: string | readonly string[],
  hint?: string,
): Promise<void> {
  const style = createStyle(colorOf(world.stderr, args, world))
  const lines = [problem].flat().map((line) => `${style.failed('error:')} ${visible(line)}\n`)
  await world.stderr.write(`${lines.join('')}${hint === undefined ? '' : `       ${visible(hint)}\n`}`)
}

/** Says what went wrong, in the way that fits who can put it right. */
export async function reportFailure(
  error: unknown,
  world: World,
  args: readonly string[],
): Promise<ExitCode> {
  const noColor = { has: () => args.includes('--no-color') }
  if (error instanceof UserError) {
    await printError(world, noColor, error.problems, error.hint)
    return exitCodes.usage
  }
  if (error instanceof InfrastructureError) {
    await printError(world, noColor, error.message, error.hint)
    return exitCodes.incomplete
  }
  const stack = error instanceof Error && error.stack !== undefined ? error.stack : messageOf(error)
  await world.stderr.write(
    `${stack.split('\n').map(visible).join('\n')}\n\nThis is a bug in k8s-autofix ${world.engine.version}. Please report it, with the lines above and what you ran.\n`,
  )
  return exitCodes.bug
}
