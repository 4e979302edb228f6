import { stringify } from 'yaml'
import { didYouMean } from '../config/index.ts'
import { UserError, type Policy } from '../model/index.ts'
import { count, createStyle, cut, jsonText, visible } from '../report/index.ts'
import type { Arguments } from './arguments.ts'
import { colorOf } from './errors.ts'
import { withoutExamples } from './policy-text.ts'
import { readFormat } from './output.ts'
import { exportPolicies } from './policies-export.ts'
import { readPolicies, type AllPolicies } from './files.ts'
import { namedPolicy, policyById } from './policy-file.ts'
import { testPolicy, type ExampleResult } from './policy-examples.ts'
import { exitCodes, type ExitCode, type World } from './world.ts'

const actions = ['list', 'show', 'test', 'export']
/** Flags that `policies export` has alone. */
const exportFlags = ['to', 'action'] as const

/** `policies list`, `policies show POLICY`, `policies test|export [POLICY|FILE...]`. */
export async function policies(args: Arguments, world: World): Promise<ExitCode> {
  const [action, ...rest] = args.positionals
  const format = readFormat(args.last('format') ?? 'pretty')
  if (format !== 'pretty' && format !== 'json')
    throw new UserError(`--format ${format}: policies has pretty and json`)
  const stray = action === 'export' ? undefined : exportFlags.find((flag) => args.has(flag))
  if (stray !== undefined) throw new UserError(`--${stray} is for policies export`)
  switch (action) {
    case 'list': {
      if (rest.length > 0) throw new UserError(`policies list takes no argument, but got ${rest.join(' ')}`)
      const policies = await readPolicies(args, world)
      await world.stdout.write(
        format === 'json' ? jsonText(policies.all.map(listed)) : listText(policies, args, world),
      )
      return exitCodes.done
    }
    case 'show':
      await world.stdout.write(await showText(rest, format, args, world))
      return exitCodes.done
    case 'test':
      return test(rest, format, args, world)
    case 'export':
      return exportPolicies(rest, format, args, world)
    case undefined:
      throw new UserError(`policies needs one of ${actions.join(', ')}`, 'k8s-autofix policies --help')
    default:
      throw new UserError(
        `policies ${action}: must be one of ${actions.join(', ')}${didYouMean(action, actions)}`,
      )
  }
}

function listed({ id, title, severity, family, since, default: state, fix }: Policy): object {
  return { id, title, severity, family, since, default: state ?? 'on', fixable: isFixable(fix) }
}

function isFixable(fix: Policy['fix']): boolean {
  return fix !== 'none' && fix.some((one) => 'patch' in one || 'build' in one)
}

function listText({ all, own, kyverno }: AllPolicies, args: Arguments, world: World): string {
  const { stdout } = world
  const style = createStyle(colorOf(stdout, args, world))
  const width = Math.max(0, ...all.map(({ id }) => id.length))
  const columns = stdout.columns ?? Number.POSITIVE_INFINITY
  const rows = all.map(({ id, severity, family, title, default: state, fix }) => {
    const lead = `${id.padEnd(width)}  `
    const rank = severity.padEnd(8)
    const marks = `${isFixable(fix) ? 'fix' : '   '}  ${state ?? '   '}`
    const rest = cut(`  ${marks}  ${family}: ${title}`, columns - lead.length - 8)
    return `${lead}${style.severity(severity, rank)}${rest}\n`
  })
  const fixable = all.filter(({ fix }) => isFixable(fix)).length
  const off = all.filter((policy) => policy.default === 'off').length
  const notes = [
    `${count(all.length, 'policy', 'policies')}, ${fixable} with a fix, ${off} off by default`,
    ...(own.length === 0 ? [] : [`${own.length} of them from the configuration`]),
    ...(kyverno.length === 0
      ? []
      : [`beside them of Kyverno: ${kyverno.map(({ name }) => name).join(', ')}`]),
  ]
  return `${rows.join('')}\n${notes.join('; ')}\n`
}

async function showText(
  ids: readonly string[],
  format: 'pretty' | 'json',
  args: Arguments,
  world: World,
): Promise<string> {
  const [id, ...more] = ids
  if (id === undefined || more.length > 0)
    throw new UserError('policies show takes one policy', 'policies list shows all')
  const policy = policyById(id, (await readPolicies(args, world)).all)
  const examples = (await world.engine.examples())[id] ?? policy.examples
  const definition = { ...withoutExamples(policy), examples }
  return format === 'json'
    ? jsonText(definition)
    : stringify(definition, { lineWidth: 110, aliasDuplicateObjects: false })
}

async function test(
  subjects: readonly string[],
  format: 'pretty' | 'json',
  args: Arguments,
  world: World,
): Promise<ExitCode> {
  const builtInExamples = await world.engine.examples()
  const { all } = await readPolicies(args, world)
  const complete = (policy: Policy): Policy => ({
    ...policy,
    examples: [...(builtInExamples[policy.id] ?? [])],
  })
  const tested = subjects.length === 0 ? all : subjects.map((subject) => namedPolicy(subject, all, world))
  const results = tested.flatMap((policy) =>
    testPolicy(world.engine.policies.includes(policy) ? complete(policy) : policy, all),
  )
  await world.stdout.write(
    format === 'json' ? jsonText(results) : testText(results, tested.length, args, world),
  )
  return results.every(({ failure }) => failure === undefined) ? exitCodes.done : exitCodes.findings
}

function testText(results: readonly ExampleResult[], tested: number, args: Arguments, world: World): string {
  const style = createStyle(colorOf(world.stdout, args, world))
  const failed = results.filter(({ failure }) => failure !== undefined)
  const lines = (text: string): string => text.split('\n').map(visible).join('\n')
  const blocks = failed.map(({ policy, example, failure = '', evaluations }) => {
    const head = `${style.failed('failed')} ${style.bold(policy)}: ${visible(example)}`
    return [head, `  ${lines(failure)}`, ...evaluations.map((one) => `    ${visible(one)}`), '', ''].join(
      '\n',
    )
  })
  const passed = results.length - failed.length
  const examples = count(results.length, 'example')
  return `${blocks.join('')}${count(tested, 'policy', 'policies')}, ${examples}: ${passed} passed, ${failed.length} failed\n`
}
