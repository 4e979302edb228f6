export * from './candidate.ts'
export { byChance, byPlace, byPrototype, byRisk, type Order } from './orders.ts'
export { namedRandom, seededRandom, type Random } from './random.ts'
export { decide, rankingOf, slateOf, type Values } from './slate.ts'
export { demandsOn, simulateAll, type Demand, type Figure, type Simulation } from './simulation/figures.ts'
export { profiles } from './simulation/profiles.ts'
export {
  regretOf,
  shareOf,
  simulate,
  slatePlaces,
  type Label,
  type Scheduler,
  type Simulated,
} from './simulation/run.ts'
export { createWorld, type World, type WorldOptions } from './simulation/world.ts'
export {
  fitModel,
  leastPropensity,
  audible,
  outlookOn,
  propensitiesOf,
  type Count,
  type Model,
  type Outlook,
} from './learner.ts'
export { learningScheduler } from './simulation/learning.ts'
export {
  countsOf,
  dayOf,
  emptyState,
  isInForce,
  marks,
  mergeStates,
  mostBacklog,
  mostSuggestions,
  mostSuppressed,
  weekOf,
  withBacklog,
  type Mark,
  type State,
  type Suggestion,
  type Suppression,
} from './state.ts'
export { backlogId, changeId, findingId, seedOf, suggestionId } from './ids.ts'
export { parseState, stateText } from './state-text.ts'
export { noStore, type StateStore } from './store.ts'
export {
  dayLength,
  dueDays,
  isPastDue,
  orderBacklog,
  starvationOf,
  urgencyOf,
  type Waiting,
} from './backlog.ts'
export { calibrationOf, type Calibration } from './calibration.ts'
export { replay, type Replay } from './replay.ts'
export {
  emptyQueue,
  give,
  inTurn,
  isOverdue,
  isSettled,
  itemsOf,
  markDone,
  markIgnored,
  roomIn,
  rowsOf,
  settle,
  starvation,
  type Asked,
  type Caps,
  type Given,
  type Ignored,
  type Queue,
  type QueueNews,
  type QueueRow,
  type QueueScan,
  type QueueStore,
  type Room,
  type Sighting,
  type Take,
  type WorkItem,
} from './queue.ts'
export {
  evaluate,
  type Estimate,
  type Evaluation,
  type Logged,
  type LoggedChange,
  type Target,
} from './evaluate.ts'
