export { detect, type Detected, type Detection } from './builtin.ts'
export { builtinEngine, findingOf, fingerprintOf, locationOf, referenceOf } from './finding.ts'
