export {
  factsOf,
  type Amounts,
  type ContainerFacts,
  type HolderKind,
  type Place,
  type ResourceFacts,
} from './facts.ts'
export { inventoryOf, type Inventory } from './inventory.ts'
export { selectorText, selectsAll, wholeText, type Selector } from './selectors.ts'
export { reachOf, type Known, type Reach } from './reach.ts'
