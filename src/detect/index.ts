export { detect, type Detected, type Detection } from './builtin.ts'
export type {
  Engine,
  EngineAnswer,
  EngineFinding,
  EngineObject,
  EngineRule,
  JudgeOptions,
  Unit,
  Unjudged,
} from './engine.ts'
export { builtinEngine, findingOf, fingerprintOf, locationOf, referenceOf } from './finding.ts'
export { answerOf, ignoreAll, type Entry as KubeLinterEntry } from './kube-linter/answer.ts'
export { configurationText, skippedChecks } from './kube-linter/configuration.ts'
export { crossObjectRules, looksAcrossObjects } from './kube-linter/cross-object.ts'
export { readOutput, type KubeLinterOutput } from './kube-linter/output.ts'
export { inOrder, judgeInParts, type Attempt } from './kube-linter/parts.ts'
export { refusalOf } from './kube-linter/refusal.ts'
export {
  defaultSettings,
  parseSettings,
  type KubeLinterSettings,
  type SettingsSource,
} from './kube-linter/settings.ts'
export {
  engineRegression,
  engineTargetsLeft,
  mergeFindings,
  namedByRules,
  resourceOf,
  type Merged,
  type MergeInput,
  type PlacedFinding,
} from './merge.ts'
export {
  detectAcross,
  judgeRepository,
  locationAt,
  paramsOf,
  repositoryFinding,
  type AcrossFinding,
  type RepositoryDetected,
  type RepositorySettings,
} from './repository.ts'
