import { describe, expect, it } from 'vitest'
import type { JsonPatch } from '../../src/model/index.ts'
import { edited, text } from './support.ts'

interface Case {
  name: string
  before: string
  patch: JsonPatch
  after: string
}

function check(cases: readonly Case[]): void {
  it.each(cases)('$name', ({ before, patch, after }) => {
    expect(edited(before, patch)).toBe(after)
  })
}

describe('maps', () => {
  check([
    {
      name: 'a new key goes to the end of its map, in the step of the map',
      before: text('spec:', '    a: 1', '    b:', '        c: 2', 'status: x'),
      patch: [{ op: 'add', path: '/spec/d', value: { e: { f: 1 } } }],
      after: text(
        'spec:',
        '    a: 1',
        '    b:',
        '        c: 2',
        '    d:',
        '        e:',
        '            f: 1',
        'status: x',
      ),
    },
    {
      name: 'comments that follow stay below, comments deeper than the map stay with what they follow',
      before: text('spec:', '  a:', '    b: 1', '    # of b', '  # of the next', 'status: x'),
      patch: [{ op: 'add', path: '/spec/c', value: 2 }],
      after: text('spec:', '  a:', '    b: 1', '    # of b', '  c: 2', '  # of the next', 'status: x'),
    },
    {
      name: 'blank lines behind the last key stay behind the new one',
      before: 'a: 1\n\n\n',
      patch: [{ op: 'add', path: '/b', value: 2 }],
      after: 'a: 1\nb: 2\n\n\n',
    },
    {
      name: 'several keys keep the order of the patch',
      before: text('a: 1'),
      patch: [
        { op: 'add', path: '/z', value: 1 },
        { op: 'add', path: '/b', value: {} },
        { op: 'add', path: '/c', value: [] },
      ],
      after: text('a: 1', 'z: 1', 'b: {}', 'c: []'),
    },
    {
      name: 'keys are quoted where they would be read as something else, or where the siblings are',
      before: text('a: 1'),
      patch: [
        { op: 'add', path: '/on', value: 1 },
        { op: 'add', path: '/8080', value: 1 },
        { op: 'add', path: '/', value: 1 },
        { op: 'add', path: '/a: b', value: 1 },
      ],
      after: text('a: 1', '"8080": 1', '"on": 1', '"": 1', '"a: b": 1'),
    },
    {
      name: 'a key of a list item goes below its siblings',
      before: text('c:', '  - name: a', '    image: b', '  - name: c'),
      patch: [{ op: 'add', path: '/c/0/x', value: true }],
      after: text('c:', '  - name: a', '    image: b', '    x: true', '  - name: c'),
    },
    {
      name: 'a wide dash gap is kept',
      before: text('c:', '-   name: a', '    image: b'),
      patch: [
        { op: 'add', path: '/c/0/x', value: ['y'] },
        { op: 'add', path: '/c/-', value: { name: 'z', k: 1 } },
      ],
      after: text('c:', '-   name: a', '    image: b', '    x:', '    -   "y"', '-   name: z', '    k: 1'),
    },
    {
      name: 'a removed key takes its value, its trailing comment and the deeper comments below it; comments above stay',
      before: text('a: 1', '# above', 'b:  # behind', '  c: 1', '  # deeper', '# next', 'd: 1'),
      patch: [{ op: 'remove', path: '/b' }],
      after: text('a: 1', '# above', '# next', 'd: 1'),
    },
    {
      name: 'the first key behind a dash goes and the dash stays',
      before: text('- name: a # x', '  image: b # y', '  c: 1'),
      patch: [{ op: 'remove', path: '/0/name' }],
      after: text('- image: b # y', '  c: 1'),
    },
    {
      name: 'the first key behind a dash goes, but the comment below it keeps its line',
      before: text('- name: a', '  # of the image', '  image: b'),
      patch: [{ op: 'remove', path: '/0/name' }],
      after: text('-', '  # of the image', '  image: b'),
    },
    {
      name: 'the last key leaves {}',
      before: text('a: # c', '  # above', '  b: 1', 'c: 1'),
      patch: [{ op: 'remove', path: '/a/b' }],
      after: text('a: {} # c', '  # above', 'c: 1'),
    },
    {
      name: 'the last key behind a dash leaves {}',
      before: text('- a: 1', '- b'),
      patch: [{ op: 'remove', path: '/0/a' }],
      after: text('- {}', '- b'),
    },
    {
      name: 'the last key of the document leaves {}',
      before: text('# head', 'a: 1'),
      patch: [{ op: 'remove', path: '/a' }],
      after: text('# head', '{}'),
    },
    {
      name: 'all keys go and others come',
      before: text('a:', '  # one', '  b: 1', '  # two', '  c: 2', 'd: 1'),
      patch: [{ op: 'replace', path: '/a', value: { x: 1 } }],
      after: text('a:', '  # one', '  x: 1', '  # two', 'd: 1'),
    },
    {
      name: 'an explicit key',
      before: text('? a', ': b', '? c', ':', '  d: 1', 'e: f'),
      patch: [
        { op: 'replace', path: '/a', value: 'x' },
        { op: 'add', path: '/c/y1', value: 1 },
        { op: 'remove', path: '/e' },
      ],
      after: text('? a', ': x', '? c', ':', '  d: 1', '  y1: 1'),
    },
    {
      name: 'quoted keys are found by what they say',
      before: text(`"a/b": 1`, `'c~d': 2`),
      patch: [
        { op: 'replace', path: '/a~1b', value: 3 },
        { op: 'remove', path: '/c~0d' },
      ],
      after: text(`"a/b": 3`),
    },
    {
      name: 'keys that kubectl reads as something else are found by their text',
      before: text('on: 1', '0644: 2', '8: x'),
      patch: [
        { op: 'replace', path: '/true', value: 5 },
        { op: 'replace', path: '/420', value: 6 },
        { op: 'replace', path: '/8', value: 'y' },
      ],
      after: text('on: 5', '0644: 6', '8: "y"'),
    },
  ])
})

