import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { messageOf } from '../model/index.ts'
import { emptyState, parseState, stateText, type StateStore } from '../schedule/index.ts'

/** A state is far smaller; what is larger is none. */
const mostBytes = 5 * 1024 * 1024

/** A state in a file of the user's. */
export function stateFile(path: string): StateStore {
  return {
    async restore() {
      if (!existsSync(path)) return { state: emptyState }
      try {
        const status = statSync(path)
        if (!status.isFile()) return { state: emptyState, trouble: `${path} is no regular file` }
        if (status.size > mostBytes) return { state: emptyState, trouble: `${path} is too large for a state` }
        const state = parseState(readFileSync(path, 'utf8'))
        return state === undefined
          ? { state: emptyState, trouble: `${path} holds no state of this version: nothing is known from it` }
          : { state }
      } catch (error) {
        return { state: emptyState, trouble: `${path} cannot be read: ${messageOf(error)}` }
      }
    },
    async save(state) {
      // Whoever reads it meanwhile sees the old one or the new one.
      const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
      try {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(draft, stateText(state), { flag: 'wx' })
        renameSync(draft, path)
        return {}
      } catch (error) {
        rmSync(draft, { force: true })
        return { trouble: `${path} cannot be written: ${messageOf(error)}` }
      }
    },
  }
}
