import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * The rooms of src/ and what each may import: the one place where that is written down. A room opens through its
 * index.ts alone, but for adapters/, where one file is one adapter. The files directly in src/ stand above the rooms and
 * may use all of them.
 */
const core = [
  'model',
  'yaml',
  'resources',
  'inventory',
  'policies',
  'edit',
  'detect',
  'propose',
  'verify',
  'report',
  'change',
  'exceptions',
  'risk',
  'schedule',
]
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  yaml: ['model'],
  resources: ['model', 'yaml'],
  inventory: ['model', 'resources'],
  policies: ['model', 'resources', 'inventory'],
  edit: ['model', 'yaml'],
  detect: ['model', 'yaml', 'resources', 'inventory', 'policies'],
  propose: ['model', 'yaml', 'resources', 'policies', 'detect'],
  verify: ['model', 'yaml', 'resources', 'policies', 'detect', 'propose', 'edit'],
  export: ['model', 'resources', 'policies'],
  // What a policy asks beside the object is read in one place, whether it judges or changes.
  kyverno: ['model', 'resources', 'policies', 'detect'],
  report: ['model', 'yaml'],
  change: ['model', 'report'],
  github: ['model', 'change'],
  registry: ['model'],
  config: ['model', 'yaml'],
  // A mistyped policy in an annotation is suggested as one in the configuration is, and Kyverno's exceptions hold CEL.
  exceptions: ['model', 'yaml', 'resources', 'config', 'policies'],
  risk: ['model'],
  schedule: ['model'],
  cluster: ['model', 'yaml'],
  adapters: [...core, 'kyverno', 'config', 'cluster', 'registry'],
  cli: [...core, 'export', 'kyverno', 'config', 'adapters', 'cluster', 'registry'],
  action: [...core, 'kyverno', 'config', 'adapters', 'cluster', 'github', 'registry'],
}
const above = [
  'account.ts',
  'accounts.ts',
  'admit.ts',
  'beside.ts',
  'bodies.ts',
  'cache.ts',
  'choosing.ts',
  'confirm.ts',
  'context.ts',
  'creating.ts',
  'deciding.ts',
  'evidence.ts',
  'excepting.ts',
  'export-policies.ts',
  'generated.ts',
  'harvest.ts',
  'ignoring.ts',
  'judge.ts',
  'listing.ts',
  'main.ts',
  'outcome.ts',
  'own-policies.ts',
  'pipeline.ts',
  'public-names.ts',
  'queueing.ts',
  'rating.ts',
  'reverts.ts',
  'run.ts',
  'sweeping.ts',
  'views.ts',
]

/** Rooms that compute from what they are handed: no input or output, no clock, no chance. */
const pure = [
  'model',
  'yaml',
  'resources',
  'inventory',
  'policies',
  'edit',
  'propose',
  'export',
  'kyverno',
  'report',
  'change',
  'exceptions',
  'registry',
  'risk',
  'schedule',
]
const worldly =
  /^(?:node:)?(?:fs|fs\/promises|process|child_process|net|tls|http|https|http2|dgram|dns|os|worker_threads|timers|timers\/promises|cluster|readline|v8|vm)$/
