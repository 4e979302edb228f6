import { describe, expect, test } from 'vitest'
import { property, type Policy } from '../../src/model/index.ts'
import { catalogue, createJudge, foretold, loadExamples } from '../../src/policies/index.ts'
import { readSource, type Resource } from '../../src/resources/index.ts'
import { corpusFiles, hasCorpus } from '../support/corpus.ts'
import { manifestOf } from './outcomes.ts'
import { openRealServer } from './server.ts'

/*
 * Our verdicts on the controls of the Pod Security Standards against those of a real API server's admission, which warns
 * of whole workloads as it does of pods. The server sees each object with its defaults; ours is judged as it is written.
 */

type Level = 'baseline' | 'restricted'

interface Control {
  /** Its name in the policies' `differs`. */
  rule: string
  /** How the server words it in its warning. */
  said: RegExp
  /** One of these reports wherever the server does. */
  policies: readonly string[]
  /** Where one of these reports, the server does as well; all of the policies unless told otherwise. */
  exactly?: readonly string[]
}

const hostPaths = ['host-path-volumes', 'sensitive-host-mounts', 'docker-sock']
const both: readonly Control[] = [
  { rule: 'hostNamespaces', said: /^host namespaces/, policies: ['host-network', 'host-pid', 'host-ipc'] },
  { rule: 'privileged', said: /^privileged/, policies: ['privileged-container'] },
  { rule: 'hostPorts', said: /^hostPort/, policies: ['host-ports'] },
  { rule: 'hostProbesAndHostLifecycle', said: /^probe or lifecycle host/, policies: ['host-probes'] },
  { rule: 'appArmorProfile', said: /^forbidden AppArmor/, policies: ['apparmor', 'pod-apparmor'] },
  { rule: 'seLinuxOptions', said: /^seLinuxOptions/, policies: ['selinux-options', 'pod-selinux-options'] },
  { rule: 'sysctls', said: /^forbidden sysctls/, policies: ['unsafe-sysctls'] },
  { rule: 'windowsHostProcess', said: /^hostProcess/, policies: ['windows-host-process'] },
]
/**
 * The procMount of baseline is not among them: without users of its own the server refuses a pod that unmasks /proc, and
 * with them this level lets it be.
 */
const controls: Readonly<Record<Level, readonly Control[]>> = {
  baseline: [
    ...both,
    { rule: 'hostPathVolumes', said: /^hostPath volumes/, policies: hostPaths },
    {
      rule: 'capabilities_baseline',
      said: /^non-default capabilities/,
      policies: ['added-capabilities', 'drop-net-raw'],
      // drop-net-raw asks for more than that nobody adds it.
      exactly: ['added-capabilities'],
    },
    {
      rule: 'seccompProfile_baseline',
      said: /^seccompProfile/,
      policies: ['seccomp', 'pod-seccomp'],
      // Ours ask for the profile of the level restricted.
      exactly: [],
    },
  ],
  restricted: [
    ...both,
    {
      rule: 'restrictedVolumes',
      said: /^restricted volume types/,
      policies: ['restricted-volumes', ...hostPaths],
    },
    {
      rule: 'capabilities_restricted',
      said: /^unrestricted capabilities/,
      policies: ['drop-all-capabilities', 'restricted-capabilities', 'added-capabilities'],
    },
    { rule: 'procMount_restricted', said: /^procMount/, policies: ['proc-mount'] },
    { rule: 'seccompProfile_restricted', said: /^seccompProfile/, policies: ['seccomp', 'pod-seccomp'] },
    {
      rule: 'allowPrivilegeEscalation',
      said: /^allowPrivilegeEscalation != false/,
      policies: ['privilege-escalation'],
    },
    // Of user 0 without runAsNonRoot the server speaks twice, and we do once.
    {
      rule: 'runAsNonRoot',
      said: /^(?:runAsNonRoot != true|runAsUser=0)/,
      policies: ['run-as-non-root', 'pod-run-as-non-root', 'run-as-root-user', 'pod-run-as-root-user'],
    },
  ],
}

interface Compared {
  judged: number
  /** Rules of the controls that both sides have seen broken. */
  agreed: Set<string>
  differences: string[]
}

