import { randomUUID } from 'node:crypto'
import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { messageOf } from '../model/index.ts'
import { emptyState, parseState, stateText, type State, type StateStore } from '../schedule/index.ts'
import { readListed } from './workspace.ts'

/** A state is far smaller; what is larger is none. */
export const mostBytes = 5 * 1024 * 1024

/** Milliseconds that a process waits for others that are changing the same file; each takes a few. */
const patience = 10_000

/** A state in a file of the user's. */
export function stateFile(path: string): StateStore {
  return {
    async restore() {
      return readState(path, named(path))
    },
    async save(state) {
      try {
        write(path, state)
        return {}
      } catch (error) {
        return { trouble: unwritten(path, error) }
      }
    },
  }
}

/**
 * Reads a state, changes it and writes it, while no other process does the same to it. The lock is one of the system's,
 * by SQLite, on an empty file beside: it ends with the process that holds it, so that it is never stale, as a file whose
 * being there is the lock would be after a kill. Merging on write would need no lock but loses what two write at the
 * same moment, and can take nothing away. What cannot be read is changed as the empty state, with the sentence of
 * `restore`, and replaced. Where nothing can be written, the state is the one that stands. What `change` throws is thrown,
 * and nothing is written.
 */
export async function updateState(
  path: string,
  change: (state: State) => State,
): Promise<{ state: State; trouble?: string }> {
  let unlock: () => void
  try {
    unlock = await lock(path)
  } catch (error) {
    return { ...readState(path, named(path)), trouble: unwritten(path, error) }
  }
  try {
    const before = readState(path, named(path))
    const state = change(before.state)
    try {
      write(path, state)
    } catch (error) {
      return { ...before, trouble: unwritten(path, error) }
    }
    return { ...before, state }
  } finally {
    unlock()
  }
}

/** What a file holds; where there is none, the empty state. Nothing of it is believed. `name` is for people. */
export function readState(path: string, name: string): { state: State; trouble?: string } {
  const nothing = (why: string): { state: State; trouble: string } => ({
    state: emptyState,
    trouble: `${name} ${why}`,
  })
  try {
    const status = lstatSync(path, { throwIfNoEntry: false })
    if (status === undefined) return { state: emptyState }
    if (status.isSymbolicLink()) return nothing('is a link, which is not followed')
  } catch (error) {
    return nothing(`cannot be read: ${lineOf(error)}`)
  }
  const read = readListed({ file: path, path }, mostBytes)
  if ('unread' in read) return nothing(lineOf(read.unread.reason.text))
  const state = parseState(read.text)
  return state === undefined ? nothing('is no state of this version: nothing is known from it') : { state }
}

/** Whoever reads it meanwhile sees the old one or the new one. */
function write(path: string, state: State): void {
  const status = lstatSync(path, { throwIfNoEntry: false })
  if (status !== undefined && !status.isFile()) throw new Error('there is something that is no regular file')
  const draft = join(dirname(path), `.${basename(path).slice(0, 200)}.${randomUUID()}`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(draft, stateText(state), { flag: 'wx' })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

async function lock(path: string): Promise<() => void> {
  mkdirSync(dirname(path), { recursive: true })
  const beside = join(dirname(path), `.${basename(path)}.lock`)
  const status = lstatSync(beside, { throwIfNoEntry: false })
  if (status !== undefined && !status.isFile()) throw new Error(`${named(beside)} is no regular file`)
  const { DatabaseSync } = await import('node:sqlite')
  const database = new DatabaseSync(beside, { timeout: patience })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    throw error
  }
  return () => database.close()
}

function unwritten(path: string, error: unknown): string {
  return `${named(path)} cannot be written: ${lineOf(error)}`
}

/** Messages of the system hold the name as it is. */
function lineOf(error: unknown): string {
  return messageOf(error).replaceAll(/\p{Cc}+/gu, ' ')
}

/** A name may hold anything; a sentence is one line. */
function named(path: string): string {
  return /[\p{Cc}\s]/u.test(path) ? JSON.stringify(path) : path
}
