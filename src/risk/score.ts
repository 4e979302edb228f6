import {
  exploitedHere,
  type DataKind,
  type Environment,
  type Exposure,
  type Power,
  type Risk,
  type Severity,
} from '../model/index.ts'

/*
 * Risk as a sum in logit, so that every part can be shown with its sign, none is capped, and more of anything never
 * lowers the score. Ordinal: it says what is worse, and nobody has calibrated it against what has happened.
 */

/** A fact, and where it was read. */
export interface Sourced<Fact> {
  fact: Fact
  /** `file:line`, or what else says so. */
  source?: string | undefined
}

export interface RiskInput {
  severity: Severity
  /** The level of the Pod Security Standards that forbids it. */
  podSecurity?: 'baseline' | 'restricted' | undefined
  /** Whether it is about what an intruder could do; all else has no use for powers, data and threats. */
  isSecurity: boolean
  /** Absent for what no pod is behind. */
  exposure?: Sourced<Exposure> | undefined
  powers: readonly Sourced<Power>[]
  data: readonly Sourced<DataKind>[]
  environment: Sourced<Environment>
  /** How likely somebody attacks the image through what is known to be wrong with it; absent where nobody has looked. */
  threat?: Threat | undefined
  /** Whether what is found decides how far somebody gets who has attacked the image. */
  limitsThreat: boolean
  /** What is known to be exploited through what is found. */
  exploits?: Exploits | undefined
}

export interface Threat {
  /** From 0 to 1. */
  probability: number
  because: string
  source?: string | undefined
}

export interface Exploits {
  /** In a catalogue; of these, used by ransomware; or found in the image of the container itself. */
  kind: 'listed' | 'ransomware' | 'here'
  because: string
  source: string
}

type Contribution = Risk['contributions'][number]

/** What each part weighs. Every number is a judgement; `scoreWith` takes others to see how far an order depends on them. */
export interface Weights {
  severity: Readonly<Record<Severity, number>>
  podSecurity: Readonly<Record<'baseline' | 'restricted', number>>
  exposure: Readonly<Record<Exposure, number>>
  /** The worst power counts alone: who has it has the others, or can get them. */
  power: Readonly<Record<Power, number>>
  data: Readonly<Record<DataKind, number>>
  environment: Readonly<Record<Environment, number>>
  /** At a probability of 0 and of 1; what is not known stands between them at zero. */
  threat: { none: number; certain: number }
  /** Beside it, at a probability of 1. */
  limitsThreat: number
  exploits: Readonly<Record<Exploits['kind'], number>>
}

/**
 * Severities stand where kubescape's base scores for the same controls are (8 of 10 for privileged, 6 for non-root, 3 for
 * a writable root file system, 2 for a missing tag); the other parts move a finding by one such step at most.
 */
export const usualWeights: Weights = {
  severity: { low: -1.6, medium: -0.6, high: 0.5, critical: 1.6 },
  podSecurity: { baseline: 0.5, restricted: 0.25 },
  exposure: { nobody: -0.4, cluster: 0.1, node: 0.6, outside: 0.9, unknown: 0.2 },
  power: {
    'cluster-admin': 1,
    wildcard: 0.9,
    escalate: 0.8,
    impersonate: 0.8,
    'pods-exec': 0.6,
    'create-pods': 0.6,
    'read-secrets': 0.5,
  },
  data: { secret: 0.25, volume: 0.15, 'cloud-identity': 0.35 },
  environment: { production: 0.3, staging: -0.3, test: -0.8, other: 0 },
  threat: { none: -0.3, certain: 0.4 },
  limitsThreat: 0.8,
  exploits: { listed: 0.2, ransomware: 0.3, here: 0.5 },
}

const exposureTexts: Readonly<Record<Exposure, string>> = {
  nobody: 'nothing in the repository leads to it',
  cluster: 'reachable inside the cluster',
  node: 'reachable on the nodes',
  outside: 'reachable from outside the cluster',
  unknown: 'nobody can tell from these files who reaches it',
}
const powerTexts: Readonly<Record<Power, string>> = {
  'cluster-admin': 'its service account is cluster-admin',
  wildcard: 'its service account may do everything with some resources',
  escalate: 'its service account can give itself more rights',
  impersonate: 'its service account can act as others',
  'pods-exec': 'its service account can run commands in pods',
  'create-pods': 'its service account can create pods',
  'read-secrets': 'its service account can read secrets',
}
const dataTexts: Readonly<Record<DataKind, string>> = {
  secret: 'it holds secrets',
  volume: 'it holds a persistent volume',
  'cloud-identity': 'its service account is an identity of the cloud',
}

/** The risk of a finding, from the parts that are known. */
export function scoreRisk(input: RiskInput, weights: Weights = usualWeights): Risk {
  const contributions: Contribution[] = []
  const add = (name: string, value: number, because: string, source?: string): void => {
    // What is summed is what is shown.
    const shown = Math.round(100 * value) / 100
    if (shown !== 0)
      contributions.push({ name, value: shown, because, ...(source !== undefined && { source }) })
  }
  const { severity, podSecurity, isSecurity, exposure, powers, data, environment } = input
  const { threat, limitsThreat, exploits } = input
  add('policy', weights.severity[severity], `severity ${severity}`)
  if (podSecurity !== undefined)
    add('pod-security', weights.podSecurity[podSecurity], `forbidden at level ${podSecurity} of Pod Security`)
  if (exposure !== undefined)
    add('exposure', weights.exposure[exposure.fact], exposureTexts[exposure.fact], exposure.source)
  const worst = powers.toSorted((a, b) => weights.power[b.fact] - weights.power[a.fact])[0]
  if (isSecurity && worst !== undefined)
    add('powers', weights.power[worst.fact], powerTexts[worst.fact], worst.source)
  const kinds = new Set<DataKind>()
  for (const { fact, source } of isSecurity ? data : []) {
    if (!kinds.has(fact)) add(fact, weights.data[fact], dataTexts[fact], source)
    kinds.add(fact)
  }
  if (environment.fact !== 'other')
    add('environment', weights.environment[environment.fact], environment.fact, environment.source)
  if (isSecurity && threat !== undefined) {
    const { none, certain } = weights.threat
    add('threat', none + threat.probability * (certain - none), threat.because, threat.source)
    if (limitsThreat)
      add(
        'threat-limited',
        threat.probability * weights.limitsThreat,
        'how far such an attack gets is what the finding is about',
      )
  }
  if (isSecurity && exploits !== undefined) {
    const name = exploits.kind === 'here' ? exploitedHere : 'exploited'
    add(name, weights.exploits[exploits.kind], exploits.because, exploits.source)
  }
  return { score: scoreOf(contributions), contributions }
}

/** 100 times the sigmoid of the sum, rounded. */
export function scoreOf(contributions: readonly Pick<Contribution, 'value'>[]): number {
  // Hundredths are summed as integers, so that their order does not matter.
  const hundredths = contributions.reduce((sum, { value }) => sum + Math.round(100 * value), 0)
  return Math.round(100 / (1 + Math.exp(-hundredths / 100)))
}
