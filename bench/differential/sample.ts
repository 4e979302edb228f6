import { engineSide, serverSide } from './ask.ts'
import type { Engine } from './engine.ts'
import { definitions, generatedSources, updateCases } from './generated.ts'
import type { Case } from './report.ts'
import { RealServer } from './server.ts'
import { policySources } from './sources.ts'
import { testdataCases } from './testdata.ts'

/** How much of what can be generated is asked about. */
const [generated, updates, seed] = [600, 150, 1]

/**
 * A sample of everything that takes less than a minute, on one server: for tests. The same for the same sources, except
 * for the order in which a server walks over maps.
 */
export async function sampleCases(engine: Engine): Promise<Case[]> {
  const server = await RealServer.start()
  const options = { cache: false, fresh: true, server, beside: definitions() }
  try {
    const some = await generatedSources({ count: generated, seed }, options)
    const cases = await engineSide(engine, some, await serverSide('generated', some, options))
    // updateCases takes a quarter of the count.
    cases.push(...(await updateCases(engine, { count: 4 * updates, seed }, options)))
    const examples = policySources()
    cases.push(
      ...(await engineSide(engine, examples, await serverSide('policy examples', examples, options))),
    )
    cases.push(...(await testdataCases(engine, options)))
    return cases
  } finally {
    await server.close()
  }
}

/** Those that are not the same on both sides, although nothing but the object decides. */
export function unequal(cases: readonly Case[]): Case[] {
  return cases.filter(
    ({ comparison: { state, verdict } }) =>
      state === undefined && verdict !== 'equal' && verdict !== 'other order',
  )
}
