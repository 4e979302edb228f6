import { expect } from 'vitest'

/** `expect.stringMatching`, which is typed as any. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern)
}
