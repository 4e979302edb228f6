import { describe, expect, it } from 'vitest'
import {
  exceptionsFor,
  findConfig,
  isNeverInline,
  isRead,
  loadConfig,
  readNamedConfig,
  readPolicyIds,
  settingsFor,
  type ConfigFiles,
} from '../../src/config/index.ts'
import { UserError, type Policy } from '../../src/model/index.ts'

const policies: Pick<Policy, 'id' | 'params'>[] = [
  { id: 'run-as-non-root' },
  { id: 'privileged' },
  {
    id: 'host-ports',
    params: {
      allowed: { type: 'strings', default: ['80'], text: 'ports' },
      lowest: { type: 'integer', default: 1, text: 'lowest' },
      strict: { type: 'boolean', default: false, text: 'strict' },
      note: { type: 'string', default: '', text: 'note' },
    },
  },
]

function load(text: string | undefined, set: string[] = []): ReturnType<typeof loadConfig> {
  const file = text === undefined ? undefined : { name: '.k8s-autofix.yaml', text, folder: '/repo' }
  return loadConfig({ file, set, root: '/repo', policies })
}

function message(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  return 'no error'
}
const wrong = (text: string, set?: string[]): string => message(() => load(text, set))

describe('the configuration file', () => {
  it('is not needed: defaults hold', () => {
    for (const text of [undefined, '', '# nothing\n', '---\n', '{}']) {
      const settings = settingsFor(load(text), 'a.yaml')
      expect(settings).toEqual({
        params: {
          'run-as-non-root': {},
          privileged: {},
          'host-ports': { allowed: ['80'], lowest: 1, strict: false, note: '' },
        },
        severity: {},
        named: [],
        allowRemoval: [],
        resources: { defaults: {} },
        images: { pins: {} },
      })
    }
  })

  it('is read, and one parameter leaves the others at their defaults', () => {
    const settings = settingsFor(
      load(`resources:
  defaults: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 1e3, cpu: 0.5 } }
params: { host-ports: { lowest: 1024 } }
severity: { privileged: critical }
allow-removal: [host-ports]
images: { pins: { nginx: "1.27" } }
`),
      'a.yaml',
    )
    expect(settings).toEqual({
      params: {
        'run-as-non-root': {},
        privileged: {},
        'host-ports': { allowed: ['80'], lowest: 1024, strict: false, note: '' },
      },
      severity: { privileged: 'critical' },
      named: ['host-ports', 'privileged'],
      allowRemoval: ['host-ports'],
      resources: {
        defaults: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: 1000, cpu: 0.5 } },
      },
      images: { pins: { nginx: '1.27' } },
    })
  })

  it.each([
    ['polices: {}\n', '.k8s-autofix.yaml:1:1: unknown key "polices"; did you mean "policies"?'],
    ['\n  parms: {}\n', '.k8s-autofix.yaml:2:3: unknown key "parms"; did you mean "params"?'],
    [
      'severity:\n  privileged: hgih\n',
      '2:15: must be one of low, medium, high, critical; did you mean "high"?',
    ],
    ['severity:\n  privilegd: high\n', '2:3: unknown policy "privilegd"; did you mean "privileged"?'],
    ['allow-removal:\n  - host-port\n', '2:5: unknown policy "host-port"; did you mean "host-ports"?'],
    ['allow-removal: host-ports\n', '1:16: must be a list, not the text "host-ports"'],
    ['params:\n  host-ports: 3\n', '2:15: must be a map, not the number 3'],
    [
      'params:\n  host-ports:\n    lowst: 3\n',
      '3:5: unknown parameter "lowst" of host-ports; did you mean "lowest"?',
    ],
    ['params:\n  privileged:\n    x: 3\n', '3:5: unknown parameter "x" of privileged, which has none'],
    ['params:\n  host-ports:\n    lowest: a\n', '3:13: must be a whole number, not the text "a"'],
    ['params:\n  host-ports:\n    allowed: [1]\n', '3:14: must be a list of texts, not a list'],
    ['params:\n  host-ports:\n    strict: 1\n', '3:13: must be true or false, not the number 1'],
    [
      'resources: {defaults: {requests: {cpu: 100 m}}}',
      '1:40: must be a Kubernetes quantity such as 100m or 128Mi',
    ],
    ['resources: {defaults: {requests: {cpu: -1}}}', '1:40: must be at least 0'],
    ['resources: {defaults: {requests: {cpu: [1]}}}', '1:40: must be text or a number, not a list'],
    ['resources: {defaults: {requests: {cpus: 1}}}', '1:35: unknown key "cpus"; did you mean "cpu"?'],
    ['resources: {limits: {cpu: 1}}', '1:13: unknown key "limits"'],
    ['overrides:\n  - paths: [a]\n    severty: {}\n', '3:5: unknown key "severty"; did you mean "severity"?'],
    ['overrides:\n  - severity: {}\n', '2:5: "paths" is missing'],
    ['overrides:\n  - paths: []\n', '2:12: must have at least 1 entry'],
    ['overrides:\n  - paths: [a]\n    severity: {nope: low}\n', '3:16: unknown policy "nope"'],
    [
      'exceptions:\n  - {policy: privilegd, reason: a}\n',
      '2:14: unknown policy "privilegd"; did you mean "privileged"?',
    ],
    ['exceptions:\n  - {policy: privileged}\n', '2:5: "reason" is missing'],
    ['exceptions:\n  - {policy: privileged, reason: " "}\n', '2:34: must not be empty'],
    [
      'exceptions:\n  - {policy: privileged, reason: a, match: {knd: Pod}}\n',
      '2:45: unknown key "knd"; did you mean "kind"?',
    ],
    [
      'exceptions:\n  - {policy: privileged, reason: a, untill: 2027-01-31}\n',
      '2:37: unknown key "untill"; did you mean "until"?',
    ],
    [
      'exceptions:\n  - {policy: privileged, reason: a, until: 2027-02-30}\n',
      '2:44: must be a day such as 2027-01-31',
    ],
    ['exceptions:\n  - {policy: "*", reason: a}\n', '2:14: "*" needs a match'],
    ['exceptions: {policy: privileged}\n', '1:13: must be a list, not a map'],
    ['paths: [a, ""]\n', '1:12: must not be empty'],
    ['a: [1\n', '.k8s-autofix.yaml:2:1: '],
    ['paths: [a]\npaths: [b]\n', '.k8s-autofix.yaml:2:1: '],
    ['- a\n', '.k8s-autofix.yaml:1:1: must be a map of settings'],
    ['paths: [a]\n---\npaths: [b]\n', 'the file must hold one document, not several'],
  ])('%j is refused with its place', (text, expected) => {
    expect(wrong(text)).toContain(expected)
  })

  it('says who chooses what is suggested, each key on its own', () => {
    expect(load('').schedule).toEqual({
      order: 'learned',
      neverInline: [],
      mostOpen: 10,
      mostHourly: 5,
    })
    const config = load('schedule: {order: risk, never-inline: [generated], most-open: 3}\n')
    expect(config.schedule).toEqual({ order: 'risk', neverInline: ['generated'], mostOpen: 3, mostHourly: 5 })
    expect(isNeverInline(config, 'generated/a.yaml')).toBe(true)
    expect(isNeverInline(config, 'a.yaml')).toBe(false)
    expect(wrong('schedule: {order: best}\n')).toBe(
      '.k8s-autofix.yaml:1:19: must be one of learned, risk, fifo, prototype',
    )
  })

  it.each(['cluster', 'engines', 'publish', 'llm', 'extends', 'policy-set'])(
    'the key %s of the contract is not in this version',
    (key) => {
      expect(wrong(`paths: [a]\n${key}: {}\n`)).toBe(
        `.k8s-autofix.yaml:2:1: the key "${key}" is not in this version`,
      )
      expect(wrong(`overrides:\n- {paths: [a], ${key}: 1}\n`)).toContain('is not in this version')
    },
  )

  it('holds exceptions, for the files that their paths name', () => {
    const config = load(
      'exceptions:\n  - {policy: privileged, reason: a, match: {paths: [deploy]}, until: 2027-01-31}\n  - {policy: kube-linter/no-liveness-probe, reason: b}\n  - {policy: "*", match: {name: x}, reason: c}\n',
    )
    const reasons = (file: string): string[] =>
      exceptionsFor(config, file).map(({ name, exception }) => `${name} ${exception.reason}`)
    expect(reasons('deploy/a.yaml')).toEqual(['exceptions[0] a', 'exceptions[1] b', 'exceptions[2] c'])
    expect(reasons('other/a.yaml')).toEqual(['exceptions[1] b', 'exceptions[2] c'])
    const flag = load('exceptions: [{policy: privileged, reason: a}]', [
      'exceptions=[{policy: host-ports, reason: flag}]',
    ])
    expect(exceptionsFor(flag, 'a.yaml').map(({ exception }) => exception.reason)).toEqual(['flag'])
  })

  it('says every mistake on a line of its own, in the order of the file', () => {
    expect(wrong('severity: {nope: low, privileged: x}\nfoo: 1\nallow-removal: 3\n').split('\n')).toEqual([
      '.k8s-autofix.yaml:1:35: must be one of low, medium, high, critical',
      '.k8s-autofix.yaml:2:1: unknown key "foo"',
      '.k8s-autofix.yaml:3:16: must be a list, not the number 3',
    ])
    const many = Array.from({ length: 50 }, (_, i) => `k${i}: 1`).join('\n')
    expect(wrong(many).split('\n')).toHaveLength(9)
    expect(wrong(many)).toContain('42 more mistakes in the same file')
  })

  it('survives hostile input', () => {
    expect(wrong(`a: ${'['.repeat(20_000)}`)).toMatch(/^\.k8s-autofix\.yaml:1:\d+: /)
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghi'[i]}`).join()}]`),
    ]
    expect(wrong(bomb.join('\n'))).toContain('nodes once aliases are written out')
    expect(wrong('__proto__: {x: 1}\nconstructor: 1\n')).toContain('unknown key "constructor"')
    expect(wrong('severity: {toString: low}')).toContain('unknown policy "toString"')
    expect(wrong('severity: {__proto__: low}')).toContain('unknown key "__proto__"')
  })
})

