import { resolve } from 'node:path'
import { choosable } from '../kyverno/index.ts'
import { UserError } from '../model/index.ts'
import { quote } from '../report/index.ts'
import {
  countsOf,
  dayLength,
  findingId,
  fitModel,
  suppressionOf,
  settle,
  weekOf,
  type Caps,
  type Queue,
  type QueueNews,
  type QueueScan,
  type State,
  type WorkItem,
} from '../schedule/index.ts'
import { backlogOf, scanOf, valuesOf, type Backlog } from '../queueing.ts'
import type { Outcome } from '../run.ts'
import { analyse, isIncomplete, readsStdin } from './analyse.ts'
import type { Arguments } from './arguments.ts'
import { readChosen } from './choices.ts'
import { nameOf, readConfig, repositoryPrefix } from './files.ts'
import { nextArguments } from './next.ts'
import { openQueueOf, repositoryOf, stateOf } from './queue-place.ts'
import type { World } from './world.ts'

/** A scan, and all that is known of what it found. */
export interface Look {
  outcome: Outcome
  backlog: Backlog
  unsafe: boolean
  caps: Caps
  values: ReadonlyMap<string, number>
  worthOf: (item: WorkItem) => number
  /** What was learned; undefined where nothing is to say so. */
  state: State | undefined
  /** The items of this scan, with what was said of them elsewhere. */
  known(items: readonly WorkItem[], now: number): WorkItem[]
  scan: QueueScan
  /** The arguments that another command needs as well: `next`, and one that scans nothing. */
  nextText: string
  ownText: string
}

/** Scans as `scan` does. */
export async function lookAt(named: readonly string[], args: Arguments, world: World): Promise<Look> {
  const paths = named.length === 0 ? ['.'] : named
  if (readsStdin(paths)) throw new UserError('queue reads files: standard input has no backlog')
  const started = world.time()
  const config = await readConfig(args, world)
  const chosen = readChosen(args, choosable([...world.engine.policies, ...config.own], config.kyverno))
  const unsafe = args.has('unsafe-fixes')
  const state = await stateOf(args, world)
  const { outcome } = await analyse(args, world, {
    paths,
    unsafeFixes: unsafe,
    changes: false,
    decides: false,
    state,
    quiet: args.has('quiet'),
  })
  const backlog = backlogOf(outcome)
  const { order, mostHourly, mostOpen } = config.schedule
  const model =
    state === undefined || order !== 'learned' ? undefined : fitModel(countsOf(state, weekOf(started)))
  const values = valuesOf(backlog, model)
  const repository = repositoryOf(world)
  const [store = [], learned = []] = (['store', 'state'] as const).map((flag) =>
    args.all(flag).map((value) => `--${flag}=${value}`),
  )
  return {
    outcome,
    backlog,
    unsafe,
    caps: { mostHourly, mostOpen },
    values,
    worthOf: ({ id }) => values.get(id) ?? 0,
    state,
    known: (items, now) =>
      items
        .filter(({ id }) => backlog.items.has(id))
        .map((item) =>
          item.state !== 'ignored' && isSuppressed(item, state, repository, now)
            ? { ...item, ...saidBefore }
            : item,
        ),
    scan: scanOf(outcome, backlog, {
      started,
      paths: paths.map((path) => nameOf(resolve(world.folder, path), world.folder)),
      ...chosen,
      isIncomplete: isIncomplete(outcome.report),
      seenBefore: (fingerprint) => {
        const day = state?.backlog.get(findingId(repository, fingerprint))
        return day === undefined ? undefined : day * dayLength
      },
    }),
    nextText: [...store, ...(unsafe ? ['--unsafe-fixes'] : []), ...nextArguments(args, named)]
      .map((text) => ` ${quote(text)}`)
      .join(''),
    ownText: [...store, ...learned].map((text) => `${quote(text)} `).join(''),
  }
}

const saidBefore = { state: 'ignored', until: undefined, ignored: 'by the state of --state' } as const

/** Whether a review, or another queue, was told to be silent about a finding of the item. */
function isSuppressed(
  { rows }: WorkItem,
  state: State | undefined,
  repository: string,
  now: number,
): boolean {
  return (
    state !== undefined &&
    rows.some(
      ({ fingerprint }) => suppressionOf(state, findingId(repository, fingerprint), now) !== undefined,
    )
  )
}

/** Brings the queue up to date, and does something with it, before anybody else does. */
export async function withQueue<Result>(
  { scan }: Look,
  args: Arguments,
  world: World,
  work: (queue: Queue, now: number, news: QueueNews) => Promise<{ queue: Queue; result: Result }>,
): Promise<Result> {
  const prefix = repositoryPrefix(world.folder)
  const store = openQueueOf(args, world, { mayBegin: true })
  try {
    return await store.change(async (before) => {
      if (before.folder !== prefix)
        throw new UserError(
          `the queue was begun in ${before.folder === '' ? 'the root of the repository' : before.folder}, and this is ${prefix === '' ? 'the root' : prefix}: ids depend on the folder`,
          'run it there, or name another queue with --store FILE',
        )
      const { queue: settled, news } = settle(before, scan)
      return work(settled, world.time(), news)
    })
  } finally {
    store.close()
  }
}
