import { createHash } from 'node:crypto'
import { withoutSecrets } from '../detect/index.ts'
import {
  parentOf,
  property,
  valueAt,
  type JsonObject,
  type PatchOperation,
  type Policy,
} from '../model/index.ts'
import {
  asSent,
  type Changes,
  type FixPlan,
  type Judge,
  type Judgement,
  type Match,
  type Scope,
} from '../policies/index.ts'
import type { Subject } from '../resources/index.ts'
import { changesTo, placesOf, workloadPlace } from './difference.ts'

/** What one policy that changes objects would make of one of them. Plain data, so that threads can be handed it. */
export interface Mutation {
  /** The name of the policy. */
  policy: string
  after: JsonObject
  /** Changed once more, the object would be another again. */
  isUnsteady: boolean
}

/** What all of them would make of all objects; an object is known by its digest. */
export interface Mutations {
  policies: readonly MutatingPolicy[]
  ofObjects: Readonly<Record<string, readonly Mutation[]>>
}

/** A policy that changes objects, as its findings are reported. */
export interface MutatingPolicy {
  name: string
  /** Where it stands, `file:line`. */
  place: string
  policy: Policy
  /** Whether it may change what runs, by the configuration. */
  mayChange: boolean
}

export function digestOf(object: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(object)).digest('base64')
}

/** The policies that a judge of an object and its patched forms knows of, with those that would change the object. */
export function withMutations(judge: Judge, { policies, ofObjects }: Mutations, subject: Subject): Judge {
  const known = ofObjects[digestOf(subject.object)] ?? []
  const before = asSent(subject)
  const proposed = known.flatMap((mutation) => {
    const by = policies.find(({ name }) => name === mutation.policy)
    return by === undefined ? [] : [new Proposed(by, before, mutation)]
  })
  return proposed.length === 0 ? judge : new MutationJudge(judge, proposed)
}

/** What one policy would do to an object, whatever else has changed in it since. */
class Proposed {
  readonly by: MutatingPolicy
  private readonly before: JsonObject
  private readonly mutation: Mutation

  constructor(by: MutatingPolicy, before: JsonObject, mutation: Mutation) {
    this.by = by
    this.before = before
    this.mutation = mutation
  }

  /** Undefined where nobody can tell. */
  changes({ object }: Subject): PatchOperation[] | undefined {
    return changesTo(object, this.before, this.mutation.after)
  }

  match(subject: Subject): Match | undefined {
    const changes = this.changes(subject)
    if (changes?.length === 0) return undefined
    const places = placesOf(changes ?? [])
    const [first = ''] = places
    const more = places.length > 1 ? ` and ${places.length - 1} more` : ''
    const { name, place, policy } = this.by
    const what = changes === undefined ? 'this object' : `${first}${more}`
    return {
      policy,
      subject,
      // Items that are not there yet have no place.
      pointer: first.endsWith('/-') ? parentOf(first) : first,
      message: `in a cluster the policy ${name} (${place}) changes ${what}, and the file does not say so`,
    }
  }

  plan(subject: Subject): FixPlan {
    const changes = this.changes(subject)
    const { name, mayChange } = this.by
    const hazard = (code: string, because: string): FixPlan => ({
      kind: 'hazard',
      name: code,
      because,
      operations: changes ?? [],
    })
    if (subject.kind === 'Secret' && changes !== undefined && tellsSecret(changes, subject.object))
      return {
        kind: 'hazard',
        name: 'changes-secret',
        because: `the policy ${name} changes what is secret, or writes it somewhere else, which no report may show`,
        operations: [],
      }
    if (changes === undefined)
      return hazard('unclear-change', `it cannot be told what of a list the policy ${name} changes`)
    if (this.mutation.isUnsteady)
      return hazard('never-settles', `the policy ${name} would change the changed object again`)
    const place = mayChange ? undefined : workloadPlace(placesOf(changes))
    if (place !== undefined)
      return hazard(
        'changes-workload',
        `the policy ${name} changes ${place}, which is more than a setting; kyverno.allow-changes of the configuration lets it`,
      )
    return {
      kind: 'patch',
      operations: [...pinsOf(subject.object, changes), ...changes],
      requires: [],
      breakage: {
        probability: 0.05,
        because: 'the cluster makes this very change when the object is sent',
      },
      // All of them are the policy's.
      values: [],
    }
  }
}

/** Whether a change of a Secret is one of its data, or copies them to where more people look. */
function tellsSecret(changes: readonly PatchOperation[], secret: JsonObject): boolean {
  const text = JSON.stringify(changes)
  return (
    changes.some(({ path }) => /^\/(?:data|stringData)(?:\/|$)/.test(path)) ||
    withoutSecrets(text, secret) !== text
  )
}

/** The names of the items that a change lies in: an index has to mean the same item still. */
function pinsOf(object: JsonObject, changes: readonly PatchOperation[]): PatchOperation[] {
  const pins = new Map<string, PatchOperation>()
  for (const { path } of changes)
    for (let at = path; at !== ''; at = parentOf(at)) {
      const name = property(valueAt(object, at), 'name')
      if (/\/\d+$/.test(at) && typeof name === 'string')
        pins.set(at, { op: 'test', path: `${at}/name`, value: name })
    }
  return [...pins.values()]
}

class MutationJudge implements Judge {
  readonly policies: readonly Policy[]
  private readonly judges: Judge
  private readonly proposed: readonly Proposed[]

  constructor(judge: Judge, proposed: readonly Proposed[]) {
    this.judges = judge
    this.proposed = proposed
    this.policies = [...judge.policies, ...proposed.map(({ by }) => by.policy)]
  }

  judge(subject: Subject, scope?: Scope): Judgement {
    const { matches, errors } = this.judges.judge(subject, scope)
    const changed = this.proposed.flatMap((one) =>
      scope === undefined || scope.policies.has(one.by.policy.id) ? (one.match(subject) ?? []) : [],
    )
    return { matches: [...matches, ...changed], errors }
  }

  touchedBy(subject: Subject, places: Parameters<Judge['touchedBy']>[1]): Scope {
    const scope = this.judges.touchedBy(subject, places)
    return {
      ...scope,
      policies: new Set([...scope.policies, ...this.proposed.map(({ by }) => by.policy.id)]),
    }
  }

  planFix(match: Match): FixPlan {
    return this.of(match)?.plan(match.subject) ?? this.judges.planFix(match)
  }

  follow(subject: Subject): Changes {
    const changes = this.judges.follow(subject)
    return {
      add: (places) => changes.add(places),
      touch: (match) => this.of(match) !== undefined || changes.touch(match),
    }
  }

  ensures(match: Match, patched: Subject): boolean | { error: string } {
    const proposed = this.of(match)
    return proposed === undefined
      ? this.judges.ensures(match, patched)
      : proposed.changes(patched)?.length === 0
  }

  private of({ policy }: Match): Proposed | undefined {
    return this.proposed.find(({ by }) => by.policy === policy)
  }
}
