import type { Context } from './context.ts'
import { line, prose, widest } from './layout.ts'
import { visible } from './text.ts'

/** Of the longest label, `refused`. */
const labelWidth = 7

/** The lines behind the excerpt: `= fix    ...`, with what belongs to each. */
export class Notes {
  readonly lines: string[] = []
  private readonly context: Context
  private readonly gutter: number

  constructor(context: Context, gutter: number) {
    this.context = context
    this.gutter = gutter
  }

  add(label: string, text: string): void {
    const { context } = this
    const lead = `${' '.repeat(this.gutter)} = `
    const name = `${label.padEnd(labelWidth)} `
    prose(visible(text), Math.min(context.width, widest) - lead.length - name.length).forEach((part, index) =>
      this.lines.push(
        index === 0
          ? line(context, [context.style.accent, lead], [context.style.bold, name], part)
          : line(context, ' '.repeat(lead.length + name.length), part),
      ),
    )
  }

  /** A line of a change or of a patch, under the note it belongs to. */
  quote(text: string, paint: (text: string) => string): void {
    const bar = `${' '.repeat(this.gutter)} | `
    this.lines.push(line(this.context, [this.context.style.accent, bar], [paint, visible(text)]))
  }
}
