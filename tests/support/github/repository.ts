import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** What a commit makes of a file: its text or bytes, nothing (`null`), a link, or an executable. */
export type Content = string | Buffer | null | { link: string } | { executable: string }

export interface DiffFile {
  filename: string
  previous_filename?: string
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed'
  sha: string
  additions: number
  deletions: number
  changes: number
  patch?: string
}

/** Lines of the new side that a comment may stand on: a hunk of a diff. */
export interface DiffHunk {
  start: number
  end: number
}

/** Who makes a commit, from where, and what it says. */
export interface CommitOptions {
  /** Where a new branch starts. */
  from?: string
  author?: string
  committer?: string
  message?: string
}

/** A bare git repository, and a checkout in which commits are made. */
export class Repository {
  readonly bare: string
  private readonly work: string
  private readonly base: string
  /** Diffs by their two commits, and blobs by their ids: neither ever changes. */
  private readonly diffs = new Map<string, DiffFile[]>()
  private readonly blobs = new Map<string, Buffer>()

  constructor(root: string, owner: string, name: string) {
    this.base = mkdtempSync(join(tmpdir(), 'k8s-autofix-repository-'))
    this.bare = join(root, owner, `${name}.git`)
    mkdirSync(dirname(this.bare), { recursive: true })
    run(this.base, ['init', '--quiet', '--bare', '--initial-branch=main', this.bare])
    // As GitHub does: any object can be asked for by its id.
    run(this.bare, ['config', 'uploadpack.allowAnySHA1InWant', 'true'])
    this.work = join(this.base, 'work')
    run(this.base, ['init', '--quiet', '--initial-branch=main', this.work])
    run(this.work, ['remote', 'add', 'origin', this.bare])
  }

  git(...args: string[]): string {
    return run(this.bare, args)
  }

  /** Commits on top of a branch; a new branch starts at `from`. Gives the commit. */
  commit(
    branch: string,
    files: Readonly<Record<string, Content>>,
    { from, author = 'person', committer = author, message = 'change' }: CommitOptions = {},
  ): string {
    const start = this.branch(branch) ?? (from === undefined ? undefined : this.commitOf(from))
    if (start !== undefined) {
      run(this.work, ['fetch', '--quiet', 'origin'])
      run(this.work, ['checkout', '--quiet', '--force', '-B', branch, start])
    } else run(this.work, ['checkout', '--quiet', '--orphan', branch])
    for (const [path, content] of Object.entries(files)) place(join(this.work, path), content)
    run(this.work, ['add', '--all', '--force'])
    const identity = ['-c', `user.name=${committer}`, '-c', `user.email=${committer}@users.example.test`]
    const by = `--author=${author} <${author}@users.example.test>`
    run(this.work, [...identity, 'commit', '--quiet', '--allow-empty', by, '-m', message])
    run(this.work, ['push', '--quiet', '--force', 'origin', `${branch}:refs/heads/${branch}`])
    return run(this.work, ['rev-parse', 'HEAD'])
  }

  /** The commit of a branch. */
  branch(name: string): string | undefined {
    return this.commitOf(`refs/heads/${name}`)
  }

  commitOf(name: string): string | undefined {
    return this.idOf(`${name}^{commit}`)
  }

  /** The id behind any name that git knows; undefined where it knows none. An id itself is not looked up. */
  idOf(name: string): string | undefined {
    try {
      return this.git('rev-parse', '--verify', '--quiet', '--end-of-options', name)
    } catch {
      return undefined
    }
  }

  mergeBase(a: string, b: string): string {
    return this.git('merge-base', a, b)
  }