describe('--set', () => {
  it('beats the file, key by key', () => {
    const config = load(
      'severity: {privileged: low, host-ports: low}\nparams: {host-ports: {lowest: 5, note: x}}',
      [
        'severity.privileged=critical',
        'params.host-ports.lowest=7',
        'params.host-ports.allowed=["81", "82"]',
        'resources.defaults.requests.cpu=100m',
        'resources.defaults.requests.memory=1Gi',
        'allow-removal=privileged',
      ],
    )
    expect(settingsFor(config, 'x.yaml')).toMatchObject({
      severity: { privileged: 'critical', 'host-ports': 'low' },
      params: { 'host-ports': { lowest: 7, note: 'x', allowed: ['81', '82'], strict: false } },
      resources: { defaults: { requests: { cpu: '100m', memory: '1Gi' } } },
      allowRemoval: ['privileged'],
    })
  })

  it('beats the overrides of the file', () => {
    const config = load('overrides: [{paths: ["**"], severity: {privileged: low, host-ports: low}}]', [
      'severity.privileged=high',
    ])
    expect(settingsFor(config, 'x.yaml').severity).toEqual({ privileged: 'high', 'host-ports': 'low' })
  })

  it('takes bare globs, lists, and one value for a list', () => {
    expect(load(undefined, ['paths=**/*.yaml']).paths).toEqual(['**/*.yaml'])
    expect(load('paths: [x]', ['paths=[a, b]']).paths).toEqual(['a', 'b'])
    expect(load(undefined, ['ignore-paths=deploy/{a,b}/**']).ignorePaths).toEqual(['deploy/{a,b}/**'])
    const config = load('overrides: [{paths: [a], severity: {privileged: low}}]', [
      'overrides=[{paths: [b], severity: {privileged: high}}]',
    ])
    expect(settingsFor(config, 'a/x.yaml').severity).toEqual({})
    expect(settingsFor(config, 'b/x.yaml').severity).toEqual({ privileged: 'high' })
  })

  it.each([
    [
      'sevrity.privileged=low',
      '--set sevrity.privileged=low: unknown key "sevrity"; did you mean "severity"?',
    ],
    ['severity.privilegd=low', 'unknown policy "privilegd"; did you mean "privileged"?'],
    ['severity.privileged=hi', 'must be one of low, medium, high, critical'],
    ['images.pins.x=1', '--set images.pins.x=1: must be text, not the number 1'],
    ['images.pins.x=latest', 'must be a tag other than latest, a digest (sha256:...)'],
    ['llm.model=x', 'the key "llm" is not in this version'],
    ['severity', 'must be key=value, with a dotted key'],
    ['=x', 'must be key=value'],
    ['a..b=x', 'must be key=value'],
    ['paths=[a', 'the value is not YAML'],
    ['params.host-ports.lowest=x', 'must be a whole number'],
  ])('%s is refused', (flag, expected) => {
    expect(wrong('', [flag])).toContain(expected)
  })
})

