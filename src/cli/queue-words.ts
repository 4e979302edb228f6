import { resolve } from 'node:path'
import { stateFile, updateState } from '../adapters/state-file.ts'
import { endOfDay, InfrastructureError, startOfDay, UserError } from '../model/index.ts'
import { count, jsonText, visible } from '../report/index.ts'
import {
  backlogId,
  emptyState,
  findingId,
  isSettled,
  markDone,
  markIgnored,
  mergeStates,
  rowsOf,
  suggestionId,
  weekOf,
  type Mark,
  type Queue,
  type QueueRow,
  type State,
} from '../schedule/index.ts'
import type { Arguments } from './arguments.ts'
import { openQueueOf, repositoryOf } from './queue-place.ts'
import { exitCodes, type ExitCode, type World } from './world.ts'

/*
 * What people say about items: `queue done` and `queue ignore`.
 */

type Rows = readonly [QueueRow, ...QueueRow[]]

/** `queue done ID...`: somebody has taken the fix. All of them, or none where an id is wrong. */
export async function markDoneOf(
  ids: readonly string[],
  format: 'pretty' | 'json',
  args: Arguments,
  world: World,
): Promise<ExitCode> {
  if (ids.length === 0) throw new UserError('queue done: names no id', 'k8s-autofix queue list shows them')
  const now = world.time()
  const settled = await inQueue(args, world, async (before) => {
    let queue = before
    const items = ids.map((id) => rowsOf(before, id))
    for (const rows of items) queue = markDone(queue, rows, now)
    await learn(args, world, learned(items, ['shown', 'fixed', 'committed'], world))
    return { queue, result: items }
  })
  await tell(settled, format, args, world, `${count(settled.length, 'item')} done`)
  return exitCodes.done
}

/** `queue ignore ID REASON`: nobody is asked about it again, for ever or until a day has passed. */
export async function markIgnoredOf(
  positionals: readonly string[],
  format: 'pretty' | 'json',
  args: Arguments,
  world: World,
): Promise<ExitCode> {
  const [id, ...said] = positionals
  if (id === undefined) throw new UserError('queue ignore: names no id', 'k8s-autofix queue list shows them')
  const reason = readReason(said, args)
  const now = world.time()
  const day = args.last('until')
  const until = day === undefined ? undefined : readUntil(day, now)
  const isWrong = args.has('wrong')
  const rows = await inQueue(args, world, async (queue) => {
    const found = rowsOf(queue, id)
    if (isSettled(found))
      throw new UserError(
        `${id}: is settled already, so there is nothing to ignore`,
        'k8s-autofix queue list',
      )
    const suppressed = new Map(
      found.map(({ fingerprint }) => [
        findingId(repositoryOf(world), fingerprint),
        {
          at: Math.floor(now / 1000),
          ...(until !== undefined && { until: weekOf(until - 1) }),
        },
      ]),
    )
    const marks: Mark[] = ['shown', isWrong ? 'dismissed' : 'accepted']
    await learn(args, world, { ...learned([found], marks, world), suppressed })
    return {
      queue: markIgnored(queue, found, { at: now, reason, isWrong, ...(until !== undefined && { until }) }),
      result: found,
    }
  })
  await tell(
    [rows],
    format,
    args,
    world,
    `ignored ${day === undefined ? 'for good' : `until ${day}`}: ${reason}`,
  )
  return exitCodes.done
}

async function inQueue<Result>(
  args: Arguments,
  world: World,
  work: (queue: Queue) => Promise<{ queue: Queue; result: Result }>,
): Promise<Result> {
  const store = openQueueOf(args, world, { mayBegin: false })
  try {
    return await store.change(work)
  } finally {
    store.close()
  }
}

async function tell(
  items: readonly Rows[],
  format: 'pretty' | 'json',
  args: Arguments,
  world: World,
  text: string,
): Promise<void> {
  if (format === 'json') {
    const told = items.map((rows) => ({
      id: rows[0].item,
      findings: rows.map(({ fingerprint }) => fingerprint),
    }))
    await world.stdout.write(jsonText(told))
    return
  }
  for (const rows of items)
    for (const { fingerprint, file, line, title } of rows)
      await world.stdout.write(`${fingerprint.slice(0, 8)}  ${visible(`${file}:${line}  ${title}`)}\n`)
  if (!args.has('quiet')) await world.stdout.write(`${visible(text)}\n`)
}

function readReason(said: readonly string[], args: Arguments): string {
  const flag = args.last('reason')
  const [first, ...more] = said
  if (more.length > 0)
    throw new UserError(
      `queue ignore: one id and one reason, but got ${more.map((word) => JSON.stringify(word)).join(' ')} as well`,
      'put the reason into quotes',
    )
  if (first !== undefined && flag !== undefined)
    throw new UserError('queue ignore: the reason is given twice', 'leave out --reason')
  const reason = (first ?? flag ?? '').trim()
  if (reason === '')
    throw new UserError(
      'queue ignore: says no reason, and nobody would know later why',
      'k8s-autofix queue ignore ID "the node agent needs it" --until 2027-01-31',
    )
  if (reason.length > 500) throw new UserError('queue ignore: the reason has more than 500 characters')
  return reason
}

/** The moment at which a day has passed. */
function readUntil(day: string, now: number): number {
  const end = endOfDay(day)
  if (end === undefined || startOfDay(day) === undefined)
    throw new UserError(`--until ${day}: must be a day such as 2027-01-31`)
  if (end <= now) throw new UserError(`--until ${day}: is over`, 'name a day that is still to come, or none')
  return end
}

/** What is learned from what somebody said about fixes that were offered. */
function learned(items: readonly Rows[], marks: readonly Mark[], world: World): State {
  const repository = repositoryOf(world)
  const suggestions = items.flatMap(([{ item, offer }]) => {
    if (offer === undefined) return []
    const { context, edit, risk } = offer
    const suggestion = {
      // The backlog is asked about for certain.
      id: suggestionId(repository, 0, item, edit),
      change: backlogId(repository),
      context,
      week: weekOf(world.time()),
      risk,
      propensity: 100,
      marks: new Set(marks),
    }
    return [[suggestion.id, suggestion] as const]
  })
  return { ...emptyState, suggestions: new Map(suggestions) }
}

/** Adds to the state of `--state`, whoever else writes there at the same time. */
async function learn(args: Arguments, world: World, news: State): Promise<void> {
  const named = args.last('state')
  if (named === undefined) return
  const path = resolve(world.folder, named)
  const { trouble } = await stateFile(path).restore()
  if (trouble !== undefined)
    throw new UserError(
      `--state: ${trouble}`,
      'name a state of this version, or a file that is not there yet',
    )
  const saved = await updateState(path, (state) =>
    mergeStates(state, { ...news, harvested: state.harvested }),
  )
  if (saved.trouble !== undefined) throw new InfrastructureError(`--state: ${saved.trouble}`)
}
