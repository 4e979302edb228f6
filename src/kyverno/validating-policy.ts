import { z } from 'zod'
import {
  isObject,
  property,
  severities,
  type JsonObject,
  type KyvernoPolicy,
  type Policy,
  type Severity,
} from '../model/index.ts'
import { parsePolicy } from '../policies/index.ts'
import { readSource } from '../resources/index.ts'
import { variantsOf } from './autogen.ts'
import { constraintsSchema, isAboutPods, matchingOf, type Constraints } from './constraints.ts'
import { Translator } from './expression.ts'
import { Untold } from './untold.ts'

/** What became of a policy of Kyverno: policies of ours with the same verdicts, or the reason why it is none. */
export type Imported = { policies: Policy[] } | { unsupported: string }

const named = z.looseObject({ name: z.string(), expression: z.string() })
const validationSchema = z.strictObject({
  expression: z.string(),
  message: z.string().nullish(),
  messageExpression: z.string().nullish(),
  reason: z.string().nullish(),
})
type Validation = z.infer<typeof validationSchema>

/** The `spec` of a ValidatingPolicy. A key that is not here may change what the policy says. */
const specSchema = z.strictObject({
  matchConstraints: constraintsSchema,
  matchConditions: z.array(named).nullish(),
  variables: z.array(named).nullish(),
  validations: z.array(validationSchema).min(1),
  failurePolicy: z.string().nullish(),
  autogen: z
    .looseObject({
      podControllers: z.looseObject({ controllers: z.array(z.string()).nullish() }).nullish(),
    })
    .nullish(),
  evaluation: z.looseObject({ mode: z.string().nullish() }).nullish(),
  // What a cluster does about a finding, and where it keeps it, is no matter of the verdict.
  validationActions: z.unknown().optional(),
  webhookConfiguration: z.unknown().optional(),
})
type Spec = z.infer<typeof specSchema>

const apiVersions: readonly string[] = ['v1', 'v1beta1', 'v1alpha1'].map(
  (version) => `policies.kyverno.io/${version}`,
)

/**
 * Turns a ValidatingPolicy into policies of ours that give the verdicts of Kyverno's own program, version 1.19, on any
 * object in a file. What cannot be said exactly is not guessed.
 */
export function importValidatingPolicy(policy: KyvernoPolicy): Imported {
  try {
    return { policies: [imported(policy)] }
  } catch (error) {
    if (error instanceof Untold) return { unsupported: error.message }
    throw error
  }
}