describe('overrides', () => {
  const config = load(`
severity: { privileged: low }
params: { host-ports: { lowest: 1, note: top } }
resources: { defaults: { requests: { cpu: 1, memory: 1Gi } } }
allow-removal: [privileged]
overrides:
  - paths: [staging, "**/test/**"]
    severity: { privileged: medium, run-as-non-root: low }
    params: { host-ports: { lowest: 2 } }
    resources: { defaults: { requests: { cpu: 2 } } }
  - paths: ["staging/eu/*.yaml"]
    severity: { privileged: high }
    allow-removal: []
`)

  it('the last that matches wins, and maps merge key by key', () => {
    expect(settingsFor(config, 'prod/a.yaml')).toMatchObject({ severity: { privileged: 'low' } })
    expect(settingsFor(config, 'staging/us/a.yaml')).toMatchObject({
      severity: { privileged: 'medium', 'run-as-non-root': 'low' },
      params: { 'host-ports': { lowest: 2, note: 'top' } },
      resources: { defaults: { requests: { cpu: 2, memory: '1Gi' } } },
      allowRemoval: ['privileged'],
    })
    expect(settingsFor(config, 'staging/eu/a.yaml')).toMatchObject({
      severity: { privileged: 'high', 'run-as-non-root': 'low' },
      allowRemoval: [],
    })
    expect(settingsFor(config, '.hidden/x/test/y/a.yaml').severity).toMatchObject({ privileged: 'medium' })
  })

  it('files under the same overrides share one object', () => {
    expect(settingsFor(config, 'prod/a.yaml')).toBe(settingsFor(config, 'prod/b.yaml'))
    expect(settingsFor(config, 'prod/a.yaml')).not.toBe(settingsFor(config, 'staging/b.yaml'))
  })

  it('is plain data: it survives the way to a worker', () => {
    expect(settingsFor(structuredClone(config), 'staging/eu/a.yaml')).toEqual(
      settingsFor(config, 'staging/eu/a.yaml'),
    )
  })
})