  /** Text of a file at a commit; undefined where there is none. */
  text(commit: string, path: string): string | undefined {
    try {
      return execFileSync('git', ['cat-file', 'blob', `${commit}:${path}`], {
        cwd: this.bare,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    } catch {
      return undefined
    }
  }

  blob(oid: string): Buffer | undefined {
    this.readBlobs([oid])
    return this.blobs.get(oid)
  }

  /** Reads blobs at once, for those who ask for many. */
  readBlobs(oids: readonly string[]): void {
    const unknown = oids.filter((oid) => !this.blobs.has(oid) && /^[0-9a-f]{40}$/.test(oid))
    if (unknown.length === 0) return
    const output = execFileSync('git', ['cat-file', '--batch'], {
      cwd: this.bare,
      input: unknown.join('\n'),
      maxBuffer: 1 << 30,
    })
    for (let at = 0; at < output.length;) {
      const end = output.indexOf('\n', at)
      const [oid = '', type, size] = output.subarray(at, end).toString('utf8').split(' ')
      at = end + 1
      if (size === undefined) continue
      if (type === 'blob') this.blobs.set(oid, output.subarray(at, at + Number(size)))
      at += Number(size) + 1
    }
  }

  tree(commit: string): { path: string; mode: string; type: string; sha: string; size?: number }[] {
    return this.git('ls-tree', '-r', '-t', '-z', '-l', '--full-tree', commit)
      .split('\0')
      .flatMap((line) => {
        const [, mode, type, sha, size, path] = /^(\d+) (\w+) ([0-9a-f]+) +(\S+)\t(.+)$/s.exec(line) ?? []
        if (mode === undefined || type === undefined || sha === undefined || path === undefined) return []
        return [{ path, mode, type, sha, ...(size === '-' ? {} : { size: Number(size) }) }]
      })
  }

  /** The three-dot diff as GitHub lists it: hunks of three lines of context, none for binary and large files. */
  files(base: string, head: string, largestPatch = 20_000): DiffFile[] {
    return this.diff(this.mergeBase(base, head), head).map(({ patch, ...file }) => ({
      ...file,
      ...(patch === undefined || patch.length > largestPatch ? {} : { patch }),
    }))
  }

  /** Hunks of one file, by the new lines that they show. */
  hunks(base: string, head: string, path: string): DiffHunk[] | undefined {
    const file = this.diff(this.mergeBase(base, head), head).find(({ filename }) => filename === path)
    return file && hunksOf(file.patch ?? '').map(({ start, lines }) => ({ start, end: start + lines - 1 }))
  }

  private diff(from: string, to: string): DiffFile[] {
    const key = `${from} ${this.commitOf(to) ?? to}`
    const files = this.diffs.get(key) ?? this.readDiff(from, to)
    this.diffs.set(key, files)
    return files
  }

  private readDiff(from: string, to: string): DiffFile[] {
    const options = ['-r', '--find-renames', '--no-abbrev']
    const fields = this.git('diff-tree', ...options, '-z', '--raw', from, to).split('\0')
    const patches = `\n${this.git('diff-tree', ...options, '-p', '-U3', from, to)}`
      .split('\ndiff --git ')
      .slice(1)
    const files: DiffFile[] = []
    for (let at = 0; at < fields.length;) {
      const [, sha = '', letter] = /^:\d+ \d+ \w+ (\w+) ([A-Z])/.exec(fields[at++] ?? '') ?? []
      if (letter === undefined) continue
      const previous = letter === 'R' ? fields[at++] : undefined
      const filename = fields[at++] ?? ''
      const section = patches.shift() ?? ''
      // A file that becomes a link has two sections; what GitHub shows of it is not known, so nothing is.
      if (letter === 'T') patches.shift()
      const start = section.indexOf('\n@@ ')
      const patch = start === -1 || letter === 'T' ? undefined : section.slice(start + 1)
      const count = (sign: string): number =>
        (patch ?? '').split('\n').filter((line) => line.startsWith(sign)).length
      files.push({
        filename,
        ...(previous === undefined ? {} : { previous_filename: previous }),
        status: ({ A: 'added', D: 'removed', R: 'renamed', T: 'changed' } as const)[letter] ?? 'modified',
        sha,
        additions: count('+'),
        deletions: count('-'),
        changes: count('+') + count('-'),
        ...(patch === undefined ? {} : { patch }),
      })
    }
    return files
  }

  /** Where lines of a file stand in another commit; null where one of them, or the file, is gone or has changed. */
  movedLine(
    { from, to, path }: { from: string; to: string; path: string },
    first: number,
    last: number,
  ): number | null {
    if (this.text(to, path) === undefined) return null
    let shift = 0
    for (const { oldStart, oldLines, lines } of hunksOf(this.git('diff', '-U0', from, to, '--', path))) {
      const changes = oldLines > 0 && oldStart <= last && oldStart + oldLines - 1 >= first
      const comesBetween = oldLines === 0 && oldStart >= first && oldStart < last
      if (changes || comesBetween) return null
      if (oldStart < first) shift += lines - oldLines
    }
    return last + shift
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true })
  }
}

/** Hunks by their headers; those alone begin a line with `@@`. */
function hunksOf(patch: string): { oldStart: number; oldLines: number; start: number; lines: number }[] {
  return [...patch.matchAll(/(?:^|\n)@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/g)].map(
    ([, oldStart, oldLines = '1', start, lines = '1']) => ({
      oldStart: Number(oldStart),
      oldLines: Number(oldLines),
      start: Number(start),
      lines: Number(lines),
    }),
  )
}

function place(path: string, content: Content): void {
  // What was a link or could be executed is neither any more, unless that is said again.
  rmSync(path, { force: true, recursive: true })
  if (content === null) return
  mkdirSync(dirname(path), { recursive: true })
  if (typeof content === 'string' || Buffer.isBuffer(content)) writeFileSync(path, content)
  else if ('link' in content) symlinkSync(content.link, path)
  else {
    writeFileSync(path, content.executable)
    chmodSync(path, 0o755)
  }
}

function run(cwd: string, args: readonly string[]): string {
  const environment = {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    LC_ALL: 'C',
  }
  return execFileSync('git', ['-c', 'core.quotepath=off', '-c', 'core.autocrlf=false', ...args], {
    cwd,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  }).replace(/\n$/, '')
}