describe('lists', () => {
  check([
    {
      name: 'an item at the end of a list that is not indented',
      before: text('a:', '- x', '- y', 'b: 1'),
      patch: [{ op: 'add', path: '/a/-', value: 'z' }],
      after: text('a:', '- x', '- y', '- z', 'b: 1'),
    },
    {
      name: 'an item in the middle of an indented list, in the quotes of its neighbours',
      before: text('a:', '  - "x"', '  - "z"'),
      patch: [{ op: 'add', path: '/a/1', value: 'w' }],
      after: text('a:', '  - "x"', '  - "w"', '  - "z"'),
    },
    {
      name: 'the comment of the first item stays with it',
      before: text('a: # list', '  # of x', '  - x'),
      patch: [{ op: 'add', path: '/a/0', value: 'w' }],
      after: text('a: # list', '  - w', '  # of x', '  - x'),
    },
    {
      name: 'maps and lists as items',
      before: text('a:', '- b: 1'),
      patch: [{ op: 'add', path: '/a/-', value: { c: [{ d: 1 }, [1, 2]], e: { f: {} } } }],
      after: text('a:', '- b: 1', '- c:', '  - d: 1', '  - - 1', '    - 2', '  e:', '    f: {}'),
    },
    {
      name: 'an item in front of a nested list',
      before: text('- - a', '  - b'),
      patch: [{ op: 'add', path: '/0/0', value: 'x' }],
      after: text('- - x', '  - a', '  - b'),
    },
    {
      name: 'the first item of a nested list goes',
      before: text('- - a', '  - b', '- c'),
      patch: [{ op: 'remove', path: '/0/0' }],
      after: text('- - b', '- c'),
    },
    {
      name: 'an item goes with its deeper comments',
      before: text('a:', '- x', '# of y', '- y # y', '  # deeper', '# of z', '- z'),
      patch: [{ op: 'remove', path: '/a/1' }],
      after: text('a:', '- x', '# of y', '# of z', '- z'),
    },
    {
      name: 'the last item leaves []',
      before: text('a:', '- x: 1', '  b: 2', 'c: 1'),
      patch: [{ op: 'remove', path: '/a/0' }],
      after: text('a: []', 'c: 1'),
    },
    {
      name: 'of equal items the one that is named goes',
      before: text('- a # 1', '- a # 2', '- a # 3'),
      patch: [{ op: 'remove', path: '/1' }],
      after: text('- a # 1', '- a # 3'),
    },
    {
      name: 'a list is replaced item by item',
      before: text('a:', '- name: p # p', '  v: 1', '- name: q # q', '  v: 2'),
      patch: [{ op: 'replace', path: '/a', value: [{ name: 'q', v: 3 }, { name: 'z' }] }],
      after: text('a:', '- name: q # q', '  v: 3', '- name: z'),
    },
    {
      name: 'an item that is not written',
      before: text('-', '- a'),
      patch: [{ op: 'replace', path: '/0', value: { b: 1, c: 2 } }],
      after: text('- b: 1', '  c: 2', '- a'),
    },
    {
      name: 'an item below its dash',
      before: text('-', '  a: 1', '- b'),
      patch: [{ op: 'add', path: '/0/c', value: 1 }],
      after: text('-', '  a: 1', '  c: 1', '- b'),
    },
  ])
})

