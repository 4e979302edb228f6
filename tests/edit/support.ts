import { editDocument, type EditOptions } from '../../src/edit/index.ts'
import type { JsonPatch } from '../../src/model/index.ts'
import { collateralLines } from '../support/collateral.ts'

/** Lines joined and ended by a line break: texts in these tests show every space. */
export function text(...lines: string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

/** The new text, or `refused: code`. Collateral lines are an error in every test. */
export function edited(before: string, patch: JsonPatch, options?: EditOptions): string {
  const edit = editDocument(before, patch, options)
  if ('refused' in edit) return `refused: ${edit.refused} at ${edit.pointer}`
  const collateral = collateralLines(before, edit.text)
  if (collateral.length > 0) throw new Error(`collateral: ${JSON.stringify(collateral)}\n${edit.text}`)
  return edit.text
}
