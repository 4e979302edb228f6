import { findingSchema, reportSchema, type Report } from '../model/index.ts'

/** DEL, C1 controls and what turns the direction of text: legal in JSON, and not to be trusted to a terminal. */
const risky = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/**
 * The report as JSON, two spaces deep, with a final newline. Keys stand in the order of the schema, whatever order the
 * report was put together in; the schema throws on a report that breaks the contract, which is a bug. Findings go
 * through it one by one: a second copy of thousands of them would double the memory of the whole run.
 */
export function renderJson({ findings, ...rest }: Report): string {
  const [head = '', tail = ''] = jsonText(reportSchema.parse({ ...rest, findings: [] })).split(noFindings)
  if (findings.length === 0) return head + noFindings + tail
  const last = findings.length - 1
  // Joined once: a report of many megabytes is not copied into another text around it.
  return findings
    .map((finding, index) => {
      const text = jsonText(findingSchema.parse(finding)).trimEnd().replaceAll('\n', '\n    ')
      return `${index === 0 ? `${head}"findings": [\n    ` : ''}${text}${index === last ? `\n  ]${tail}` : ''}`
    })
    .join(',\n    ')
}

/** Two spaces in, a key of the report itself; nothing else of a report has a list of this name. */
const noFindings = '"findings": []'

/** Any value as JSON, laid out like the report. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  return `${text.replaceAll(risky, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`
}
