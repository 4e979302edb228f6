export { verifyGroup, type Verdict } from './group.ts'
export { objectGates, type Judged, type VerifiedLevel } from './object.ts'
export { verifyTogether, type ResourceFixes, type Together } from './together.ts'
