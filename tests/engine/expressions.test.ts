import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it, test } from 'vitest'
import { Expression, type Bindings } from '../../src/policies/cel.ts'
import { analyserFor } from '../support/analyse.ts'
import { corpusFiles, hasCorpus, type CorpusFile } from '../support/corpus.ts'
import { sharedApi } from '../cli/world.ts'

/** What one evaluator says: a value, or that there is none. */
type Said = { value: unknown } | { error: true }

/** Evaluations with the same variables, by the text of the expression. */
type Recorded = Map<string, Map<string, Said>>

/** Every evaluation that an analysis of the texts takes, once. */
function record(files: readonly { file: string; text: string }[]): Recorded {
  const recorded: Recorded = new Map()
  const original: Expression['evaluate'] = Reflect.get(Expression.prototype, 'evaluate')
  Expression.prototype.evaluate = function evaluate(this: Expression, bindings, size) {
    const variables = used(this.source, bindings)
    const known = recorded.get(variables) ?? new Map<string, Said>()
    recorded.set(variables, known)
    try {
      const value = original.call(this, bindings, size)
      known.set(this.source, { value: plain(value) })
      return value
    } catch (error) {
      known.set(this.source, { error: true })
      throw error
    }
  }
  try {
    const analyse = analyserFor()
    for (const { file, text } of files) analyse(file, text)
  } finally {
    Expression.prototype.evaluate = original
  }
  return recorded
}

/** Every fourth of the thousands of the largest corpus, so that this takes seconds. */
function filesOf(name: (typeof corpora)[number]): CorpusFile[] {
  return corpusFiles(name).filter((_, index) => name !== 'normalised/stack' || index % 4 === 0)
}

const texts = new WeakMap<object, string>()

/** The variables that an expression names, as JSON: one object is a variable of very many expressions. */
function used(source: string, bindings: Bindings): string {
  const parts = Object.entries(bindings)
    .filter(([name, value]) => value !== undefined && new RegExp(`\\b${name}\\b`).test(source))
    .map(([name, value]) => `"${name}":${textOf(value)}`)
  return `{${parts.join()}}`
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(plain(value))
  const known = texts.get(value) ?? JSON.stringify(plain(value))
  texts.set(value, known)
  return known
}

/** A CEL value as JSON. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}

const corpora = ['handwritten', 'normalised/stack', 'normalised/artifacthub'] as const

if (!hasCorpus)
  test('NOT RUN: no corpus of real manifests beside the checkout; set CORPUS_DIR', () => undefined)

describe.runIf(hasCorpus)('both evaluators of CEL', () => {
  it.each(corpora)('say the same of every expression over %s', { timeout: 300_000 }, async (name) => {
    const recorded = record(filesOf(name))
    const differing: string[] = []
    let evaluations = 0
    for (const [variables, said] of recorded) {
      const expressions = [...said.keys()]
      const answer = JSON.parse(await sharedApi().ask({ op: 'expressions', expressions }, [variables])) as {
        results: ({ value: unknown } | { error: string })[]
      }
      for (const [index, [expression, ours]] of [...said].entries()) {
        evaluations++
        const theirs = answer.results[index]
        const same =
          theirs !== undefined &&
          ('error' in ours
            ? 'error' in theirs
            : 'value' in theirs && isDeepStrictEqual(theirs.value, ours.value))
        if (!same)
          differing.push(
            `${expression} over ${variables.slice(0, 500)}: ${JSON.stringify([ours, theirs]).slice(0, 400)}`,
          )
      }
    }
    expect(evaluations).toBeGreaterThan(1000)
    expect(differing).toEqual([])
  })
})
