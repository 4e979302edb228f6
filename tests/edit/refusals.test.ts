import { describe, expect, it } from 'vitest'
import { editDocument, editFile } from '../../src/edit/index.ts'
import type { JsonPatch } from '../../src/model/index.ts'
import { edited, text } from './support.ts'

describe('what is refused, and why', () => {
  it.each<[string, string, JsonPatch, string]>([
    [
      'a value inside an alias',
      text('a: &x', '  b: 1', 'c: *x'),
      [{ op: 'replace', path: '/c/b', value: 2 }],
      'alias-on-path at /c',
    ],
    [
      'a value inside an anchor in use',
      text('a: &x', '  b: 1', 'c: *x'),
      [{ op: 'replace', path: '/a/b', value: 2 }],
      'anchor-in-use at /a',
    ],
    [
      'a new key inside an anchor in use',
      text('a: &x', '  b: 1', 'c: *x'),
      [{ op: 'add', path: '/a/d', value: 2 }],
      'anchor-in-use at /a',
    ],
    [
      'a scalar with an anchor in use',
      text('a: &x 1', 'c: *x'),
      [{ op: 'replace', path: '/a', value: 2 }],
      'anchor-in-use at /a',
    ],
    [
      'removing an anchor in use',
      text('a:', '  b: &x 1', 'c: *x'),
      [{ op: 'remove', path: '/a' }],
      'anchor-in-use at /a',
    ],
    [
      'an item with an anchor in use',
      text('a:', '- b: &x 1', 'c: *x'),
      [{ op: 'remove', path: '/a/0' }],
      'anchor-in-use at /a/0',
    ],
    [
      'a value that comes from a merge',
      text('a: &x', '  b: 1', 'c:', '  <<: *x', '  d: 1'),
      [{ op: 'replace', path: '/c/b', value: 2 }],
      'merge-key at /c/b',
    ],
    [
      'a key that hides one of a merge',
      text('a: &x', '  b: 1', 'c:', '  <<: *x', '  b: 2'),
      [{ op: 'remove', path: '/c/b' }],
      'merge-key at /c/b',
    ],
    [
      'an unquoted template marker',
      text('a: {{ x }}', 'b: 1'),
      [{ op: 'replace', path: '/b', value: 2 }],
      'template-marker at ',
    ],
    [
      'a tag of the author',
      text('a: !secret x'),
      [{ op: 'replace', path: '/a', value: 2 }],
      'explicit-tag at /a',
    ],
    [
      'a map with a tag of the author',
      text('a: !x', '  b: 1'),
      [{ op: 'add', path: '/a/c', value: 2 }],
      'explicit-tag at /a',
    ],
    ['a duplicate key', text('a: 1', 'a: 2'), [{ op: 'replace', path: '/a', value: 2 }], 'duplicate-key at '],
    ['a missing path', text('a: 1'), [{ op: 'remove', path: '/b' }], 'path-not-found at /b'],
    ['a missing parent', text('a: 1'), [{ op: 'add', path: '/b/c', value: 1 }], 'path-not-found at /b/c'],
    [
      'a path through a scalar',
      text('a: 1'),
      [{ op: 'add', path: '/a/c', value: 1 }],
      'path-not-found at /a/c',
    ],
    ['an index beyond the end', text('- 1'), [{ op: 'add', path: '/2', value: 1 }], 'path-not-found at /2'],
    [
      'an index that is none',
      text('- 1'),
      [{ op: 'replace', path: '/00', value: 1 }],
      'path-not-found at /00',
    ],
    ['removing behind the end', text('- 1'), [{ op: 'remove', path: '/-' }], 'path-not-found at /-'],
    [
      'moving into itself',
      text('a:', '  b: 1'),
      [{ op: 'move', from: '/a', path: '/a/b' }],
      'path-not-found at /a/b',
    ],
    ['a test that fails', text('a: 1'), [{ op: 'test', path: '/a', value: '1' }], 'test-failed at /a'],
    [
      'everything, when a later operation fails',
      text('a: 1'),
      [
        { op: 'add', path: '/b', value: 1 },
        { op: 'test', path: '/b', value: 2 },
      ],
      'test-failed at /b',
    ],
    ['removing the document', text('a: 1'), [{ op: 'remove', path: '' }], 'document-root at '],
    [
      'replacing the document by a scalar',
      text('a: 1'),
      [{ op: 'replace', path: '', value: 1 }],
      'document-root at ',
    ],
    ['a text that is no YAML', text('a: [1', 'b: 1'), [{ op: 'remove', path: '/a' }], 'invalid-document at '],
    [
      'a key that is a map',
      text('? {a: 1}', ': 2', 'b: 1'),
      [{ op: 'remove', path: '/b' }],
      'complex-key at ',
    ],
    [
      'two documents where one was expected',
      text('a: 1', '---', 'b: 1'),
      [{ op: 'remove', path: '/a' }],
      'invalid-document at ',
    ],
  ])('%s', (_name, before, patch, refused) => {
    expect(edited(before, patch)).toBe(`refused: ${refused}`)
  })

  it('says what to do in words', () => {
    const edit = editDocument('a: &x 1\nb: *x\n', [{ op: 'remove', path: '/a' }])
    expect('refused' in edit && edit.text).toContain('alias elsewhere')
  })
})

describe('files', () => {
  const before = text('# head', 'a: 1', '---', 'a: {{ x }}', '---', '# third', 'a: 3', 'b: [1]')

  it('change several documents at once and leave the rest alone', () => {
    const edit = editFile(before, [
      { document: 2, patch: [{ op: 'add', path: '/b/-', value: 2 }] },
      { document: 0, patch: [{ op: 'add', path: '/c', value: 'x' }] },
      { document: 2, patch: [{ op: 'remove', path: '/a' }] },
    ])
    expect('refused' in edit ? edit : edit.text).toBe(
      text('# head', 'a: 1', 'c: x', '---', 'a: {{ x }}', '---', '# third', 'b: [1, 2]'),
    )
  })

  it('are refused as a whole', () => {
    expect(
      editFile(before, [
        { document: 0, patch: [{ op: 'add', path: '/c', value: 'x' }] },
        { document: 1, patch: [{ op: 'add', path: '/c', value: 'x' }] },
      ]),
    ).toMatchObject({ refused: 'template-marker' })
    expect(editFile(before, [{ document: 7, patch: [] }])).toMatchObject({ refused: 'invalid-document' })
  })
})
