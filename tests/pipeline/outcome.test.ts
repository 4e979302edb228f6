import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ignoredIn } from '../../src/ignoring.ts'
import { applyLineEdits } from '../../src/edit/index.ts'
import {
  becameOf,
  isProven,
  isTakenBack,
  objectsOf,
  replaced,
  suggestedIn,
  type View,
} from '../../src/outcome.ts'
import { fenced } from '../../src/report/index.ts'
import { weekOf } from '../../src/schedule/index.ts'
import { applySuggestion, suggestionOf } from '../support/github/index.ts'

const lines = fc
  .array(fc.string({ unit: fc.constantFrom('a', ' ', '`', '-', ':') }), { minLength: 1, maxLength: 6 })
  .map((some) => some.map((line) => `${line}\n`).join(''))

describe('what a comment suggests', () => {
  it('is found again as GitHub takes it, whatever stands in it', () => {
    fc.assert(
      fc.property(lines, (text) => {
        const body = `**title**\n\n${fenced('suggestion', text)}\n\nmore \`\`\` text\n`
        expect(suggestedIn(body)).toBe(text)
        expect(suggestionOf(body)).toBe(text)
      }),
    )
    expect(suggestedIn('no fence')).toBeUndefined()
    expect(suggestedIn('```suggestion\nopen')).toBeUndefined()
  })

  it('replaces the lines that GitHub replaces', () => {
    fc.assert(
      fc.property(lines, lines, fc.nat(6), fc.nat(6), (text, replacement, from, more) => {
        const [startLine, endLine] = [from, from + more]
        const there = startLine >= 1 && endLine <= text.split('\n').length - 1
        const result = replaced(text, { startLine, endLine }, replacement)
        if (!there) expect(result).toBeUndefined()
        else {
          expect(result).toBe(applySuggestion(text, startLine, endLine, fenced('suggestion', replacement)))
          expect(result).toBe(
            applyLineEdits(text, [{ file: '', kind: 'replace', startLine, endLine, replacement }]),
          )
        }
      }),
    )
  })
})

describe('an object', () => {
  const pod = (spec: string, name = 'a'): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: ${spec}\n`
  const view = (text: string, found: readonly string[] = [], excepted: readonly string[] = []): View => ({
    found: new Set(found),
    excepted: new Set(excepted),
    objects: objectsOf('a.yaml', text),
  })
  const before = view(pod('{hostPID: true, containers: [{name: a}]}'), ['x'])
  const after = view(pod('{containers: [{name: a, securityContext: {privileged: false}}]}'))
  const proven = { fingerprints: ['x'], before, after }

  it.each([
    [
      'as ours leaves it',
      pod('{containers: [{name: a, securityContext: {privileged: false}}]}'),
      'committed',
    ],
    [
      'with something beside ours',
      pod(
        '{dnsPolicy: Default, containers: [{name: a, securityContext: {runAsUser: 1, privileged: false}}]}',
      ),
      'committed',
    ],
    ['without a part of ours', pod('{containers: [{name: a}]}'), 'fixed'],
    ['with another value', pod('{containers: [{name: a, securityContext: {privileged: true}}]}'), 'fixed'],
    ['of another name', pod('{containers: []}', 'b'), 'unclear'],
    ['that is gone', 'a: 1\n', 'unclear'],
  ])('%s became %s', (_, text, became) => {
    expect(becameOf(proven, view(text))).toBe(became)
  })

  it('is standing while all is found, excepted where somebody says so, and unclear in between', () => {
    const two = { ...proven, fingerprints: ['x', 'y'] }
    const text = pod('{hostPID: true, containers: [{name: a}]}')
    expect(becameOf(two, view(text, ['x', 'y']))).toBe('standing')
    expect(becameOf(two, view(text, ['x', 'y'], ['x', 'y']))).toBe('excepted')
    expect(becameOf(two, view(text, ['x', 'y'], ['x']))).toBe('standing')
    expect(becameOf(two, view(text, ['x']))).toBe('unclear')
    expect(becameOf(two, undefined)).toBe('unclear')
  })

  it('is taken back where it is as it was, and not where it is found for another reason', () => {
    expect(isTakenBack(proven, before)).toBe(true)
    expect(isTakenBack(proven, after)).toBe(false)
    expect(isTakenBack(proven, view(pod('{hostPID: false, containers: [{name: a}]}'), ['x']))).toBe(false)
    expect(isTakenBack(proven, undefined)).toBe(false)
  })

  it('has to change, and to lose what it is said to lose', () => {
    expect(isProven(proven)).toBe(true)
    expect(isProven({ ...proven, after: { ...after, found: new Set(['x']) } })).toBe(false)
    expect(isProven({ ...proven, fingerprints: ['x', 'y'] })).toBe(false)
    expect(isProven({ ...proven, after: { ...before, found: new Set() } })).toBe(false)
    expect(isProven({ ...proven, after: view('a: 1\n') })).toBe(false)
  })

  it('is told apart from others that are called alike', () => {
    expect([...objectsOf('a.yaml', `${pod('{}')}---\n${pod('{hostPID: true}')}`).keys()]).toHaveLength(2)
  })
})

describe('a word against a suggestion', () => {
  const week = weekOf(Date.parse('2027-01-31'))
  it.each([
    ['/autofix ignore false positive', { isWrong: true }],
    ['/autofix ignore False-Positive: no', { isWrong: true }],
    ['thanks\n/autofix ignore wrong value until 2027-01-31', { isWrong: true, until: week }],
    ['/autofix ignore host-pid: wrong', { isWrong: true }],
    ['/autofix ignore `not wrong, but we live with it`', { isWrong: false }],
    ['/autofix ignore we need it until 2027-02-30', { isWrong: false }],
    ['/autofix ignore', undefined],
    ['/autofix ignore host-pid', undefined],
    ['/autofix ignores wrong', undefined],
    ['no /autofix ignore wrong', undefined],
    ['> /autofix ignore wrong', undefined],
  ])('%j', (body, ignored) => {
    expect(ignoredIn(body, 'host-pid')).toEqual(ignored)
  })
})
