import { processWorld } from './process.ts'
import { runCommand } from './run-command.ts'

/** The command line. `entry` is the file that worker threads run. The process ends when its output has been read. */
export async function main(args: readonly string[], entry: URL): Promise<void> {
  process.exitCode = await runCommand(args, processWorld(entry))
}
