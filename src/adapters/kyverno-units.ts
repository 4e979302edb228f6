import { nameIn, withUid, type EngineAnswer, type EngineObject } from '../detect/index.ts'
import type { JsonObject } from '../model/index.ts'
import { readSource } from '../resources/index.ts'

/** One object of a unit. */
export interface Piece extends EngineObject {
  content: JsonObject
}

/** What the text of a unit came to; every unit with that text is the same. */
export interface Known {
  pieces: Piece[]
  answer: EngineAnswer
}

/** The objects of a unit, and what is known of it before anybody is asked. */
export function readUnit(unit: string, text: string): Known {
  const answer: EngineAnswer = { findings: [], judged: [], suppressed: [], unjudged: [] }
  const { resources, problems } = readSource('unit.yaml', text)
  const pieces = resources.flatMap(({ group, kind, namespace, object }): Piece[] => {
    const piece = { unit, group, kind, namespace, name: nameIn(object), content: object }
    if (withUid(object, '') !== undefined) return [piece]
    answer.unjudged.push({ unit, because: 'its metadata is no map' })
    return []
  })
  const [problem] = problems
  if (problem !== undefined) answer.unjudged.push({ unit, because: problem.text })
  else if (resources.length === 0) answer.unjudged.push({ unit, because: 'nothing in it is an object' })
  return { pieces, answer }
}

/** Its objects may have been in different runs, which end as they like. */
export function inOwnOrder({ pieces, answer }: Known): Known {
  const identity = ({ group, kind, namespace, name }: EngineObject): string =>
    JSON.stringify([group, kind, namespace, name])
  const by =
    <T>(keyOf: (one: T) => string) =>
    (a: T, b: T): number => {
      const [left, right] = [keyOf(a), keyOf(b)]
      return left < right ? -1 : left > right ? 1 : 0
    }
  for (const findings of [answer.findings, answer.undecided ?? []])
    findings.sort(by((one) => JSON.stringify([one.rule, identity(one), one.message])))
  answer.judged.sort(by(identity))
  answer.unjudged.sort(by(({ because }) => because))
  return { pieces, answer }
}
