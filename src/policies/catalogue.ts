import type { PolicyExample } from '../model/index.ts'

/** The built-in policies, sorted by id, without their examples. */
export { catalogue } from './catalogue.generated.ts'

/** The examples of the built-in policies by policy id. Loaded on demand: only `policies test` and tests need them. */
export async function loadExamples(): Promise<Readonly<Record<string, readonly PolicyExample[]>>> {
  const { examples } = await import('./examples.generated.ts')
  return examples
}