describe('globs', () => {
  const reads = (text: string, file: string, root = '/repo'): boolean =>
    isRead(loadConfig({ file: { name: 'c', text, folder: '/repo' }, set: [], root, policies }), file)

  it('run from the folder of the configuration, wherever the tool runs', () => {
    expect(reads('paths: [deploy/*.yaml]', 'deploy/a.yaml')).toBe(true)
    expect(reads('paths: [deploy/*.yaml]', 'a.yaml', '/repo/deploy')).toBe(true)
    expect(reads('paths: [deploy/*.yaml]', '../deploy/a.yaml', '/repo/other')).toBe(true)
    expect(reads('paths: [deploy/*.yaml]', 'deploy/b/a.yaml')).toBe(false)
    expect(reads('paths: [deploy/*.yaml]', '/repo/deploy/a.yaml', '/elsewhere')).toBe(true)
  })

  it('reach into folders, also those that begin with a dot', () => {
    expect(reads('ignore-paths: [deploy]', 'deploy/a/b.yaml')).toBe(false)
    expect(reads('ignore-paths: [./deploy/]', 'deploy/a/b.yaml')).toBe(false)
    expect(reads('ignore-paths: ["**/test/**"]', '.github/test/b.yaml')).toBe(false)
    expect(reads('paths: ["**/*.yaml"]', '.github/a/.b.yaml')).toBe(true)
    expect(reads('paths: [".github/{a,.b}/*.y?ml"]', '.github/.b/c.yaml')).toBe(true)
    expect(reads('ignore-paths: [deploy]', 'deployment/b.yaml')).toBe(true)
  })

  it('a folder is walked into unless it is ignored, whatever paths says', () => {
    expect(reads('paths: [deploy/x/*.yaml]', 'deploy/')).toBe(true)
    expect(reads('ignore-paths: [deploy]', 'deploy/')).toBe(false)
  })
})

