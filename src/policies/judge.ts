import {
  escapeSegment,
  isWithin,
  parentOf,
  property,
  valueAt,
  type Evidence,
  type ImageKnowledge,
  type JsonObject,
  type JsonValue,
  type PatchOperation,
  type Policy,
  type SourcedValue,
} from '../model/index.ts'
import type { ContainerView, Subject } from '../resources/index.ts'
import { checks } from './checks/index.ts'
import { ExpressionError, type Bindings, type Expression } from './cel.ts'
import {
  compilePolicy,
  rootedPath,
  type CompiledFix,
  type CompiledOperation,
  type CompiledPolicy,
  type ForEach,
  type Root,
  type RootedPath,
} from './compile.ts'
import {
  accountOf,
  digestProblem,
  knownOf,
  valuesIn,
  withAnswers,
  withKnown,
  type KnownValue,
} from './evidence.ts'
import { fixes } from './fixes/index.ts'
import { imageOf } from './images.ts'
import { matchesKind } from './kinds.ts'
import { Memo } from './memo.ts'
import type { Place } from './place.ts'
import { readsOf } from './reads.ts'
import { concernOf, planConcernOf, type ChangedPlace, type Concern } from './touched.ts'
import { celAt, celValue, isMistyped, jsonValue, viewOf, type CelValue, type SubjectView } from './view.ts'

/** Configuration that policies read. Absent values are absent keys. */
export interface PolicyContext {
  /** By policy, by parameter. */
  params: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>
  /** E.g. `{ resources: { requests: { cpu: '100m' } } }`. */
  values: JsonObject
  /** What is known beside them for the file of the subjects. Fixes may use it; what is found does not depend on it. */
  evidence?: Evidence
}

/** One item of the list or map that a policy looks through. */
export interface MatchItem {
  /** What names it: its name, port, path or the like; `#<index>` where it has nothing of the kind. */
  key: string
  pointer: string
  index: number
  value: JsonValue
}

/** One policy found true at one place. */
export interface Match {
  policy: Policy
  subject: Subject
  /** The policy's `at`, from the resource's root. */
  pointer: string
  container?: ContainerView
  item?: MatchItem
  message: string
}

/** No verdict: neither found nor clean. */
export interface PolicyError {
  policy: string
  message: string
}

export interface Judgement {
  matches: Match[]
  errors: PolicyError[]
}

export type FixPlan =
  | {
      kind: 'patch'
      /** Pointers into the resource; `add`, `replace` and `remove` only. Parents may be missing. */
      operations: PatchOperation[]
      requires: string[]
      breakage: { probability: number; because: string }
      /** What it takes from elsewhere than the object and the configuration. */
      values: SourcedValue[]
    }
  | { kind: 'needs-value'; code: 'needs-value' | 'no-known-digest'; question: string; pointer: string }
  | { kind: 'hazard'; name: string; because: string; operations: PatchOperation[] }
  | { kind: 'advice'; text: string }
  | { kind: 'error'; message: string }

/** A part of what there is to judge. */
export interface Scope {
  policies: ReadonlySet<string>
  /** Policies of which only these containers (by their pointers) are in scope. */
  local?: { policies: ReadonlySet<string>; containers: ReadonlySet<string> }
}

/** What has changed in a subject since it was judged. */
export interface Changes {
  add(places: readonly ChangedPlace[]): void
  /** Whether that can alter that there is this match, or what planFix says of it. */
  touch(match: Match): boolean
}

/** All policies over one object. */
export interface Judge {
  readonly policies: readonly Policy[]
  /** All policies of the subject's kind, or those in scope. */
  judge(subject: Subject, scope?: Scope): Judgement
  /**
   * What has to be judged again after a change at these places. All else finds in the changed object what it has found
   * before.
   */
  touchedBy(subject: Subject, places: readonly ChangedPlace[]): Scope
  /**
   * `written` is the object as somebody has written it, where other fixes have changed it since: what is known of an image
   * does not depend on a version that a fix has pinned.
   */
  planFix(match: Match, written?: Subject): FixPlan
  /** Follows the changes of a subject, to tell which of its matches they concern. */
  follow(subject: Subject): Changes
  /** Whether the patched object keeps the policy's post-condition at the place of the match. */
  ensures(match: Match, patched: Subject): boolean | { error: string }
}