describe('filling and emptying', () => {
  check([
    {
      name: '{} becomes a block, its comment stays',
      before: text('a: {} # c', 'b: 1'),
      patch: [{ op: 'add', path: '/a/x', value: 1 }],
      after: text('a: # c', '  x: 1', 'b: 1'),
    },
    {
      name: '[] becomes a list in the style of the document',
      before: text('a:', '  - 1', 'b: []'),
      patch: [{ op: 'add', path: '/b/-', value: 'x' }],
      after: text('a:', '  - 1', 'b:', '  - x'),
    },
    {
      name: 'a value that is not written, with a comment behind it',
      before: text('a:  # c', 'b: 1'),
      patch: [{ op: 'replace', path: '/a', value: 5 }],
      after: text('a: 5  # c', 'b: 1'),
    },
    {
      name: 'a value that is not written becomes a map',
      before: text('a: ', 'b: 1'),
      patch: [{ op: 'replace', path: '/a', value: { c: 1 } }],
      after: text('a:', '  c: 1', 'b: 1'),
    },
    {
      name: 'null becomes a list',
      before: text('a: ~ # c', 'b: null'),
      patch: [
        { op: 'replace', path: '/a', value: [1] },
        { op: 'replace', path: '/b', value: {} },
      ],
      after: text('a: # c', '- 1', 'b: {}'),
    },
    {
      name: '{} as an item',
      before: text('- {} # c', '- 1'),
      patch: [{ op: 'add', path: '/0/a', value: { b: 1 } }],
      after: text('- a: # c', '    b: 1', '- 1'),
    },
    {
      name: '{} with an anchor nobody uses',
      before: text('a: &x {}', 'b: 1'),
      patch: [{ op: 'add', path: '/a/c', value: 1 }],
      after: text('a: &x', '  c: 1', 'b: 1'),
    },
    {
      name: 'a block becomes a scalar',
      before: text('a: # c', '  b: 1', '  c: 2', 'd: 1'),
      patch: [{ op: 'replace', path: '/a', value: 'x' }],
      after: text('a: x # c', 'd: 1'),
    },
    {
      name: 'a list becomes a map and a map becomes a list',
      before: text('a:', '- 1', '- 2', 'b:', '  c: 1', 'd: 1'),
      patch: [
        { op: 'replace', path: '/a', value: { x: 1 } },
        { op: 'replace', path: '/b', value: ['y1'] },
      ],
      after: text('a:', '  x: 1', 'b:', '- y1', 'd: 1'),
    },
    {
      name: 'an item of one kind becomes an item of another',
      before: text('- a: 1', '  b: 2', '- - 1', '- x'),
      patch: [
        { op: 'replace', path: '/0', value: ['p'] },
        { op: 'replace', path: '/1', value: 'q' },
        { op: 'replace', path: '/2', value: { r: 1, s: 2 } },
      ],
      after: text('- - p', '- q', '- r: 1', '  s: 2'),
    },
  ])
})

