/** Every flag of this version: what it takes, and its line in `--help`. One table for parsing and for help. */
export interface Flag {
  /** Name of the value in the help; undefined for a switch. */
  value: string | undefined
  text: string
  repeatable?: true
}

export const flags = {
  config: { value: 'FILE', text: 'use this configuration instead of .k8s-autofix.yaml' },
  set: {
    value: 'KEY=VALUE',
    text: 'set a key of the configuration: dotted path, value in YAML',
    repeatable: true,
  },
  format: {
    value: 'FORMAT[=FILE]',
    text: 'pretty, json, sarif, markdown, github (annotations of a workflow) or patch; with =FILE it goes to a file',
    repeatable: true,
  },
  diff: {
    value: 'BASE...HEAD',
    text: 'judge what HEAD changes since it left BASE: findings on changed lines, or caused by the change',
  },
  baseline: { value: 'FILE', text: 'take the findings of this file as given' },
  'write-baseline': { value: 'FILE', text: 'write all findings to a file for --baseline' },
  engines: { value: 'NAMES', text: 'engines that judge: builtin, kube-linter, kyverno (default: builtin)' },
  'kube-linter': { value: 'PROGRAM', text: 'the kube-linter to run (default: the one on PATH)' },
  kyverno: { value: 'PROGRAM', text: 'the command line tool of Kyverno to run (default: the one on PATH)' },
  verify: {
    value: 'LEVEL',
    text: 'how far fixes are proven: text, policy, api by the embedded API server, or admission by a real one (default: api)',
  },
  cluster: {
    value: 'KIND',
    text: 'the API server to ask: auto, apiserver, kind or kubeconfig (implies --verify admission)',
  },
  kubeconfig: { value: 'FILE', text: 'kubeconfig of the cluster to ask; nothing is ever stored there' },
  context: { value: 'NAME', text: 'context of the kubeconfig' },
  'kubeconfig-exec': {
    value: undefined,
    text: 'run the programs that the kubeconfig names for logging in (default at a terminal)',
  },
  keep: { value: undefined, text: 'leave the kind cluster running for the next run' },
  registry: {
    value: 'HOST',
    text: 'registry that may be asked which digest a tag stands for, such as docker.io or ghcr.io',
    repeatable: true,
  },
  'registry-helpers': {
    value: undefined,
    text: 'run the programs that the configuration of Docker names for credentials of these registries',
  },
  'fail-on': {
    value: 'SEVERITY',
    text: 'exit 1 from this severity on: never, low, medium, high or critical (default: low; fix: never)',
  },
  only: { value: 'POLICY,...', text: 'look for these policies alone', repeatable: true },
  skip: { value: 'POLICY,...', text: 'leave these policies out', repeatable: true },
  'unsafe-fixes': { value: undefined, text: 'take fixes that may break a workload as well' },
  patch: { value: 'FILE', text: 'a JSON Patch (RFC 6902) to one object of the file; - is standard input' },
  document: {
    value: 'N',
    text: 'the document that the patch is for, counted from 0 (default: the only one)',
  },
  to: { value: 'FORM', text: 'vap (ValidatingAdmissionPolicy and binding) or kyverno (ValidatingPolicy)' },
  action: {
    value: 'ACTION,...',
    text: 'what a cluster does with what is found: deny, warn, audit (default: warn,audit)',
    repeatable: true,
  },
  epss: {
    value: 'SOURCE',
    text: 'how likely vulnerabilities are attacked, by EPSS: fetch (from its publisher), an https address, or a file',
  },
  kev: {
    value: 'SOURCE',
    text: 'vulnerabilities that are known to be exploited, by KEV: fetch (from its publisher), an https address, or a file',
  },
  'image-scan': {
    value: 'FILE',
    text: 'what is wrong with an image: trivy image --format json; its risk counts with --epss or --kev',
    repeatable: true,
  },
  seeds: { value: 'N', text: 'simulated repositories for each reviewer and scheduler (default: 10)' },
  reviewer: {
    value: 'NAME,...',
    text: 'these reviewers alone: picky, average, keen, drifting, adversarial, interaction, indifferent',
    repeatable: true,
  },
  svg: { value: 'FILE', text: 'draw the curves into a file' },
  state: {
    value: 'FILE',
    text: 'what was learned from reviews: orders the queue and what a review of --diff would suggest, and says which fixes broke something',
  },
  all: { value: undefined, text: 'list: what has no fix to take as well' },
  count: { value: 'N', text: 'next: give so many fixes (default: 1)' },
  lease: {
    value: 'DURATION',
    text: 'next: nobody else gets them for so long, such as 30m or 7d (default: 24h)',
  },
  reason: { value: 'TEXT', text: 'ignore: why, where it is not the second argument' },
  until: { value: 'DAY', text: 'ignore: ask again after this day, such as 2027-01-31 (default: never)' },
  wrong: { value: undefined, text: 'ignore: the finding is wrong, so fixes like it are worth less' },
  store: { value: 'FILE', text: 'the queue to use (default: .k8s-autofix/queue.sqlite of the repository)' },
  'dry-run': { value: undefined, text: 'print the diff and write nothing' },
  timeout: { value: 'DURATION', text: 'time that one file may take, such as 30s or 2m (default: 30s)' },
  jobs: { value: 'N', text: 'worker threads; 0 uses none (default: one for each processor)' },
  quiet: { value: undefined, text: 'no summary and no progress' },
  'no-color': { value: undefined, text: 'no colours (also: NO_COLOR in the environment)' },
  help: { value: undefined, text: 'show this help' },
  version: { value: undefined, text: 'show the version' },
} as const satisfies Record<string, Flag>
export type FlagName = keyof typeof flags

