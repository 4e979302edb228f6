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
export { refusalOf } from './kube-linter/refusal.ts'
export {
  defaultSettings,
  parseSettings,
  type KubeLinterSettings,
  type SettingsSource,
} from './kube-linter/settings.ts'
export { kyvernoAnswer, kyvernoRules, nameIn, type Given as KyvernoGiven } from './kyverno/answer.ts'
export { batchesOf } from './kyverno/batches.ts'
export { callsOfContext, callsOfExpressions, textsIn, type Call } from './kyverno/calls.ts'
export { withoutSecrets } from './kyverno/messages.ts'
export { heartbeat, sentinel, withName, withoutAutogen, withUid } from './kyverno/objects.ts'
export { appliedRules, complaintOf, readKyvernoOutput } from './kyverno/output.ts'
export {
  ownJudgingPolicy,
  readJudgingPolicies,
  type JudgingPolicies,
  type JudgingPolicy,
} from './kyverno/policies.ts'
export {
  engineRegression,
  engineTargetsLeft,
  mergeFindings,
  namedByRules,
  policiesByRule,
  resourceOf,
  type Merged,
  type MergeInput,
  type PlacedFinding,
} from './merge.ts'
export { inOrder, judgeInParts, type Attempt } from './parts.ts'
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