/**
 * Where policies are evaluated: one place of one subject, with everything an expression can read there. All policies
 * of a subject share it; what differs between them is set before each evaluation (`ready`).
 */
export interface Site {
  view: SubjectView
  bindings: Bindings
  subject: Subject
  container: ContainerView | undefined
  item: MatchItem | undefined
  /** As in the bindings. */
  values: JsonObject
  image?: ImageKnowledge
}

/** The sites of a subject that is being judged. */
interface Sites {
  resource: Site
  containers: readonly Site[]
  /** By the `for-each` of the policies. */
  items: Map<string, readonly Site[]>
}

export function createJudge(policies: readonly Policy[], context: PolicyContext): Judge {
  return new CompiledJudge(policies, context)
}

function kindOf({ group, kind }: Subject): string {
  return `${group}/${kind}`
}

/** What a rooted pointer starts from. */
interface Base {
  pointer: string
  raw: JsonValue | undefined
  view: CelValue | undefined
}

/** The places of a subject that a policy looks at, found or not. */
export function sitesOf(policy: Policy, subject: Subject, context: PolicyContext): Site[] {
  const judge = new CompiledJudge([policy], context)
  const compiled = compilePolicy(policy)
  return judge.sites(compiled, subject).map((site) => {
    judge.ready(compiled, site)
    const image = site.container && imageOf(site.container)
    return { ...site, bindings: { ...site.bindings, image: image === undefined ? null : imageValue(image) } }
  })
}

class CompiledJudge implements Judge {
  readonly policies: readonly Policy[]
  private readonly context: PolicyContext
  private readonly values: CelValue
  private readonly byKind = new Map<string, readonly CompiledPolicy[]>()
  private readonly params = new Map<CompiledPolicy, { json: JsonObject; cel: CelValue }>()
  private readonly memos = new Map<CompiledPolicy, Memo>()
  private readonly touched = new Map<string, { policies: ReadonlySet<string>; local: ReadonlySet<string> }>()
  private readonly concerns = new Map<string, Map<CompiledPolicy, Concern>>()
  private readonly siteCache = new WeakMap<SubjectView, Sites>()

  constructor(policies: readonly Policy[], context: PolicyContext) {
    this.policies = policies
    this.context = context
    this.values = celValue(context.values)
  }

  judge(subject: Subject, scope?: Scope): Judgement {
    const judgement: Judgement = { matches: [], errors: [] }
    for (const compiled of this.policiesOf(subject)) {
      const { id } = compiled.policy
      if (scope !== undefined && !scope.policies.has(id)) continue
      const containers = scope?.local?.policies.has(id) === true ? scope.local.containers : undefined
      try {
        this.judgeOne(compiled, subject, judgement.matches, containers)
      } catch (error) {
        judgement.errors.push({ policy: id, message: errorMessage(error) })
      }
    }
    return judgement
  }

  touchedBy(subject: Subject, places: readonly ChangedPlace[]): Scope {
    const key = [kindOf(subject), ...places.map(({ pattern }) => pattern)].join(' ')
    let known = this.touched.get(key)
    if (known === undefined) {
      const policies = new Set<string>()
      const local = new Set<string>()
      // What becomes an object of another group is judged by the policies of that one as well.
      const isMoved = places.some(({ pattern }) => pattern === '/apiVersion' || pattern === '/kind')
      for (const compiled of isMoved ? this.policies.map(compilePolicy) : this.policiesOf(subject)) {
        const concerns = places.map(({ pattern }) => concernOf(compiled, subject, pattern))
        if (concerns.some((concern) => concern !== 'nowhere')) policies.add(compiled.policy.id)
        if (!concerns.includes('anywhere') && concerns.includes('container')) local.add(compiled.policy.id)
      }
      known = { policies, local }
      if (this.touched.size < 5000) this.touched.set(key, known)
    }
    const containers = (subject.pod?.containers ?? []).map(({ pointer }) => pointer)
    const changed = containers.filter((container) =>
      places.some(({ pointer }) => isWithin(pointer, container)),
    )
    return { policies: known.policies, local: { policies: known.local, containers: new Set(changed) } }
  }

