import { stringify } from 'yaml'
import { loadConfig, type Config } from '../../src/config/index.ts'
import type { JsonValue } from '../../src/model/index.ts'
import { catalogue } from '../../src/policies/index.ts'

/** A configuration as a file in the working folder would give it. */
export function readConfig(content: { [key: string]: JsonValue } = {}): Config {
  const root = '/repository'
  const file = { name: '.k8s-autofix.yaml', folder: root, text: stringify(content) }
  return loadConfig({ file, set: [], root, policies: catalogue })
}
