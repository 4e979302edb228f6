import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { severities, works, type Severity, type Work } from '../../src/model/index.ts'
import {
  dayLength,
  emptyQueue,
  give,
  isOverdue,
  itemsOf,
  markDone,
  markIgnored,
  roomIn,
  rowsOf,
  settle,
  starvation,
  type Asked,
  type Caps,
  type Queue,
  type QueueNews,
  type Sighting,
} from '../../src/schedule/index.ts'

const hour = 60 * 60 * 1000
const begin = Date.UTC(2026, 10, 30)
const name = (index: number): string => index.toString(16).padStart(4, '0').repeat(16)

interface Given {
  item?: number
  severity?: Severity
  work?: Work
  file?: string
  risk?: number
}

function sighting(
  index: number,
  { item = index, severity = 'medium', work = 'fix', file, risk }: Given = {},
): Sighting {
  const place = file ?? `f${item}.yaml`
  return {
    fingerprint: name(index),
    item: name(item),
    work,
    policy: 'privileged-container',
    title: 'The container is privileged',
    severity,
    risk: risk ?? index % 100,
    file: place,
    line: 1,
    engines: ['builtin'],
    unread: 0,
    touches: [place],
  }
}

const scanned = (
  queue: Queue,
  sightings: readonly Sighting[],
  started: number,
  covers: (file: string) => boolean = () => true,
): { queue: Queue; news: QueueNews } =>
  settle(queue, { sightings, started, covers: ({ file }) => covers(file) })

const wide: Caps = { mostHourly: 100, mostOpen: 100 }
const asked = (change: Partial<Asked> = {}): Asked => ({
  now: begin,
  count: 1,
  lease: 24 * hour,
  caps: wide,
  mayGive: ({ work }) => work === 'fix',
  worthOf: ({ rows }) => Math.max(...rows.map(({ risk }) => risk)),
  ...change,
})
const standing = (queue: Queue, index: number, now = begin): string | undefined =>
  itemsOf(queue, now).find(({ id }) => id === name(index))?.state

describe('a queue and what scans say', () => {
  it('keeps when a finding was first seen, and forgets it once it was gone', () => {
    const first = scanned(emptyQueue(''), [sighting(1)], begin)
    expect(first.news).toEqual({ added: 1, gone: 0, back: 0, undone: 0 })
    const later = scanned(first.queue, [sighting(1)], begin + 5 * dayLength)
    expect(later.news).toEqual({ added: 0, gone: 0, back: 0, undone: 0 })
    expect(later.queue.rows.get(name(1))).toMatchObject({ firstSeen: begin, decided: begin + 5 * dayLength })
    const gone = scanned(later.queue, [], begin + 6 * dayLength)
    expect(gone.news.gone).toBe(1)
    expect(itemsOf(gone.queue, begin)).toEqual([])
    const back = scanned(gone.queue, [sighting(1)], begin + 9 * dayLength)
    expect(back.news.back).toBe(1)
    expect(back.queue.rows.get(name(1))?.firstSeen).toBe(begin + 9 * dayLength)
  })

  it('keeps what a scan did not look at', () => {
    const { queue } = scanned(emptyQueue(''), [sighting(1), sighting(2)], begin)
    const part = scanned(queue, [sighting(2)], begin + hour, (file) => file === 'f2.yaml')
    expect(part.news.gone).toBe(0)
    expect(itemsOf(part.queue, begin)).toHaveLength(2)
  })

  it('believes the scan that was started last, in whatever order they end', () => {
    const { queue } = scanned(emptyQueue(''), [sighting(1)], begin)
    const newer = scanned(queue, [], begin + 2 * hour).queue
    const older = scanned(newer, [sighting(1)], begin + hour)
    expect(older.news.back).toBe(0)
    expect(itemsOf(older.queue, begin)).toEqual([])
  })

  it('does not let what was said to be done grow younger while it is still there', () => {
    let { queue } = scanned(emptyQueue(''), [sighting(1)], begin)
    queue = markDone(queue, rowsOf(queue, name(1)), begin + hour)
    expect(itemsOf(queue, begin)).toEqual([])
    const after = scanned(queue, [sighting(1)], begin + 2 * hour)
    expect(after.news.undone).toBe(1)
    expect(after.queue.rows.get(name(1))).toMatchObject({ firstSeen: begin })
    expect(standing(after.queue, 1)).toBe('waiting')
    const gone = scanned(queue, [], begin + 2 * hour)
    expect(gone.news.gone).toBe(0)
  })

  it('ends the lease of what went away, and forgets what is long settled', () => {
    const { queue } = scanned(emptyQueue(''), [sighting(1)], begin)
    const held = give(queue, asked()).queue
    const gone = scanned(held, [], begin + hour).queue
    expect(roomIn(gone, wide, begin + hour).open.used).toBe(0)
    expect(gone.takes.get(1)?.ended).toBe(begin + hour)
    const long = scanned(gone, [], begin + 200 * dayLength).queue
    expect([long.rows.size, long.takes.size, long.served]).toEqual([0, 0, 1])
  })
})

