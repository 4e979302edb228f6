import { z } from 'zod'
import type { EditRefusalCode } from './reason.ts'

/** Lines of a text, from 1, inclusive. */
export interface LineRange {
  startLine: number
  endLine: number
}

/** Replaces the UTF-16 range [start, end) of the old text. */
export interface Splice {
  start: number
  end: number
  text: string
}

/** A proven change of one text: every byte outside the splices is the old text's. */
export interface Edit {
  text: string
  /** In the order of the text, not overlapping, offsets into the old text. */
  splices: Splice[]
}

export interface EditRefusal {
  refused: EditRefusalCode
  /** The JSON pointer at which the editor stopped. */
  pointer: string
  text: string
}

/**
 * A change as whole lines, the unit of review suggestions: lines `startLine` to `endLine` (from 1, inclusive) become
 * `replacement`, verbatim. A pure insertion carries the line it stands behind or in front of.
 */
export const lineEditSchema = z.object({
  file: z.string(),
  kind: z.enum(['replace', 'create']),
  startLine: z.int().min(0),
  endLine: z.int().min(0),
  replacement: z.string(),
})
export type LineEdit = z.infer<typeof lineEditSchema>
