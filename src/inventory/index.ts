export {
  factsOf,
  type Amounts,
  type ContainerFacts,
  type HolderKind,
  type Place,
  type PodFacts,
  type PodPort,
  type ResourceFacts,
} from './facts.ts'
export { inventoryOf, type FilePlace, type Inventory } from './inventory.ts'
export { matcherOf, selectorText, selectsAll, wholeText, type Selector } from './selectors.ts'
