import type { JsonObject, JsonValue, Policy } from '../model/index.ts'
import {
  expressionsOf,
  isListAt,
  type BindingName,
  type NamedExpression,
  type PolicyExpressions,
} from '../policies/index.ts'
import { containerLists, templatePointerOf } from '../resources/index.ts'
import { literal } from './literal.ts'

/** A policy as the API server's CEL says it, over variables that build on each other. */
export interface Rule {
  variables: readonly { name: string; expression: string }[]
  /** True = nothing is found, as the API server has it. */
  expression: string
  message: string
  messageExpression: string | undefined
}

/** What a policy's expressions read beside the object. */
export interface RuleValues {
  params: JsonObject
  values: JsonObject
}

/** Why a policy cannot be said in the API server's CEL. */
export interface Untold {
  because: string
}

/** `kinds` are the built-in kinds that the policy looks at, as `group/Kind`. */
export function translate(policy: Policy, kinds: readonly string[], given: RuleValues): Rule | Untold {
  if (policy['looks-at'] === 'repository')
    return { because: 'it looks across the objects of a repository, and admission sees one object' }
  if (policy.check !== undefined)
    return { because: `its verdict is code (check: ${policy.check}), not one expression` }
  if (policy.at === 'object:/apiVersion')
    return {
      because: 'it is about the API version, and admission sees every object in the one that is asked for',
    }
  const expressions = expressionsOf(policy)
  const { when, message } = expressions
  if (when === undefined) return { because: 'it has no expression' }
  for (const { names, variables } of [when, ...(message ? [message] : [])]) {
    const lost = names.find(({ name }) => name === 'index' || name === 'key')
    if (lost !== undefined)
      return { because: `it reads \`${lost.name}\`, which a loop of CEL does not tell of every Kubernetes` }
    const hiding = [...variables].find((name) => taken.has(name))
    if (hiding !== undefined) return { because: `a loop of its expression calls its variable \`${hiding}\`` }
  }
  return new Translation(policy, kinds, given, expressions).translated(when, message)
}

/** Names that the translation itself uses inside of loops. */
const taken: ReadonlySet<string> = new Set(['variables', 'container'])

/** What a translation can name `variables.<name>`. */
type VariableName = 'object' | 'template' | 'pod' | 'containers' | 'items' | 'params' | 'values' | 'found'

class Translation {
  private readonly kinds: readonly string[]
  private readonly given: RuleValues
  private readonly expressions: PolicyExpressions
  private readonly title: string
  /** Those that are used, each behind what it uses itself. */
  private readonly variables = new Map<VariableName, string>()

  constructor(policy: Policy, kinds: readonly string[], given: RuleValues, expressions: PolicyExpressions) {
    this.kinds = kinds
    this.given = given
    this.expressions = expressions
    // A message of the API server is one line.
    this.title = policy.title.replaceAll(/\s+/g, ' ').trim()
  }

  translated(when: NamedExpression, message: NamedExpression | undefined): Rule {
    const { forEach } = this.expressions
    const condition = this.text(when)
    const words = message && this.text(message)
    const root = forEach.kind === 'item' ? forEach.root : forEach.kind
    const items = forEach.kind === 'item' ? this.items(forEach.root, forEach.path) : undefined
    const readsList = [when, ...(message ? [message] : [])].some(({ names }) =>
      names.some(({ name }) => name === 'containerList'),
    )
    if (root === 'container') return this.containers(condition, words, items, readsList)
    if (items === undefined) return this.rule(`!(${condition})`, words)
    if (words === undefined) return this.rule(`!${items}.exists(item, ${condition})`, undefined)
    return this.listed(`${items}.filter(item, ${condition}).map(item, ${words})`, '')
  }

  /** The texts of all findings are a variable: there are none, or they are the message. */
  private listed(texts: string, lead: string): Rule {
    this.variables.set('found', texts)
    const joined = 'variables.found.join("; ")'
    return this.rule('size(variables.found) == 0', lead === '' ? joined : `${literal(lead)} + ${joined}`)
  }

  private rule(expression: string, messageExpression: string | undefined): Rule {
    return {
      variables: [...this.variables].map(([name, text]) => ({ name, expression: text })),
      expression,
      message: this.title,
      messageExpression,
    }
  }

