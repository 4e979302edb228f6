/**
 * Writes docs/policies/: a page for each policy of policies/, made of that file alone, and an index.
 *
 *   scripts/node scripts/docs.ts [--check]
 *
 * With --check nothing is written; it fails when a page is not what its policy gives.
 */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { structuredPatch } from 'diff'
import { format, resolveConfig } from 'prettier'
import { stringify } from 'yaml'
import { families, type JsonValue, type Policy, type PolicyExample } from '../src/model/index.ts'
import { catalogue } from '../src/policies/index.ts'
import { examples } from '../src/policies/examples.generated.ts'
import { standardsText } from '../src/report/index.ts'
import { exploitedBeside, exploitedText } from '../src/risk/index.ts'
import { settle } from './generated.ts'
import { root } from './package.ts'

const folder = 'docs/policies'

function page(policy: Policy): string {
  const { id, title, severity, family, since, why } = policy
  const { prior, because, moves = [] } = policy.breakage
  return parts(
    `# ${title}`,
    `\`${id}\` · ${severity} · ${family} · since ${since}`,
    policy.default === 'off' &&
      `Off, unless \`severity\` or \`params\` of the configuration, or \`--only\`, names it.`,
    why,
    '## What is found',
    scopeText(policy),
    policy.when && fenced('cel', policy.when),
    policy.check && `The verdict is code: \`src/policies/checks/${policy.check}.ts\`.`,
    paramsTable(policy),
    '## What is done about it',
    fixText(policy),
    exampleDiff(policy),
    hazardsText(policy),
    '## What the fix may break',
    `${percent(prior)}: ${because}.`,
    table(
      ['', 'instead, where'],
      moves.map(({ to, because: cause }) => [percent(to), cause]),
    ),
    exploitedSection(policy),
    '## Standards and other tools',
    standardsText(policy.standards) || 'No security standard asks for it.',
    enginesTable(policy),
    differencesText(policy),
    '## Examples',
    examplesTable(policy),
    `The definition: [policies/${family}/${id}.yaml](../../policies/${family}/${id}.yaml).`,
  )
}

function scopeText(policy: Policy): string {
  const kinds = policy.kinds.map((kind) => `\`${kind}\``).join(', ')
  const each = policy['for-each']
  const across = policy['looks-at'] === undefined ? '' : ' It is judged against all files that are read.'
  return `Each ${/^[a-z]+$/.test(each) ? each : `item of \`${each}\``} of ${kinds}.${across}`
}

function paramsTable({ params = {} }: Policy): string {
  return table(
    ['parameter', 'type', 'default', ''],
    Object.entries(params).map(([name, { type, default: value, text }]) => [
      `\`${name}\``,
      type,
      `\`${JSON.stringify(value)}\``,
      text,
    ]),
  )
}

function fixText(policy: Policy): string {
  if (policy.fix === 'none') return `Nothing is changed. ${policy.advice ?? ''}`
  const entries = policy.fix.map((fix) => {
    const condition = fix.if === undefined ? '' : `where \`${oneLine(fix.if)}\`: `
    if ('advice' in fix) return `- ${condition}nothing is changed. ${fix.advice}`
    if ('needs-value' in fix) return `- ${condition}it asks: ${fix['needs-value'].question}`
    const along = fix.requires === undefined ? '' : `, together with ${fix.requires.map(link).join(', ')}`
    if ('build' in fix) {
      const what = policy['looks-at'] === undefined ? 'computed' : 'a new file is added, which is made'
      return `- ${condition}${what} by \`src/policies/fixes/${fix.build}.ts\`${along}`
    }
    const steps = fix.patch.map((step) => {
      const path = typeof step.path === 'string' ? step.path : step.path.cel
      return step.op === 'remove'
        ? `\`remove ${path}\``
        : `\`${step.op} ${path}\`: \`${valueText(step.value)}\``
    })
    return `- ${condition}${steps.join(', ')}${along}`
  })
  return parts(entries.join('\n'), policy.advice)
}

function valueText(value: JsonValue | { cel: string }): string {
  return oneLine(JSON.stringify(value))
}