describe('turns', () => {
  it('hold an item until the lease ends', () => {
    const { queue } = scanned(emptyQueue(''), [sighting(1)], begin)
    const held = give(queue, asked({ lease: hour })).queue
    expect(standing(held, 1)).toBe('taken')
    expect(give(held, asked({ now: begin + hour - 1 })).given).toEqual([])
    expect(give(held, asked({ now: begin + hour })).given).toHaveLength(1)
  })

  it('are given for all findings of one change together', () => {
    const { queue } = scanned(emptyQueue(''), [sighting(1), sighting(2, { item: 1 }), sighting(3)], begin)
    const { given, queue: held } = give(queue, asked({ count: 3 }))
    expect(given.map(({ rows }) => rows.length).toSorted((a, b) => a - b)).toEqual([1, 2])
    const done = markDone(held, rowsOf(held, name(2)), begin)
    expect(itemsOf(done, begin).map(({ id }) => id)).toEqual([name(3)])
    expect([...done.takes.values()].filter(({ ended }) => ended === begin)).toHaveLength(1)
  })

  it('are not given where one of the findings shall stay as it is', () => {
    let { queue } = scanned(emptyQueue(''), [sighting(1)], begin)
    const ignored = { at: begin, until: begin + dayLength, reason: 'on purpose', isWrong: false }
    queue = markIgnored(queue, rowsOf(queue, name(1)), ignored)
    queue = scanned(queue, [sighting(1), sighting(2, { item: 1 })], begin + hour).queue
    expect(give(queue, asked({ now: begin + hour })).given).toEqual([])
    // Once that is over it waits anew: it is not late at once.
    const after = begin + 40 * dayLength
    const [item] = give(queue, asked({ now: after })).given
    expect(item?.since).toBe(begin + hour)
    expect(queue.rows.get(name(1))?.firstSeen).toBe(begin)
  })

  it('go on from the last one: what is past due has one of three, whoever asks', () => {
    const old = Array.from({ length: 6 }, (_, index) => sighting(index + 1, { severity: 'low', risk: 1 }))
    const fresh = Array.from({ length: 12 }, (_, index) => sighting(index + 20, { risk: 90 }))
    let { queue } = scanned(emptyQueue(''), old, begin)
    const now = begin + 181 * dayLength - 1
    queue = { ...scanned(queue, [...old, ...fresh], begin + 170 * dayLength).queue }
    const late: boolean[] = []
    for (let turn = 0; turn < 9; turn++) {
      const { given, queue: next } = give(queue, asked({ now }))
      late.push(...given.map(isOverdue))
      queue = next
    }
    expect(late).toEqual([true, false, false, true, false, false, true, false, false])
  })

  it('are one at a time in a file', () => {
    const both = [sighting(1, { file: 'a.yaml' }), sighting(2, { file: 'a.yaml' })]
    const { queue } = scanned(emptyQueue(''), both, begin)
    const { given, blocked, queue: held } = give(queue, asked({ count: 2 }))
    expect([given.length, blocked]).toEqual([1, 1])
    const done = markDone(held, given[0]!.rows, begin)
    expect(give(done, asked()).given).toHaveLength(1)
  })
})

