export type * from './forge.ts'
export { ForgeError, sentenceOf } from './faults.ts'
export { fullName, ourBranches } from './names.ts'
export {
  fixMarker,
  hashOf,
  mostCandidates,
  mostFixed,
  sealFor,
  suggestionMarker,
  summaryMarker,
  type MarkedCandidate,
  type Seal,
} from './markers.ts'
export { createForge, type ForgeOptions } from './octokit.ts'
export { commentsOf, editHash, planReview, type ReviewPlan, type Suggestion } from './review-plan.ts'