  follow(subject: Subject): Changes {
    const changes = new Map<string, { concerns: Map<CompiledPolicy, Concern>; places: ChangedPlace[] }>()
    return {
      add: (places) => {
        for (const place of places) {
          const known = changes.get(place.pattern)
          if (known !== undefined) known.places.push(place)
          else changes.set(place.pattern, { concerns: this.concernsAt(subject, place), places: [place] })
        }
      },
      touch: ({ policy, container }) => {
        const compiled = compilePolicy(policy)
        for (const [pattern, { concerns, places }] of changes) {
          let concern = concerns.get(compiled)
          if (concern === undefined)
            concerns.set(compiled, (concern = planConcernOf(compiled, subject, pattern)))
          if (concern === 'nowhere') continue
          // What may stand at the pod as well depends on all containers.
          if (concern === 'anywhere' || container === undefined || policy.level === 'pod-or-container')
            return true
          if (places.some(({ pointer }) => isWithin(pointer, container.pointer))) return true
        }
        return false
      },
    }
  }

  planFix(match: Match, written: Subject = match.subject): FixPlan {
    const compiled = compilePolicy(match.policy)
    try {
      const site = this.siteOf(compiled, match, match.subject)
      return site === undefined
        ? { kind: 'error', message: 'the place of the finding is not there' }
        : this.plan(compiled, site, match.pointer, written)
    } catch (error) {
      return { kind: 'error', message: errorMessage(error) }
    }
  }

  /** Which plans a change concerns: there are few kinds and patterns, so each answer is worked out once. */
  private concernsAt(subject: Subject, { pattern }: ChangedPlace): Map<CompiledPolicy, Concern> {
    const key = `${kindOf(subject)} ${pattern}`
    let concerns = this.concerns.get(key)
    if (concerns === undefined) {
      concerns = new Map()
      if (this.concerns.size < 5000) this.concerns.set(key, concerns)
    }
    return concerns
  }

  ensures(match: Match, patched: Subject): boolean | { error: string } {
    const compiled = compilePolicy(match.policy)
    try {
      if (compiled.ensures !== undefined) {
        const site = this.siteOf(compiled, match, patched)
        return site !== undefined && compiled.ensures.holds(site.bindings, site.view.size)
      }
      const matches: Match[] = []
      const { container } = match
      this.judgeOne(compiled, patched, matches, container && new Set([container.pointer]))
      return !matches.some(
        (other) =>
          other.container?.pointer === match.container?.pointer && other.item?.key === match.item?.key,
      )
    } catch (error) {
      return { error: errorMessage(error) }
    }
  }

  private policiesOf(subject: Subject): readonly CompiledPolicy[] {
    const groupKind = kindOf(subject)
    const known = this.byKind.get(groupKind)
    if (known !== undefined) return known
    const matching = this.policies.filter((policy) => matchesKind(policy.kinds, groupKind)).map(compilePolicy)
    this.byKind.set(groupKind, matching)
    return matching
  }

  private judgeOne(
    compiled: CompiledPolicy,
    subject: Subject,
    matches: Match[],
    containers?: ReadonlySet<string>,
  ): void {
    for (const site of this.sites(compiled, subject, containers)) {
      this.ready(compiled, site)
      if (!this.isFound(compiled, site)) continue
      const base = baseOf(compiled.at, site)
      if (base === undefined || isMistyped(base.raw, base.view, compiled.at.path)) continue
      const message = compiled.message?.evaluate(site.bindings, site.view.size)
      const { container, item } = site
      matches.push({
        policy: compiled.policy,
        subject,
        pointer: base.pointer + compiled.at.pointer,
        ...(container === undefined ? {} : { container }),
        ...(item === undefined ? {} : { item }),
        message: typeof message === 'string' ? message : compiled.policy.title,
      })
    }
  }

