import { loadConfig, settingsFor } from '../config/index.ts'
import { usesIn, withUses } from '../accounts.ts'
import { NewFiles } from '../creating.ts'
import { judgeRepository, locationAt } from '../detect/index.ts'
import { inventoryOf } from '../inventory/index.ts'
import {
  equal,
  isObject,
  property,
  type Finding,
  type JsonObject,
  type JsonValue,
  type Policy,
  type PolicyExample,
} from '../model/index.ts'
import { createAnalyser, type FileResult, type Request } from '../pipeline.ts'
import { explainEvaluation, type Explanation } from '../policies/index.ts'
import { readSource } from '../resources/index.ts'
import { readDocuments } from '../yaml/index.ts'

/** How one example of a policy came out. */
export interface ExampleResult {
  policy: string
  example: string
  /** What came instead of what the example expects. */
  failure?: string
  /** The expressions of the policy at each place, with the values they read; given for failures. */
  evaluations: string[]
}

/**
 * Runs the examples of a policy through the whole pipeline. What else is wrong with an example is not looked at, except
 * by the policies whose fixes its own fix requires.
 */
export function testPolicy(policy: Policy, catalogue: readonly Policy[]): ExampleResult[] {
  const policies = withRequired(policy, catalogue)
  return policy.examples.map((example) => {
    const text = exampleText(example)
    const failure = judge(policy, example, analyse(text, policy, example, policies))
    return {
      policy: policy.id,
      example: example.name,
      ...(failure === undefined ? {} : { failure }),
      evaluations: failure === undefined ? [] : evaluations(text, policy, example),
    }
  })
}

function withRequired(policy: Policy, catalogue: readonly Policy[]): Policy[] {
  const found = new Map([[policy.id, policy]])
  for (const { fix } of found.values())
    for (const one of fix === 'none' ? [] : fix)
      for (const id of 'requires' in one ? (one.requires ?? []) : []) {
        const required = catalogue.find((candidate) => candidate.id === id)
        // A map that grows while it is walked goes on with what was added.
        if (required !== undefined && !found.has(id)) found.set(id, required)
      }
  return [...found.values()]
}

const file = 'example.yaml'

function exampleText({ before, context = [] }: PolicyExample): string {
  const texts = [before, ...context].map((part) =>
    typeof part === 'string' ? part.replace(/\n?$/, '\n') : `${JSON.stringify(part, null, 2)}\n`,
  )
  return texts.join('---\n')
}

function analyse(
  text: string,
  policy: Policy,
  example: PolicyExample,
  policies: readonly Policy[],
): FileResult {
  const settings = {
    params: { [policy.id]: example.params ?? {} },
    'allow-removal': example['allow-removal'] === true ? [policy.id] : [],
    resources: { defaults: property(example.values, 'resources') ?? {} },
    images: property(example.values, 'images') ?? {},
  }
  const source = { name: example.name, text: JSON.stringify(settings), folder: '/' }
  const config = loadConfig({ file: source, set: [], root: '/', policies })
  const request: Request = {
    config,
    level: 'policy',
    only: [policy.id],
    skip: [],
    unsafeFixes: true,
    changes: true,
    api: false,
    beside: false,
    time: 0,
  }
  const analyser = createAnalyser(request, policies, () => 0)
  const first = analyser.analyse(file, text)
  const uses = usesIn([first])
  const result =
    uses.length === 0
      ? first
      : analyser.analyse(file, text, {
          evidence: withUses(undefined, uses, ({ at }) => locationAt(readSource(file, text), at).line),
        })
  // The example is a repository of its own.
  const { facts } = result
  const across = judgeRepository(
    [policy],
    facts,
    (name) => settingsFor(config, name),
    () => readSource(file, text),
  )
  const findings = [...result.findings, ...across.map(({ finding }) => finding)]
  const judged = { ...result, findings }
  const created = new NewFiles(across, {
    request,
    policies,
    inventory: inventoryOf(facts),
    texts: new Map([[file, text]]),
    exists: (name) => name === file,
  })
  created.settle([judged])
  return judged
}

/** What is wrong with the result; undefined where it is as the example says. */
function judge(policy: Policy, example: PolicyExample, result: FileResult): string | undefined {
  const findings = result.findings.filter(
    (finding) => finding.policy === policy.id && finding.location.document === 0,
  )
  const [broken] = [
    ...result.unread.map(({ reason }) => reason.text),
    ...result.invalid.flatMap(({ errors }) => errors),
  ]
  if (broken !== undefined) return `the example cannot be judged: ${broken}`
  if (example.clean === true)
    return findings.length === 0
      ? undefined
      : `expected no finding, found: ${findings.map(stateText).join('; ')}`
  const [first] = findings
  if (first === undefined) return 'expected a finding, found none'
  const wanted = wantedState(example)
  const other = findings.find(({ state }) => state !== wanted)
  if (other !== undefined) return `expected ${wanted}, found ${stateText(other)}`
  if (example.refused !== undefined && first.reason?.code !== example.refused)
    return `expected refusal ${example.refused}, found ${first.reason?.code ?? 'none'}`
  if (example.safe !== undefined && first.safe !== example.safe)
    return `expected ${example.safe ? 'a safe' : 'an unsafe'} fix, found ${first.safe === true ? 'a safe' : 'an unsafe'} one`
  if (example.creates !== undefined)
    return compare(example.creates, first.edits.find(({ kind }) => kind === 'create')?.replacement ?? '')
  return example.after === undefined ? undefined : compare(example.after, result.change?.after ?? '')
}

function wantedState(example: PolicyExample): Finding['state'] {
  if (example.after !== undefined || example.creates !== undefined) return 'fixed'
  if (example['needs-value'] === true) return 'needs-value'
  return example.advice === true ? 'advice' : 'refused'
}

function stateText({ state, reason, message }: Finding): string {
  return reason === undefined ? `${state} (${message})` : `${state} (${reason.code}: ${reason.text})`
}

function compare(after: JsonValue, text: string): string | undefined {
  const [document] = readDocuments(text)
  const value = document?.value ?? null
  if (typeof after === 'string') {
    const first = text.slice(document?.start, document?.end).replace(/(?:^|\n)---\n?$/, '\n')
    if (first.trim() === after.trim()) return undefined
    return `expected the text\n${indent(after)}\n  found\n${indent(first)}`
  }
  if (equal(after, value)) return undefined
  return `expected ${JSON.stringify(after)}\n  found    ${JSON.stringify(value)}`
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '    ')
}

function evaluations(text: string, policy: Policy, example: PolicyExample): string[] {
  const [resource] = readSource(file, text).resources
  if (resource === undefined) return ['the example holds no Kubernetes object']
  const declared = Object.entries(policy.params ?? {}).map(([name, param]) => [name, param.default] as const)
  const params: JsonObject = { ...Object.fromEntries(declared), ...example.params }
  const values = isObject(example.values) ? example.values : {}
  return explainEvaluation(policy, resource, { params: { [policy.id]: params }, values }).flatMap(lines)
}

function lines({ expression, source, place, result, reads }: Explanation): string[] {
  const outcome = isError(result) ? `error: ${result.error}` : JSON.stringify(result)
  const where = place === '' ? '' : ` at ${place}`
  return [
    `${expression}${where} = ${outcome}   ${source.replaceAll(/\s+/g, ' ').trim()}`,
    ...reads.map(
      ({ path, value }) => `  ${path} = ${value === undefined ? '(nothing there)' : JSON.stringify(value)}`,
    ),
  ]
}

function isError(result: Explanation['result']): result is { error: string } {
  return isObject(result) && typeof result['error'] === 'string'
}
