import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '..', '..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder)).map((file) => `${folder}/${file}`)

const own = filesIn('.github/workflows')
const examples = filesIn('examples/workflows')
const all = [...own, ...examples]

const stepSchema = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
})
const workflowSchema = z.object({
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.union([z.boolean(), z.string()]) }),
  jobs: z.record(
    z.string(),
    z.object({
      permissions: z.record(z.string(), z.string()),
      'timeout-minutes': z.number(),
      steps: z.array(stepSchema),
    }),
  ),
})
const jobsOf = (file: string): z.infer<typeof workflowSchema>['jobs'][string][] =>
  Object.values(workflowSchema.parse(parse(read(file))).jobs)
const stepsOf = (file: string): z.infer<typeof stepSchema>[] => jobsOf(file).flatMap(({ steps }) => steps)

/** Lines that count: neither empty nor a comment. */
const linesOf = (file: string): string[] =>
  read(file)
    .split('\n')
    .filter((line) => !/^\s*(?:#|$)/.test(line))

const action = z
  .object({ inputs: z.record(z.string(), z.unknown()), outputs: z.record(z.string(), z.unknown()) })
  .parse(parse(read('action.yml')))
const isOurs = (uses = ''): boolean => uses === './' || uses.startsWith('k8s-autofix/k8s-autofix@')

describe('workflows', () => {
  it.each(all)('%s grants nothing at the top and little to each job, with a reason', (file) => {
    expect(workflowSchema.parse(parse(read(file))).permissions).toEqual({})
    for (const { permissions } of jobsOf(file)) {
      expect(Object.keys(permissions)).not.toEqual([])
      expect(Object.values(permissions)).not.toContain('write-all')
    }
    const grants = linesOf(file).filter((line) => /^\s+[a-z-]+: (?:read|write)\b/.test(line))
    expect(grants).not.toEqual([])
    expect(grants.filter((line) => !/ # \S/.test(line))).toEqual([])
  })

  it.each(all)('%s pins every action by its commit, with the version beside it', (file) => {
    const uses = linesOf(file)
      .flatMap((line) => /\buses:\s*(\S.*)$/.exec(line)?.[1] ?? [])
      .filter((target) => !/^\.\/(?: |$)/.test(target))
    const isPinned = (target: string): boolean =>
      isOurs(target)
        ? /@[0-9a-f]{40} # v\d+$/.test(target)
        : /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(target)
    expect(uses.filter((target) => !isPinned(target))).toEqual([])
  })

  it('pin one action by one commit everywhere', () => {
    const pins = new Map<string, Set<string>>()
    for (const uses of all.flatMap((file) => stepsOf(file).flatMap(({ uses }) => uses ?? []))) {
      const [name = '', commit = ''] = uses.split('@')
      pins.set(name, (pins.get(name) ?? new Set()).add(commit))
    }
    expect([...pins].filter(([, commits]) => commits.size > 1)).toEqual([])
  })

  it.each(all)('%s has no expression inside a script', (file) => {
    const scripts = stepsOf(file).flatMap(({ run }) => run ?? [])
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
  })

  it.each(all)(
    '%s gives our action only inputs that it has, and asks it only for outputs that it has',
    (file) => {
      const steps = stepsOf(file)
      const given = steps.flatMap((step) => (isOurs(step.uses) ? Object.keys(step.with ?? {}) : []))
      expect(given.filter((name) => !(name in action.inputs))).toEqual([])
      const asked = [...read(file).matchAll(/steps\.scan\.outputs\.([\w-]+)/g)].map(([, name = '']) => name)
      expect(asked.filter((name) => !(name in action.outputs))).toEqual([])
    },
  )
})

describe('examples', () => {
  it.each(examples)('%s runs the action, and is in the table of the examples', (file) => {
    expect(stepsOf(file).some(({ uses }) => isOurs(uses))).toBe(true)
    expect(read('examples/README.md')).toContain(`(${file.replace('examples/', '')})`)
  })

  it('the smallest has at most 15 lines that count', () => {
    expect(linesOf('examples/workflows/minimal.yml').length).toBeLessThanOrEqual(15)
  })

  it('the scan of a fork has a token that only reads', () => {
    const granted = jobsOf('examples/workflows/fork-scan.yml').flatMap(({ permissions }) =>
      Object.values(permissions),
    )
    expect(new Set(granted)).toEqual(new Set(['read']))
  })

  it('what publishes for forks waits for the scan by its name, and runs nothing but our action', () => {
    const name = (file: string): unknown => z.object({ name: z.string() }).parse(parse(read(file))).name
    const { on } = z
      .object({ on: z.object({ workflow_run: z.object({ workflows: z.array(z.string()) }) }) })
      .parse(parse(read('examples/workflows/fork-publish.yml')))
    expect(on.workflow_run.workflows).toEqual([name('examples/workflows/fork-scan.yml')])
    const steps = stepsOf('examples/workflows/fork-publish.yml')
    expect(steps.map(({ uses, run }) => isOurs(uses) && run === undefined)).toEqual([true])
  })
})