  private isFound(compiled: CompiledPolicy, site: Site): boolean {
    const { when, policy } = compiled
    if (when !== undefined && !this.holds(compiled, when, site)) return false
    if (policy.check === undefined) return when !== undefined
    const check = checks.get(policy.check)
    if (check === undefined) throw new TypeError(`no check is called "${policy.check}"`)
    return check(this.placeOf(compiled, site))
  }

  private holds(compiled: CompiledPolicy, when: Expression, site: Site): boolean {
    // Written by others, who may well ask for what is not there: an error, and no error where only its parent is.
    if (compiled.policy.judges === 'sent') return when.holds(site.bindings, site.view.size)
    let memo = this.memos.get(compiled)
    if (memo === undefined) this.memos.set(compiled, (memo = new Memo(when)))
    const key = memo.key(site.bindings)
    if (key === undefined) return when.holds(site.bindings, site.view.size)
    const known = memo.get(key)
    if (known !== undefined) return known
    const verdict = when.holds(site.bindings, site.view.size)
    memo.set(key, verdict)
    return verdict
  }

  /** Sets what differs between the policies that share a site. */
  ready(compiled: CompiledPolicy, { bindings }: Site): void {
    bindings.params = this.paramsOf(compiled).cel
    if (compiled.policy.level === 'pod-or-container') {
      const { path } = compiled.at
      bindings.effective = celAt(bindings.container, path) ?? celAt(bindings.pod, path) ?? null
    }
  }

  private placeOf(compiled: CompiledPolicy, { subject, container, item, values, image }: Site): Place {
    return {
      subject,
      ...(image && { image }),
      ...(container === undefined ? {} : { container }),
      ...(item === undefined ? {} : { item }),
      params: this.paramsOf(compiled).json,
      values,
    }
  }

