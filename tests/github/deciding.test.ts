import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ActionInputs } from '../../src/action/inputs.ts'
import { reviewPullRequest } from '../../src/action/pull-request.ts'
import type { Said } from '../../src/action/said.ts'
import { createForge, editHash, sealFor, suggestionMarker, summaryMarker } from '../../src/github/index.ts'
import type { Report } from '../../src/model/index.ts'
import { plain } from '../../src/report/index.ts'
import {
  emptyState,
  findingId,
  suggestionId,
  weekOf,
  type State,
  type StateStore,
} from '../../src/schedule/index.ts'
import type { Content, Pull } from '../support/github/index.ts'
import { reportInputs } from './action-inputs.ts'
import { deployment, writes, type Scene } from './scene.ts'
import { useScenes } from './scenes.ts'

const scenes = useScenes()
let scene: Scene
let temporary = ''

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'k8s-autofix-deciding-'))
})
afterEach(() => rmSync(temporary, { recursive: true }))

async function open(files?: Readonly<Record<string, Content>>): Promise<Scene> {
  scene = await scenes.open(files)
  return scene
}

const time = Date.UTC(2026, 10, 30)
const repository = 'acme/shop'

const usual: ActionInputs = { ...reportInputs, time, mode: 'suggest', jobs: 0, summary: true }

/** A review by a run that knows a state. */
async function review(
  pull: Pull,
  restored: Awaited<ReturnType<StateStore['restore']>>,
  inputs: Partial<ActionInputs> = {},
): Promise<Said> {
  const forge = createForge({
    token: scene.github.token(writes),
    apiUrl: `${scene.github.url}/api/v3`,
    graphqlUrl: `${scene.github.url}/api/graphql`,
    repository: { owner: 'acme', name: 'shop' },
    fetch: undefined,
    version: '0.1.0',
    log: () => undefined,
    now: () => Date.now(),
    wait: async () => undefined,
  })
  const said = await reviewPullRequest({
    number: pull.number,
    head: pull.headSha,
    forge,
    inputs: { ...usual, ...inputs },
    host: {
      entry: pathToFileURL(join(import.meta.dirname, '../../src/main.ts')),
      version: '0.1.0',
      now: () => performance.now(),
    },
    temporary,
    store: {
      restore: async () => restored,
      save: async () => expect.fail('a run for a pull request writes no state'),
    },
    posts: true,
  })
  return said ?? expect.fail()
}

/** What all fixes of a report met before: nobody, or everybody, has taken them. */
function tasteOf({ findings }: Report, isTaken: (policy: string) => boolean): State {
  const policies = [...new Set(findings.map(({ policy }) => policy))]
  const suggestions = policies.flatMap((policy, at) =>
    Array.from({ length: 40 }, (_, index) => ({
      id: `p${String(at).padStart(4, '0')}i${String(index).padStart(5, '0')}`,
      change: 'aaaaaa',
      context: {
        policy,
        kind: 'apps/Deployment',
        environment: 'other' as const,
        introduced: true,
        size: 'few' as const,
        breakage: 'low' as const,
      },
      week: weekOf(time) - 1,
      risk: 40,
      propensity: 50,
      marks: new Set(
        isTaken(policy) ? (['shown', 'fixed', 'committed'] as const) : (['shown', 'untouched'] as const),
      ),
    })),
  )
  return { ...emptyState, suggestions: new Map(suggestions.map((one) => [one.id, one])) }
}

const unwanted = (report: Report): State => tasteOf(report, () => false)

