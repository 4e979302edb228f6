import { describe, expect, it } from 'vitest'
import { imageNames } from '../../src/policies/index.ts'

describe('the names of an image', () => {
  it.each(['nginx', 'library/nginx', 'docker.io/nginx', 'docker.io/library/nginx', 'index.docker.io/nginx'])(
    '%s is an image of Docker Hub, under all its names',
    (name) => {
      expect(new Set(imageNames(name))).toEqual(new Set(imageNames('nginx')))
      expect(imageNames(name)).toContain(name)
    },
  )

  it.each([
    ['acme/api', 'docker.io/acme/api'],
    ['registry-1.docker.io/acme/api', 'acme/api'],
  ])('%s is %s', (name, other) => {
    expect(imageNames(name)).toContain(other)
  })

  it.each(['ghcr.io/acme/api', 'localhost/api', 'registry:5000/nginx', 'quay.io/nginx'])(
    '%s has one name',
    (name) => {
      expect(imageNames(name)).toEqual([name])
    },
  )
})