/** The first example that is fixed, as its file changes. */
function exampleDiff({ id }: Policy): string {
  const shown = examples[id]?.find(({ after, creates }) => after !== undefined || creates !== undefined)
  if (shown?.creates !== undefined) return fenced('yaml', manifest(shown.creates))
  if (shown?.after === undefined) return ''
  const { hunks } = structuredPatch('', '', manifest(shown.before), manifest(shown.after), '', '', {
    context: 4,
  })
  return fenced('diff', hunks.map(({ lines }) => lines.join('\n')).join('\n\n'))
}

function manifest(value: JsonValue): string {
  return typeof value === 'string' ? value : stringify(value)
}

function hazardsText({ hazards = [] }: Policy): string {
  if (hazards.length === 0) return ''
  return parts(
    'It is refused',
    hazards
      .map(({ name, when, because }) => {
        const where = when === undefined ? '' : `where \`${oneLine(when)}\`: `
        return `- ${where}${because} (\`hazard:${name}\`)`
      })
      .join('\n'),
  )
}

/** Exploited vulnerabilities that the fix helps against, and those that it is not to be mistaken to stop. */
function exploitedSection({ id }: Policy): string {
  const entries = exploitedBeside(id).map((entry) => `- ${exploitedText(entry)}`)
  return entries.length === 0 ? '' : parts('## Known exploits', entries.join('\n'))
}

function enginesTable(policy: Policy): string {
  const rows = (['same-as', 'covers'] as const).flatMap((key) =>
    Object.entries(policy[key] ?? {}).map(([engine, rules]) => [
      engine,
      rules.map((rule) => `\`${rule}\``).join(', '),
      key === 'same-as' ? 'the same verdict' : 'the fix clears it, or helps to',
    ]),
  )
  return table(['tool', 'rules', ''], rows)
}

function differencesText({ differs = [] }: Policy): string {
  return differs
    .map(
      ({ engine, rule, reports, because }) =>
        `- \`${rule}\` of ${engine} ${reports === 'ours' ? 'is silent where this policy reports' : 'reports where this policy is silent'}: ${because}.`,
    )
    .join('\n')
}

function examplesTable({ id }: Policy): string {
  return table(
    ['example', 'ends as'],
    (examples[id] ?? []).map((example) => [example.name, endText(example)]),
  )
}

function endText(example: PolicyExample): string {
  if (example.clean === true) return 'clean'
  if (example['needs-value'] === true) return 'a question'
  if (example.advice === true) return 'advice'
  if (example.refused !== undefined) return `refused: \`${example.refused}\``
  const kind = example.creates === undefined ? 'fixed' : 'a new file'
  return example.safe === false ? `${kind} (unsafe)` : kind
}

function index(): string {
  const sections = families.flatMap((family) => {
    const rows = catalogue
      .filter((policy) => policy.family === family)
      .map((policy) => [link(policy.id), policy.title, severityText(policy), endsAs(policy)])
    return rows.length === 0 ? [] : [`## ${family}`, table(['policy', '', 'severity', 'ends as'], rows)]
  })
  return parts(
    '# Policies',
    `${catalogue.length} policies. \`k8s-autofix explain POLICY\` says the same at a terminal; [writing a policy](../policies.md) is a page of its own. What is off is judged only where it is named.`,
    ...sections,
  )
}

function severityText({ severity, default: isOn }: Policy): string {
  return isOn === 'off' ? `${severity}, off` : severity
}

/** How its findings end, as its examples show. */
function endsAs({ id }: Policy): string {
  const ends = (examples[id] ?? []).map(endText).filter((end) => end !== 'clean')
  return [...new Set(ends)].toSorted().join(', ')
}

function link(id: string): string {
  return `[${id}](${id}.md)`
}

function percent(chance: number): string {
  return `${Math.round(chance * 100)} %`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Paragraphs; what is empty is left out. */
function parts(...all: readonly (string | false | undefined)[]): string {
  return all.filter((one) => one !== undefined && one !== false && one !== '').join('\n\n')
}

const layout = await resolveConfig(join(root, 'README.md'))
const pages = new Map<string, string>()
for (const [name, text] of [
  ['README', index()] as const,
  ...catalogue.map((policy) => [policy.id, page(policy)] as const),
])
  pages.set(`${folder}/${name}.md`, await format(text, { ...layout, parser: 'markdown' }))

const gone = globSync('*.md', { cwd: join(root, folder) }).map((name) => `${folder}/${name}`)
settle(
  pages,
  gone.filter((name) => !pages.has(name)),
)
