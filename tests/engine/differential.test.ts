import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { exampleText, parity, agreement, count } from '../../bench/differential/report.ts'
import { sampleCases, unequal } from '../../bench/differential/sample.ts'
import { startApiEngine } from '../../src/adapters/api-engine.ts'
import type { EmbeddedEngine } from '../../src/cluster/index.ts'
import { entry } from '../cli/world.ts'

const answerSchema = z.record(z.string(), z.unknown())

describe('the embedded API server beside a real kube-apiserver', () => {
  it('says the same of a sample of everything', { timeout: 300_000 }, async () => {
    // What is compared are answers, not times: some cases are made to cost as much as the server allows, and beside other
    // tests on a slow machine they take longer than the 5 s that a user's run gives them (tests/engine/thread.test.ts).
    await using engine = patientApi()
    let bare = 0
    const cases = await sampleCases({
      ask: async (header, bodies = []) => {
        const texts = bodies.map((body) =>
          typeof body === 'string' ? body : Buffer.from(body).toString('utf8'),
        )
        const answer = answerSchema.parse(JSON.parse(await engine.ask(header, texts)))
        if (header.op === 'create') {
          // A scan asks like this about whatever it does not change: a bare answer lacks the object, and nothing else.
          const { object: _object, ...rest } = answer
          expect(JSON.parse(await engine.ask({ ...header, bare: true }, texts))).toEqual(rest)
          bare++
        }
        return answer
      },
      close: async () => undefined,
    })
    const { verdicts } = count(cases)
    expect(cases.length).toBeGreaterThan(1000)
    expect(bare).toBeGreaterThan(1000)
    // Shown where a figure below does not hold.
    const shown = unequal(cases).map(exampleText).join('\n')
    expect(verdicts.get('accepts what the server rejects') ?? 0, shown).toBe(0)
    const { same, judged } = parity(count(cases))
    expect(same / judged, shown).toBeGreaterThanOrEqual(0.999)
    const words = agreement(cases)
    expect(words.rejections).toBeGreaterThan(300)
    expect(words.same / words.rejections, shown).toBeGreaterThanOrEqual(0.97)
  })
})

function patientApi(): EmbeddedEngine & AsyncDisposable {
  const engine = startApiEngine(entry, { deadline: 60_000 })
  return {
    ask: async (header, bodies) => engine.ask(header, bodies),
    close: async () => engine.close(),
    [Symbol.asyncDispose]: async () => engine.close(),
  }
}
