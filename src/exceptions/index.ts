export { countComments, mayHoldComments } from './comments.ts'
export { configuredAt } from './configured.ts'
export { isAbout, type Exception, type ObjectException } from './exception.ts'
export { namesOf, type Names } from './names.ts'
export { ownKey } from './own.ts'
export {
  mayHoldPolicyExceptions,
  policyExceptionAt,
  readPolicyExceptions,
  type NamespaceLabels,
  type PolicyException,
} from './policy-exceptions.ts'
export { exceptionAnnotations, readExceptions } from './read.ts'
export { labelsOf } from './selector.ts'
export { settleFinding } from './settle.ts'
