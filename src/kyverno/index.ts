export { importValidatingPolicy, type Imported } from './validating-policy.ts'
export { choosable, leftToKyverno, policiesOf, withImported } from './imported.ts'
export { digestOf, withMutations, type Mutation, type Mutations } from './mutation.ts'
export {
  readMutatingPolicies,
  type ReadMutatingPolicies,
  type ReadMutatingPolicy,
} from './mutating-policy.ts'
