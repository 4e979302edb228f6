import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { isObject, type JsonObject } from '../../../src/model/index.ts'
import { parseJson } from '../github/json.ts'

/** What the official schema of SARIF 2.1.0 has against a log; empty where it has nothing (README.md beside this file). */
export function sarifProblems(log: unknown): string[] {
  return validate(log)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** An address as RFC 3986 has it: no blank, no control, and `%` only in front of two digits. */
const address = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  // One of its patterns has a bracket that only patterns without the flag take.
  unicodeRegExp: false,
  formats: { 'uri-reference': address, uri: address, 'date-time': true },
})
const validate = ajv.compile(readSchema())

function readSchema(): JsonObject {
  const path = join(import.meta.dirname, 'data/sarif-2.1.0-rtm.5.json')
  const read = parseJson(readFileSync(path, 'utf8'))
  if (!isObject(read)) throw new Error(`${path} is no schema`)
  // Of draft 04 it uses these two words alone that later drafts have differently.
  const { $schema: _draft, id: _id, ...schema } = read
  return schema
}
