/** Line starts of a text, for turning offsets into what people read. Lines and columns count from 1. */
export class Lines {
  private readonly starts: number[] = [0]
  readonly text: string

  constructor(text: string) {
    this.text = text
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1)
  }

  /** Number of lines; a final newline opens no further line. */
  get count(): number {
    return this.text.endsWith('\n') ? this.starts.length - 1 : this.starts.length
  }

  /** Column counts UTF-16 units, as editors and the language server protocol do; a byte order mark counts nothing. */
  position(offset: number): { line: number; column: number } {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    const mark = low === 0 && this.text.startsWith('\uFEFF') ? 1 : 0
    return { line: low + 1, column: Math.max(1, offset - (this.starts[low] ?? 0) + 1 - mark) }
  }

  /** Offset at which a line starts; the end of the text for lines behind the last one. */
  startOf(line: number): number {
    return this.starts[line - 1] ?? this.text.length
  }

  /** Text of a line without its line break. */
  line(line: number): string {
    return this.text.slice(this.startOf(line), this.startOf(line + 1)).replace(/\r?\n$/, '')
  }
}
