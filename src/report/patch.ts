import { posix } from 'node:path'
import { structuredPatch } from 'diff'
import type { Style } from './style.ts'
import { visible } from './text.ts'

/** One file's change, as the patch format needs it. */
export interface TextChange {
  file: string
  /** Undefined for a new file. */
  before: string | undefined
  after: string
}

export interface PatchOptions {
  /**
   * From the root of the repository to the folder that the file names run from, with a final `/`; empty at the root.
   * `git apply` takes names of a git patch from the root, wherever it runs.
   */
  prefix: string
}

/** A unified diff that `git apply` takes, with every byte that is not part of a change as it was. */
export function renderPatch(changes: readonly TextChange[], { prefix }: PatchOptions): string {
  return changes
    .filter(({ before, after }) => before !== after)
    .map((change) => filePatch(change, prefix))
    .join('')
}

function filePatch({ file, before, after }: TextChange, prefix: string): string {
  const name = posix.normalize(prefix + file)
  const { hunks } = structuredPatch('', '', before ?? '', after, '', '', { context: 3 })
  const body = hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) =>
    [`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`, ...lines, ''].join('\n'),
  )
  return [
    `diff --git ${quoted(`a/${name}`)} ${quoted(`b/${name}`)}\n`,
    ...(before === undefined ? ['new file mode 100644\n'] : []),
    `--- ${before === undefined ? '/dev/null' : ended(quoted(`a/${name}`))}\n`,
    `+++ ${ended(quoted(`b/${name}`))}\n`,
    ...body,
  ].join('')
}

/** Of no lines git names the one in front of them. */
function range(start: number, lines: number): string {
  if (lines === 0) return `${start - 1},0`
  return lines === 1 ? String(start) : `${start},${lines}`
}

/** git ends a name with a tab where a reader could take a space for its end. */
function ended(name: string): string {
  return name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name
}

const escapes = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
])

/** A name as git writes it (quote.c, with core.quotePath): in quotes with C escapes, where a byte of it needs them. */
function quoted(name: string): string {
  let needed = false
  const letters = [...new TextEncoder().encode(name)].map((byte) => {
    const escape = escapes.get(byte)
    if (escape === undefined && byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte)
    needed = true
    return escape ?? `\\${byte.toString(8).padStart(3, '0')}`
  })
  return needed ? `"${letters.join('')}"` : name
}

/** A patch for the eye: colours, and nothing in it that a terminal would act on. Not to be applied. */
export function showPatch(patch: string, style: Pick<Style, 'added' | 'removed' | 'bold'>): string {
  return patch
    .split('\n')
    .map((line) => {
      const text = visible(line.replace(/\r$/, ''))
      if (/^(?:diff --git |--- |\+\+\+ )/.test(line)) return style.bold(text)
      if (line.startsWith('+')) return style.added(text)
      return line.startsWith('-') ? style.removed(text) : text
    })
    .join('\n')
}