  private paramsOf(compiled: CompiledPolicy): { json: JsonObject; cel: CelValue } {
    const { policy, defaults } = compiled
    const known = this.params.get(compiled)
    if (known !== undefined) return known
    const given = Object.hasOwn(this.context.params, policy.id) ? (this.context.params[policy.id] ?? {}) : {}
    const json: JsonObject = {}
    const cel: Record<string, CelValue> = {}
    for (const [name, param] of Object.entries(policy.params ?? {})) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined
      json[name] = value ?? param.default
      cel[name] = value === undefined ? (defaults[name] ?? null) : celValue(value)
    }
    const result = { json, cel }
    this.params.set(compiled, result)
    return result
  }

  sites(compiled: CompiledPolicy, subject: Subject, only?: ReadonlySet<string>): readonly Site[] {
    const { forEach, policy } = compiled
    const all = this.allSites(subject, viewOf(subject, policy.judges))
    const { resource, containers } = all
    const root = forEach.kind === 'item' ? forEach.root : forEach.kind
    const { bindings } = resource
    if (!isMap(bindings.object)) return []
    let sites: readonly Site[] = [resource]
    if (root === 'container')
      sites = only ? containers.filter(({ container }) => only.has(container?.pointer ?? '')) : containers
    else if (root !== 'object' && root !== 'resource' && !(isMap(bindings.pod) && isMap(bindings.template)))
      return []
    if (forEach.kind !== 'item') return sites
    if (only !== undefined) return sites.flatMap((site) => itemSites(forEach, site))
    const known = all.items.get(policy['for-each'])
    if (known !== undefined) return known
    const items = sites.flatMap((site) => itemSites(forEach, site))
    all.items.set(policy['for-each'], items)
    return items
  }

  private allSites(subject: Subject, view: SubjectView): Sites {
    const known = this.siteCache.get(view)
    // Subjects may be copies that share an object.
    if (known !== undefined && known.resource.subject === subject) return known
    const resource = this.site(subject, view, undefined, -1)
    const containers = isMap(view.pod) ? (subject.pod?.containers ?? []) : []
    const sites: Sites = {
      resource,
      items: new Map(),
      containers: containers.flatMap((container, at) =>
        isMap(view.containers[at]) ? [this.site(subject, view, container, at)] : [],
      ),
    }
    this.siteCache.set(view, sites)
    return sites
  }

  private site(subject: Subject, view: SubjectView, container: ContainerView | undefined, at: number): Site {
    const bindings: Bindings = {
      object: view.object,
      template: view.template ?? null,
      pod: view.pod ?? null,
      container: container === undefined ? null : (view.containers[at] ?? null),
      containerList: container?.list ?? '',
      item: null,
      index: 0n,
      key: '',
      effective: null,
      params: null,
      values: this.values,
      image: null,
    }
    return { view, bindings, subject, container, item: undefined, values: this.context.values }
  }

  /** The place of a match on an object that may have been patched since. */
  private siteOf(compiled: CompiledPolicy, match: Match, subject: Subject): Site | undefined {
    const { container, item } = match
    const { resource, containers } = this.allSites(subject, viewOf(subject, compiled.policy.judges))
    let site: Site | undefined = resource
    if (container !== undefined)
      site = containers.find(
        ({ container: now }) => now?.pointer === container.pointer && now.name === container.name,
      )
    if (site !== undefined && item !== undefined && compiled.forEach.kind === 'item') {
      const sameKey = itemSites(compiled.forEach, site).filter((other) => other.item?.key === item.key)
      // On the object that was judged the index decides; after a patch indexes may have moved.
      const same = sameKey.find((other) => other.item?.index === item.index) ?? sameKey[0]
      site = same ?? { ...site, bindings: { ...site.bindings, item: null } }
    }
    if (site !== undefined) this.ready(compiled, site)
    return site
  }

  private plan(compiled: CompiledPolicy, found: Site, pointer: string, written: Subject): FixPlan {
    const { policy } = compiled
    const { container } = found
    const image = container && imageOf(counterpart(container, written))
    const known = this.knownOf(found)
    const site = this.knowing(found, known, image)
    const { bindings, view } = site
    const holds = (condition: CompiledFix['condition']): boolean =>
      condition === undefined || condition.holds(bindings, view.size)
    const hazard = compiled.hazards.find(({ condition }) => holds(condition))
    const fix = compiled.fixes.find(({ condition }) => holds(condition))
    if (hazard !== undefined)
      return {
        kind: 'hazard',
        name: hazard.name,
        because: citing(
          hazard.met === undefined
            ? hazard.because
            : `${hazard.because} (${String(hazard.met.evaluate(bindings, view.size))})`,
          hazard.condition,
          image,
        ),
        operations: fix === undefined ? [] : this.operations(compiled, fix, site),
      }
    if (fix === undefined) {
      if (policy.advice !== undefined) return { kind: 'advice', text: policy.advice }
      throw new TypeError('none of the fixes applies')
    }
    const { source } = fix
    if ('needs-value' in source) {
      const { question, path } = source['needs-value']
      const asked = path === undefined ? pointer : this.absolute(rootedPath(path), site)
      const text = citing(question, fix.condition, image)
      const answers = known.find((one) => asked === `${container?.pointer}${one.pointer}`)
      const { evidence } = this.context
      const problem =
        container !== undefined && evidence !== undefined && asked === `${container.pointer}/image`
          ? digestProblem(evidence, container)
          : undefined
      const told = answers === undefined ? text : withAnswers(text, answers.found)
      return {
        kind: 'needs-value',
        code: problem === undefined ? 'needs-value' : 'no-known-digest',
        question: problem === undefined ? told : `${told} ${problem}.`,
        pointer: asked,
      }
    }
    if ('advice' in source) return { kind: 'advice', text: source.advice }
    const move = compiled.moves.find(({ condition }) => holds(condition))
    const operations = this.operations(compiled, fix, site)
    return {
      kind: 'patch',
      operations,
      requires: source.requires ?? [],
      breakage: {
        probability: move?.to ?? policy.breakage.prior,
        because: move === undefined ? policy.breakage.because : citing(move.because, move.condition, image),
      },
      values: container === undefined ? [] : valuesIn(operations, container, known),
    }
  }

  private knownOf({ subject, container }: Site): KnownValue[] {
    const { evidence, values } = this.context
    return evidence === undefined || container === undefined
      ? []
      : knownOf(evidence, subject, container, values)
  }

  /** A site whose bindings hold what is known as well. */
  private knowing(site: Site, known: readonly KnownValue[], image: ImageKnowledge | undefined): Site {
    const { evidence } = this.context
    const account = evidence && accountOf(evidence, site.subject)
    const hasValues = known.length > 0 || account !== undefined
    if (!hasValues && image === undefined) return site
    const values = hasValues
      ? { ...withKnown(this.context.values, known), ...(account && { account }) }
      : site.values
    const bindings = {
      ...site.bindings,
      ...(image && { image: imageValue(image) }),
      ...(hasValues && { values: celValue(values) }),
    }
    return { ...site, ...(image && { image }), values, bindings }
  }

  private operations(compiled: CompiledPolicy, fix: CompiledFix, site: Site): PatchOperation[] {
    if ('build' in fix.source) {
      const build = fixes.get(fix.source.build)
      if (build === undefined) throw new TypeError(`no fix is called "${fix.source.build}"`)
      return withoutEmptyLists(build(this.placeOf(compiled, site)), site.subject.object)
    }
    const operations = fix.operations.map((operation) => this.operation(operation, site))
    return withoutEmptyLists(operations, site.subject.object)
  }

  private operation({ op, path, value }: CompiledOperation, site: Site): PatchOperation {
    const rooted = 'root' in path ? path : rootedPath(String(path.evaluate(site.bindings, site.view.size)))
    const pointer = this.absolute(rooted, site)
    if (op === 'remove' || value === undefined) return { op: 'remove', path: pointer }
    const json =
      'literal' in value ? value.literal : jsonValue(value.expression.evaluate(site.bindings, site.view.size))
    return { op, path: pointer, value: json }
  }

  private absolute(path: RootedPath | undefined, site: Site): string {
    const base = path && baseOf(path, site)
    if (path === undefined || base === undefined) throw new TypeError('the fix has a path without its root')
    return base.pointer + path.pointer
  }
}

