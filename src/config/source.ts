import type { z } from 'zod'
import { isObject, UserError, type JsonObject } from '../model/index.ts'
import { Lines, locate, readDocuments, type YamlDocument } from '../yaml/index.ts'
import { check, type Problem } from './problems.ts'

/** More mistakes than this in one file are counted, not listed. */
const mostProblems = 8

/** A settings or policy file that has been read: its value, and how to say where something in it stands. */
export interface Source<Data> {
  data: Data
  /** `file:line:col` of a JSON pointer. */
  error(problems: readonly Problem[]): UserError
}

export interface ReadOptions {
  /** Mistakes that are worded before the schema words them. */
  before?: (value: JsonObject) => Problem[]
  /** Keys of the top that are no keys of the schema, yet worth suggesting. */
  alsoKnown?: readonly string[]
}

/**
 * Reads a YAML file that holds one map of a known shape. Whatever is wrong ends as a `UserError` with `file:line:col`,
 * every mistake on a line of its own, in the order of the file.
 */
export function readSource<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
  { before = () => [], alsoKnown = [] }: ReadOptions = {},
): Source<z.output<Schema>> {
  const lines = new Lines(text)
  const documents = readDocuments(text).filter(
    (document) => document.value !== null || document.problems.length > 0,
  )
  const at = (offset: number): string => {
    const { line, column } = lines.position(offset)
    return `${file}:${line}:${column}`
  }
  for (const { problems } of documents)
    for (const problem of problems.slice(0, 1))
      throw new UserError(`${at(problem.offset)}: ${firstLine(problem.message)}`)
  const second = documents[1]
  if (second !== undefined)
    throw new UserError(`${at(second.start)}: the file must hold one document, not several`)
  const [document] = documents
  const value = document?.value ?? {}
  if (!isObject(value)) throw new UserError(`${at(document?.start ?? 0)}: must be a map of settings`)
  const error = (problems: readonly Problem[]): UserError => problemError(problems, document, at)
  const early = before(value)
  const result = check(schema, value, alsoKnown)
  if ('problems' in result) {
    const known = new Set(early.map(({ pointer }) => pointer))
    throw error([...early, ...result.problems.filter(({ pointer }) => !known.has(pointer))])
  }
  if (early.length > 0) throw error(early)
  return { data: result.data, error }
}

function problemError(
  problems: readonly Problem[],
  document: YamlDocument | undefined,
  at: (offset: number) => string,
): UserError {
  const placed = problems
    .map((problem) => ({ offset: offsetOf(problem, document), text: problem.text }))
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, text }) => `${at(offset)}: ${text}`)
  const rest = placed.length - mostProblems
  if (rest > 0) placed.splice(mostProblems, rest, `${rest} more mistakes in the same file`)
  return new UserError(placed)
}

function offsetOf({ pointer, onKey }: Problem, document: YamlDocument | undefined): number {
  if (document === undefined) return 0
  const place = locate(document.tree, pointer)
  if (place === undefined) return document.tree.contents?.range[0] ?? document.start
  return onKey ? (place.key ?? place.value).start : place.value.start
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