describe('every fix of a change', () => {
  it('is decided on: in the report, the suggestion and the summary, with a reason and sealed marks', async () => {
    await open()
    const files = ['api', 'web', 'job', 'mail'].map(
      (name) => [`deploy/${name}.yaml`, deployment(name)] as const,
    )
    const pull = scene.pull(Object.fromEntries(files))
    const inputs = { 'state-key': 'a secret of the repository' }
    const step = await scene.review(pull, { inputs })
    const fixed = step.report?.findings.filter(({ state }) => state === 'fixed') ?? []
    expect(fixed.filter(({ decision }) => decision === undefined)).toEqual([])
    expect(step.report?.findings.filter(({ state, decision }) => state !== 'fixed' && decision)).toEqual([])
    const inline = fixed.filter(({ decision }) => decision?.channel === 'inline')
    expect(scene.open(pull)).toHaveLength(3)
    expect(scene.summaries[0]).toContain(`; ${inline.length} suggested inline`)
    const seal = sealFor('a secret of the repository', { owner: 'acme', name: 'shop' }, pull.number)
    const ids = scene.open(pull).map(({ body }) => {
      expect(body).toMatch(
        /<sub>Why now\? Rank [123] of \d+&#58; risk \d+&#59; \d+ &#37; of such fixes may be taken/,
      )
      const marker = suggestionMarker.readBelieved(body, seal ?? expect.fail()) ?? expect.fail()
      const shown = inline.find(({ fingerprint }) => marker.fingerprints.includes(fingerprint))
      expect(marker.decision?.propensity).toBe(shown?.decision?.propensity)
      expect(body).toContain(plain(shown?.decision?.because.slice(1) ?? 'none'))
      return suggestionId(repository, pull.number, marker.fingerprints[0] ?? '', marker.edit)
    })
    const [summary = ''] = scene.summaries
    const decisions = summaryMarker.readBelieved(summary, seal ?? expect.fail())?.decisions ?? []
    expect(decisions.length).toBeGreaterThan(3)
    for (const id of ids) expect(decisions.map((one) => one.id)).toContain(id)
    expect(summary.length).toBeLessThan(65_536)
    // The same head again: nothing is written.
    const before = scene.writes.length
    await scene.review(pull, { inputs })
    expect(scene.writes).toHaveLength(before)
  })

  it('keeps what was suggested before there was a key', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull)
    await scene.review(pull, { inputs: { 'state-key': 'new' } })
    expect([pull.reviews.length, scene.open(pull).length]).toEqual([1, 1])
    // The summary is sealed from now on.
    expect(scene.writes.filter((one) => one.startsWith('PATCH'))).toHaveLength(1)
  })
})

describe('a mark that somebody else has written into our comment', () => {
  it('is not believed where marks are sealed', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await review(pull, { state: emptyState }, { stateKey: 'key' })
    const first = pull.threads[0]?.comments[0] ?? expect.fail()
    const marker = suggestionMarker.read(first.body) ?? expect.fail()
    const decision = { ...(marker.decision ?? expect.fail()), propensity: 0.5, risk: 3 }
    first.body = `${suggestionMarker.without(first.body)}\n\n${suggestionMarker.write({ ...marker, decision })}`
    const propensity = async (stateKey: string | undefined): Promise<unknown> => {
      const { outcome } = await review(pull, { state: emptyState }, { stateKey })
      return outcome.report.findings.find(({ decision: one }) => one?.channel === 'inline')?.decision
        ?.propensity
    }
    expect([await propensity('key'), await propensity(undefined)]).toEqual([1, 0.5])
    expect([pull.reviews.length, scene.open(pull).length]).toEqual([1, 1])
  })
})

describe('the order', () => {
  const files = { 'deploy/api.yaml': deployment('api'), 'production/zoo.yaml': deployment('zoo') }

  it.each([
    ['risk', 'production/zoo.yaml'],
    ['prototype', 'production/zoo.yaml'],
    ['fifo', 'deploy/api.yaml'],
  ])('%s puts %s first', async (order, first) => {
    await open({ '.k8s-autofix.yaml': `schedule: {order: ${order}}\n` })
    const pull = scene.pull(files)
    const step = await scene.review(pull, {
      inputs: { 'max-suggestions': '1' },
    })
    expect(step.status, step.log).toBe(0)
    expect(scene.open(pull).map(({ path }) => path)).toEqual([first])
    const channels = step.report?.findings.flatMap(({ decision }) => decision?.channel ?? [])
    expect(channels).not.toContain('silent')
  })
})

