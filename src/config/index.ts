export {
  exceptionsFor,
  isNeverInline,
  isRead,
  settingsFor,
  type Config,
  type Layer,
  type PlacedException,
  type Settings,
} from './config.ts'
export { matches } from './globs.ts'
export { configNames, findConfig, readNamedConfig, type ConfigFiles, type FoundConfig } from './find.ts'
export {
  loadConfig,
  openConfig,
  type BroughtPolicies,
  type ConfigSources,
  type NamedFiles,
  type OpenConfig,
} from './load.ts'
export { readPolicyIds } from './policies.ts'
export { readSource, type Source } from './source.ts'
export { didYouMean } from './suggest.ts'
