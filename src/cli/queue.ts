import { didYouMean } from '../config/index.ts'
import { queueSchema, UserError, type QueueReport, type Report, type Work } from '../model/index.ts'
import { diffOf, queueReport } from '../queueing.ts'
import { brokenText, count, jsonText, momentText, renderGiven, renderQueue } from '../report/index.ts'
import { give, inTurn, itemsOf, roomIn, starvation, type WorkItem } from '../schedule/index.ts'
import { exitCodeOf, isIncomplete } from './analyse.ts'
import type { Arguments } from './arguments.ts'
import { colorOf, printError } from './errors.ts'
import { repositoryPrefix } from './files.ts'
import type { FlagName } from './flags.ts'
import { lookAt, withQueue } from './queue-look.ts'
import { markDoneOf, markIgnoredOf } from './queue-words.ts'
import type { ExitCode, World } from './world.ts'

const actions = ['list', 'next', 'done', 'ignore'] as const
type Action = (typeof actions)[number]

/** Flags that are not for every action. */
const flagsFor: readonly (readonly [FlagName, readonly Action[]])[] = [
  ['all', ['list']],
  ['count', ['next']],
  ['lease', ['next']],
  ['until', ['ignore']],
  ['reason', ['ignore']],
  ['wrong', ['ignore']],
]

/** `queue list|next [PATH...]`, `queue done ID...`, `queue ignore ID REASON`. */
export async function queue(args: Arguments, world: World): Promise<ExitCode> {
  const [name, ...rest] = args.positionals
  if (name === undefined)
    throw new UserError(`queue needs one of ${actions.join(', ')}`, 'k8s-autofix queue --help')
  const action = actions.find((one) => one === name)
  if (action === undefined)
    throw new UserError(`queue ${name}: must be one of ${actions.join(', ')}${didYouMean(name, actions)}`)
  const stray = flagsFor.find(([flag, those]) => args.has(flag) && !those.includes(action))
  if (stray !== undefined) throw new UserError(`--${stray[0]} is for queue ${stray[1].join(' and ')}`)
  const format = args.last('format') ?? 'pretty'
  if (format !== 'pretty' && format !== 'json')
    throw new UserError(`--format ${format}: queue has pretty and json`)
  switch (action) {
    case 'list':
      return list(rest, format, args, world)
    case 'next':
      return next(rest, format, args, world)
    case 'done':
      return markDoneOf(rest, format, args, world)
    case 'ignore':
      return markIgnoredOf(rest, format, args, world)
  }
}

type Format = 'pretty' | 'json'

async function list(
  paths: readonly string[],
  format: Format,
  args: Arguments,
  world: World,
): Promise<ExitCode> {
  const look = await lookAt(paths, args, world)
  const { outcome, unsafe, state } = look
  const report = await withQueue(look, args, world, async (queue, now, news) => {
    const items = look.known(itemsOf(queue, now), now)
    const isWork = ({ work }: WorkItem): boolean => isGiven(work, unsafe)
    const turn = (some: readonly WorkItem[]): WorkItem[] => inTurn(some, look.worthOf, queue.served)
    const waiting = items.filter((item) => isWork(item) && item.state === 'waiting')
    const held = items.filter((item) => isWork(item) && item.state !== 'waiting')
    const rest = items.filter((item) => !isWork(item))
    const shown = queueReport({
      command: 'list',
      version: world.engine.version,
      now,
      items: [...turn(waiting), ...turn(held), ...turn(rest)],
      backlog: look.backlog,
      values: look.values,
      room: roomIn(queue, look.caps, now),
      news,
      starving: starvation(
        items.filter((item) => isWork(item) && item.state !== 'ignored'),
        now,
      ),
    })
    return { queue, result: shown }
  })
  const { stdout } = world
  const quiet = args.has('quiet')
  await world.stdout.write(
    format === 'json'
      ? jsonText(queueSchema.parse(report))
      : renderQueue(report, {
          color: colorOf(stdout, args, world),
          width: stdout.columns,
          all: args.has('all'),
          unsafe,
          hasLearned: state !== undefined,
          quiet,
          next: look.nextText,
        }),
  )
  return endOf(outcome.report, args, world)
}

