import { didYouMean } from '../config/index.ts'
import { UserError, type Finding, type Policy } from '../model/index.ts'
import { jsonText, renderFinding, signed } from '../report/index.ts'
import type { Outcome } from '../run.ts'
import { analyse } from './analyse.ts'
import type { Arguments } from './arguments.ts'
import { colorOf } from './errors.ts'
import { readPolicies } from './files.ts'
import { readFormat } from './output.ts'
import { breakageText, policyText, table, withoutExamples } from './policy-text.ts'
import { exitCodes, type ExitCode, type World } from './world.ts'

/** Shorter beginnings of a fingerprint name too many findings. */
const shortest = 6

/** `explain POLICY` or `explain FINGERPRINT [PATH...]`. */
export async function explain(args: Arguments, world: World): Promise<ExitCode> {
  const [subject, ...paths] = args.positionals
  if (subject === undefined)
    throw new UserError('explain: names no policy and no fingerprint', 'k8s-autofix explain --help')
  const format = readFormat(args.last('format') ?? 'pretty')
  if (format !== 'pretty' && format !== 'json')
    throw new UserError(`--format ${format}: explain has pretty and json`)
  // What stands in the change itself decides nothing.
  const all = args.has('diff') ? world.engine.policies : (await readPolicies(args, world)).all
  const policy = all.find(({ id }) => id === subject)
  if (policy !== undefined) {
    if (paths.length > 0)
      throw new UserError(
        `explain ${subject}: is a policy, so it takes no path`,
        `k8s-autofix scan --only ${subject}`,
      )
    await world.stdout.write(
      format === 'json' ? jsonText(withoutExamples(policy)) : policyText(policy, world.stdout.columns),
    )
    return exitCodes.done
  }
  if (!/^[0-9a-f]+$/i.test(subject)) throw unknownSubject(subject, all)
  if (subject.length < shortest)
    throw new UserError(`explain ${subject}: a fingerprint needs at least ${shortest} characters`)
  const { outcome } = await analyse(args, world, {
    paths: paths.length === 0 ? ['.'] : paths,
    unsafeFixes: true,
    changes: false,
    quiet: false,
    decides: true,
  })
  const finding = findingOf(subject.toLowerCase(), outcome, paths)
  await world.stdout.write(format === 'json' ? jsonText(finding) : findingText(finding, outcome, args, world))
  return exitCodes.done
}

function unknownSubject(subject: string, policies: readonly Policy[]): UserError {
  const ids = policies.map(({ id }) => id)
  return new UserError(
    `explain ${subject}: no policy of that name${didYouMean(subject, ids)}`,
    'k8s-autofix policies list shows all of them; a fingerprint has the letters a to f and digits alone',
  )
}

function findingOf(prefix: string, { report }: Outcome, paths: readonly string[]): Finding {
  const found = report.findings.filter(({ fingerprint }) => fingerprint.startsWith(prefix))
  const [only] = found
  if (only === undefined)
    throw new UserError(
      `explain ${prefix}: no finding in ${paths.length === 0 ? 'this folder' : paths.join(' ')} has this fingerprint`,
      'a fingerprint covers the path of the file: scan from the same folder',
    )
  if (found.length > 1)
    throw new UserError(
      `explain ${prefix}: ${found.length} findings begin with this, such as ${found
        .slice(0, 3)
        .map(({ fingerprint }) => fingerprint.slice(0, 12))
        .join(', ')}`,
    )
  return only
}

function findingText(finding: Finding, outcome: Outcome, args: Arguments, world: World): string {
  const { stdout } = world
  const text = renderFinding(finding, outcome.sources, {
    color: colorOf(stdout, args, world),
    width: stdout.columns,
    policies: outcome.policies,
    show: 'all',
    command: 'explain',
    dryRun: false,
    written: new Set(),
    next: [],
  })
  const { verification, breakage, requires, location, engines } = finding
  const rows: [string, string][] = [
    ['fingerprint', finding.fingerprint],
    ['state', finding.reason === undefined ? finding.state : `${finding.state} (${finding.reason.code})`],
    ['at', `document ${location.document + 1}, ${location.pointer || '/'}`],
    ['found by', engines.map(({ name, rule }) => `${name} (${rule})`).join(', ')],
    ...riskRows(finding),
    ...decisionRows(finding),
    ...requires.map((one): [string, string] => ['fixed with', otherText(one, outcome)]),
    ...(breakage === undefined ? [] : [['breakage', breakageText(breakage)] satisfies [string, string]]),
    ...(verification?.gates ?? []).map((gate): [string, string] => [
      gate.passed ? 'passed' : 'failed',
      gate.name + (gate.detail === undefined ? '' : `: ${gate.detail}`),
    ]),
  ]
  return `${text}\n${table(rows, stdout.columns)}`
}

/** The risk, and what makes it, each part with the file that says so. */
function riskRows({ risk }: Finding): [string, string][] {
  if (risk === undefined) return []
  return [
    ['risk', `${risk.score} of 100 (it says what is worse; nobody has calibrated it)`],
    ...risk.contributions.map(({ because, value, source }): [string, string] => [
      signed(value),
      source === undefined ? because : `${because} (${source})`,
    ]),
  ]
}

/** Whether a review would suggest it. Why, the block above says. */
function decisionRows({ decision }: Finding): [string, string][] {
  if (decision === undefined) return []
  const { channel, rank, propensity } = decision
  return [
    ['offered', `${channel}, rank ${rank}; ${Math.round(100 * propensity)} % that it gets a place inline`],
  ]
}

function otherText(fingerprint: string, { report }: Outcome): string {
  const other = report.findings.find((one) => one.fingerprint === fingerprint)
  return other === undefined
    ? fingerprint.slice(0, 8)
    : `${other.policy} (line ${other.location.line}, ${fingerprint.slice(0, 8)})`
}
