export {
  createJudge,
  type FixPlan,
  type Judge,
  type Judgement,
  type Match,
  type MatchItem,
  type PolicyContext,
  type PolicyError,
  type Scope,
} from './judge.ts'
export { catalogue, loadExamples } from './catalogue.ts'
export { explainEvaluation, type Explanation } from './explain.ts'
export { matchesKind } from './kinds.ts'
export { parsePolicy, type PolicyProblem } from './parse.ts'