describe('files that are never suggested in', () => {
  it('have their fixes in the summary, with the reason', async () => {
    await open({ '.k8s-autofix.yaml': 'schedule: {never-inline: ["rendered/**"]}\n' })
    const pull = scene.pull({
      'rendered/api.yaml': deployment('api'),
      'deploy/made.yaml': `# DO NOT EDIT\n${deployment('made')}`,
      'third_party/x.yaml': deployment('x'),
    })
    const step = await scene.review(pull)
    expect([step.status, scene.open(pull)]).toEqual([0, []])
    for (const reason of [
      'schedule.never-inline names its file',
      'is generated, as its first lines say',
      'is vendored',
    ])
      expect(JSON.stringify(step.report?.findings)).toContain(reason)
    expect(scene.summaries[0]).toContain('apply the change below (never inline')
    expect(scene.summaries[0]).toContain('allowPrivilegeEscalation: false')
  })

  it('are those that .gitattributes calls generated, before the change', async () => {
    await open({ '.gitattributes': 'deploy/** linguist-generated\n' })
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api'), '.gitattributes': '\n' })
    const step = await scene.review(pull)
    expect([step.status, scene.open(pull)]).toEqual([0, []])
    expect(JSON.stringify(step.report?.findings)).toContain('is generated, by .gitattributes')
  })
})