function imported(source: KyvernoPolicy): Policy {
  const { apiVersion, kind, name } = source
  if (!apiVersions.includes(apiVersion) || kind !== 'ValidatingPolicy')
    throw new Untold(`a ${kind} of ${apiVersion} is not judged in this process`)
  const object = objectOf(source)
  const spec = specOf(object)
  if ((spec.evaluation?.mode ?? 'Kubernetes') !== 'Kubernetes')
    throw new Untold(`its evaluation mode is ${spec.evaluation?.mode ?? ''}`)
  if (spec.failurePolicy === 'Ignore' && (spec.matchConditions ?? []).length > 0)
    throw new Untold('with failurePolicy Ignore an error in its matchConditions counts as no match')
  const cases = casesOf(spec)
  const title = annotation(object, 'title') ?? name
  const words = wordsOf(spec)
  const policy = {
    id: 'imported',
    title,
    since: '1.0.0',
    severity: severityOf(object),
    family: 'hygiene',
    why: annotation(object, 'description') ?? `The policy ${name} demands it.`,
    'same-as': { kyverno: [name] },
    kinds: [...new Set(cases.flatMap(({ kinds }) => kinds))],
    'for-each': 'resource',
    judges: 'sent',
    when: inCases(
      cases.map(({ condition, found }) => [condition, found]),
      'false',
    ),
    at: 'object:',
    ...messageOf(cases),
    fix: 'none',
    advice: words.length === 0 ? `The policy ${name} (${source.file}) says what it wants.` : words.join(' '),
    breakage: { prior: 0, because: 'nothing is changed' },
    examples: [example, example, example],
  }
  const checked = parsePolicy(policy, source.file)
  if ('problems' in checked)
    throw new Untold(checked.problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  // The slash is what tells it from the policies of files.
  return { ...checked, id: `kyverno/${name}`, examples: [] }
}

/** Stands in for the examples that a policy file has to have. */
const example = { name: 'nothing', before: {}, clean: true }

function objectOf({ file, text }: KyvernoPolicy): JsonObject {
  const [resource] = readSource(file, text).resources
  if (resource === undefined) throw new Untold('it cannot be read')
  return resource.object
}

function specOf({ spec }: JsonObject): Spec {
  const parsed = specSchema.safeParse(spec)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Untold(
    `spec${(issue?.path ?? []).map((key) => `.${String(key)}`).join('')}: ${issue?.message ?? ''}`,
  )
}

/** One way to judge, for some objects: those of the policy itself, or those that it is carried over to. */
interface Case {
  kinds: readonly string[]
  /** Whether it is for an object; cannot fail. */
  condition: string
  /** Whether there is a finding. */
  found: string
  /** What holds of each validation, and what is said where it does not. */
  validations: readonly { holds: string; message: string | undefined }[]
}

function casesOf(spec: Spec): Case[] {
  const own = matchingOf(spec.matchConstraints)
  const cases = [caseOf(spec, own.kinds, own.condition, (text) => text)]
  for (const { kinds, apiVersions: versions, words } of autogenOf(spec, spec.matchConstraints)) {
    const names = kinds.map((kind) => kind.slice(kind.indexOf('/') + 1))
    const condition = `object.kind in ${JSON.stringify(names)} && object.apiVersion in ${JSON.stringify(versions)}`
    cases.push(caseOf(spec, kinds, condition, words))
  }
  return cases
}

function autogenOf({ autogen }: Spec, constraints: Constraints): ReturnType<typeof variantsOf> {
  return isAboutPods(constraints) ? variantsOf(autogen?.podControllers?.controllers ?? undefined) : []
}

function caseOf(
  { matchConditions, variables, validations }: Spec,
  kinds: readonly string[],
  condition: string,
  words: (text: string) => string,
): Case {
  const translator = new Translator()
  const conditions = (matchConditions ?? []).map(({ expression }) => translator.condition(words(expression)))
  for (const { name, expression } of variables ?? []) translator.define(name, words(expression))
  const judged = validations.map((validation) => ({
    holds: translator.condition(words(validation.expression)),
    message: messageIn(validation, translator, words),
  }))
  // The first that fails, by its verdict or by an error, decides.
  const holds = judged.map((one) => one.holds).reduceRight((later, one) => `(${one} ? ${later} : false)`)
  const found = conditions.length === 0 ? `!${holds}` : `(${conditions.join(' && ')} ? !${holds} : false)`
  return { kinds, condition, found, validations: judged }
}

function messageIn(
  { message, messageExpression }: Validation,
  translator: Translator,
  words: (text: string) => string,
): string | undefined {
  const computed = messageExpression && translator.plainText(words(messageExpression))
  if (typeof computed === 'string' && computed !== '') return computed
  const text = oneLine(words(message ?? ''))
  return text === '' ? undefined : JSON.stringify(text.toWellFormed())
}

/** What is found, where the policy says it; where it does not, the title does. */
function messageOf(cases: readonly Case[]): { message?: string } {
  const texts = new Set(cases.flatMap(({ validations }) => validations.map(({ message }) => message)))
  const [only] = texts
  if (texts.size === 1) return only === undefined ? {} : { message: only }
  // What is no text becomes the title.
  const none = 'dyn(null)'
  const perCase = cases.map(({ condition, validations }): [string, string] => [
    condition,
    inCases(
      validations.map(({ holds, message }) => [
        `!${holds}`,
        message === undefined ? none : `dyn(${message})`,
      ]),
      none,
    ),
  ])
  return { message: inCases(perCase, none) }
}

function inCases(cases: readonly (readonly [condition: string, value: string])[], otherwise: string): string {
  return cases.reduceRight(
    (rest, [condition, value]) => (condition === 'true' ? value : `(${condition} ? ${value} : ${rest})`),
    otherwise,
  )
}

/** The texts of the validations, for whoever asks what to do. */
function wordsOf({ validations }: Spec): string[] {
  return [...new Set(validations.map(({ message }) => oneLine(message ?? '')).filter((text) => text !== ''))]
}

function annotation({ metadata }: JsonObject, key: string): string | undefined {
  const annotations = isObject(metadata) ? property(metadata, 'annotations') : undefined
  const value = property(annotations, `policies.kyverno.io/${key}`)
  const text = typeof value === 'string' ? oneLine(value) : ''
  return text === '' ? undefined : text
}

function severityOf(object: JsonObject): Severity {
  const written = annotation(object, 'severity')
  return severities.find((severity) => severity === written) ?? (written === 'info' ? 'low' : 'medium')
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}
