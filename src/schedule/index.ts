export * from './candidate.ts'
export { byPlace, byPrototype, byRisk } from './orders.ts'
export { namedRandom, seededRandom, type Random } from './random.ts'
export { decide, rankingOf, slateOf, type Values } from './slate.ts'
export { demandsOn, simulateAll, type Figure, type Simulation } from './simulation/figures.ts'
export { profiles } from './simulation/profiles.ts'
export { simulate, slatePlaces, type Scheduler } from './simulation/run.ts'
export { createWorld } from './simulation/world.ts'
export { fitModel, leastPropensity, outlookOn, propensitiesOf, type Model, type Outlook } from './learner.ts'
export {
  countsOf,
  dayOf,
  emptyState,
  suppressionOf,
  ageOf,
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
export { dayLength, isPastDue, orderBacklog, starvationOf, urgencyOf, type Waiting } from './backlog.ts'
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
export { evaluate, type Estimate, type Evaluation, type LoggedChange, type Target } from './evaluate.ts'
