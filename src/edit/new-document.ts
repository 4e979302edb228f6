import type { JsonObject } from '../model/index.ts'
import { pairLines, type BlockStyle } from './render.ts'

const style: BlockStyle = {
  step: 2,
  listOffset: 2,
  dashGap: 1,
  quote: 'plain',
  keyQuote: 'plain',
  fallback: () => 'double',
}

/** The text of a file that holds one new object, in plain block style. */
export function documentText(object: JsonObject): string {
  return pairLines(object, '', style)
    .map((line) => `${line}\n`)
    .join('')
}
