export * from './candidate.ts'
export { byChance, byPlace, byPrototype, byRisk, type Order } from './orders.ts'
export { seededRandom, type Random } from './random.ts'
export { decide, slateOf, type Values } from './slate.ts'
export { demandsOn, simulateAll, type Demand, type Figure, type Simulation } from './simulation/figures.ts'
export { profiles } from './simulation/profiles.ts'
export { regretOf, shareOf, simulate, type Label, type Scheduler, type Simulated } from './simulation/run.ts'
export { createWorld, type World, type WorldOptions } from './simulation/world.ts'
export { fitModel, outlookOn, propensitiesOf, type Count, type Model, type Outlook } from './learner.ts'
export { learningScheduler } from './simulation/learning.ts'
export {
  countsOf,
  emptyState,
  marks,
  mergeStates,
  mostBacklog,
  mostSuggestions,
  weekOf,
  withBacklog,
  type Mark,
  type State,
  type Suggestion,
  type Suppression,
} from './state.ts'
export { changeId, findingId, seedOf, suggestionId } from './ids.ts'
export { parseState, stateText } from './state-text.ts'
export { noStore, type StateStore } from './store.ts'
export { dueDays, isPastDue, orderBacklog, starvationOf, urgencyOf, type Waiting } from './backlog.ts'
export {
  evaluate,
  type Estimate,
  type Evaluation,
  type Logged,
  type LoggedChange,
  type Target,
} from './evaluate.ts'