describe('a run that has learned', () => {
  const files = { 'deploy/api.yaml': deployment('api') }

  it('is silent on what nobody wants: no review, and a folded row that says why', async () => {
    await open()
    const pull = scene.pull(files)
    const { outcome } = await review(pull, { state: emptyState }, { mode: 'suggest', maxSuggestions: 0 })
    const said = await review(pull, { state: unwanted(outcome.report) })
    expect([pull.reviews, said.notes]).toEqual([[], []])
    const silent = said.outcome.report.findings.filter(({ decision }) => decision?.channel === 'silent')
    expect(silent.length).toBeGreaterThan(3)
    expect(silent[0]?.decision?.because).toMatch(
      /^silent: risk \d+, and \d % of such fixes are taken here \(40 seen\)/,
    )
    const [summary = ''] = scene.summaries
    expect(summary).toContain(`; ${silent.length} not worth a suggestion`)
    const [, folded = ''] = summary.split('<details>')
    expect(folded).toContain('apply the change below (silent&#58; risk')
    expect(summary.split('<details>')[0]).not.toContain('(silent')
    expect(summary).toContain('+            allowPrivilegeEscalation: false')
  })

  it('suggests what people take before what they leave', async () => {
    await open()
    const kept = '          securityContext:\n            allowPrivilegeEscalation: false\n'
    const profile = '      securityContext:\n        seccompProfile:\n          type: RuntimeDefault\n'
    const pull = scene.pull({
      'deploy/a.yaml': deployment('a', { extra: profile }),
      'deploy/b.yaml': deployment('b', { extra: kept }),
    })
    const inputs = { only: ['privilege-escalation', 'seccomp'] }
    const { outcome } = await review(pull, { state: emptyState }, { ...inputs, maxSuggestions: 0 })
    expect(outcome.report.findings.map(({ policy }) => policy)).toEqual(inputs.only)
    // Both have the same risk.
    for (const wanted of inputs.only) {
      pull.threads.splice(0)
      await review(pull, { state: tasteOf(outcome.report, (policy) => policy === wanted) }, inputs)
      expect(scene.open(pull).map(({ body }) => body)).toEqual([expect.stringContaining(wanted) as string])
    }
  })

  it('shows what is critical whatever people made of such findings', async () => {
    await open()
    const worst = deployment('api', { extra: '          securityContext:\n            privileged: true\n' })
    const pull = scene.pull({ 'deploy/api.yaml': worst })
    const inputs = { unsafeFixes: true, only: ['privileged-container'] }
    const { outcome } = await review(pull, { state: emptyState }, { ...inputs, maxSuggestions: 0 })
    await review(pull, { state: unwanted(outcome.report) }, inputs)
    expect(scene.open(pull)[0]?.body).toContain('shown whatever it is worth')
  })

  it('leaves what stands, on a second push, whatever it is worth by now', async () => {
    await open()
    const pull = scene.pull(files)
    const { outcome } = await review(pull, { state: emptyState })
    const before = scene.open(pull)
    expect(before).toHaveLength(1)
    scene.github.push(scene.store, 'feature', { 'deploy/api.yaml': `# the API\n${deployment('api')}` })
    const said = await review(pull, { state: unwanted(outcome.report) })
    expect(scene.open(pull).map(({ body }) => body)).toEqual(before.map(({ body }) => body))
    expect(pull.threads.map(({ comments }) => comments[0]?.isMinimised)).toEqual([false])
    const marker = suggestionMarker.read(before[0]?.body ?? '')
    const standing = said.outcome.report.findings.find(
      ({ fingerprint }) => fingerprint === marker?.fingerprints[0],
    )
    expect(standing?.decision).toMatchObject({ channel: 'inline', propensity: marker?.decision?.propensity })
    // The log of what was decided first stays.
    const decisions = summaryMarker.read(scene.summaries[0] ?? '')?.decisions
    expect(decisions?.[0]?.propensity).toBe(marker?.decision?.propensity)
  })

  it('does not suggest again what somebody has ignored, and says so', async () => {
    await open()
    const pull = scene.pull(files)
    const { outcome } = await review(pull, { state: emptyState }, { maxSuggestions: 0 })
    const at = Date.UTC(2026, 10, 20) / 1000
    const all = outcome.report.findings.map(
      ({ fingerprint }) => [findingId(repository, fingerprint), { at }] as const,
    )
    const said = await review(pull, { state: { ...emptyState, suppressed: new Map(all) } })
    expect(pull.reviews).toEqual([])
    expect(scene.summaries[0]).toContain('ignored on 2026-11-20, by /autofix ignore or queue ignore')
    expect(said.outcome.report.findings.some(({ decision }) => decision?.channel === 'inline')).toBe(false)
    // Nor is it put into a pull request of ours.
    const stacked = await review(
      pull,
      { state: { ...emptyState, suppressed: new Map(all) } },
      { mode: 'fix-pr' },
    )
    expect([stacked.fixPullRequest, stacked.notes]).toEqual([undefined, []])
    // What ran out counts no more.
    const over = all.map(([id, one]) => [id, { ...one, until: weekOf(time) - 1 }] as const)
    await review(pull, { state: { ...emptyState, suppressed: new Map(over) } })
    expect(pull.reviews).toHaveLength(1)
  })

  it('goes on without a state that nobody can read, and says so in the log', async () => {
    await open()
    const pull = scene.pull(files)
    const printed: string[] = []
    const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed.push(String(text))
      return true
    })
    try {
      await review(pull, { state: emptyState, trouble: 'the state of this repository is broken' })
    } finally {
      output.mockRestore()
    }
    expect(printed.join('')).toContain('::notice::the state of this repository is broken')
    expect([pull.reviews.length, scene.summaries.length]).toEqual([1, 1])
    expect(scene.summaries[0]).not.toContain('is broken')
  })
})

it('a suggestion is known by its findings and its edit, wherever it stands', () => {
  const edit = { file: 'a.yaml', kind: 'replace' as const, startLine: 3, endLine: 4, replacement: 'x' }
  expect(editHash({ ...edit, startLine: 13, endLine: 14 })).toBe(editHash(edit))
  expect(editHash({ ...edit, replacement: 'y' })).not.toBe(editHash(edit))
})
