import { commands, flags, flagsOf, type CommandName, type Flag } from './flags.ts'

const usages: Readonly<Record<CommandName, readonly string[]>> = {
  scan: ['k8s-autofix scan [FLAGS] [PATH...]'],
  fix: ['k8s-autofix fix [FLAGS] [PATH...]'],
  verify: ['k8s-autofix verify [FLAGS] FILE [CONTEXT...]'],
  explain: ['k8s-autofix explain [FLAGS] POLICY', 'k8s-autofix explain [FLAGS] FINGERPRINT [PATH...]'],
  policies: [
    'k8s-autofix policies list',
    'k8s-autofix policies show POLICY',
    'k8s-autofix policies test [POLICY|FILE...]',
    'k8s-autofix policies export --to vap|kyverno [FLAGS] [POLICY|FILE...]',
  ],
  queue: [
    'k8s-autofix queue list [FLAGS] [PATH...]',
    'k8s-autofix queue next [FLAGS] [PATH...]',
    'k8s-autofix queue done [FLAGS] ID...',
    'k8s-autofix queue ignore [FLAGS] ID REASON',
  ],
  simulate: ['k8s-autofix simulate [FLAGS]'],
}

const abouts: Readonly<Record<CommandName, string>> = {
  scan: `Reads YAML and JSON manifests below the paths (default: this folder; - is standard input), finds
misconfigurations, and proposes the smallest patch for each that it can prove. Changes nothing.`,
  fix: `Like scan, and writes the fixes that were verified: all safe ones, and with --unsafe-fixes also those that may
break a workload. With - the fixed text goes to standard output and the report to standard error.`,
  verify: `Asks the API server that is part of this program what a real one would say to each object of a file (strict
decoding, defaults, validation, Pod Security, declared policies), offline and in milliseconds. With --patch, judges any
JSON Patch by all gates that our own fixes pass, and shows the change. CONTEXT are files and folders whose namespaces,
custom resource definitions, limit ranges and admission policies count. Exit code 1 where anything is refused.`,
  explain: `Tells what a policy looks for, why it matters and how it is fixed. Given the fingerprint of a finding (or its
first 6 characters), finds it again below the paths and shows its fix, the gates it passed, or why it was refused.`,
  policies: `Lists the policies (built-in, and those that \`policies\` of the configuration names), shows one as it is
written, or runs the examples of policies and of policy files as tests. \`export\` writes policies (default: all) as YAML that a cluster enforces by itself, with the
configured parameters; what one CEL expression cannot say, or the API server's own code refuses, is listed with the
reason.`,
  queue: `The backlog: all findings of a branch, each with the day on which it is due (critical 7 days after it was first
seen, high 30, medium 90, low 180), in the order in which they should be worked off. \`list\` shows it. \`next\` gives
the fix whose turn it is as a patch, and holds it: no other process gets it before the lease runs out, nor more than
\`schedule.most-hourly\` and \`schedule.most-open\` of the configuration allow. \`done\` says that a fix is in, \`ignore\`
that nobody wants to be asked. ID is a fingerprint, or its first 6 characters or more.`,
  simulate: `Lets every scheduler choose what is suggested in simulated repositories, whose reviewers' tastes are known, and
compares what that is worth with the best that anybody could have chosen. The same seeds give the same figures. Exit
code 1 where the learning scheduler misses what is demanded of it.`,
}

