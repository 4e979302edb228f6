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
  patch?: string
}

/** Lines of the new side that a comment may stand on: the hunks of a diff. */
export interface DiffHunk {
  start: number
  end: number
}

/** A bare git repository, and a checkout in which commits are made. */
export class Repository {
  readonly bare: string
  private readonly work: string
  private readonly base: string

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
    {
      from,
      author = 'person',
      message = 'change',
    }: { from?: string; author?: string; message?: string } = {},
  ): string {
    const start = this.branch(branch) ?? (from === undefined ? undefined : this.commitOf(from))
    if (start !== undefined) {
      run(this.work, ['fetch', '--quiet', 'origin'])
      run(this.work, ['checkout', '--quiet', '--force', '-B', branch, start])
    } else run(this.work, ['checkout', '--quiet', '--orphan', branch])
    for (const [path, content] of Object.entries(files)) place(join(this.work, path), content)
    run(this.work, ['add', '--all', '--force'])
    run(this.work, [
      '-c',
      `user.name=${author}`,
      '-c',
      `user.email=${author}@users.example.test`,
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      message,
    ])
    run(this.work, ['push', '--quiet', '--force', 'origin', `${branch}:refs/heads/${branch}`])
    return run(this.work, ['rev-parse', 'HEAD'])
  }

  /** The commit of a branch. */
  branch(name: string): string | undefined {
    return this.commitOf(`refs/heads/${name}`)
  }

  commitOf(name: string): string | undefined {
    try {
      return this.git('rev-parse', '--verify', '--quiet', `${name}^{commit}`)
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
    try {
      return execFileSync('git', ['cat-file', 'blob', oid], {
        cwd: this.bare,
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: 1 << 28,
      })
    } catch {
      return undefined
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
    const from = this.mergeBase(base, head)
    const fields = this.git(
      'diff-tree',
      '-r',
      '-z',
      '--raw',
      '--find-renames',
      '--no-abbrev',
      from,
      head,
    ).split('\0')
    const files: DiffFile[] = []
    for (let at = 0; at < fields.length;) {
      const letter = /^:\d+ \d+ \w+ \w+ ([A-Z])/.exec(fields[at++] ?? '')?.[1]
      if (letter === undefined) continue
      const previous = letter === 'R' ? fields[at++] : undefined
      const filename = fields[at++] ?? ''
      const status = ({ A: 'added', D: 'removed', R: 'renamed', T: 'changed' } as const)[letter] ?? 'modified'
      const names = previous === undefined ? [filename] : [previous, filename]
      const diff = this.git(
        'diff',
        '--no-color',
        '--no-ext-diff',
        '--find-renames',
        '-U3',
        from,
        head,
        '--',
        ...names,
      )
      const start = diff.search(/^@@ /m)
      const patch = start === -1 ? undefined : diff.slice(start)
      files.push({
        filename,
        ...(previous === undefined ? {} : { previous_filename: previous }),
        status,
        ...(patch === undefined || patch.length > largestPatch ? {} : { patch }),
      })
    }
    return files
  }

  /** Hunks of one file, by the new lines that they show. */
  hunks(base: string, head: string, path: string): DiffHunk[] | undefined {
    const file = this.files(base, head, Number.POSITIVE_INFINITY).find(({ filename }) => filename === path)
    if (file === undefined) return undefined
    return [...(file.patch ?? '').matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)].map(
      ([, start = '0', length = '1']) => ({
        start: Number(start),
        end: Number(start) + Number(length) - 1,
      }),
    )
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true })
  }
}

function place(path: string, content: Content): void {
  if (content === null) {
    rmSync(path, { force: true })
    return
  }
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
