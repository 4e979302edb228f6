import type { Policy, PolicyExample } from '../model/index.ts'
import { catalogue } from './catalogue.generated.ts'

/** The built-in policies, sorted by id, without their examples. */
export { catalogue }

/** The policies of a run: the built-in ones, and those that its configuration brings along. */
export function policiesOf({ own }: { own: readonly Policy[] }): readonly Policy[] {
  return own.length === 0 ? catalogue : [...catalogue, ...own]
}

/** The examples of the built-in policies by policy id. Loaded on demand: only `policies test` and tests need them. */
export async function loadExamples(): Promise<Readonly<Record<string, readonly PolicyExample[]>>> {
  const { examples } = await import('./examples.generated.ts')
  return examples
}