describe('ids', () => {
  const { queue } = scanned(
    emptyQueue(''),
    [sighting(0x1234), sighting(0x1235), sighting(7), sighting(8, { item: 7 })],
    begin,
  )
  it.each([
    ['123412', [name(0x1234)]],
    ['12351235', [name(0x1235)]],
    ['000800', [name(8), name(7)]],
    ['000700070007', [name(7), name(8)]],
  ])('%s', (id, found) => {
    expect(rowsOf(queue, id.toUpperCase()).map(({ fingerprint }) => fingerprint)).toEqual(found)
  })
  it.each([
    ['12', 'at least 6 characters'],
    ['wxyzwxyz', 'is no id'],
    ['ffffff', 'no finding of the queue has this id'],
  ])('%s is refused', (id, message) => {
    expect(() => rowsOf(queue, id)).toThrow(message)
  })
  it('that several begin with are listed', () => {
    const twins = [
      { ...sighting(1), fingerprint: `abcdef1${name(1).slice(7)}`, item: `abcdef1${name(1).slice(7)}` },
      { ...sighting(2), fingerprint: `abcdef2${name(2).slice(7)}`, item: `abcdef2${name(2).slice(7)}` },
    ]
    const both = scanned(emptyQueue(''), twins, begin).queue
    expect(() => rowsOf(both, 'abcdef')).toThrow(/2 items begin with this.*abcdef1.*f1\.yaml:1.*abcdef2/)
  })
})

it('starvation counts findings, each by its own severity and age', () => {
  const { queue } = scanned(
    emptyQueue(''),
    [sighting(1, { severity: 'critical' }), sighting(2, { item: 1, severity: 'low' })],
    begin,
  )
  const now = begin + 8 * dayLength
  expect(starvation(itemsOf(queue, now), now)).toEqual({
    critical: { pastDue: 1, of: 1 },
    low: { pastDue: 0, of: 1 },
  })
})

/** Anything that people and scripts may do, in any order. */
type Step =
  | { do: 'scan'; seen: number[] }
  | { do: 'next'; count: number; lease: number }
  | { do: 'done' | 'ignore'; index: number }
  | { do: 'wait'; hours: number }
const findings = 12
const stepOf: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('scan' as const),
    seen: fc.uniqueArray(fc.nat(findings - 1), { minLength: 6 }),
  }),
  fc.record({
    do: fc.constant('next' as const),
    count: fc.integer({ min: 1, max: 5 }),
    lease: fc.integer({ min: 1, max: 72 }),
  }),
  fc.record({ do: fc.constantFrom('done' as const, 'ignore' as const), index: fc.nat(findings - 1) }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.double({ min: 0, max: 200, noNaN: true }) }),
)
const world = fc.record({
  kinds: fc.array(
    fc.record({
      severity: fc.constantFrom(...severities),
      work: fc.constantFrom(...works),
      file: fc.constantFrom('a.yaml', 'b.yaml', 'c.yaml', 'd.yaml', 'e.yaml', 'f.yaml'),
      together: fc.boolean(),
    }),
    { minLength: findings, maxLength: findings },
  ),
  caps: fc.record({ mostHourly: fc.integer({ min: 1, max: 4 }), mostOpen: fc.integer({ min: 1, max: 4 }) }),
  steps: fc.array(stepOf, { maxLength: 40 }),
})

