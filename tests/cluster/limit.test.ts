import { expect, it } from 'vitest'
import { Gate, mapLimited, Turns } from '../../src/cluster/limit.ts'

/** Work that ends when it is told to, and notes when it began. */
function work(log: string[], name: string): { run: () => Promise<string>; end: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return {
    run: async () => {
      log.push(`${name} begins`)
      await promise
      log.push(`${name} ends`)
      return name
    },
    end: resolve,
  }
}

it('a gate lets many share, or one be alone, in the order of asking', async () => {
  const log: string[] = []
  const gate = new Gate()
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => work(log, name))
  const running = [gate.shared(a!.run), gate.shared(b!.run), gate.alone(c!.run), gate.shared(d!.run)]
  d!.end()
  b!.end()
  await running[1]
  expect(log).toEqual(['a begins', 'b begins', 'b ends'])
  a!.end()
  c!.end()
  expect(await Promise.all(running)).toEqual(['a', 'b', 'c', 'd'])
  expect(log.slice(3)).toEqual(['a ends', 'c begins', 'c ends', 'd begins', 'd ends'])
})

it('a gate stays open when work fails', async () => {
  const gate = new Gate()
  const fail = (): Promise<never> => Promise.reject(new Error('no'))
  await expect(gate.alone(fail)).rejects.toThrow('no')
  await expect(gate.shared(fail)).rejects.toThrow('no')
  expect(await gate.alone(async () => 'yes')).toBe('yes')
})

it('turns are taken by those with the same key', async () => {
  const log: string[] = []
  const turns = new Turns()
  const [a, b, c] = ['a', 'b', 'c'].map((name) => work(log, name))
  const running = [turns.take('x', a!.run), turns.take('x', b!.run), turns.take('y', c!.run)]
  c!.end()
  await running[2]
  expect(log).toEqual(['a begins', 'c begins', 'c ends'])
  a!.end()
  b!.end()
  await Promise.all(running)
  expect(log.slice(3)).toEqual(['a ends', 'b begins', 'b ends'])
})

it('a limited map keeps the order, and as many at work as it may', async () => {
  let [now, most] = [0, 0]
  const results = await mapLimited([5, 4, 3, 2, 1], 2, async (item) => {
    most = Math.max(most, ++now)
    for (let turn = 0; turn < item; turn++) await Promise.resolve()
    now--
    return item * 2
  })
  expect(results).toEqual([10, 8, 6, 4, 2])
  expect(most).toBe(2)
})
