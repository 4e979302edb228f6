export { factsOf, type Place, type ResourceFacts } from './facts.ts'
export { inventoryOf, meets, type Inventory } from './inventory.ts'
