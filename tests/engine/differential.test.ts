import { describe, expect, it } from 'vitest'
import { exampleText, parity, agreement, count } from '../../bench/differential/report.ts'
import { sampleCases, unequal } from '../../bench/differential/sample.ts'
import { sharedApi } from '../cli/world.ts'

describe('the embedded API server beside a real kube-apiserver', () => {
  it('says the same of a sample of everything', { timeout: 300_000 }, async () => {
    const engine = sharedApi()
    const cases = await sampleCases({
      ask: async (header, bodies = []) => {
        const texts = bodies.map((body) =>
          typeof body === 'string' ? body : Buffer.from(body).toString('utf8'),
        )
        const answer: unknown = JSON.parse(await engine.ask(header, texts))
        return answer
      },
      close: async () => undefined,
    })
    const { verdicts } = count(cases)
    expect(cases.length).toBeGreaterThan(1000)
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