describe('scalars', () => {
  const replace = (before: string, value: string | number | boolean | null): string =>
    edited(`a: ${before} # c\n`, [{ op: 'replace', path: '/a', value }])

  it.each([
    ['x', 'y1', 'a: y1 # c\n'],
    ['"x"', 'y1', 'a: "y1" # c\n'],
    ["'x'", "it's", "a: 'it''s' # c\n"],
    ["'x'", 'two\nlines', 'a: "two\\nlines" # c\n'],
    ['x', 'yes', 'a: "yes" # c\n'],
    ['x', '0644', 'a: "0644" # c\n'],
    ['x', '1_000', 'a: "1_000" # c\n'],
    ['x', '12:30', 'a: "12:30" # c\n'],
    ['x', '0o17', 'a: "0o17" # c\n'],
    ['x', '2020-01-01', 'a: "2020-01-01" # c\n'],
    ['x', '', 'a: "" # c\n'],
    ['x', ' y', 'a: " y" # c\n'],
    ['x', 'a: b', 'a: "a: b" # c\n'],
    ['x', 'a #b', 'a: "a #b" # c\n'],
    ['x', '- a', 'a: "- a" # c\n'],
    ['x', '--flag=1', 'a: --flag=1 # c\n'],
    ['x', '100m', 'a: 100m # c\n'],
    ['x', '1.2.3', 'a: 1.2.3 # c\n'],
    ['x', 'nginx:1.25@sha256:00', 'a: nginx:1.25@sha256:00 # c\n'],
    ['x', '*', 'a: "*" # c\n'],
    ['x', '{{ x }}', 'a: "{{ x }}" # c\n'],
    ['x', '\u0085\u2028\u0000\ufeff', 'a: "\\u0085\\u2028\\u0000\\ufeff" # c\n'],
    ['x', 'é😀', 'a: é😀 # c\n'],
    ['"80"', 80, 'a: 80 # c\n'],
    ['80', '80', 'a: "80" # c\n'],
    ['80', 1e21, 'a: 1e+21 # c\n'],
    ['80', -0.5, 'a: -0.5 # c\n'],
    ['80', null, 'a: null # c\n'],
    ['80', false, 'a: false # c\n'],
    ['!!str 80', '81', 'a: !!str "81" # c\n'],
    ['!!str 80', 81, 'a: 81 # c\n'],
    ['!!int "80"', 'x', 'a: x # c\n'],
    ['&x 80', 81, 'a: &x 81 # c\n'],
  ])('%s to %j', (before, value, after) => {
    expect(replace(before, value)).toBe(after)
  })

  check([
    {
      name: 'a value that is the same already is not touched',
      before: text('a: "x"', 'b: 0x10', 'c: {x: 1}'),
      patch: [
        { op: 'replace', path: '/a', value: 'x' },
        { op: 'replace', path: '/b', value: 16 },
        { op: 'add', path: '/c', value: { x: 1 } },
      ],
      after: text('a: "x"', 'b: 0x10', 'c: {x: 1}'),
    },
    {
      name: 'a plain scalar over several lines',
      before: text('a: one', '  two', '  three # c', 'b: 1'),
      patch: [{ op: 'replace', path: '/a', value: 'x' }],
      after: text('a: x # c', 'b: 1'),
    },
    {
      name: 'quotes that are needed follow the nearest sibling',
      before: text("a: 'x'", 'b: w', 'c: "d"', 'e:', '  f: w'),
      patch: [{ op: 'replace', path: '/b', value: 'on' }],
      after: text("a: 'x'", "b: 'on'", 'c: "d"', 'e:', '  f: w'),
    },
    {
      name: 'a literal block stays one',
      before: text('a: | # c', '    one', '    two', 'b: 1'),
      patch: [{ op: 'replace', path: '/a', value: 'x\n\n  y\n' }],
      after: text('a: | # c', '    x', '', '      y', 'b: 1'),
    },
    {
      name: 'the chomping follows the text',
      before: text('a: |', '  one', 'b: |-', '  one', 'c: 1'),
      patch: [
        { op: 'replace', path: '/a', value: 'x\ny' },
        { op: 'replace', path: '/b', value: 'x\ny\n' },
      ],
      after: text('a: |-', '  x', '  y', 'b: |', '  x', '  y', 'c: 1'),
    },
    {
      name: 'a folded block stays one',
      before: text('a: >', '  one', '  two', 'b: 1'),
      patch: [{ op: 'replace', path: '/a', value: 'x y\nz\n' }],
      after: text('a: >', '  x y', '', '  z', 'b: 1'),
    },
    {
      name: 'a block scalar becomes a number, a short text, a map',
      before: text('a: | # c', '  one', '', 'b: >-', '  one', 'c: |', '  one', 'd: 1'),
      patch: [
        { op: 'replace', path: '/a', value: 1 },
        { op: 'replace', path: '/b', value: 'x' },
        { op: 'replace', path: '/c', value: { e: 1 } },
      ],
      after: text('a: 1 # c', '', 'b: x', 'c:', '  e: 1', 'd: 1'),
    },
    {
      name: 'a key behind a block scalar',
      before: text('a: |+', '  one', '', '', 'b: 1'),
      patch: [
        { op: 'add', path: '/c', value: 1 },
        { op: 'remove', path: '/b' },
      ],
      after: text('a: |+', '  one', '', '', 'c: 1'),
    },
    {
      name: 'a key in front of blank lines that a block scalar would keep',
      before: text('a: |+', '  one', 'b: 1', '', 'c: 1'),
      patch: [{ op: 'remove', path: '/b' }],
      after: 'refused: unprovable at /b',
    },
  ])
})

