export {
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
export { catalogue, loadExamples } from './catalogue.ts'
export { type BindingName } from './cel.ts'
export { explainEvaluation, type Explanation } from './explain.ts'
export { matchesKind, namedSets } from './kinds.ts'
export { expressionsOf, type NamedExpression, type PolicyExpressions } from './names.ts'
export { parsePolicy, type PolicyProblem } from './parse.ts'
export { isListAt } from './shape.ts'
export { changedPlaces, type ChangedPlace } from './touched.ts'
export { evidenceOf, withAnswers } from './evidence.ts'
export { lastingName } from './images.ts'
export { imageNames, imageReference, type ImageReference } from './image-names.ts'
export { parseQuantity } from './quantity.ts'