/** The same container in another state of its object; no fix moves or renames one. */
function counterpart(container: ContainerView, { pod }: Subject): ContainerView {
  return pod?.containers.find(({ pointer }) => pointer === container.pointer) ?? container
}

const imageValues = new WeakMap<ImageKnowledge, CelValue>()

/** What expressions see of an image. */
function imageValue(image: ImageKnowledge): CelValue {
  const known = imageValues.get(image)
  if (known !== undefined) return known
  const { user, capabilities, writable } = image
  const value = celValue({
    ...(user && { user: { id: user.id, ...(user.name !== undefined && { name: user.name }) } }),
    ...(capabilities && { capabilities: capabilities.names }),
    ...(writable && { writable: writable.paths }),
  })
  imageValues.set(image, value)
  return value
}

/** A text with the places where what its condition reads of the image can be read. */
function citing(text: string, condition: Expression | undefined, image: ImageKnowledge | undefined): string {
  if (condition === undefined || image === undefined) return text
  const facts = new Set(
    readsOf(condition)?.flatMap(({ binding, path: [fact] }) => (binding === 'image' ? (fact ?? []) : [])),
  )
  const sources = (['user', 'capabilities', 'writable'] as const).flatMap((fact) =>
    facts.has(fact) ? (image[fact]?.source ?? []) : [],
  )
  return sources.length === 0 ? text : `${text} (${sources.join(', ')})`
}

