import { expect, test } from 'vitest'
import { environmentOf } from '../../src/risk/index.ts'

test.each([
  ['deploy/web.yaml', '', 'other', undefined],
  ['overlays/prod/web.yaml', '', 'production', 'folder prod'],
  ['clusters/eu-live-1/web.yaml', '', 'production', 'folder eu-live-1'],
  ['clusters/pre-prod/web.yaml', '', 'staging', 'folder pre-prod'],
  ['overlays/prod/e2e/web.yaml', '', 'test', 'folder e2e'],
  ['overlays/prod/web.yaml', 'shop-staging', 'staging', 'namespace shop-staging'],
  ['overlays/products/web.yaml', 'shop', 'other', undefined],
  // The name of the file says nothing of where it runs.
  ['prod.yaml', '', 'other', undefined],
])('%s in %j is %s', (file, namespace, fact, source) => {
  expect(environmentOf(file, namespace)).toEqual(source === undefined ? { fact } : { fact, source })
})
