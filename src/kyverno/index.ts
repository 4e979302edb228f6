export { importValidatingPolicy, type Imported } from './validating-policy.ts'
