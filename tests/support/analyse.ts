import { readConfig } from './config.ts'
import type { JsonValue, Policy } from '../../src/model/index.ts'
import { createAnalyser, type FileResult, type Given, type Request } from '../../src/pipeline.ts'
import { catalogue } from '../../src/policies/index.ts'

export interface AnalyseOptions {
  only?: readonly string[]
  skip?: readonly string[]
  level?: Request['level']
  safeOnly?: boolean
  policies?: readonly Policy[]
  /** Milliseconds since 1970. */
  time?: number
  /** Configuration as `.k8s-autofix.yaml` would hold it. */
  config?: { [key: string]: JsonValue }
}

/** An analyser as the CLI makes it, for one configuration, with all fixes written unless `safeOnly`. */
export function analyserFor(
  options: AnalyseOptions = {},
): (file: string, text: string, given?: Given) => FileResult {
  const analyser = createAnalyser(requestOf(options), options.policies ?? catalogue, () => 0)
  return (file, text, given) => analyser.analyse(file, text, given)
}

export function requestOf(options: AnalyseOptions): Request {
  return {
    config: readConfig(options.config ?? {}),
    level: options.level ?? 'policy',
    only: options.only,
    skip: options.skip ?? [],
    unsafeFixes: options.safeOnly !== true,
    changes: true,
    api: false,
    beside: false,
    time: options.time ?? Date.UTC(2026, 10, 30),
  }
}

export function analyse(text: string, options: AnalyseOptions = {}, given?: Given): FileResult {
  return analyserFor(options)('test.yaml', text, given)
}