describe('flow collections', () => {
  check([
    {
      name: 'items of a list on one line',
      before: text('a: ["x", "y"] # c'),
      patch: [
        { op: 'add', path: '/a/-', value: 'z' },
        { op: 'add', path: '/a/0', value: 'w' },
      ],
      after: text('a: ["w", "x", "y", "z"] # c'),
    },
    {
      name: 'first, middle and last item go',
      before: text('a: [1, 2, 3, 4, 5]'),
      patch: [
        { op: 'remove', path: '/a/4' },
        { op: 'remove', path: '/a/2' },
        { op: 'remove', path: '/a/0' },
      ],
      after: text('a: [2, 4]'),
    },
    {
      name: 'the only item goes',
      before: text('a: [ x ]', 'b: { c: 1 }'),
      patch: [
        { op: 'remove', path: '/a/0' },
        { op: 'remove', path: '/b/c' },
      ],
      after: text('a: []', 'b: {}'),
    },
    {
      name: 'new pairs in the padding and spacing of the map',
      before: text('a: { b: 1 }', 'c: {d: 1}', 'e: {"f":1}'),
      patch: [
        { op: 'add', path: '/a/x', value: { z: [1, 'w'] } },
        { op: 'add', path: '/c/x', value: { z: 'a, b' } },
        { op: 'add', path: '/e/x', value: { z: 'w' } },
      ],
      after: text('a: { b: 1, x: { z: [1, w] } }', 'c: {d: 1, x: {z: "a, b"}}', 'e: {"f":1, "x":{"z":"w"}}'),
    },
    {
      name: 'one item per line',
      before: text('a: [', '  x, # of x', '  y # of y', ']'),
      patch: [
        { op: 'add', path: '/a/-', value: 'z' },
        { op: 'add', path: '/a/1', value: 'w' },
      ],
      after: text('a: [', '  x, # of x', '  w,', '  y, # of y', '  z', ']'),
    },
    {
      name: 'a trailing comma is honoured',
      before: text('a: [', '  x,', '  y,', ']'),
      patch: [
        { op: 'add', path: '/a/-', value: 'z' },
        { op: 'remove', path: '/a/0' },
      ],
      after: text('a: [', '  y,', '  z,', ']'),
    },
    {
      name: 'the last line goes, and the comma before it',
      before: text('a: [', '  x, # of x', '  y # of y', ']'),
      patch: [{ op: 'remove', path: '/a/1' }],
      after: text('a: [', '  x # of x', ']'),
    },
    {
      name: 'scalars inside brackets',
      before: text('a: [x, "y"]', 'b: {c: d, e: , f}'),
      patch: [
        { op: 'replace', path: '/a/0', value: 'p,q' },
        { op: 'replace', path: '/a/1', value: 5 },
        { op: 'replace', path: '/b/c', value: [1] },
        { op: 'replace', path: '/b/e', value: 'g' },
        { op: 'replace', path: '/b/f', value: 'h' },
      ],
      after: text('a: ["p,q", 5]', 'b: {c: [1], e: g , f: h}'),
    },
    {
      name: 'the single pair of a list item',
      before: text('a: [b: c, d]'),
      patch: [{ op: 'replace', path: '/a/0/b', value: 'x' }],
      after: text('a: [{ b: x }, d]'),
    },
    {
      name: 'a pair takes the place of another at the end',
      before: text('a: {b: 1, c: 2}'),
      patch: [
        { op: 'remove', path: '/a/c' },
        { op: 'add', path: '/a/d', value: 3 },
      ],
      after: text('a: {b: 1, d: 3}'),
    },
  ])
})

