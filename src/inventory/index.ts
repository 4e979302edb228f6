export { factsOf, type HolderKind, type Place, type ResourceFacts } from './facts.ts'
export { inventoryOf, meets, type Inventory } from './inventory.ts'
export { selectorText, selectsAll, type Selector } from './selectors.ts'