describe('the search for a configuration', () => {
  const files = (tree: Record<string, string>): ConfigFiles => ({
    read: (path) => tree[path],
    exists: (path) => Object.keys(tree).some((name) => name === path || name.startsWith(`${path}/`)),
  })

  it('goes up to the root of the repository, the nearest one wins', () => {
    const tree = files({
      '/r/.git/HEAD': '',
      '/r/.github/k8s-autofix.yaml': 'top',
      '/r/a/.k8s-autofix.yaml': 'a',
      '/.k8s-autofix.yaml': 'outside',
    })
    expect(findConfig('/r/a/b', tree)).toEqual({ path: '/r/a/.k8s-autofix.yaml', text: 'a', folder: '/r/a' })
    expect(findConfig('/r/c', tree)).toEqual({
      path: '/r/.github/k8s-autofix.yaml',
      text: 'top',
      folder: '/r',
    })
    expect(findConfig('/x/y', tree)).toBeUndefined()
    expect(findConfig('/', tree)?.text).toBe('outside')
  })

  it('refuses two in one folder', () => {
    const tree = files({ '/r/.k8s-autofix.yaml': '', '/r/.github/k8s-autofix.yaml': '' })
    expect(message(() => findConfig('/r', tree))).toContain('both exist')
  })

  it('takes the one that is named; globs of .github run from above it', () => {
    const tree = files({ '/r/.github/k8s-autofix.yaml': 'x', '/r/conf/c.yaml': 'y' })
    expect(readNamedConfig('/r/.github/k8s-autofix.yaml', tree)?.folder).toBe('/r')
    expect(readNamedConfig('/r/conf/c.yaml', tree)?.folder).toBe('/r/conf')
    expect(readNamedConfig('/r/none.yaml', tree)).toBeUndefined()
  })
})

describe('policy ids of flags', () => {
  it('may be comma lists', () => {
    expect(readPolicyIds('--only', ['privileged,host-ports', 'privileged'], policies)).toEqual([
      'privileged',
      'host-ports',
    ])
  })
  it('must exist', () => {
    expect(message(() => readPolicyIds('--skip', ['host-prots'], policies))).toBe(
      '--skip: unknown policy "host-prots"; did you mean "host-ports"?',
    )
    expect(message(() => readPolicyIds('--skip', ['privileged,'], policies))).toBe('--skip: names no policy')
  })
})
