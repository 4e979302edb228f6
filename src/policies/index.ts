export {
  type Changes,
  type FixPlan,
  type Judge,
  type Judgement,
  type Match,
  type MatchItem,
  type PolicyContext,
  type PolicyError,
  type Scope,
} from './judge.ts'
export { createObjectJudge as createJudge, looksAtRepository } from './reach.ts'
export {
  repositoryChecks,
  repositoryEvidence,
  type RepositoryCheck,
  type RepositoryMatch,
} from './checks/repository.ts'
export { breakageOf } from './breakage.ts'
export { repositoryFixes, type BuiltDocument } from './fixes/repository.ts'
export { engineDifferences, foretold, type DifferencePlace, type DifferenceQuestion } from './differs.ts'
export { builtInKinds } from './built-in-kinds.ts'
export { catalogue, loadExamples } from './catalogue.ts'
export { Expression, ExpressionError, type BindingName } from './cel.ts'
export { objectCondition, type ObjectCondition } from './condition.ts'
export { explainEvaluation, type Explanation } from './explain.ts'
export { matchesKind, namedSets } from './kinds.ts'
export { expressionsOf, type NamedExpression, type PolicyExpressions } from './names.ts'
export { parsePolicy, type PolicyProblem } from './parse.ts'
export { asSent } from './sent.ts'
export { isListAt } from './shape.ts'
export { changedPlaces, type ChangedPlace } from './touched.ts'
export { evidenceOf, withAnswers } from './evidence.ts'
export { lastingName } from './images.ts'
export { imageNames, imageReference, type ImageReference } from './image-names.ts'
export { parseQuantity } from './quantity.ts'