async function compare(level: Level, sources: readonly { file: string; text: string }[]): Promise<Compared> {
  const judge = createJudge(catalogue, { params: {}, values: {} })
  const cluster = await openRealServer({ podSecurity: level })
  const compared: Compared = { judged: 0, agreed: new Set(), differences: [] }
  try {
    const asked = sources.flatMap(({ file, text }) => {
      const source = readSource(file, text)
      return source.resources.flatMap((resource) =>
        resource.pod === undefined ? [] : [{ resource, manifest: manifestOf(source, resource) }],
      )
    })
    await cluster.prepare(asked.map(({ resource }) => resource.object))
    const inFlight = 8
    for (let from = 0; from < asked.length; from += inFlight)
      await Promise.all(
        asked.slice(from, from + inFlight).map(async ({ resource, manifest }) => {
          const answer = await cluster.dryRun(manifest)
          if (answer.outcome !== 'accepted') return
          compared.judged++
          const ours = new Set(judge.judge(resource).matches.map(({ policy }) => policy.id))
          compareOne(resource, controls[level], ours, violations(answer.warnings), compared)
        }),
      )
  } finally {
    await cluster.close()
  }
  return compared
}

function compareOne(
  resource: Resource,
  controls: readonly Control[],
  ours: ReadonlySet<string>,
  { said, isCut }: Violations,
  compared: Compared,
): void {
  const differ = (text: string): void => {
    compared.differences.push(`${text}: ${nameOf(resource)}`)
  }
  for (const { rule, said: pattern, policies, exactly = policies } of controls) {
    const they = said.some((text) => pattern.test(text))
    if (they && policies.some((id) => ours.has(id))) compared.agreed.add(rule)
    else if (they && !isForetold(rule, policies, resource)) differ(`${rule}: the server alone`)
    if (!they && !isCut && exactly.some((id) => ours.has(id))) differ(`${rule}: ours alone`)
  }
  for (const text of isCut ? said.slice(0, -1) : said)
    if (!controls.some((control) => control.said.test(text))) differ(`nobody asks for ${text}`)
}

/** Whether a policy says that the server reports here and it does not. */
function isForetold(rule: string, ids: readonly string[], resource: Resource): boolean {
  const question = { engine: 'pod-security-admission', rule, reports: 'theirs' } as const
  const policies: Policy[] = catalogue.filter(({ id }) => ids.includes(id))
  return policies.some(
    (policy) => foretold(policy, resource, question, { params: {}, values: {} }) !== undefined,
  )
}

interface Violations {
  said: string[]
  /** The server cuts a warning off that would be too long for a header: what is behind is not known. */
  isCut: boolean
}

/** `would violate PodSecurity "restricted:latest": first (why), second (why)`. */
function violations(warnings: readonly string[]): Violations {
  const lists = warnings.flatMap(
    (warning) => /^would violate PodSecurity "[^"]*": (.*)$/s.exec(warning)?.[1] ?? [],
  )
  return {
    said: lists.flatMap((list) => list.replaceAll(/"[^"]*"/g, '""').split(/(?<=\)), /)),
    isCut: lists.some((list) => !list.endsWith(')')),
  }
}

function nameOf({ file, kind, object }: Resource): string {
  return `${kind} ${JSON.stringify(property(object['metadata'], 'name'))} in ${file}`
}

const levels: readonly Level[] = ['baseline', 'restricted']

/** What the examples have no need of. */
const further = `apiVersion: v1
kind: Pod
metadata: { name: own-users }
spec:
  hostUsers: false
  securityContext: { runAsUser: 0 }
  containers: [{ name: a, image: a, securityContext: { procMount: Unmasked } }]
---
apiVersion: v1
kind: Pod
metadata: { name: windows }
spec:
  os: { name: windows }
  containers: [{ name: a, image: a }]
`

test.each(levels)('the examples of every policy, at level %s', async (level) => {
  const examples = await loadExamples()
  const sources = Object.entries(examples).flatMap(([id, list]) =>
    list.map((example, index) => ({ file: `${id}/${index}.json`, text: JSON.stringify(example.before) })),
  )
  const { judged, agreed, differences } = await compare(level, [
    ...sources,
    { file: 'further.yaml', text: further },
  ])
  expect(differences).toEqual([])
  expect(judged).toBeGreaterThan(200)
  // None of the controls is equal for want of anything to judge.
  const rules = controls[level].map(({ rule }) => rule)
  expect(rules.filter((rule) => !agreed.has(rule))).toEqual([])
})

if (!hasCorpus)
  test('NOT RUN: no corpus of real manifests beside the checkout; set CORPUS_DIR', () => undefined)

describe.runIf(hasCorpus)('every object with a pod of the corpora', () => {
  test.each(levels)('at level %s', async (level) => {
    const corpora = ['normalised/stack', 'normalised/artifacthub', 'handwritten'] as const
    let judged = 0
    // Each corpus has a server of its own: what one repository brings along must not judge another.
    for (const name of corpora) {
      const compared = await compare(level, corpusFiles(name))
      expect(compared.differences).toEqual([])
      judged += compared.judged
    }
    expect(judged).toBeGreaterThan(1000)
  })
})
