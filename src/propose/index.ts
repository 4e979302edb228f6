export { applied, appliedSharing } from './apply.ts'
export {
  composeFixes,
  type MayLift,
  planResource,
  type Composition,
  type FixGroup,
  type ResourcePlan,
  type Unfixed,
} from './plan.ts'
