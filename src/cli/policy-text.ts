import { unsafeAbove, type Breakage, type Policy } from '../model/index.ts'
import { prose, standardsText, visible } from '../report/index.ts'
import { exploitedBeside, exploitedText } from '../risk/index.ts'

/** A policy in words, for `explain`. `columns` is the width of the terminal; undefined where it is none. */
export function policyText(policy: Policy, columns: number | undefined): string {
  const standards = standardsText(policy.standards)
  const rows: [string, string][] = [
    ['severity', policy.severity],
    ['family', policy.family],
    ...(policy.default === 'off' ? [['default', offText] satisfies [string, string]] : []),
    ['looks at', `each ${policy['for-each']} of ${policy.kinds.join(', ')}`],
    ...(standards === '' ? [] : [['standards', standards] satisfies [string, string]]),
    ...fixTexts(policy).map((text): [string, string] => ['fix', text]),
    ['breakage', breakageText({ probability: policy.breakage.prior, because: policy.breakage.because })],
    ...(policy.breakage.moves ?? []).map(({ to, because }): [string, string] => [
      '',
      `${Math.round(to * 100)} % where ${because}`,
    ]),
    ...exploitedBeside(policy.id).map((entry): [string, string] => ['exploited', exploitedText(entry)]),
    ...(policy.hazards ?? []).map(({ name, because }): [string, string] => [
      'refused',
      `${because} (hazard:${name})`,
    ]),
    ...Object.entries(policy.params ?? {}).map(([name, { type, text, default: value }]): [string, string] => [
      'parameter',
      `${name}: ${text} (${type}, default ${JSON.stringify(value)})`,
    ]),
  ]
  const why = prose(visible(policy.why), columns ?? widest).join('\n')
  return `${visible(`${policy.id}: ${policy.title}`)}\n\n${why}\n\n${table(rows, columns)}
The definition: k8s-autofix policies show ${policy.id}
`
}

/** What it takes to switch on a policy that is off by default. */
const offText =
  'off; on where `severity` or `params` of the configuration or --only names it, or an engine that runs beside has such a rule on'

function fixTexts(policy: Policy): string[] {
  if (policy.fix === 'none') return [`none; ${policy.advice ?? 'a person has to decide'}`]
  return policy.fix.map((fix) => {
    const condition = fix.if === undefined ? '' : `, if ${fix.if.replaceAll(/\s+/g, ' ').trim()}`
    if ('advice' in fix) return `advice: ${fix.advice}${condition}`
    if ('needs-value' in fix) return `asks: ${fix['needs-value'].question}${condition}`
    const together = fix.requires === undefined ? '' : `, together with ${fix.requires.join(', ')}`
    const what = policy['looks-at'] === undefined ? 'computed' : 'a new file'
    if ('build' in fix) return `${what} (${fix.build})${together}${condition}`
    const steps = fix.patch.map((step) => {
      const path = typeof step.path === 'string' ? step.path : step.path.cel
      return step.op === 'remove' ? `remove ${path}` : `${step.op} ${path}: ${JSON.stringify(step.value)}`
    })
    return `${steps.join('; ')}${together}${condition}`
  })
}

export function breakageText({ probability, because }: Breakage): string {
  const kind = probability > unsafeAbove ? 'unsafe' : 'safe'
  return `${Math.round(probability * 100)} % chance that the fix breaks the workload (${kind}): ${because}`
}

/** Longer lines of words are hard to read. */
const widest = 110

/** Rows with a label each; a label that is the same as above is left out. */
export function table(rows: readonly (readonly [string, string])[], columns: number | undefined): string {
  const width = Math.max(...rows.map(([label]) => label.length)) + 2
  const room = Math.min(columns ?? widest, widest) - width
  return rows
    .flatMap(([label, text], index) => {
      const shown = rows[index - 1]?.[0] === label ? '' : label
      return prose(visible(text), room).map(
        (line, part) => `${(part === 0 ? shown : '').padEnd(width)}${line}\n`,
      )
    })
    .join('')
}

/** The examples of built-in policies are loaded apart, and only where they are asked for. */
export function withoutExamples(policy: Policy): Omit<Policy, 'examples'> {
  const { examples: _, ...rest } = policy
  return rest
}
