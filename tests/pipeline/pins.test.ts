import { expect, test } from 'vitest'
import { analyse } from '../support/analyse.ts'

const digest = `sha256:${'0'.repeat(64)}`
const pod = (image: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: ${image} # as it was\n`

/** What the image becomes with these pins; undefined where somebody has to say. */
function pinned(image: string, pins: Readonly<Record<string, string>>): string | undefined {
  const { change } = analyse(pod(image), { only: ['image-tag'], config: { images: { pins } } })
  if (change === undefined) return undefined
  const [, found] = /image: (\S+) # as it was/.exec(change.after) ?? []
  expect(change.after).toBe(pod(found ?? ''))
  return found
}

test.each<[string, Record<string, string>, string | undefined]>([
  ['nginx', { nginx: '1.27' }, 'nginx:1.27'],
  ['docker.io/library/nginx:latest', { nginx: '1.27' }, 'docker.io/library/nginx:1.27'],
  ['nginx', { 'docker.io/library/nginx': digest }, `nginx@${digest}`],
  ['registry:5000/web', { 'registry:5000/web': `1.0@${digest}` }, `registry:5000/web:1.0@${digest}`],
  // The name as it is written says more than another name of the same image.
  ['docker.io/nginx', { 'docker.io/nginx': '1.26', nginx: '1.27' }, 'docker.io/nginx:1.26'],
  ['nginx', { 'ghcr.io/acme/nginx': '1.27' }, undefined],
  ['ghcr.io/acme/nginx', { nginx: '1.27' }, undefined],
  // What has a version keeps it.
  ['nginx:1.25', { nginx: '1.27' }, undefined],
])('%s with %j becomes %s', (image, pins, expected) => {
  expect(pinned(image, pins)).toBe(expected)
})
