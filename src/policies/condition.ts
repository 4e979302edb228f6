import type { Subject } from '../resources/index.ts'
import { Expression, ExpressionError, type Bindings } from './cel.ts'
import { viewOf } from './view.ts'

/** A condition of somebody else in CEL, as far as it reads the object alone. */
export interface ObjectCondition {
  /** Why it gives no verdict on any object; undefined where it does. */
  problem: string | undefined
  /** Undefined where it gives no verdict on this one. */
  holds(subject: Subject): boolean | undefined
}

const nothing: Omit<Bindings, 'object'> = {
  template: null,
  pod: null,
  container: null,
  containerList: null,
  item: null,
  index: null,
  key: null,
  effective: null,
  params: null,
  values: null,
  image: null,
}

export function objectCondition(source: string): ObjectCondition {
  const expression = new Expression(source, new Set(['object']))
  const problem = expression.problem('bool')
  return {
    problem,
    holds(subject) {
      if (problem !== undefined) return undefined
      const { object, size } = viewOf(subject, 'written')
      try {
        return expression.holds({ ...nothing, object }, size)
      } catch (error) {
        if (error instanceof ExpressionError) return undefined
        throw error
      }
    },
  }
}
