import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { didYouMean } from '../config/index.ts'
import { UserError, type Policy } from '../model/index.ts'
import { readPolicy } from '../own-policies.ts'
import { readText } from './files.ts'
import type { World } from './world.ts'

/** A policy as the command line names it: by its id, or by the path of a file. */
export function namedPolicy(subject: string, all: readonly Policy[], world: World): Policy {
  const isFile = /[./\\]/.test(subject) && !all.some(({ id }) => id === subject)
  return isFile ? readPolicyFile(subject, world) : policyById(subject, all)
}

export function policyById(id: string, all: readonly Policy[]): Policy {
  const found = all.find((policy) => policy.id === id)
  if (found !== undefined) return found
  const known = all.map((policy) => policy.id)
  throw new UserError(
    `unknown policy ${JSON.stringify(id)}${didYouMean(id, known)}`,
    'a file is named by its path, such as ./policy.yaml',
  )
}

/** Reads a policy file of the user, which the configuration need not name. */
function readPolicyFile(file: string, { folder }: World): Policy {
  const path = resolve(folder, file)
  if (!existsSync(path)) throw new UserError(`${file}: no such file`)
  return readPolicy(readText(path, file), file).policy
}