async function next(
  paths: readonly string[],
  format: Format,
  args: Arguments,
  world: World,
): Promise<ExitCode> {
  const wanted = readCount(args)
  const lease = readLease(args)
  const look = await lookAt(paths, args, world)
  const { outcome, unsafe, backlog } = look
  if (isIncomplete(outcome.report)) {
    await printError(
      world,
      args,
      'nothing is given: who was asked to judge did not answer for everything',
      'leave out --cluster or --engines to take what our own policies prove',
    )
    return endOf(outcome.report, args, world)
  }
  const prefix = repositoryPrefix(world.folder)
  const { report, left, blocked } = await withQueue(look, args, world, async (queue, now, news) => {
    const items = new Map(look.known(itemsOf(queue, now), now).map((item) => [item.id, item]))
    const result = give(queue, {
      now,
      count: wanted,
      lease,
      caps: look.caps,
      mayGive: ({ id, work }) => items.get(id)?.state === 'waiting' && isGiven(work, unsafe),
      worthOf: look.worthOf,
    })
    const after = look.known(itemsOf(result.queue, now), now).filter(({ work }) => isGiven(work, unsafe))
    const shown = queueReport({
      command: 'next',
      version: world.engine.version,
      now,
      items: result.given,
      backlog,
      values: look.values,
      room: roomIn(result.queue, look.caps, now),
      news,
      starving: starvation(
        after.filter(({ state }) => state !== 'ignored'),
        now,
      ),
      diff: (edits) => diffOf(edits, outcome.sources, prefix),
    })
    const waiting = after.filter(({ state }) => state === 'waiting').length
    return { queue: result.queue, result: { report: shown, left: waiting, blocked: result.blocked } }
  })
  const { stdout } = world
  await stdout.write(
    format === 'json'
      ? jsonText(queueSchema.parse(report))
      : renderGiven(report, { color: colorOf(stdout, args, world), isTerminal: stdout.isTTY }),
  )
  if (!args.has('quiet'))
    for (const text of nextTexts(report, wanted, left, blocked, look.ownText))
      await world.stderr.write(`k8s-autofix: ${text}\n`)
  return endOf(outcome.report, args, world)
}

/** What a person should know about what was given, and about what was not. */
function nextTexts(
  { items, caps }: QueueReport,
  wanted: number,
  left: number,
  blocked: number,
  own: string,
): string[] {
  const ids = items.map(({ id }) => id.slice(0, 8)).join(' ')
  const given = items.length === 0 ? [] : [`once it is in: k8s-autofix queue done ${own}${ids}`]
  if (items.length === wanted) return given
  if (left === 0) return [...given, items.length === 0 ? 'no fix waits' : 'no other fix waits']
  const { hourly, open } = caps
  const why = [
    ...(hourly.free === undefined
      ? []
      : [
          `${hourly.used} of ${hourly.most} fixes were taken within the hour (schedule.most-hourly): the next is free at ${momentText(hourly.free)}`,
        ]),
    ...(open.free === undefined
      ? []
      : [
          `${open.used} of ${open.most} fixes are open (schedule.most-open): queue done makes room, and so does the first lease that ends, at ${momentText(open.free)}`,
        ]),
  ]
  if (why.length > 0) return [...given, ...why]
  return [
    ...given,
    `${count(blocked, 'fix waits', 'fixes wait')} for one that is taken in the same file: apply it, or say queue done`,
  ]
}

function isGiven(work: Work, unsafe: boolean): boolean {
  return work === 'fix' || (unsafe && work === 'unsafe')
}

/** The exit code; files that nobody can read are named as `scan` names them. */
async function endOf(report: Report, args: Arguments, world: World): Promise<ExitCode> {
  for (const one of report.unread.filter(({ broken }) => broken))
    await printError(world, args, brokenText(one))
  return exitCodeOf(report, 'never', new Set())
}

function readCount(args: Arguments): number {
  const text = args.last('count') ?? '1'
  if (!/^[1-9]\d?$|^100$/.test(text)) throw new UserError(`--count ${text}: must be a number from 1 to 100`)
  return Number(text)
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds of a lease such as `30m`, `24h` or `7d`. */
function readLease(args: Arguments): number {
  const text = args.last('lease') ?? '24h'
  const match = /^(?<number>[1-9]\d{0,4})(?<unit>[mhd])$/.exec(text)
  const unit = (['m', 'h', 'd'] as const).find((one) => one === match?.groups?.['unit'])
  const length = unit === undefined ? 0 : Number(match?.groups?.['number']) * units[unit]
  if (length === 0 || length > 90 * units.d)
    throw new UserError(`--lease ${text}: must be a time such as 30m, 24h or 7d, 90 days at most`)
  return length
}