const examples: Readonly<Record<CommandName, readonly (readonly [string, string])[]>> = {
  scan: [
    ['k8s-autofix scan deploy/', 'everything below a folder'],
    ['k8s-autofix scan --only privileged-container,host-ports .', 'two policies'],
    ['k8s-autofix scan --format json=report.json .', 'a report for machines as well'],
    ['k8s-autofix scan --diff main...HEAD', 'a change, and what of it a review would suggest'],
    ['helm template chart/ | k8s-autofix scan -', 'what a chart renders'],
  ],
  fix: [
    ['k8s-autofix fix --dry-run deploy/', 'the diff, nothing is written'],
    ['k8s-autofix fix deploy/', 'write the safe fixes'],
    ['k8s-autofix fix --set resources.defaults.requests.cpu=100m .', 'with a value of your own'],
    ['k8s-autofix fix - < in.yaml > out.yaml', 'as a filter'],
  ],
  verify: [
    ['k8s-autofix verify deploy/web.yaml', 'would a cluster take it?'],
    ['k8s-autofix verify --patch fix.json deploy/web.yaml', 'is this patch good?'],
    ['k8s-autofix verify shop.yaml crds/ policies/', 'with what the repository defines'],
    ['helm template chart/ | k8s-autofix verify -', 'what a chart renders'],
  ],
  explain: [
    ['k8s-autofix explain run-as-non-root', 'a policy'],
    ['k8s-autofix explain 3fa9c1d2 deploy/', 'a finding'],
  ],
  policies: [
    ['k8s-autofix policies list', 'all policies'],
    ['k8s-autofix policies test my-policy.yaml', 'the examples in a file'],
    [
      'k8s-autofix policies export --to vap > policies.yaml',
      'for kubectl apply: warns and writes to the audit log',
    ],
    ['k8s-autofix policies export --to vap --action deny host-pid', 'refuse it'],
    ['k8s-autofix policies export --to kyverno my-policy.yaml', 'a policy of your own'],
  ],
  queue: [
    ['k8s-autofix queue list', 'what is there, and what is late'],
    ['k8s-autofix queue next | git apply', 'take the fix whose turn it is, and write it'],
    ['k8s-autofix queue next --count 3 --format json', 'three of them, for a script'],
    ['k8s-autofix queue done 3fa9c1d2', 'it is merged'],
    ['k8s-autofix queue ignore 3fa9c1d2 "a node agent" --until 2027-01-31', 'ask again in February'],
  ],
  simulate: [
    ['k8s-autofix simulate --reviewer average', 'one reviewer'],
    ['k8s-autofix simulate --seeds 60 --svg curves.svg', 'the published figures, drawn'],
    ['k8s-autofix simulate --state state.json', 'what others would have been worth on what has happened'],
  ],
}

/** Commands that report on no files. */
const hasFewFormats: ReadonlySet<CommandName> = new Set([
  'verify',
  'explain',
  'policies',
  'queue',
  'simulate',
])

const fewFormats: Flag = { value: 'FORMAT', text: 'pretty (default) or json' }

export function generalHelp(): string {
  return `k8s-autofix finds misconfigured Kubernetes manifests, proposes the smallest patch, and proves it.

Usage: k8s-autofix COMMAND [FLAGS] [PATH...]

Commands:
${table(Object.entries(commands))}

Flags:
${table([
  ['--help, -h', 'help on a command: k8s-autofix COMMAND --help'],
  ['--version', flags.version.text],
])}

Examples:
${table([
  ['k8s-autofix scan deploy/', 'find problems and see the fixes'],
  ['k8s-autofix fix deploy/', 'write the safe ones'],
])}

${exitText()}
`
}

export function commandHelp(command: CommandName): string {
  const [first = '', ...more] = usages[command]
  const rows = flagsOf[command].map((name) => {
    const { value, text, repeatable }: Flag =
      name === 'format' && hasFewFormats.has(command) ? fewFormats : flags[name]
    const head = `--${name}${value === undefined ? '' : ` ${value}`}${name === 'help' ? ', -h' : ''}`
    return [head, `${text}${repeatable ? ' (repeatable)' : ''}`] as const
  })
  return `${abouts[command]}

Usage: ${[first, ...more].join('\n       ')}

Flags:
${table(rows)}

Examples:
${table(examples[command])}

${exitText(ones[command])}
`
}

/** What exit code 1 means where it is about something else than findings; empty where there is none. */
const ones: Readonly<Partial<Record<CommandName, string>>> = {
  simulate: '1 a demand is missed, ',
  explain: '',
  queue: '',
}

function exitText(one = '1 findings at or above --fail-on, '): string {
  return `Exit codes: 0 done, ${one}2 wrong usage, configuration or input,
            3 the result is incomplete, 70 a bug`
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([head]) => head.length))
  return rows.map(([head, text]) => `  ${head.padEnd(width)}  ${text}`).join('\n')
}
