import { expect, test } from 'vitest'
import { sealFor, suggestionMarker } from '../../src/github/index.ts'

const marker = {
  fingerprints: ['a'.repeat(64)],
  path: 'deploy/api.yaml',
  commit: 'b'.repeat(40),
  edit: 'c'.repeat(64),
  decision: {
    context: {
      policy: 'host-pid',
      kind: 'Pod',
      environment: 'production',
      introduced: true,
      size: 'one',
      breakage: 'low',
    },
    risk: 61,
    propensity: 0.4,
  },
} as const

const repository = { owner: 'acme', name: 'shop' }
const seal = sealFor('secret', repository, 7)

test('a sealed mark is read by whoever knows the key, at its place alone', () => {
  const text = `Words.\n\n${suggestionMarker.write({ ...marker, fingerprints: [...marker.fingerprints] }, seal)}`
  expect(suggestionMarker.read(text)).toEqual(marker)
  expect(suggestionMarker.readBelieved(text, seal ?? expect.fail())).toEqual(marker)
  for (const [key, number] of [
    ['other', 7],
    ['secret', 8],
  ] as const)
    expect(
      suggestionMarker.readBelieved(text, sealFor(key, repository, number) ?? expect.fail()),
    ).toBeUndefined()
  expect(suggestionMarker.without(text)).toBe('Words.')
})

test('a mark without a seal, or with the seal of another, is none', () => {
  const mine = seal ?? expect.fail()
  const plain = suggestionMarker.write({ ...marker, fingerprints: [...marker.fingerprints] })
  expect(suggestionMarker.read(plain)).toEqual(marker)
  expect(suggestionMarker.readBelieved(plain, mine)).toBeUndefined()
  const sealed = suggestionMarker.write({ ...marker, fingerprints: ['d'.repeat(64)] }, seal)
  const [stolen] = /\.[\w-]{22} -->$/.exec(sealed) ?? expect.fail()
  const forged = plain.replace(' -->', stolen)
  expect(suggestionMarker.read(forged)).toEqual(marker)
  expect(suggestionMarker.readBelieved(forged, mine)).toBeUndefined()
})
