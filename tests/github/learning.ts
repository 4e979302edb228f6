import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { sweepBranch } from '../../src/action/fix-pull-request.ts'
import { learn } from '../../src/action/learn.ts'
import type { Said } from '../../src/action/said.ts'
import { stateFile } from '../../src/adapters/state-file.ts'
import { candidateOf } from '../../src/deciding.ts'
import { createForge, sealFor, suggestionMarker, type Forge, type Seal } from '../../src/github/index.ts'
import type { Context, Finding } from '../../src/model/index.ts'
import { emptyState, parseState, type Mark, type State, type Suggestion } from '../../src/schedule/index.ts'
import type { Pull } from '../support/github/index.ts'
import { reportInputs } from './action-inputs.ts'
import type { Scene } from './scene.ts'

/*
 * Runs that learn: from the sources, against the GitHub of the tests, with the state in a file. What was suggested comes
 * from the Action itself.
 */

export const day = 86_400_000

export type Marker = NonNullable<ReturnType<typeof suggestionMarker.read>>

export interface Learned {
  state: State
  text: string
  notes: string[]
  /** What it says in its log. */
  line: string
  requests: number
}

export class Learner {
  private readonly scene: Scene
  private readonly folder = mkdtempSync(join(tmpdir(), 'k8s-autofix-learning-'))
  private said: { commit: string; said: Said } | undefined

  constructor(scene: Scene) {
    this.scene = scene
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** A run on the default branch; the state is that of the runs before it with the same `file`. */
  async run({
    time = Date.now(),
    key,
    file = 'state.json',
    branch = 'main',
    commit = this.scene.store.repository.branch(branch) ?? '',
    permissions = { contents: 'read', pull_requests: 'read' },
    before = () => undefined,
    change = (forge) => forge,
  }: {
    time?: number
    key?: string
    file?: string
    branch?: string
    /** What was pushed; its tip, unless something has come since. */
    commit?: string
    permissions?: Parameters<Scene['github']['token']>[0]
    /** What happens between the scan and what is learned. */
    before?: () => void
    /** What is asked of GitHub for what is learned. */
    change?: (forge: Forge) => Forge
  } = {}): Promise<Learned> {
    const { github, store } = this.scene
    const inputs = { ...reportInputs, time, stateKey: key }
    const host = { entry: new URL('../../src/main.ts', import.meta.url), version: '0.0.0', now: () => 0 }
    const forge = createForge({
      token: github.token(permissions),
      apiUrl: `${github.url}/api/v3`,
      graphqlUrl: `${github.url}/api/graphql`,
      repository: { owner: store.owner, name: store.name },
      version: '0.0.0',
      log: () => undefined,
      now: () => Date.now(),
      wait: async () => undefined,
    })
    if (this.said?.commit !== commit) {
      const said = await sweepBranch({
        forge,
        inputs,
        host,
        temporary: this.folder,
        branch,
        commit,
        state: emptyState,
      })
      this.said = { commit, said }
    }
    const said = { ...this.said.said, notes: [] }
    const path = join(this.folder, file)
    const printed: string[] = []
    const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed.push(String(text))
      return true
    })
    before()
    const already = github.requests.length
    try {
      const kept = stateFile(path)
      await learn(said, {
        forge: change(forge),
        inputs,
        host,
        store: kept,
        restored: await kept.restore(),
        temporary: this.folder,
        branch,
      })
    } finally {
      output.mockRestore()
    }
    const text = readFileSync(path, 'utf8')
    const state = parseState(text)
    if (state === undefined) throw new Error('what was written is no state')
    const line = printed.join('')
    return { state, text, notes: said.notes, line, requests: github.requests.length - already }
  }
}

/** What the Action suggests in a pull request, each comment with a mark that says what was decided; and nothing else. */
export async function suggested(
  scene: Scene,
  pull: Pull,
  { only = '', key, max = '1' }: { only?: string; key?: string; max?: string } = {},
): Promise<Marker[]> {
  const step = await scene.review(pull, { inputs: { only, 'max-suggestions': max } })
  scene.store.issueComments.splice(0)
  const findings = new Map(step.report?.findings.map((finding) => [finding.fingerprint, finding]))
  return pull.threads.flatMap(({ comments: [first] }) => {
    const marker = first && suggestionMarker.read(first.body)
    if (first === undefined || marker === undefined) return []
    const decided = {
      ...marker,
      decision: { context: contextOf(marker, findings), risk: 40, propensity: 0.5 },
    }
    first.body = withMark(first.body, decided, sealFor(key, scene.store, pull.number))
    return [decided]
  })
}

export function withMark(body: string, marker: Marker, seal?: Seal): string {
  return `${suggestionMarker.without(body)}\n\n${suggestionMarker.write(marker, seal)}`
}

/** The same with a mark that may hold anything. */
export function forgedMark(body: string, marker: object): string {
  const data = Buffer.from(JSON.stringify(marker)).toString('base64url')
  return `${suggestionMarker.without(body)}\n\n<!-- k8s-autofix:suggestion:v1:${data} -->`
}

function contextOf({ fingerprints }: Marker, findings: ReadonlyMap<string, Finding>): Context {
  const [first, ...others] = fingerprints.flatMap((one) => findings.get(one) ?? [])
  if (first === undefined) throw new Error('a mark names no finding')
  return candidateOf([first, ...others], { isIntroduced: () => true, mayBeInline: () => true }).context
}

/** What was seen of each suggestion, in the order of the marks. */
export function marksIn({ suggestions }: State): Mark[][] {
  return [...suggestions.values()].map(({ marks }) => [...marks].sort())
}

export function onlyOne({ suggestions }: State): Suggestion {
  const [only, ...others] = suggestions.values()
  if (only === undefined || others.length > 0) throw new Error(`there are ${suggestions.size} suggestions`)
  return only
}
