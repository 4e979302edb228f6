import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { stateFile } from '../adapters/state-file.ts'
import { UserError } from '../model/index.ts'
import type { State } from '../schedule/index.ts'

/** The state in a file that `--state` names; a `UserError` where there is none. */
export async function readState(name: string, folder: string): Promise<State> {
  const path = resolve(folder, name)
  if (!existsSync(path)) throw new UserError(`--state ${name}: no such file`)
  const { state, trouble } = await stateFile(path).restore()
  if (trouble !== undefined) throw new UserError(`--state: ${trouble}`)
  return state
}