/** Flags that the contract names and this version does not have. */
export const laterFlags: readonly string[] = ['kubernetes']

export const commands = {
  scan: 'find misconfigured manifests and propose verified fixes; changes nothing',
  fix: 'the same, then write the verified fixes',
  verify: 'ask the API server about a manifest, or judge a patch to it',
  explain: 'explain a policy, or one finding',
  policies: 'list, show and test the policies, or export them for a cluster',
  queue: 'work off what is there, a few fixes at a time',
  simulate: 'what each scheduler is worth, for reviewers whose tastes are known',
} as const
export type CommandName = keyof typeof commands
export const commandNames = [
  'scan',
  'fix',
  'verify',
  'explain',
  'policies',
  'queue',
  'simulate',
] as const satisfies readonly CommandName[]

/** Commands that the contract names and this version does not have. */
export const laterCommands: readonly string[] = [
  'plan',
  'sweep',
  'merge',
  'grade',
  'export',
  'bench',
  'init',
  'doctor',
]

const common: readonly FlagName[] = [
  'diff',
  'baseline',
  'config',
  'set',
  'only',
  'skip',
  'engines',
  'kube-linter',
  'kyverno',
  'verify',
  'cluster',
  'kubeconfig',
  'context',
  'kubeconfig-exec',
  'keep',
  'registry',
  'registry-helpers',
  'epss',
  'kev',
  'image-scan',
  'timeout',
  'jobs',
  'no-color',
  'help',
  'version',
]
/** The flags of each command, in the order in which the help lists them. */
export const flagsOf: Readonly<Record<CommandName, readonly FlagName[]>> = {
  scan: ['format', 'write-baseline', 'state', 'fail-on', 'unsafe-fixes', 'quiet', ...common],
  fix: ['dry-run', 'unsafe-fixes', 'state', 'format', 'fail-on', 'quiet', ...common],
  verify: ['patch', 'document', 'format', 'config', 'set', 'no-color', 'help', 'version'],
  explain: ['format', 'state', ...common],
  policies: ['to', 'action', 'format', 'config', 'set', 'no-color', 'help', 'version'],
  queue: [
    'all',
    'count',
    'lease',
    'reason',
    'until',
    'wrong',
    'state',
    'store',
    'format',
    'unsafe-fixes',
    'quiet',
    // A backlog is all that there is.
    ...common.filter((flag) => flag !== 'diff' && flag !== 'baseline'),
  ],
  simulate: ['seeds', 'reviewer', 'svg', 'state', 'format', 'quiet', 'no-color', 'help', 'version'],
}
