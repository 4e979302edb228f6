import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { didYouMean, readSource } from '../config/index.ts'
import { pointerOf, policySchema, UserError, type Policy } from '../model/index.ts'
import { parsePolicy } from '../policies/index.ts'
import { readText } from './files.ts'
import type { World } from './world.ts'

/** A policy as the command line names it: by its id, or by the path of a file. */
export function namedPolicy(subject: string, world: World): Policy {
  return /[./\\]/.test(subject) ? readPolicyFile(subject, world) : builtInPolicy(subject, world)
}

export function builtInPolicy(id: string, { engine }: World): Policy {
  const found = engine.policies.find((policy) => policy.id === id)
  if (found !== undefined) return found
  const known = engine.policies.map((policy) => policy.id)
  throw new UserError(
    `unknown policy ${JSON.stringify(id)}${didYouMean(id, known)}`,
    'a file is named by its path, such as ./policy.yaml',
  )
}

/** Reads a policy file of the user: its shape first, then every pointer and expression, each mistake with its place. */
function readPolicyFile(file: string, { folder }: World): Policy {
  const path = resolve(folder, file)
  if (!existsSync(path)) throw new UserError(`${file}: no such file`)
  const source = readSource(policySchema, readText(path, file), file)
  const policy = parsePolicy(source.data, file)
  if (!('problems' in policy)) return policy
  throw source.error(
    policy.problems.map(({ path: at, message }) => ({ pointer: pointerOf(at), onKey: false, text: message })),
  )
}