const impure =
  /(?<![\w-])(?:process\.|Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|fetch\(|globalThis\.)/

const source = join(import.meta.dirname, '..', '..', 'src')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort()
const texts = new Map(files.map((file) => [file, readFileSync(join(source, file), 'utf8')]))

/** Text without comments, so that prose about imports is none. Strings that hold `//` survive as they are. */
function code(file: string): string {
  return (texts.get(file) ?? '').replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1')
}

function importsOf(file: string): string[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|^import\s+)(['"])([^'"\n]+)\1/gm
  return [...code(file).matchAll(pattern)].map((match) => match[2] ?? '')
}

function roomOf(file: string): string {
  return file.split('/', 1)[0] ?? ''
}

/** `file: complaint` for every file and every complaint about it. */
function complaints(about: (file: string) => string[]): string[] {
  return files.flatMap((file) => about(file).map((complaint) => `${file}: ${complaint}`))
}

describe('the rooms of src/', () => {
  it('are those of the table', () => {
    const rooms = new Set(files.filter((file) => file.includes('/')).map(roomOf))
    expect([...rooms].sort()).toEqual(Object.keys(mayImport).sort())
    expect(files.filter((file) => !file.includes('/'))).toEqual(above)
  })

  it('import only the rooms that the table allows, each through its index.ts', () => {
    expect(
      complaints((file) =>
        importsOf(file).flatMap((specifier) => {
          if (!specifier.startsWith('.')) return []
          const target = posix.normalize(posix.join(posix.dirname(file), specifier))
          const [from, to] = [roomOf(file), roomOf(target)]
          if (from === to) return []
          if (!target.includes('/')) {
            // Thin rooms run the pipeline; its types are what they hand around.
            return ['cli', 'action', 'adapters'].includes(from) || above.includes(from)
              ? []
              : [`imports ${target}`]
          }
          if (above.includes(file)) return opensProperly(target) ? [] : [`reaches into ${target}`]
          if (!(mayImport[from] ?? []).includes(to)) return [`imports the room ${to}`]
          return opensProperly(target) ? [] : [`reaches into ${target}`]
        }),
      ),
    ).toEqual([])
  })

  it('that compute touch neither the world nor the clock nor chance', () => {
    expect(
      complaints((file) => {
        if (!pure.includes(roomOf(file))) return []
        return [
          ...importsOf(file)
            .filter((specifier) => worldly.test(specifier))
            .map((specifier) => `imports ${specifier}`),
          ...(impure.exec(code(file)) ?? []).map((match) => `uses ${match}`),
        ]
      }),
    ).toEqual([])
  })

  it('read the environment in src/cli and src/action alone', () => {
    expect(
      complaints((file) =>
        !['cli', 'action'].includes(roomOf(file)) && code(file).includes('process.env')
          ? ['reads process.env']
          : [],
      ),
    ).toEqual([])
  })

  it('use the Actions toolkit in src/action and src/adapters alone', () => {
    expect(
      complaints((file) =>
        ['action', 'adapters'].includes(roomOf(file))
          ? []
          : importsOf(file).filter((specifier) => specifier.startsWith('@actions/')),
      ),
    ).toEqual([])
  })

  it('load the scheduler only where something is decided or learned', () => {
    const loaded = new Set<string>()
    const load = (file: string): void => {
      if (loaded.has(file)) return
      loaded.add(file)
      // Types are gone by then, and what is imported by a call waits for it.
      for (const [, words = '', specifier = ''] of code(file).matchAll(
        /^(?:import|export) (?!type )([^'";]*?)from '(\.[^'\n]+)'/gm,
      ))
        if (!/^\{(?:\s*type \w+,?)+\s*\}\s*$/.test(words))
          load(posix.normalize(posix.join(posix.dirname(file), specifier)))
    }
    // Every start of the command line, and of a thread that analyses files.
    for (const entry of ['cli/main.ts', 'adapters/analysis.ts']) load(entry)
    expect(loaded).toContain('pipeline.ts')
    expect([...loaded].filter((file) => roomOf(file) === 'schedule')).toEqual([])
  })

  it('know no any', () => {
    expect(
      complaints((file) =>
        [...code(file).matchAll(/(?::|\bas|<|\||&|=)\s*any\b(?!['"])/g)].map((match) => match[0]),
      ),
    ).toEqual([])
  })

  it('have entries of at most 30 lines', () => {
    const long = files.filter(
      (file) => posix.basename(file) === 'main.ts' && (texts.get(file) ?? '').split('\n').length - 1 > 30,
    )
    expect(long).toEqual([])
  })
})

/** Adapters are opened one by one, so that an entry loads no more of the world than it uses. */
function opensProperly(target: string): boolean {
  return (
    posix.basename(target) === 'index.ts' ||
    roomOf(target) === 'adapters' ||
    ['cli/main.ts', 'action/main.ts'].includes(target)
  )
}
