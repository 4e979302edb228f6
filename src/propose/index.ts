export { applied, appliedSharing } from './apply.ts'
export {
  composeFixes,
  planResource,
  type Composition,
  type FixGroup,
  type ResourcePlan,
  type Unfixed,
} from './plan.ts'
