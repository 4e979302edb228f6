/**
 * Globs with the meaning that kube-linter's `ignorePaths` have (the Go package doublestar v4, `PathMatch` on paths with
 * `/`): `*` and `?` stay inside one folder and match names that begin with a dot, `**` as a whole path component stands
 * for any number of folders, `[a-z]`, `[^a]` and `[!a]` for one letter, `{a,b}` for alternatives, `\` takes the next
 * letter as it is. The whole path has to match.
 *
 * Written as sets of positions instead of backtracking or a regular expression, so that no pattern can be slow.
 */
export type PathMatcher = (path: string) => boolean

/** Alternatives of one pattern, once its braces are written out. */
const maximumAlternatives = 256

/** Undefined where the pattern is malformed, or has more alternatives than anyone writes. */
export function compileGlob(pattern: string): PathMatcher | undefined {
  if (!isWellFormed(pattern)) return undefined
  const plain = expand(pattern)
  if (plain === undefined) return undefined
  const compiled = plain.map(tokensOf)
  return (path) => {
    const letters = Array.from(path)
    return compiled.some((tokens) => matches(tokens, letters))
  }
}

type Token =
  | { kind: 'letter'; letter: string }
  | { kind: 'one' }
  | { kind: 'class'; negated: boolean; ranges: [string, string][] }
  | { kind: 'star' }
  /** Any number of whole folders, each with its `/`. */
  | { kind: 'folders' }
  /** All that is left. */
  | { kind: 'rest' }

function matches(tokens: readonly Token[], letters: readonly string[]): boolean {
  let positions = new Set([0])
  tokens.forEach((token, index) => {
    const next = new Set<number>()
    for (const position of positions) advance(token, letters, position, next)
    // `a/**` matches `a` too: the folder itself.
    if (token.kind === 'letter' && token.letter === '/' && endsInFolders(tokens, index + 1))
      if (positions.has(letters.length)) next.add(letters.length)
    positions = next
  })
  return positions.has(letters.length)
}

function endsInFolders(tokens: readonly Token[], at: number): boolean {
  const [only, ...others] = tokens.slice(at)
  return (only?.kind === 'rest' || only?.kind === 'folders') && others.length === 0
}

function advance(token: Token, letters: readonly string[], from: number, into: Set<number>): void {
  const letter = letters[from]
  switch (token.kind) {
    case 'letter':
      if (letter === token.letter) into.add(from + 1)
      break
    case 'one':
      if (letter !== undefined && letter !== '/') into.add(from + 1)
      break
    case 'class':
      if (letter !== undefined && isIn(letter, token.ranges) !== token.negated) into.add(from + 1)
      break
    case 'star':
      for (let at = from; !into.has(at); at++) {
        into.add(at)
        if (at >= letters.length || letters[at] === '/') break
      }
      break
    case 'folders':
      into.add(from)
      for (let at = from; at < letters.length; at++) if (letters[at] === '/') into.add(at + 1)
      break
    case 'rest':
      into.add(letters.length)
      break
  }
}

function isIn(letter: string, ranges: readonly [string, string][]): boolean {
  const code = letter.codePointAt(0) ?? 0
  return ranges.some(([low, high]) => (low.codePointAt(0) ?? 0) <= code && code <= (high.codePointAt(0) ?? 0))
}

/** A well-formed pattern without braces as tokens. */
function tokensOf(pattern: string): Token[] {
  const letters = Array.from(pattern)
  const tokens: Token[] = []
  let at = 0
  let startsComponent = true
  while (at < letters.length) {
    const letter = letters[at] ?? ''
    at++
    let isSlash = false
    if (letter === '*') {
      if (letters[at] === '*') {
        at++
        if (startsComponent && at === letters.length) {
          tokens.push({ kind: 'rest' })
          break
        }
        if (startsComponent && letters[at] === '/') {
          at++
          tokens.push({ kind: 'folders' })
          continue
        }
      }
      tokens.push({ kind: 'star' })
    } else if (letter === '?') tokens.push({ kind: 'one' })
    else if (letter === '[') {
      const end = classEnd(letters, at)
      tokens.push(classOf(letters.slice(at, end)))
      at = end + 1
    } else {
      const literal = letter === '\\' ? (letters[at++] ?? '') : letter
      isSlash = literal === '/'
      tokens.push({ kind: 'letter', letter: literal })
    }
    startsComponent = isSlash
  }
  return tokens
}

/** Index of the `]` that ends the class whose inside starts at `from`. */
function classEnd(letters: readonly string[], from: number): number {
  let at = from
  if (letters[at] === '^' || letters[at] === '!') at++
  for (; at < letters.length; at++)
    if (letters[at] === '\\') at++
    else if (letters[at] === ']') break
  return at
}

function classOf(inside: readonly string[]): Token {
  const negated = inside[0] === '^' || inside[0] === '!'
  const ranges: [string, string][] = []
  const letters = inside.slice(negated ? 1 : 0)
  let at = 0
  const next = (): string => (letters[at] === '\\' && at++, letters[at++] ?? '')
  while (at < letters.length) {
    const low = next()
    if (letters[at] === '-' && at + 1 < letters.length) {
      at++
      ranges.push([low, next()])
    } else ranges.push([low, low])
  }
  return { kind: 'class', negated, ranges }
}

/** Classes and braces closed, nothing cut off behind a backslash: what doublestar accepts. */
function isWellFormed(pattern: string): boolean {
  let depth = 0
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]
    if (letter === '\\') {
      if (++at >= pattern.length) return false
    } else if (letter === '[') {
      const letters = Array.from(pattern.slice(at + 1))
      const end = classEnd(letters, 0)
      const negated = letters[0] === '^' || letters[0] === '!'
      if (end >= letters.length || end === (negated ? 1 : 0)) return false
      at += letters.slice(0, end).join('').length + 1
    } else if (letter === '{') depth++
    else if (letter === '}' && --depth < 0) return false
  }
  return depth === 0
}

/** The patterns that the braces of a well-formed pattern stand for. */
function expand(pattern: string): string[] | undefined {
  let found: string[] = []
  const open = [pattern]
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const alternatives = firstAlternatives(next)
    if (alternatives === undefined) found = [...found, next]
    else open.unshift(...alternatives)
    if (found.length + open.length > maximumAlternatives) return undefined
  }
  return found
}

/** The first pair of braces written out; undefined where there is none. */
function firstAlternatives(pattern: string): string[] | undefined {
  const cuts: number[] = []
  let depth = 0
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]
    if (letter === '\\') at++
    else if (letter === '[' && depth === 0) {
      const letters = Array.from(pattern.slice(at + 1))
      at += letters.slice(0, classEnd(letters, 0)).join('').length + 1
    } else if (letter === '{') {
      if (depth++ === 0) cuts.push(at)
    } else if (letter === ',' && depth === 1) cuts.push(at)
    else if (letter === '}' && --depth === 0) {
      cuts.push(at)
      break
    }
  }
  const [first] = cuts
  const last = cuts.at(-1)
  if (first === undefined || last === undefined || cuts.length < 2) return undefined
  return cuts
    .slice(0, -1)
    .map(
      (cut, index) =>
        pattern.slice(0, first) + pattern.slice(cut + 1, cuts[index + 1]) + pattern.slice(last + 1),
    )
}
