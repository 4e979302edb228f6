/** Values over equal steps from one to the last, each under a name. */
export interface Curve {
  name: string
  values: readonly number[]
}

const rows = 12

/** Curves as a terminal shows them: a letter for each, the one that is named last on top. */
export function curvesText(title: string, curves: readonly Curve[], width: number): string {
  const highest = Math.max(1, ...curves.flatMap(({ values }) => values))
  const steps = Math.max(2, ...curves.map(({ values }) => values.length))
  const label = rounded(highest)
  const columns = Math.max(20, Math.min(80, width - label.length - 3))
  const grid = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ' '))
  const letters = lettersFor(curves)
  for (const [index, { values }] of curves.entries())
    for (let column = 0; column < columns; column++) {
      const value = values[Math.round((column / (columns - 1)) * (values.length - 1))] ?? 0
      const row = grid[rows - 1 - Math.round((value / highest) * (rows - 1))]
      if (row !== undefined) row[column] = letters[index] ?? '*'
    }
  const lines = grid.map((row, index) => {
    const head = index === 0 ? label : index === rows - 1 ? '0' : ''
    return `${head.padStart(label.length)} |${row.join('').trimEnd()}`
  })
  const foot = `${' '.repeat(label.length)} +${'-'.repeat(columns)} ${steps}`
  const legend = curves.map(({ name }, index) => `${letters[index]} ${name}`).join('  ')
  return `${title}\n${lines.join('\n')}\n${foot}\n${' '.repeat(label.length)}  ${legend}\n`
}

/** The first letter of each name that no other has. */
function lettersFor(curves: readonly Curve[]): string[] {
  const taken = new Set<string>()
  return curves.map(({ name }) => {
    const letter = name.split('').find((one) => !taken.has(one)) ?? '*'
    taken.add(letter)
    return letter
  })
}

/** Colours that are told apart without seeing red or green (Okabe and Ito 2008). */
const colours = ['#999999', '#e69f00', '#56b4e9', '#d55e00', '#0072b2', '#009e73', '#cc79a7', '#000000']
const plot = { width: 320, height: 200, left: 56, top: 28, gap: 40, bottom: 30 } as const

/** Several plots side by side as one SVG, all with the same names. */
export function curvesSvg(
  title: string,
  plots: readonly { title: string; curves: readonly Curve[] }[],
): string {
  const columns = Math.min(3, plots.length)
  const [cellWidth, cellHeight] = [
    plot.left + plot.width + 16,
    plot.top + plot.height + plot.bottom + plot.gap,
  ]
  const width = columns * cellWidth + 16
  const height = 48 + Math.ceil(plots.length / columns) * cellHeight + 24
  const names = plots[0]?.curves.map(({ name }) => name) ?? []
  const legend = names
    .map((name, index) => {
      const x = plot.left + index * 110
      return `<line x1="${x}" y1="${height - 16}" x2="${x + 22}" y2="${height - 16}" stroke="${colours[index] ?? '#000000'}" stroke-width="2"/><text x="${x + 28}" y="${height - 12}">${escaped(name)}</text>`
    })
    .join('\n')
  const cells = plots.map((one, index) => {
    const x = 8 + (index % columns) * cellWidth
    const y = 40 + Math.floor(index / columns) * cellHeight
    return `<g transform="translate(${x} ${y})">\n${cellSvg(one)}\n</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#222222">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="${plot.left}" y="24" font-size="15" font-weight="bold">${escaped(title)}</text>
${cells.join('\n')}
${legend}
</svg>
`
}

function cellSvg({ title, curves }: { title: string; curves: readonly Curve[] }): string {
  const { left, top, width, height } = plot
  const highest = Math.max(1, ...curves.flatMap(({ values }) => values))
  const steps = Math.max(2, ...curves.map(({ values }) => values.length))
  const lines = curves.map(({ values }, index) => {
    const every = Math.max(1, Math.floor(values.length / 100))
    const points = values.flatMap((value, step) => {
      if (step % every !== 0 && step !== values.length - 1) return []
      const x = left + (step / (steps - 1)) * width
      const y = top + height - (value / highest) * height
      return [`${x.toFixed(1)},${y.toFixed(1)}`]
    })
    return `<polyline fill="none" stroke="${colours[index] ?? '#000000'}" stroke-width="2" points="${points.join(' ')}"/>`
  })
  return `<text x="${left}" y="${top - 8}" font-weight="bold">${escaped(title)}</text>
<path d="M${left} ${top}V${top + height}H${left + width}" fill="none" stroke="#222222"/>
<text x="${left - 6}" y="${top + 10}" text-anchor="end">${rounded(highest)}</text>
<text x="${left - 6}" y="${top + height}" text-anchor="end">0</text>
<text x="${left + width}" y="${top + height + 16}" text-anchor="end">${steps}</text>
${lines.join('\n')}`
}

function rounded(value: number): string {
  return value >= 10 ? Math.round(value).toString() : value.toFixed(1)
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