describe('JSON documents', () => {
  check([
    {
      name: 'on one line',
      before: '{"a":1,"b":[{"c":"d"}]}\n',
      patch: [
        { op: 'add', path: '/e', value: { f: ['g', null] } },
        { op: 'replace', path: '/b/0/c', value: 'x' },
      ],
      after: '{"a":1,"b":[{"c":"x"}],"e":{"f":["g",null]}}\n',
    },
    {
      name: 'pretty, with tabs',
      before: '{\n\t"a": 1,\n\t"b": {}\n}\n',
      patch: [
        { op: 'add', path: '/b/c', value: [1] },
        { op: 'add', path: '/d', value: { e: 'on' } },
      ],
      after: '{\n\t"a": 1,\n\t"b": {\n\t\t"c": [\n\t\t\t1\n\t\t]\n\t},\n\t"d": {\n\t\t"e": "on"\n\t}\n}\n',
    },
    {
      name: 'pretty, first and last pair go, without a final newline',
      before: '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}',
      patch: [
        { op: 'remove', path: '/a' },
        { op: 'remove', path: '/c' },
      ],
      after: '{\n  "b": 2\n}',
    },
  ])
})

describe('ends of files and of lines', () => {
  check([
    {
      name: 'no final newline stays none',
      before: 'a: 1',
      patch: [{ op: 'add', path: '/b', value: { c: 1 } }],
      after: 'a: 1\nb:\n  c: 1',
    },
    {
      name: 'the last key goes, and no final newline is left',
      before: 'a: 1\n# c\nb: 1',
      patch: [{ op: 'remove', path: '/b' }],
      after: 'a: 1\n# c',
    },
    {
      name: 'the last key goes behind a block scalar, whose line break stays',
      before: 'a: |\n  x\nb: 1',
      patch: [{ op: 'remove', path: '/b' }],
      after: 'a: |\n  x\n',
    },
    {
      name: 'a block scalar at the open end: the new key goes in front of it',
      before: 'a:\n  b: |\n    x',
      patch: [{ op: 'add', path: '/a/c', value: 1 }],
      after: 'a:\n  c: 1\n  b: |\n    x',
    },
    {
      name: 'a block scalar at the open end of a list: its header says that no line break follows',
      before: 'a:\n- |+\n  x',
      patch: [{ op: 'add', path: '/a/-', value: 1 }],
      after: 'a:\n- |-\n  x\n- 1',
    },
    {
      name: 'CRLF',
      before: 'a: 1\r\nb:\r\n- x\r\n',
      patch: [
        { op: 'add', path: '/b/-', value: { c: 1, d: 2 } },
        { op: 'add', path: '/e', value: 1 },
      ],
      after: 'a: 1\r\nb:\r\n- x\r\n- c: 1\r\n  d: 2\r\ne: 1\r\n',
    },
    {
      name: 'mixed line ends: those of the neighbours',
      before: 'a:\r\n  b: 1\r\nc:\n  d: 1\n',
      patch: [
        { op: 'add', path: '/a/x', value: 1 },
        { op: 'add', path: '/c/x', value: 1 },
      ],
      after: 'a:\r\n  b: 1\r\n  x: 1\r\nc:\n  d: 1\n  x: 1\n',
    },
    {
      name: 'a byte order mark stays',
      before: '\uFEFFa: 1\nb: 2\n',
      patch: [
        { op: 'remove', path: '/a' },
        { op: 'add', path: '/c', value: 1 },
      ],
      after: '\uFEFFb: 2\nc: 1\n',
    },
    {
      name: 'a document with its marker, comments and end',
      before: '--- # x\n# head\na: 1\n...\n',
      patch: [{ op: 'add', path: '/b', value: 1 }],
      after: '--- # x\n# head\na: 1\nb: 1\n...\n',
    },
  ])
})

