import { lstatSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type sqlite from 'node:sqlite'
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import {
  contextSchema,
  InfrastructureError,
  messageOf,
  severitySchema,
  UserError,
  works,
} from '../model/index.ts'
import { emptyQueue, type Queue, type QueueRow, type QueueStore, type Take } from '../schedule/index.ts'

/*
 * A queue in a file of SQLite, which is part of Node: many processes may use it at once, and whoever is killed leaves it as
 * it was before.
 *
 * It keeps a rollback journal and no write-ahead log: a change is small and takes milliseconds, nobody reads meanwhile, and
 * a log needs shared memory, which network file systems do not have, and two more files beside the one.
 */

/** Where the queue of a repository lies, from its root. */
export const queuePlace = '.k8s-autofix/queue.sqlite'

const version = 1
/** "k8sq": what tells the file from those of other programs. */
const applicationId = 0x6b387371
/** Milliseconds that another process may keep the file. */
const patience = 30_000

const tables = [
  `CREATE TABLE findings (
  fingerprint TEXT PRIMARY KEY,
  item TEXT NOT NULL,
  work TEXT NOT NULL,
  policy TEXT NOT NULL,
  title TEXT NOT NULL,
  severity TEXT NOT NULL,
  risk INTEGER NOT NULL,
  file TEXT NOT NULL,
  line INTEGER NOT NULL,
  engines TEXT NOT NULL,
  unread INTEGER NOT NULL,
  touches TEXT NOT NULL,
  offer TEXT,
  firstSeen INTEGER NOT NULL,
  decided INTEGER NOT NULL,
  gone INTEGER,
  done INTEGER,
  take INTEGER,
  ignored TEXT
) STRICT`,
  `CREATE TABLE takes (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  ended INTEGER
) STRICT`,
  `CREATE TABLE queue (
  served INTEGER NOT NULL,
  folder TEXT NOT NULL
) STRICT`,
]

const columns = [
  'fingerprint',
  'item',
  'work',
  'policy',
  'title',
  'severity',
  'risk',
  'file',
  'line',
  'engines',
  'unread',
  'touches',
  'offer',
  'firstSeen',
  'decided',
  'gone',
  'done',
  'take',
  'ignored',
] as const

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
const moment = z.int().min(0)
/** SQLite has null where we have nothing. */
const maybe = <Schema extends z.ZodType>(
  schema: Schema,
): z.ZodPipe<z.ZodNullable<Schema>, z.ZodTransform<z.output<Schema> | undefined, z.output<Schema> | null>> =>
  schema.nullable().transform((value) => value ?? undefined)
const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue('is no JSON')
        return z.NEVER
      }
    })
    .pipe(schema)

const rowSchema = z.object({
  fingerprint,
  item: fingerprint,
  work: z.enum(works),
  policy: z.string(),
  title: z.string(),
  severity: severitySchema,
  risk: z.int().min(0).max(100),
  file: z.string(),
  line: z.int().min(1),
  engines: json(z.array(z.string())),
  unread: z.int().min(0),
  touches: json(z.array(z.string())),
  offer: maybe(
    json(z.strictObject({ context: contextSchema, edit: fingerprint, risk: z.int().min(0).max(100) })),
  ),
  firstSeen: moment,
  decided: moment,
  gone: maybe(moment),
  done: maybe(moment),
  take: maybe(z.int().min(1)),
  ignored: maybe(
    json(
      z.strictObject({
        at: moment,
        until: moment.optional(),
        reason: z.string(),
        isWrong: z.boolean(),
      }),
    ),
  ),
})
const takeSchema = z.object({ id: z.int().min(1), at: moment, until: moment, ended: maybe(moment) })
const queueSchema = z.tuple([z.object({ served: z.int().min(0), folder: z.string() })])

export interface QueuePlace {
  /** Absolute. */
  path: string
  /** As messages call it. */
  name: string
  /** Whether it is the usual place in a repository, whose folder is ours to make. */
  isUsual: boolean
  /** Where a new queue is begun, from the root of the repository. */
  folder: string
}

