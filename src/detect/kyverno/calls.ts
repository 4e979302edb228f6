import { isObject, property, type JsonObject, type JsonValue } from '../../model/index.ts'

/*
 * What a policy judges by beside the object: an API server, a web service, a registry, a global context. None of it is
 * there when a file is judged. Kyverno's command line tool would take the objects of its own run for the cluster, ask web
 * services for real, and say nothing of either.
 */

/** One thing that a policy asks, e.g. `an API server or a web service (context pods)`. */
export type Call = string

/** Variables of Kyverno's CEL and the methods by which each asks somebody (libs/ of github.com/kyverno/sdk). */
const libraries: ReadonlyMap<string, { what: string; methods: readonly string[] }> = new Map([
  ['http', { what: 'a web service', methods: ['get', 'post', 'client'] }],
  ['resource', { what: 'an API server', methods: ['get', 'list', 'post', 'togvr'] }],
  ['globalContext', { what: 'the global context', methods: ['get'] }],
  ['image', { what: 'a registry', methods: ['getmetadata'] }],
  ['generator', { what: 'an API server', methods: ['apply'] }],
])

/** What the CEL of a policy asks: an expression may name a library that another one calls. */
export function callsOfExpressions(expressions: readonly string[]): Call[] {
  const code = expressions.map(withoutLiterals)
  const named = new Set(code.flatMap((text) => [...text.matchAll(freeName)].map(String)))
  const called = new Set(
    code.flatMap((text) =>
      [...text.matchAll(/\.\s*`?(\w+)`?\s*\(/g)].map(([, name = '']) => name.toLowerCase()),
    ),
  )
  return [...libraries].flatMap(([name, { what, methods }]) =>
    named.has(name) && methods.some((method) => called.has(method)) ? [`${what} (${name} in its CEL)`] : [],
  )
}

/** A name that is no field of something. A dot with nothing in front of it makes it no field. */
const freeName = /(?<![\w)\]}"`]\s*\.\s*\??\s*)(?<!\w)[A-Za-z_]\w*/g

/** CEL without its texts and comments, which may hold anything. */
function withoutLiterals(expression: string): string {
  return expression.replaceAll(
    /\b[rR][bB]?(?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')|"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/.*/g,
    ' "" ',
  )
}

/** What the rules of a ClusterPolicy ask. */
export function callsOfRule(rule: JsonObject): Call[] {
  const validate = property(rule, 'validate')
  const cel = property(validate, 'cel')
  return [
    ...callsOfContext(rule['context']),
    ...callsOfLoops(property(validate, 'foreach')),
    ...(property(validate, 'manifests') === undefined
      ? []
      : ['the signer of a manifest (validate.manifests)']),
    ...(property(cel, 'paramKind') === undefined ? [] : ['an API server (paramKind)']),
  ]
}

const entries: ReadonlyMap<string, string> = new Map([
  ['apiCall', 'an API server or a web service'],
  ['configMap', 'an API server'],
  ['imageRegistry', 'a registry'],
  ['globalReference', 'the global context'],
])

/** What the entries of a context ask. */
export function callsOfContext(context: JsonValue | undefined): Call[] {
  return listOf(context).flatMap((entry) =>
    Object.keys(entry).flatMap((key) => {
      const what = entries.get(key)
      if (what !== undefined) return [`${what} (context ${textOf(entry['name'])})`]
      // What is new, or mistyped, is not known to be harmless.
      return key === 'name' || key === 'variable' ? [] : [`${key} (context ${textOf(entry['name'])})`]
    }),
  )
}

function callsOfLoops(loops: JsonValue | undefined): Call[] {
  const nested = isObject(loops) ? listOf(loops['foreach']) : listOf(loops)
  return nested.flatMap((loop) => [...callsOfContext(loop['context']), ...callsOfLoops(loop['foreach'])])
}

export function listOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** All texts of a value but what is said to people: whatever of it is an expression is among them. */
export function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inside]) => (key === 'message' ? [] : textsIn(inside)))
}