describe('operations', () => {
  check([
    {
      name: 'test writes nothing',
      before: text('a: 1'),
      patch: [{ op: 'test', path: '/a', value: 1 }],
      after: text('a: 1'),
    },
    {
      name: 'copy and move',
      before: text('a:', '  b: 1 # c', 'd: 2'),
      patch: [
        { op: 'copy', from: '/a', path: '/e' },
        { op: 'move', from: '/a/b', path: '/d' },
      ],
      after: text('a: {}', 'd: 1', 'e:', '  b: 1'),
    },
    {
      name: 'an object replaced by an object is a difference: comments of what stays stay',
      before: text('a:', '  # of b', '  b: 1 # b', '  c:', '    d: 1', '    e: 2 # e'),
      patch: [{ op: 'replace', path: '/a', value: { c: { e: 2, f: 3 }, b: 1 } }],
      after: text('a:', '  # of b', '  b: 1 # b', '  c:', '    e: 2 # e', '    f: 3'),
    },
    {
      name: 'the whole document by another object',
      before: text('a: 1 # a', 'b: 2'),
      patch: [{ op: 'replace', path: '', value: { a: 1, c: 3 } }],
      after: text('a: 1 # a', 'c: 3'),
    },
    {
      name: 'operations that build on each other',
      before: text('a: {}'),
      patch: [
        { op: 'add', path: '/a/b', value: [] },
        { op: 'add', path: '/a/b/-', value: { c: 1 } },
        { op: 'add', path: '/a/b/0/d', value: 2 },
        { op: 'remove', path: '/a/b/0/c' },
      ],
      after: text('a:', '  b:', '  - d: 2'),
    },
    {
      name: 'indexes after earlier operations',
      before: text('- a', '- b', '- c'),
      patch: [
        { op: 'remove', path: '/0' },
        { op: 'add', path: '/1', value: 'x' },
        { op: 'remove', path: '/2' },
      ],
      after: text('- b', '- x'),
    },
    {
      name: 'a repeated value never becomes an anchor',
      before: text('a: 1'),
      patch: [
        { op: 'add', path: '/b', value: { x: { z: 1 } } },
        { op: 'copy', from: '/b', path: '/c' },
      ],
      after: text('a: 1', 'b:', '  x:', '    z: 1', 'c:', '  x:', '    z: 1'),
    },
  ])
})

describe('anchors and tags that can be served exactly', () => {
  check([
    {
      name: 'inside a map whose anchor nobody uses',
      before: text('a: &x', '  b: 1', 'c: 1'),
      patch: [{ op: 'add', path: '/a/d', value: 2 }],
      after: text('a: &x', '  b: 1', '  d: 2', 'c: 1'),
    },
    {
      name: 'beside a key that carries an anchor in use',
      before: text('a:', '  b: &x 1', '  c: *x'),
      patch: [{ op: 'add', path: '/a/d', value: 2 }],
      after: text('a:', '  b: &x 1', '  c: *x', '  d: 2'),
    },
    {
      name: 'an alias goes, or gives way to a value',
      before: text('a: &x 1', 'b: *x', 'c: *x # c'),
      patch: [
        { op: 'remove', path: '/b' },
        { op: 'replace', path: '/c', value: 2 },
      ],
      after: text('a: &x 1', 'c: 2 # c'),
    },
    {
      name: 'a key that the merge does not know',
      before: text('a: &x', '  b: 1', 'c:', '  <<: *x', '  d: 1'),
      patch: [
        { op: 'add', path: '/c/e', value: 2 },
        { op: 'replace', path: '/c/d', value: 3 },
      ],
      after: text('a: &x', '  b: 1', 'c:', '  <<: *x', '  d: 3', '  e: 2'),
    },
  ])
})
