import { execa, ExecaError } from 'execa'
import type { BlobText, ChangedFile, ChangeSource, CommitTree } from '../change/index.ts'
import { InfrastructureError, UserError } from '../model/index.ts'

/** A change as git has it: what HEAD holds and the merge base of both does not. */
export interface LocalChange {
  source: ChangeSource
  /** From the root of the repository to the folder that was asked from, with a final `/`; empty at the root. */
  prefix: string
}

/** Milliseconds for one command of git. */
const patience = 120_000

const statuses: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  C: 'copied',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
}

/** Opens `BASE...HEAD` in the repository around a folder. Either side may be left out and means HEAD, as in git. */
export async function openLocalChange(
  range: string,
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<LocalChange> {
  const git = createGit(folder, environment)
  const [baseName, headName, ...more] = range.split('...')
  if (baseName === undefined || headName === undefined || more.length > 0 || range === '...')
    throw new UserError(`--diff ${range}: must be two commits with three dots between`, '--diff main...HEAD')
  const root = await git.line(['rev-parse', '--show-toplevel'], 'is this folder in a git repository?')
  const prefix = await git.line(['rev-parse', '--show-prefix'], '')
  const commit = async (name: string): Promise<string> =>
    git.line(
      ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name === '' ? 'HEAD' : name}^{commit}`],
      `--diff ${range}: ${JSON.stringify(name)} is no commit here; fetch it, or check its name`,
    )
  const [base, head] = [await commit(baseName), await commit(headName)]
  const merge = await git.line(
    ['merge-base', base, head],
    `--diff ${range}: the two have no commit in common; a shallow clone may lack it: git fetch --unshallow`,
  )
  const repository = createGit(root, environment)
  return {
    prefix,
    source: {
      base: merge,
      head,
      files: changedFiles(
        await repository.bytes([
          'diff-tree',
          '-r',
          '-z',
          '--raw',
          '--no-abbrev',
          '--find-renames',
          '--no-ext-diff',
          merge,
          head,
        ]),
      ),
      hasHunks: false,
      tree: async (name) =>
        treeOf(await repository.bytes(['ls-tree', '-r', '-z', '-l', '--full-tree', name])),
      texts: async (oids) => textsOf(oids, await repository.bytes(['cat-file', '--batch'], oids)),
    },
  }
}

interface Git {
  bytes(args: readonly string[], input?: readonly string[]): Promise<Buffer>
  /** The one line that a command prints; `hint` explains a failure. */
  line(args: readonly string[], hint: string): Promise<string>
}

function createGit(folder: string, environment: Readonly<Record<string, string | undefined>>): Git {
  const env = Object.fromEntries(
    ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'TMPDIR', 'TEMP', 'GIT_DIR', 'GIT_WORK_TREE'].flatMap(
      (name) => {
        const value = environment[name]
        return value === undefined ? [] : [[name, value]]
      },
    ),
  )
  const bytes: Git['bytes'] = async (args, input = []) => {
    const result = await execa('git', ['--no-optional-locks', ...args], {
      cwd: folder,
      env: { ...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' },
      extendEnv: false,
      encoding: 'buffer',
      stripFinalNewline: false,
      timeout: patience,
      maxBuffer: 512 * 1024 * 1024,
      input: input.map((line) => `${line}\n`).join(''),
    })
    return Buffer.from(result.stdout)
  }
  return {
    bytes,
    async line(args, hint) {
      try {
        return (await bytes(args)).toString('utf8').replace(/\r?\n$/, '')
      } catch (error) {
        if (!(error instanceof ExecaError)) throw error
        if (error.code === 'ENOENT')
          throw new UserError(
            '--diff needs git, which is not on the PATH',
            'install git, or leave out --diff',
          )
        if (error.exitCode === undefined)
          throw new InfrastructureError(`git ${args[0] ?? ''} did not end: ${error.shortMessage}`)
        throw new UserError(hint === '' ? `git ${args[0] ?? ''} failed` : hint)
      }
    },
  }
}

/** `:100644 100644 <oid> <oid> M\0path\0`, with two paths for renames and copies. */
function changedFiles(raw: Buffer): ChangedFile[] {
  const fields = raw.toString('utf8').split('\0')
  const files: ChangedFile[] = []
  for (let at = 0; at < fields.length;) {
    const letter = /^:\d+ \d+ [0-9a-f]+ [0-9a-f]+ ([A-Z])/.exec(fields[at++] ?? '')?.[1]
    if (letter === undefined) continue
    const first = fields[at++] ?? ''
    const isMoved = letter === 'R' || letter === 'C'
    const path = isMoved ? (fields[at++] ?? '') : first
    files.push({
      path,
      previous: isMoved ? first : undefined,
      status: statuses[letter] ?? 'changed',
      patch: undefined,
    })
  }
  return files
}

/** `100644 blob <oid> <size>\tpath\0` */
function treeOf(raw: Buffer): CommitTree {
  const entries = raw
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, mode, oid, size, path] = /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line) ?? []
      if (mode === undefined || oid === undefined || path === undefined) return []
      return [{ path, mode, oid, size: Number(size) }]
    })
  return { entries, complete: true }
}

/** `<oid> blob <size>\n<bytes>\n`, in the order of the questions. */
function textsOf(oids: readonly string[], answer: Buffer): ReadonlyMap<string, BlobText> {
  const texts = new Map<string, BlobText>()
  let at = 0
  for (const oid of oids) {
    const end = answer.indexOf('\n', at)
    const [, size] = / blob (\d+)$/.exec(answer.toString('utf8', at, end)) ?? []
    at = end + 1
    if (size === undefined) {
      texts.set(oid, { missing: 'gone' })
      continue
    }
    texts.set(oid, read(answer.subarray(at, at + Number(size))))
    at += Number(size) + 1
  }
  return texts
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function read(bytes: Buffer): BlobText {
  try {
    return { text: decoder.decode(bytes) }
  } catch {
    return { missing: bytes.includes(0) ? 'binary' : 'not-utf-8' }
  }
}