  private containers(
    condition: string,
    words: string | undefined,
    items: string | undefined,
    readsList: boolean,
  ): Rule {
    const which = '"container " + container.name'
    const told = words === undefined ? which : `${which} + ": " + (${words})`
    const lead = words === undefined ? `${this.title}: ` : ''
    let texts: (containers: string) => string
    if (items === undefined)
      texts = (containers) => `${containers}.filter(container, ${condition}).map(container, ${told})`
    else if (words === undefined)
      texts = (containers) =>
        `${containers}.filter(container, ${items}.exists(item, ${condition})).map(container, ${told})`
    else
      texts = (containers) =>
        flat(
          `${containers}.map(container, ${items}.filter(item, ${condition}).map(item, ${told}).join("; "))`,
        )
    if (!readsList) return this.listed(texts(this.use('containers')), lead)
    const ofList = texts(`${this.use('pod')}[?containerList].orValue([])`)
    return this.listed(flat(`${literal([...containerLists])}.map(containerList, ${ofList}.join("; "))`), lead)
  }

  /** What a policy looks through. A null, and what is neither list nor map, holds nothing. */
  private items(root: 'object' | 'template' | 'pod' | 'container', path: readonly string[]): string {
    const base = root === 'container' ? 'container' : this.use(root)
    const place = path.length === 0 ? base : `${base}${optionalPath(path)}.orValue([])`
    if (isListAt(root, path)) return place
    const all = `[${place}].map(all, type(all) == map ? all.map(key, all[key]) : type(all) == list ? all : [])[0]`
    if (root === 'container') return all
    this.variables.set('items', all)
    return 'variables.items'
  }

  /** The expression with the names of the API server. */
  private text({ source, names }: NamedExpression): string {
    let text = ''
    let at = 0
    for (const { name, start, end } of names) {
      text += source.slice(at, start) + this.read(name)
      at = end
    }
    text = (text + source.slice(at)).trim()
    // A comment must not take along what is written behind the expression.
    return /\/\/.*$/.test(text) ? `${text}\n` : text
  }

  private read(name: BindingName): string {
    switch (name) {
      case 'object':
      case 'template':
      case 'pod':
      case 'params':
      case 'values':
        return this.use(name)
      case 'effective':
        return `container${optionalPath(this.expressions.at)}.or(${this.use('pod')}${optionalPath(this.expressions.at)}).orValue(null)`
      case 'image':
        return 'dyn(null)'
      // Variables of the loops around the expression.
      case 'container':
      case 'containerList':
      case 'item':
      case 'index':
      case 'key':
        return name
    }
  }

  private use(name: Exclude<VariableName, 'items' | 'found'>): string {
    if (!this.variables.has(name)) this.variables.set(name, this.definition(name))
    return `variables.${name}`
  }

  /** Types of the schema would refuse a field that one of several kinds has not, so the object is of none. */
  private definition(name: Exclude<VariableName, 'items' | 'found'>): string {
    switch (name) {
      case 'object':
        return 'dyn(object)'
      case 'template':
        return this.template()
      case 'pod':
        return `${this.use('template')}.spec`
      case 'containers': {
        const pod = this.use('pod')
        return containerLists.map((list) => `${pod}.?${list}.orValue([])`).join(' + ')
      }
      case 'params':
        return `dyn(${literal(this.given.params)})`
      case 'values':
        return `dyn(${literal(this.given.values)})`
    }
  }

  private template(): string {
    const byPlace = Map.groupBy(this.kinds, (kind) => templatePointerOf(kind) ?? '')
    const places = [...byPlace].toSorted(([, a], [, b]) => a.length - b.length)
    const branches = places.map(([pointer, kinds], index) => {
      const place = `dyn(object)${pointer.replaceAll('/', '.')}`
      if (index === places.length - 1) return place
      const names = kinds.map((kind) => kind.slice(kind.indexOf('/') + 1))
      const condition =
        names.length === 1 ? `object.kind == ${literal(names[0] ?? '')}` : `object.kind in ${literal(names)}`
      return `${condition} ? ${place} : `
    })
    return branches.join('')
  }
}

/** Of a list of texts those that hold something. */
function flat(texts: string): string {
  return `${texts}.filter(text, text != "")`
}

const reserved: ReadonlySet<string> = new Set(
  'as break const continue else false for function if import in let loop namespace null package return true var void while'.split(
    ' ',
  ),
)

function optionalPath(path: readonly string[]): string {
  return path
    .map((segment) =>
      /^[A-Za-z_][A-Za-z0-9_]*$/.test(segment) && !reserved.has(segment)
        ? `.?${segment}`
        : `[?${literal(segment)}]`,
    )
    .join('')
}

/** The parameters of a policy: what was configured, else its defaults. */
export function paramsOf(policy: Policy, configured: Readonly<Record<string, JsonValue>>): JsonObject {
  return Object.fromEntries(
    Object.entries(policy.params ?? {}).map(([name, param]) => [
      name,
      (Object.hasOwn(configured, name) ? configured[name] : undefined) ?? param.default,
    ]),
  )
}