function run(
  { kinds, caps, steps }: typeof world extends fc.Arbitrary<infer T> ? T : never,
  check: (
    step: Step,
    before: Queue,
    after: Queue,
    given: ReturnType<typeof give>['given'],
    now: number,
  ) => void,
  arrange: (queue: Queue) => Queue = (queue) => queue,
): string[][] {
  const all = kinds.map(({ together, ...kind }, index) =>
    sighting(index, {
      ...kind,
      ...(together && index % 2 === 1 && { item: index - 1, ...kinds[index - 1] }),
    }),
  )
  let now = begin
  let queue = emptyQueue('')
  const turns: string[][] = []
  for (const step of steps) {
    const before = queue
    let given: ReturnType<typeof give>['given'] = []
    if (step.do === 'wait') now += Math.round(step.hours * hour)
    else if (step.do === 'scan')
      queue = scanned(
        queue,
        all.filter((_, index) => step.seen.includes(index)),
        now,
      ).queue
    else if (step.do === 'next') {
      const result = give(arrange(queue), asked({ now, count: step.count, lease: step.lease * hour, caps }))
      given = result.given
      queue = result.queue
      turns.push(given.map(({ id }) => id))
    } else if (queue.rows.has(name(step.index))) {
      const rows = rowsOf(queue, name(step.index))
      queue =
        step.do === 'done'
          ? markDone(queue, rows, now)
          : markIgnored(queue, rows, { at: now, until: now + 100 * hour, reason: 'x', isWrong: false })
    }
    check(step, before, queue, given, now)
  }
  return turns
}

it('caps are never exceeded, nothing is given twice, and no two of one file are held', () => {
  fc.assert(
    fc.property(world, (one) => {
      // A ledger of its own, that knows nothing of how the queue counts.
      const ledger: { at: number; ids: string[]; until: number }[] = []
      run(one, (step, before, after, given, now) => {
        if (step.do === 'next')
          for (const item of given) {
            const ids = item.rows.map(({ fingerprint }) => fingerprint)
            expect(item.work).toBe('fix')
            expect(itemsOf(before, now).find(({ id }) => id === item.id)?.state).toBe('waiting')
            ledger.push({ at: now, ids, until: now + step.lease * hour })
          }
        expect(ledger.filter(({ at }) => now - at < hour).length).toBeLessThanOrEqual(one.caps.mostHourly)
        const held = itemsOf(after, now).filter(({ state }) => state === 'taken')
        if (step.do === 'next') expect(held.length).toBeLessThanOrEqual(one.caps.mostOpen)
        const files = held.flatMap(({ rows }) => [...new Set(rows.map(({ file }) => file))])
        if (given.length > 0) expect(new Set(files).size).toBe(files.length)
        for (const { rows, until } of held) {
          const last = ledger.findLast(({ ids }) => rows.some(({ fingerprint }) => ids.includes(fingerprint)))
          expect(last?.until).toBe(until)
        }
      })
    }),
    { numRuns: 400 },
  )
})

it('the order is the same, in whatever order rows are kept', () => {
  fc.assert(
    fc.property(world, (one) => {
      const reversed = (queue: Queue): Queue => ({ ...queue, rows: new Map([...queue.rows].toReversed()) })
      expect(run(one, () => undefined, reversed)).toEqual(run(one, () => undefined))
    }),
    { numRuns: 200 },
  )
})

it('what is past due has its turn within three times as many turns as there is past due', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ severity: fc.constantFrom(...severities), risk: fc.nat(100) }), {
        minLength: 1,
        maxLength: 20,
      }),
      fc.nat(400),
      fc.nat(5),
      (kinds, days, served) => {
        const old = kinds.map((kind, index) => sighting(index, kind))
        // New work of great worth keeps coming, one for each turn.
        const fresh = Array.from({ length: 80 }, (_, index) =>
          sighting(index + 100, { severity: 'critical', risk: 100 }),
        )
        const now = begin + days * dayLength
        let queue: Queue = { ...scanned(emptyQueue(''), old, begin).queue, served }
        queue = scanned(queue, [...old, ...fresh], now).queue
        const late = itemsOf(queue, now)
          .filter(isOverdue)
          .map(({ id }) => id)
        const turns: string[] = []
        for (let turn = 0; turn < 3 * late.length; turn++) {
          const { given, queue: next } = give(queue, asked({ now }))
          turns.push(...given.map(({ id }) => id))
          queue = next
        }
        for (const id of late) expect(turns).toContain(id)
      },
    ),
  )
})
