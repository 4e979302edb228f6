import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { readSource } from '../config/index.ts'
import { pointerOf, policySchema, UserError, type Policy } from '../model/index.ts'
import { parsePolicy } from '../policies/index.ts'
import { readText } from './files.ts'
import type { World } from './world.ts'

/** Reads a policy file of the user: its shape first, then every pointer and expression, each mistake with its place. */
export function readPolicyFile(file: string, { folder }: World): Policy {
  const path = resolve(folder, file)
  if (!existsSync(path)) throw new UserError(`${file}: no such file`)
  const source = readSource(policySchema, readText(path, file), file)
  const policy = parsePolicy(source.data, file)
  if (!('problems' in policy)) return policy
  throw source.error(
    policy.problems.map(({ path: at, message }) => ({ pointer: pointerOf(at), onKey: false, text: message })),
  )
}