/** Opens a queue; where there is none, begins one, or says that there is none. */
export function openQueue(place: QueuePlace, options: { mayBegin: boolean }): QueueStore {
  checkPlace(place, options.mayBegin)
  const guarded = guard(place)
  const database = guarded(() => {
    const { DatabaseSync } = loadSqlite()
    return new DatabaseSync(place.path, { timeout: patience })
  })
  try {
    guarded(() => prepare(database, place))
  } catch (error) {
    database.close()
    throw error
  }
  return {
    async change(work) {
      // At once, and not when something is written: two who have read the same would both give it away.
      guarded(() => database.exec('BEGIN IMMEDIATE'))
      try {
        const before = guarded(() => read(database, place))
        const { queue, result } = await work(before)
        guarded(() => {
          write(database, before, queue)
          database.exec('COMMIT')
        })
        return result
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    close: () => database.close(),
  }
}

/**
 * SQLite as part of Node, loaded where it is asked for. Some versions of Node 24 warn that it is new, on the standard error
 * of everybody who runs us: that one warning is kept back, while it is loaded and no longer.
 */
function loadSqlite(): typeof sqlite {
  const before = Object.getOwnPropertyDescriptor(process, 'emitWarning')
  const warn = process.emitWarning.bind(process)
  process.emitWarning = (...args: [warning: string | Error]): void => {
    if (!String(args[0]).startsWith('SQLite is an experimental feature')) warn(...args)
  }
  try {
    return process.getBuiltinModule('node:sqlite')
  } finally {
    if (before !== undefined) Object.defineProperty(process, 'emitWarning', before)
  }
}

/** A checkout is other people's: nothing is made or opened through a link in it. */
function checkPlace({ path, name, isUsual }: QueuePlace, mayBegin: boolean): void {
  const folder = dirname(path)
  const isLink = (at: string): boolean => lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true
  try {
    if (isUsual && (isLink(folder) || isLink(path)))
      throw new UserError(`${name}: is behind a symbolic link`, '--store FILE names a place that you trust')
    const status = statSync(path, { throwIfNoEntry: false })
    if (status !== undefined && !status.isFile())
      throw new UserError(`${name}: is no regular file`, '--store FILE names another place')
    if (status !== undefined) return
    if (!mayBegin) throw new UserError(`${name}: there is no queue yet`, 'k8s-autofix queue list begins one')
    if (isUsual) {
      mkdirSync(folder, { recursive: true })
      ignoreFolder(folder)
    } else if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new UserError(`${name}: the folder is not there`, 'name a file in a folder that exists')
  } catch (error) {
    if (error instanceof UserError) throw error
    throw unwritable(name, messageOf(error))
  }
}

/** What the folder holds is of this machine alone: nobody shall commit it. */
function ignoreFolder(folder: string): void {
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && Reflect.get(error, 'code') === 'EEXIST')) throw error
  }
}

