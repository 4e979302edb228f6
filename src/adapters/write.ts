import { randomBytes } from 'node:crypto'
import { constants, rmSync, type Stats } from 'node:fs'
import { copyFile, link, lstat, open, rename, unlink, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UserError } from '../model/index.ts'

/** The new text of a file that was read before, or a new file. */
export interface FileReplacement {
  /** As reports name it. */
  file: string
  path: string
  /** What was read: the file must still hold exactly this. Undefined where nothing may stand there. */
  before: string | undefined
  after: string
}

export interface WriteResult {
  file: string
  /** Why the file was left as it was. */
  error: UserError | undefined
}

/** Writes each file on its own: one that fails keeps its old text and does not hide the others. */
export async function writeFiles(replacements: readonly FileReplacement[]): Promise<WriteResult[]> {
  const results: WriteResult[] = []
  for (const signal of signals) process.on(signal, stop)
  try {
    for (const replacement of replacements)
      results.push({ file: replacement.file, error: await writeFile(replacement) })
  } finally {
    for (const signal of signals) process.off(signal, stop)
  }
  return results
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** The temporary file that a signal would leave behind. */
let unfinished: string | undefined

/** Ends as the signal would have, without a trace beside the files. */
function stop(signal: NodeJS.Signals): void {
  if (unfinished !== undefined) rmSync(unfinished, { force: true })
  for (const one of signals) process.off(one, stop)
  process.kill(process.pid, signal)
}

async function writeFile({ before, ...named }: FileReplacement): Promise<UserError | undefined> {
  try {
    await (before === undefined ? createFile(named) : replaceFile({ before, ...named }))
    return undefined
  } catch (error) {
    if (error instanceof UserError) return error
    return new UserError(`${named.file}: cannot be written: ${codeText(error)}`)
  }
}

/**
 * Replaces a file by way of a temporary file beside it: written, synced, given the mode and owner of the old one, and
 * renamed over it, so that whoever looks (or kills us) finds the old text or the new one. Refuses when the file no
 * longer holds what was read or is no regular file any more. Other names of the file (hard links) keep the old text.
 *
 * Written by hand rather than with write-file-atomic, which does not look at the old text, follows links to a
 * temporary file of a guessable name, and takes a short write for a whole one.
 */
async function replaceFile({ file, path, before, after }: Named & { before: string }): Promise<void> {
  const status = await unchanged(file, path, before)
  await byTemporary(path, after, 0o600, {
    complete: async (handle) => {
      await keepOwner(handle, status)
      await handle.chmod(status.mode & 0o7777)
    },
    place: async (temporary) => {
      await unchanged(file, path, before)
      await rename(temporary, path)
    },
  })
}

/** The same for a file that does not stand there yet. What stands there by now is left as it is, a link as well. */
async function createFile({ file, path, after }: Named): Promise<void> {
  try {
    await byTemporary(path, after, 0o666, {
      complete: async () => undefined,
      place: async (temporary) => {
        // Unlike a rename it takes nobody's place. Some file systems have no second names.
        await link(temporary, path).catch(async (error: unknown) => {
          if (codeOf(error) === 'EEXIST') throw error
          await copyFile(temporary, path, constants.COPYFILE_EXCL)
        })
        await unlink(temporary)
      },
    })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    throw new UserError(`${file}: stands there by now, so it was not written`, 'run the command again')
  }
}

type Named = Omit<FileReplacement, 'before'>

interface Steps {
  complete(handle: FileHandle): Promise<void>
  place(temporary: string): Promise<void>
}

/** Writes a text beside its place, and puts it there once it is whole. */
async function byTemporary(path: string, text: string, mode: number, steps: Steps): Promise<void> {
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`,
  )
  unfinished = temporary
  const handle = await open(temporary, 'wx', mode)
  try {
    try {
      await handle.writeFile(text, 'utf8')
      await steps.complete(handle)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await steps.place(temporary)
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error
  } finally {
    unfinished = undefined
  }
  await syncFolder(dirname(path))
}

async function unchanged(file: string, path: string, before: string): Promise<Stats> {
  const status = await lstat(path).catch((error: unknown) => {
    throw new UserError(`${file}: is gone since it was read`, codeText(error))
  })
  if (!status.isFile()) throw new UserError(`${file}: is no regular file any more, so it was not written`)
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    if (!Buffer.from(before, 'utf8').equals(await handle.readFile()))
      throw new UserError(
        `${file}: changed since it was read, so it was not written`,
        'run the command again',
      )
  } finally {
    await handle.close()
  }
  return status
}

/** Only root may give files away; for anybody else the file becomes theirs, as with any editor. */
async function keepOwner(handle: FileHandle, status: Stats): Promise<void> {
  const own = await handle.stat()
  if (own.uid === status.uid && own.gid === status.gid) return
  try {
    await handle.chown(status.uid, status.gid)
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOSYS'].includes(codeOf(error))) throw error
  }
}

/** Makes the rename last through a power cut, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // Windows and some network file systems cannot sync a folder; the file itself is whole either way.
  }
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : ''
}

const codes = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space is left on the device'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ENOENT', 'no such file or folder'],
])

function codeText(error: unknown): string {
  return codes.get(codeOf(error)) ?? (error instanceof Error ? error.message : String(error))
}