function baseOf(at: { root: Root }, { bindings, subject, container, item }: Site): Base | undefined {
  const { pod } = subject
  const bases: Readonly<Record<Root, () => Base | undefined>> = {
    object: () => ({ pointer: '', raw: subject.object, view: bindings.object }),
    template: () => pod && { pointer: pod.templatePointer, raw: pod.template, view: bindings.template },
    pod: () => pod && { pointer: pod.pointer, raw: pod.spec, view: bindings.pod },
    container: () =>
      container && { pointer: container.pointer, raw: container.value, view: bindings.container },
    item: () => item && { pointer: item.pointer, raw: item.value, view: bindings.item },
  }
  return bases[at.root]()
}

/** One site for each item of the list or map that a policy looks through. */
function itemSites(forEach: Extract<ForEach, { kind: 'item' }>, site: Site): Site[] {
  const base = baseOf(forEach, site)
  const items = base && celAt(base.view, forEach.path)
  if (base === undefined || items === undefined || items === null || typeof items !== 'object') return []
  const raw = valueAt(base.raw, forEach.pointer)
  const entries: Iterable<[string | number, CelValue]> =
    Array.isArray(items) || items instanceof Map ? items.entries() : Object.entries(items)
  const seen = new Map<string, number>()
  const sites: Site[] = []
  let index = 0
  for (const [key, item] of entries) {
    const value = Array.isArray(raw) ? raw[Number(key)] : property(raw, String(key))
    if (value !== undefined && item !== null) {
      const name = typeof key === 'string' ? key : itemKey(value, index)
      const earlier = seen.get(name) ?? 0
      seen.set(name, earlier + 1)
      const matchItem: MatchItem = {
        key: earlier === 0 ? name : `${name}#${earlier}`,
        pointer: `${base.pointer}${forEach.pointer}/${escapeSegment(key)}`,
        index,
        value,
      }
      const bindings: Bindings = { ...site.bindings, item, index: BigInt(index), key: matchItem.key }
      sites.push({ ...site, bindings, item: matchItem })
    }
    index++
  }
  return sites
}

/** What tells an item of a list from its neighbours, in the words of the API. */
function itemKey(value: JsonValue, index: number): string {
  if (typeof value === 'string') return value
  for (const key of ['name', 'mountPath', 'devicePath', 'key', 'ip']) {
    const text = property(value, key)
    if (typeof text === 'string' && text !== '') return text
  }
  const port = property(value, 'containerPort') ?? property(value, 'port')
  if (typeof port === 'number' || typeof port === 'string') {
    const protocol = property(value, 'protocol')
    return `${port}/${typeof protocol === 'string' ? protocol : 'TCP'}`
  }
  return `#${index}`
}

/** A list goes with its last item. */
function withoutEmptyLists(operations: PatchOperation[], object: JsonObject): PatchOperation[] {
  const removed = new Map<string, number>()
  for (const { op, path } of operations)
    if (op === 'remove') removed.set(parentOf(path), (removed.get(parentOf(path)) ?? 0) + 1)
  for (const [list, count] of removed) {
    const value = valueAt(object, list)
    const isEmptied =
      Array.isArray(value) &&
      value.length === count &&
      operations.every(({ op, path }) => op === 'remove' || !isWithin(path, list))
    if (!isEmptied) continue
    const first = operations.findIndex(({ path }) => parentOf(path) === list)
    const kept = operations.map((operation, index): PatchOperation | undefined => {
      if (index === first) return { op: 'remove', path: list }
      return parentOf(operation.path) === list ? undefined : operation
    })
    return kept.filter((operation) => operation !== undefined)
  }
  return operations
}

function isMap(value: CelValue | undefined): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function errorMessage(error: unknown): string {
  if (error instanceof ExpressionError) return `${error.message} (in: ${oneLine(error.source)})`
  if (error instanceof TypeError || error instanceof RangeError) return error.message
  throw error
}

function oneLine(source: string): string {
  const line = source.replaceAll(/\s+/g, ' ').trim()
  return line.length > 100 ? `${line.slice(0, 97)}...` : line
}