function prepare(database: DatabaseSync, { name, folder }: QueuePlace): void {
  // The file may be anybody's: what its schema says is not run.
  database.exec('PRAGMA trusted_schema = OFF')
  database.exec('BEGIN IMMEDIATE')
  try {
    const made = database.prepare("SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all()
    const found = numberOf(database, 'user_version')
    if (made.length === 0 && found === 0) {
      for (const table of tables) database.exec(table)
      const { served } = emptyQueue(folder)
      database.prepare('INSERT INTO queue (served, folder) VALUES (?, ?)').run(served, folder)
      database.exec(`PRAGMA application_id = ${applicationId}`)
      database.exec(`PRAGMA user_version = ${version}`)
    } else if (numberOf(database, 'application_id') !== applicationId)
      throw new UserError(`${name}: is a database of another program`, '--store FILE names another place')
    else if (found !== version)
      throw new UserError(
        `${name}: is a queue of version ${found}, and this k8s-autofix knows version ${version}`,
        'use the k8s-autofix that wrote it, or move the file away to begin anew',
      )
    else if (
      made.length !== tables.length ||
      made.some(({ sql }) => !tables.some((table) => table === sql)) ||
      database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] !== 'ok'
    )
      throw damaged(name, 'its tables are not as they were made')
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function numberOf(database: DatabaseSync, pragma: string): number {
  return z.object({ [pragma]: z.number() }).parse(database.prepare(`PRAGMA ${pragma}`).get())[pragma] ?? 0
}

function read(database: DatabaseSync, { name }: QueuePlace): Queue {
  const all = <Schema extends z.ZodType>(table: string, schema: Schema): z.output<Schema>[] => {
    const parsed = z.array(schema).safeParse(database.prepare(`SELECT * FROM ${table}`).all())
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw damaged(name, `${table}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  }
  const about = queueSchema.safeParse(database.prepare('SELECT * FROM queue').all())
  if (!about.success) throw damaged(name, 'queue: holds not one row')
  const [{ served, folder }] = about.data
  return {
    rows: new Map(all('findings', rowSchema).map((row) => [row.fingerprint, row])),
    takes: new Map(all('takes', takeSchema).map((take) => [take.id, take])),
    served,
    folder,
  }
}

/** Writes what differs: rows are never changed in place. */
function write(database: DatabaseSync, before: Queue, after: Queue): void {
  const places = (names: readonly string[]): string => names.map(() => '?').join(', ')
  const putRow = database.prepare(
    `INSERT OR REPLACE INTO findings (${columns.join(', ')}) VALUES (${places(columns)})`,
  )
  const dropRow = database.prepare('DELETE FROM findings WHERE fingerprint = ?')
  for (const [key, row] of after.rows) if (before.rows.get(key) !== row) putRow.run(...cellsOf(row))
  for (const key of before.rows.keys()) if (!after.rows.has(key)) dropRow.run(key)
  const putTake = database.prepare('INSERT OR REPLACE INTO takes (id, at, until, ended) VALUES (?, ?, ?, ?)')
  const dropTake = database.prepare('DELETE FROM takes WHERE id = ?')
  for (const [id, take] of after.takes) if (before.takes.get(id) !== take) putTake.run(...takeCells(take))
  for (const id of before.takes.keys()) if (!after.takes.has(id)) dropTake.run(id)
  if (after.served !== before.served || after.folder !== before.folder)
    database.prepare('UPDATE queue SET served = ?, folder = ?').run(after.served, after.folder)
}

type Cell = string | number | null

function cellsOf(row: QueueRow): Cell[] {
  return columns.map((name): Cell => {
    const value = row[name]
    if (value === undefined) return null
    return typeof value === 'object' ? JSON.stringify(value) : value
  })
}

function takeCells({ id, at, until, ended }: Take): Cell[] {
  return [id, at, until, ended ?? null]
}

/** Words for what SQLite says (its result codes). */
function guard({ name }: QueuePlace): <Result>(work: () => Result) => Result {
  return (work) => {
    try {
      return work()
    } catch (error) {
      const code: unknown = error instanceof Error ? Reflect.get(error, 'errcode') : undefined
      if (typeof code !== 'number') throw error
      // Extended codes have the plain one in their lowest byte.
      switch (code & 0xff) {
        case 5:
        case 6:
          throw new InfrastructureError(
            `${name}: another process has kept the queue for ${patience / 1000} seconds`,
            'run the command again once it has ended',
          )
        case 11:
        case 26:
          throw damaged(name, messageOf(error))
        case 3:
        case 8:
        case 14:
          throw unwritable(name, messageOf(error))
        default:
          throw new InfrastructureError(`${name}: the queue cannot be used: ${messageOf(error)}`)
      }
    }
  }
}

/** When things were first seen, and what was taken and ignored, stands nowhere else: nothing is begun anew unasked. */
function damaged(name: string, why: string): UserError {
  return new UserError(
    `${name}: is no queue that can be read: ${why}`,
    'move the file away to begin anew: all findings are then new, and what was taken or ignored is forgotten',
  )
}

function unwritable(name: string, why: string): UserError {
  return new UserError(`${name}: cannot be written: ${why}`, '--store FILE names a place that can be written')
}
