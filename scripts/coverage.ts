/**
 * Writes docs/coverage.md: which policy answers which rule of other tools, made of knowledge/rules.yaml and of what the
 * policies say of other engines. A rule that nothing answers is an error.
 *
 *   scripts/node scripts/coverage.ts [--check]
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Policy } from '../src/model/index.ts'
import { catalogue } from '../src/policies/index.ts'
import { examples } from '../src/policies/examples.generated.ts'
import { settle } from './generated.ts'
import { root } from './package.ts'

const file = join(root, 'docs', 'coverage.md')
const schema = z.array(
  z.strictObject({
    engine: z.string(),
    version: z.string(),
    source: z.string(),
    what: z.string(),
    rules: z.record(z.string(), z.union([z.null(), z.array(z.string()), z.string()])),
  }),
)
const tools = schema.parse(parse(readFileSync(join(root, 'knowledge', 'rules.yaml'), 'utf8')))
const policies = new Map(catalogue.map((policy) => [policy.id, policy]))

function answering(engine: string, rule: string): Policy[] {
  return catalogue.filter((policy) =>
    [policy['same-as'], policy.covers, policy['known-as']].some((names) => {
      const rules: unknown = names === undefined ? undefined : Reflect.get(names, engine)
      return Array.isArray(rules) && rules.includes(rule)
    }),
  )
}

function named(ids: readonly string[], rule: string): Policy[] {
  return ids.map((id) => {
    const policy = policies.get(id)
    if (policy === undefined) throw new Error(`knowledge/rules.yaml: ${rule}: no policy is called "${id}"`)
    return policy
  })
}

/** What a policy does at best, as its examples show. */
function endsAs({ id }: Policy): string {
  const all = examples[id] ?? []
  if (all.some(({ after, creates }) => after !== undefined || creates !== undefined)) return 'fixed'
  return all.some((one) => one['needs-value'] === true) ? 'asks for a value' : 'advice'
}

const best = ['fixed', 'asks for a value', 'advice']

const sections = tools.map(({ engine, version, source, what, rules }) => {
  const ends: string[] = []
  const rows = Object.entries(rules).map(([rule, value]) => {
    if (typeof value === 'string') return `| \`${rule}\` | | ${value} |`
    const answers = value === null ? answering(engine, rule) : named(value, rule)
    if (answers.length === 0) throw new Error(`knowledge/rules.yaml: no policy answers ${rule} of ${engine}`)
    const end = best.find((one) => answers.some((policy) => endsAs(policy) === one)) ?? ''
    ends.push(end)
    const links = answers.map(({ id }) => `[${id}](policies/${id}.md)`).join(', ')
    return `| \`${rule}\` | ${links} | ${end} |`
  })
  const counts = best.map((one) => `${ends.filter((end) => end === one).length} ${one}`)
  const others = Object.keys(rules).length - ends.length
  return [
    `## ${engine} ${version}`,
    `${ends.length} of ${Object.keys(rules).length} (${what}; [source](${source})): ${counts.join(', ')}${others === 0 ? '' : `; ${others} for a reason that stands beside ${others === 1 ? 'it' : 'them'}`}.`,
    ['| rule | policies | at best |', '| --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n')
})
const text = await format(
  [
    '# What other tools find, and what answers it',
    'Made of `knowledge/rules.yaml` and of what each policy says of other tools. Verdicts need not be equal: where they differ from those of kube-linter, the page of the policy says how, and `tests/corpus/parity.test.ts` holds it to that.',
    ...sections,
  ].join('\n\n'),
  { ...(await resolveConfig(file)), parser: 'markdown' },
)
settle(new Map([['docs/coverage.md', text]]))
