import { createHash } from 'node:crypto'
import { environmentOf } from './risk/index.ts'
import {
  breakageClasses,
  exploitedHere,
  type BreakageClass,
  type Context,
  type Finding,
  type OrderName,
} from './model/index.ts'
import { builtInKinds, catalogue } from './policies/index.ts'
import {
  audible,
  byPlace,
  byPrototype,
  byRisk,
  outlookOn,
  type Candidate,
  type Model,
  type Random,
  type Values,
} from './schedule/index.ts'

/** From this risk on a finding is never silent. */
export const urgentRisk = 85

export interface CandidateOptions {
  /** Whether a change under review has brought the finding in. */
  isIntroduced(fingerprint: string): boolean
  /** Whether the fix of a file may be put inline. */
  mayBeInline(finding: Finding): boolean
  /** Days since a finding was first seen; 0 for what a change brings along. */
  age?(fingerprint: string): number
}

/** One offer as the scheduler sees it: the findings that it fixes, of which the riskiest speaks for it. */
export function candidateOf(
  findings: readonly [Finding, ...Finding[]],
  options: CandidateOptions,
): Candidate {
  const score = (finding: Finding): number => finding.risk?.score ?? 0
  const main = findings.reduce((worst, one) => (score(one) > score(worst) ? one : worst))
  const [id = main.fingerprint] = findings.map(({ fingerprint }) => fingerprint).toSorted()
  const operations = Math.max(
    ...findings.map(({ patch, edits }) => patch.filter(({ op }) => op !== 'test').length || edits.length),
  )
  const probability = Math.max(...findings.map(({ breakage }) => breakage?.probability ?? 0))
  return {
    id,
    context: {
      policy: publicPolicy(main.policy),
      kind: publicKind(main.resource.apiVersion, main.resource.kind),
      environment: environmentOf(main.location.file, main.resource.namespace).fact,
      introduced: findings.some(({ fingerprint }) => options.isIntroduced(fingerprint)),
      size: operations <= 1 ? 'one' : operations <= 4 ? 'few' : 'many',
      breakage: breakageClassOf(probability),
    },
    risk: score(main),
    isUrgent: findings.some(isUrgent),
    mayBeInline: findings.every((finding) => options.mayBeInline(finding)),
    waited: 24 * Math.max(0, ...findings.map(({ fingerprint }) => options.age?.(fingerprint) ?? 0)),
  }
}

/**
 * What may never be silent: of critical severity, of high risk, or against something that is known to be exploited and
 * was found in its own image. That exploits of kernels go through a finding makes nothing urgent: it is so of every
 * container without a seccomp profile, and nobody knows the kernel.
 */
export function isUrgent({ severity, risk }: Finding): boolean {
  return (
    severity === 'critical' ||
    (risk?.score ?? 0) >= urgentRisk ||
    risk?.contributions.some(({ name }) => name === exploitedHere) === true
  )
}

/** The class of a chance that a fix breaks its workload. */
export function breakageClassOf(probability: number): BreakageClass {
  const order = ['low', 'some', 'high', 'refused'] as const
  return order.find((name) => probability <= breakageClasses[name]) ?? 'refused'
}

const publicPolicies = new Set(catalogue.map(({ id }) => id))

/** Policies that a repository brings along have names of its own, which are nobody's business elsewhere. */
export function publicPolicy(id: string): string {
  if (publicPolicies.has(id) || id.startsWith('kube-linter/')) return id
  return `own/${createHash('sha256').update(id).digest('base64url').slice(0, 11)}`
}

function publicKind(apiVersion: string, kind: string): Context['kind'] {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const known = builtInKinds.get(group)
  if (known === undefined || ![...known.namespaced, ...known.clusterWide].includes(kind)) return 'custom'
  return group === '' ? kind : `${group}/${kind}`
}

/** How much each candidate is worth showing, by the scheduler that a configuration names. */
export function valuesBy(
  order: OrderName,
  candidates: readonly Candidate[],
  model: Model,
  random: Random,
): Values {
  switch (order) {
    case 'learned': {
      const outlook = outlookOn(model, candidates)
      return audible(candidates, outlook)(outlook.drawValues(random))
    }
    case 'risk':
      return byRisk(candidates, random)
    case 'fifo':
      return byPlace(candidates, random)
    case 'prototype':
      return byPrototype(candidates, random)
  }
}
