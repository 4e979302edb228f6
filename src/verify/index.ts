export {
  admissionGates,
  judgeAdmission,
  type Admission,
  type AdmissionGate,
  type Change,
  type Unserved,
} from './admission.ts'
export { inBrief } from './admission-errors.ts'
export { verifyGroup, type Verdict } from './group.ts'
export { objectGates, type Judged, type VerifiedLevel } from './object.ts'
export { invalidErrors, pointerOfField, type InvalidError } from './invalid.ts'
export {
  createKnownUpdates,
  settle,
  troubles,
  updateShape,
  type AdmissionQuestions,
  type Composed,
  type GroupAdmission,
  type KnownUpdates,
  type Settled,
  type SettledGroup,
  type SettleOptions,
  type Unsettled,
} from './settle.ts'
export { composeOffers, type Candidate, type Offer } from './offers.ts'
export { verifyTogether, type ResourceFixes, type Together } from './together.ts'
