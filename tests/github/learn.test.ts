import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { fixMarker, sealFor, suggestionMarker, summaryMarker } from '../../src/github/index.ts'
import { countsOf, findingId, weekOf } from '../../src/schedule/index.ts'
import { dispatchEvent, type Content, type Pull, type Thread } from '../support/github/index.ts'
import { day, forgedMark, Learner, marksIn, onlyOne, suggested, withMark, type Marker } from './learning.ts'
import { deployment, type Scene } from './scene.ts'
import { useScenes } from './scenes.ts'

const scenes = useScenes()
let scene: Scene
let learner: Learner

const path = 'deploy/api.yaml'
const extra = '          securityContext:\n            privileged: true\n            runAsUser: 1000\n'
const privileged = deployment('api', { extra })
const only = 'privileged-container'

async function open(files?: Readonly<Record<string, Content>>): Promise<void> {
  scene = await scenes.open(files)
  learner = new Learner(scene)
}

/** A pull request with one suggestion. */
async function offer({ key, text = privileged }: { key?: string; text?: string } = {}): Promise<{
  pull: Pull
  thread: Thread
  marker: Marker
}> {
  await open()
  const pull = scene.pull({ [path]: text })
  const [marker] = await suggested(scene, pull, { only, ...(key !== undefined && { key }) })
  const [thread] = pull.threads
  if (marker === undefined || thread === undefined) throw new Error('nothing was suggested')
  return { pull, thread, marker }
}

function push(branch: string, files: Readonly<Record<string, Content>>): void {
  scene.github.push(scene.store, branch, files)
}

/** Takes what is suggested by its button. */
function take(pull: Pull): string {
  const text = scene.taken(pull).get(path) ?? ''
  push('feature', { [path]: text })
  return text
}

afterEach(() => learner.remove())

describe('what becomes of a suggestion', () => {
  it('is a fix of ours where the button was pressed', async () => {
    const { pull, marker } = await offer()
    take(pull)
    scene.github.merge(scene.store, pull)
    const { state, line, notes } = await learner.run()
    expect([marksIn(state), notes]).toEqual([[['committed', 'fixed', 'shown']], []])
    expect(line).toContain('learned from 1 pull request: 1 suggestion taken, 0 left, 0 taken back')
    const { context, risk, propensity, week } = onlyOne(state)
    expect(context).toEqual(marker.decision?.context)
    expect([risk, propensity, week]).toEqual([40, 50, weekOf(Date.now())])
    expect(countsOf(state, week)).toMatchObject([{ shown: 1, fixed: 1, committed: 1, broke: 0 }])
  })

  it('counts at once, and before the merge', async () => {
    const { pull } = await offer()
    take(pull)
    expect(marksIn((await learner.run()).state)).toEqual([['committed', 'fixed', 'shown']])
  })

  it('is a fix of ours where others have come beside it, and where it was squashed', async () => {
    const { pull } = await offer()
    const text = take(pull).replace('runAsUser: 1000', 'runAsUser: 1000\n            runAsGroup: 1000')
    push('feature', { [path]: `# a comment\n${text}` })
    scene.github.merge(scene.store, pull, { squash: true })
    expect(marksIn((await learner.run()).state)).toEqual([['committed', 'fixed', 'shown']])
  })

  it('is a fix where somebody has found another one', async () => {
    const { pull } = await offer()
    const text = privileged.replace(/ {10}securityContext:\n(?: {12}.*\n)+/, '')
    push('feature', { [path]: text })
    scene.github.merge(scene.store, pull)
    expect(marksIn((await learner.run()).state)).toEqual([['fixed', 'shown']])
  })

  it('is nothing where it was left, from the merge on', async () => {
    const { pull } = await offer()
    expect(marksIn((await learner.run()).state)).toEqual([['shown']])
    scene.github.merge(scene.store, pull)
    const { state, line } = await learner.run()
    expect(marksIn(state)).toEqual([['shown', 'untouched']])
    expect(line).toContain('0 suggestions taken, 1 left, 0 taken back')
  })

  it('is nothing after two weeks in an open pull request, until somebody takes it after all', async () => {
    const { pull } = await offer()
    expect(marksIn((await learner.run({ time: Date.now() + 13 * day })).state)).toEqual([['shown']])
    expect(marksIn((await learner.run({ time: Date.now() + 15 * day })).state)).toEqual([
      ['shown', 'untouched'],
    ])
    take(pull)
    const { state } = await learner.run({ time: Date.now() + 16 * day })
    expect(marksIn(state)).toEqual([['committed', 'fixed', 'shown', 'untouched']])
    expect(countsOf(state, 0)).toMatchObject([{ shown: 1, fixed: 1, committed: 1 }])
  })

  it('is unknown where the pull request was closed, unless it was taken before', async () => {
    const { pull } = await offer()
    scene.github.close(pull)
    const { state } = await learner.run()
    expect(marksIn(state)).toEqual([['censored', 'shown']])
    expect(countsOf(state, 0)).toEqual([])
    learner.remove()
    const { pull: other } = await offer()
    take(other)
    scene.github.close(other)
    expect(marksIn((await learner.run()).state)).toEqual([['committed', 'fixed', 'shown']])
  })

  it('is unknown where the file is gone, or the object', async () => {
    const { pull } = await offer()
    push('feature', { [path]: null, 'other.txt': 'x\n' })
    scene.github.merge(scene.store, pull)
    expect(marksIn((await learner.run()).state)).toEqual([['censored', 'shown']])
    learner.remove()
    const { pull: other } = await offer()
    push('feature', { [path]: deployment('web') })
    scene.github.merge(scene.store, other)
    expect(marksIn((await learner.run()).state)).toEqual([['censored', 'shown']])
  })

  it.each([
    ['taken', true, ['committed', 'fixed', 'shown']],
    ['left', false, ['shown', 'untouched']],
  ])('is followed into a file of another name: %s', async (_, isTaken, marks) => {
    const { pull } = await offer()
    const text = isTaken ? (scene.taken(pull).get(path) ?? '') : privileged
    push('feature', { [path]: null, 'apps/shop/api.yaml': text })
    scene.github.merge(scene.store, pull)
    expect(marksIn((await learner.run()).state)).toEqual([marks])
  })

  it('is open for as long as the pull request is a draft', async () => {
    const { pull } = await offer()
    pull.draft = true
    expect(marksIn((await learner.run({ time: Date.now() + 15 * day })).state)).toEqual([['shown']])
    pull.draft = false
    expect(marksIn((await learner.run({ time: Date.now() + 16 * day })).state)).toEqual([
      ['shown', 'untouched'],
    ])
  })

  it('is unknown where it was folded, with the finding as it was', async () => {
    const { pull, thread } = await offer()
    const [first] = thread.comments
    if (first === undefined) throw new Error('no comment')
    first.isMinimised = true
    expect(marksIn((await learner.run({ time: Date.now() + 15 * day })).state)).toEqual([['shown']])
    scene.github.merge(scene.store, pull)
    expect(marksIn((await learner.run({ file: 'merged.json' })).state)).toEqual([['censored', 'shown']])
  })

  it('is unknown where the container has got another name, and the finding with it', async () => {
    const { pull } = await offer()
    push('feature', {
      [path]: privileged.replace('name: api\n          image', 'name: web\n          image'),
    })
    scene.github.merge(scene.store, pull)
    expect(marksIn((await learner.run()).state)).toEqual([['censored', 'shown']])
  })

  it('is a risk that is taken where the object says so', async () => {
    const { pull } = await offer()
    const note = `  annotations:\n    k8s-autofix.dev/ignore: "${only}: debugging"\n`
    push('feature', { [path]: privileged.replace('  namespace: shop\n', `  namespace: shop\n${note}`) })
    scene.github.merge(scene.store, pull)
    const { state } = await learner.run()
    expect([marksIn(state), countsOf(state, 0)]).toEqual([[['accepted', 'shown']], []])
  })

  it('is unknown where a newer one took its place, which counts', async () => {
    const { pull, thread } = await offer()
    // The lines around it change, and with them the edit.
    push('feature', { [path]: privileged.replace('privileged: true', 'privileged: true # for now') })
    await suggested(scene, pull, { only })
    expect(pull.threads).toHaveLength(2)
    expect(thread.comments[0]?.isMinimised).toBe(true)
    take(pull)
    scene.github.merge(scene.store, pull)
    expect(marksIn((await learner.run()).state).sort((a, b) => a.length - b.length)).toEqual([
      ['censored', 'shown'],
      ['committed', 'fixed', 'shown'],
    ])
  })

  it('is broken where the default branch takes it back', async () => {
    const { pull } = await offer()
    take(pull)
    scene.github.merge(scene.store, pull)
    push('main', { [path]: privileged })
    const { state, line } = await learner.run({ time: Date.now() + 13 * day })
    expect(marksIn(state)).toEqual([['broke', 'committed', 'fixed', 'shown']])
    expect(line).toContain('1 suggestion taken, 0 left, 1 taken back')
    // Somebody who starts from nothing later sees it as it was when the time was up.
    const late = await learner.run({ time: Date.now() + 40 * day, file: 'other.json' })
    expect(marksIn(late.state)).toEqual([['broke', 'committed', 'fixed', 'shown']])
  })

  it('is not broken where the finding comes back another way', async () => {
    const { pull } = await offer()
    take(pull)
    scene.github.merge(scene.store, pull)
    const other = privileged.replace('name: api\n          image', 'name: web\n          image')
    push('main', { [path]: other })
    expect(marksIn((await learner.run()).state)).toEqual([['committed', 'fixed', 'shown']])
  })
})

describe('a pull request of a stranger', () => {
  it('teaches nothing by itself, since nobody who has a say here has done anything', async () => {
    const { pull, marker } = await offer()
    if (marker.decision === undefined) throw new Error('nothing was decided')
    const candidate = { ...marker.decision, id: 'abcdefghijk' }
    const body = `x\n${summaryMarker.write({ commit: pull.headSha, decisions: [candidate] })}`
    scene.store.issueComments.push({
      id: scene.github.next(),
      pull: pull.number,
      author: 'github-actions[bot]',
      body,
    })
    const there = { ...pull.head }
    pull.head.owner = 'stranger'
    const left = await learner.run({ time: Date.now() + 15 * day })
    expect(marksIn(left.state)).toEqual([['shown']])
    pull.head = { ...there }
    take(pull)
    pull.head.owner = 'stranger'
    expect(marksIn((await learner.run({ file: 'taken.json' })).state)).toEqual([['shown']])
    pull.state = 'closed'
    const { state } = await learner.run({ file: 'closed.json' })
    expect([marksIn(state), countsOf(state, 0)]).toEqual([[['censored', 'shown']], []])
    // Whoever merges it may write here.
    pull.state = 'open'
    scene.github.merge(scene.store, pull)
    const merged = await learner.run({ file: 'merged.json' })
    expect(marksIn(merged.state)).toEqual([['committed', 'fixed', 'shown'], []])
  })

  it('is heard where somebody who may write has said something', async () => {
    const { pull, thread } = await offer()
    pull.head.owner = 'stranger'
    scene.store.collaborators.set('ann', 'write')
    scene.github.reply(pull, thread, 'ann', '/autofix ignore false positive')
    const { state } = await learner.run()
    expect([marksIn(state), state.suppressed.size]).toEqual([[['dismissed', 'shown']], 1])
  })
})

describe('a word of somebody', () => {
  it.each([
    ['/autofix ignore false positive: the pod is a debugger', 'write', 'dismissed'],
    ['> quoted\n\n/autofix ignore privileged-container wrong, this is needed', 'admin', 'dismissed'],
    ['/autofix ignore accepted until 2027-01-31', 'write', 'accepted'],
  ] as const)('who may write counts: %s', async (body, permission, mark) => {
    const { pull, thread, marker } = await offer()
    scene.store.collaborators.set('ann', permission)
    scene.github.reply(pull, thread, 'ann', body)
    scene.github.merge(scene.store, pull)
    const { state } = await learner.run()
    expect(marksIn(state)).toEqual([[mark, 'shown', 'untouched'].sort()])
    const [[id, suppression] = []] = state.suppressed
    expect(id).toBe(findingId('acme/shop', marker.fingerprints[0] ?? ''))
    expect(suppression?.until).toBe(body.includes('until') ? weekOf(Date.parse('2027-01-31')) : undefined)
    expect(countsOf(state, 0)).toHaveLength(mark === 'dismissed' ? 1 : 0)
  })

  it('teaches nothing where somebody else says it, or it is something else', async () => {
    const { pull, thread } = await offer()
    scene.store.collaborators.set('ann', 'write')
    for (const [author, body] of [
      ['stranger', '/autofix ignore false positive'],
      ['other[bot]', '/autofix ignore false positive'],
      ['github-actions[bot]', '/autofix ignore false positive'],
      ['ann', 'please do /autofix ignore false positive'],
      ['ann', '/autofix ignore'],
      ['ann', '/autofix ignored false positive'],
    ] as const) {
      scene.github.reply(pull, thread, author, body)
      const { state } = await learner.run({ file: `${author} ${body.length}.json` })
      expect([author, body, marksIn(state), state.suppressed.size]).toEqual([author, body, [['shown']], 0])
    }
  })
})

describe('a mark', () => {
  it('has to hold the seal where there is a key, and that of its pull request', async () => {
    const { pull, thread, marker } = await offer({ key: 'secret' })
    take(pull)
    const sealed = await learner.run({ key: 'secret' })
    expect(marksIn(sealed.state)).toEqual([['committed', 'fixed', 'shown']])
    const [first] = thread.comments
    if (first === undefined) throw new Error('no comment')
    for (const seal of [
      undefined,
      sealFor('other', scene.store, pull.number),
      sealFor('secret', scene.store, pull.number + 1),
      sealFor('secret', { owner: 'acme', name: 'other' }, pull.number),
    ]) {
      first.body = withMark(first.body, marker, seal)
      const { state } = await learner.run({ key: 'secret', file: 'forged.json' })
      expect(state.suggestions.size).toBe(0)
    }
    // Without a key, what can be found again is enough.
    expect(marksIn((await learner.run({ file: 'open.json' })).state)).toHaveLength(1)
  })

  it('teaches nothing where anything of it is forged', async () => {
    const { pull, thread, marker } = await offer()
    scene.store.collaborators.set('ann', 'write')
    scene.github.reply(pull, thread, 'ann', '/autofix ignore wrong')
    take(pull)
    const [first] = thread.comments
    const { decision } = marker
    if (first === undefined || decision === undefined) throw new Error('no comment')
    const { body, author, commit, originalLine } = first
    const text = suggestionMarker.without(body)
    const { context } = decision
    const other = scene.store.repository.branch('main') ?? ''
    const wrong = '0'.repeat(64)
    const decided = (some: object): object => ({ ...marker, decision: { ...decision, ...some } })
    const forged: Readonly<Record<string, () => void>> = {
      'by somebody else': () => (first.author = 'mallory'),
      'by another app': () => (first.author = 'other[bot]'),
      'without a decision': () => (first.body = forgedMark(text, { ...marker, decision: undefined })),
      'another edit': () => (first.body = forgedMark(text, { ...marker, edit: wrong })),
      'another path': () => (first.body = forgedMark(text, { ...marker, path: 'deploy/web.yaml' })),
      'another commit': () => (first.body = forgedMark(text, { ...marker, commit: other })),
      'a commit that is none': () => (first.body = forgedMark(text, { ...marker, commit: '1'.repeat(40) })),
      'a commit that the comment is not for': () => (first.commit = other),
      'a finding that is none': () => (first.body = forgedMark(text, { ...marker, fingerprints: [wrong] })),
      'a finding more': () =>
        (first.body = forgedMark(text, { ...marker, fingerprints: [...marker.fingerprints, wrong] })),
      'another policy': () =>
        (first.body = forgedMark(text, decided({ context: { ...context, policy: 'host-network' } }))),
      'another kind': () =>
        (first.body = forgedMark(text, decided({ context: { ...context, kind: 'Pod' } }))),
      'another environment': () =>
        (first.body = forgedMark(text, decided({ context: { ...context, environment: 'test' } }))),
      'a risk that is none': () => (first.body = forgedMark(text, decided({ risk: 101 }))),
      'a chance that is none': () => (first.body = forgedMark(text, decided({ propensity: 7 }))),
      'a context with more in it': () =>
        (first.body = forgedMark(text, decided({ context: { ...context, more: 'x' } }))),
      'other lines': () => (first.originalLine = originalLine - 1),
      'lines that are none': () => (first.originalLine = 5000),
      'other words in the fence': () => (first.body = body.replace('privileged: false', 'privileged: maybe')),
      'no fence': () => (first.body = body.replaceAll(/```.*\n/g, '')),
      'a stranger’s words behind it': () => (first.body = `${body}\nmore`),
      'a stranger’s suggestion before it': () =>
        (first.body = `\`\`\`suggestion\nhostPID: true\n\`\`\`\n\n${body}`),
      'a mark of another kind': () => (first.body = body.replace(':suggestion:', ':summary:')),
      'a mark that is none': () => (first.body = body.replace(/v1:.{9}/, 'v1:!')),
      'an answer in a thread of somebody else': () =>
        thread.comments.unshift({ ...first, id: 1, author: 'mallory', body: 'x' }),
    }
    for (const [name, forge] of Object.entries(forged)) {
      forge()
      const { state, notes } = await learner.run({ file: `${name}.json` })
      expect([name, state.suggestions.size, state.suppressed.size, notes]).toEqual([name, 0, 0, []])
      Object.assign(first, { body, author, commit, originalLine })
      if (thread.comments[0] !== first) thread.comments.shift()
    }
    const { state } = await learner.run()
    expect([state.suggestions.size, state.suppressed.size]).toEqual([1, 1])
  })

  it('that is altered teaches the same or nothing, wherever that is', async () => {
    const { pull, thread } = await offer({ key: 'secret' })
    const [first] = thread.comments
    if (first === undefined) throw new Error('no comment')
    take(pull)
    const genuine = await learner.run({ key: 'secret' })
    const { body } = first
    let forged = 0
    await fc.assert(
      fc.asyncProperty(
        fc.nat(body.length),
        fc.nat(3),
        fc.string({ unit: 'grapheme', maxLength: 3 }),
        async (at, length, words) => {
          first.body = body.slice(0, at) + words + body.slice(at + length)
          const { state } = await learner.run({ key: 'secret', file: `${forged++}.json` })
          expect([0, 1]).toContain(state.suggestions.size)
          if (state.suggestions.size === 1) expect(state).toEqual(genuine.state)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('of which the suggestion mends nothing teaches nothing, however well it is made', async () => {
    const { thread, marker } = await offer()
    const [first] = thread.comments
    if (first === undefined) throw new Error('no comment')
    const { createHash } = await import('node:crypto')
    const lines = first.originalLine - (first.originalStartLine ?? first.originalLine)
    for (const said of ['            privileged: true\n', '            privileged: true # fine\n', '']) {
      const edit = createHash('sha256')
        .update(JSON.stringify([lines, said]))
        .digest('hex')
      first.body = forgedMark(`\`\`\`suggestion\n${said}\`\`\``, { ...marker, edit })
      expect((await learner.run({ file: 'forged.json' })).state.suggestions.size, said).toBe(
        said === '' ? 1 : 0,
      )
    }
  })
})

describe('a run that learns', () => {
  it('ends in the same state, to the byte, however often it runs and whatever it starts from', async () => {
    const { pull } = await offer()
    take(pull)
    scene.github.merge(scene.store, pull)
    const time = Date.now() + day
    const { text } = await learner.run({ time })
    expect((await learner.run({ time })).text).toBe(text)
    expect((await learner.run({ time, file: 'other.json' })).text).toBe(text)
  })

  it('knows the backlog of the branch, and for how long', async () => {
    await open({ [path]: deployment('api') })
    const today = Math.floor(Date.now() / day)
    const first = await learner.run()
    expect(new Set(first.state.backlog.values())).toEqual(new Set([today]))
    expect(first.state.backlog.size).toBe(9)
    expect((await learner.run({ time: Date.now() + 5 * day })).text).toBe(first.text)
    push('main', { [path]: 'a: 1\n' })
    expect((await learner.run()).state.backlog.size).toBe(0)
  })

  it('keeps what could have been suggested and was not, as not shown', async () => {
    const { pull, marker } = await offer()
    if (marker.decision === undefined) throw new Error('nothing was decided')
    const { context } = marker.decision
    const decisions = [
      { id: 'abcdefghijk', context, risk: 20, propensity: 0.25 },
      { id: 'abcdefghijl', context: { ...context, policy: 'no-policy' }, risk: 20, propensity: 0.25 },
    ]
    const body = `x\n${summaryMarker.write({ commit: pull.headSha, decisions })}`
    const id = scene.github.next()
    scene.store.issueComments.push({ id, pull: pull.number, author: 'mallory', body })
    expect((await learner.run()).state.suggestions.size).toBe(1)
    scene.store.issueComments.push({ id, pull: pull.number, author: 'github-actions[bot]', body })
    const { state } = await learner.run()
    expect([...(state.suggestions.get('abcdefghijk')?.marks ?? ['none'])]).toEqual([])
    expect([state.suggestions.size, countsOf(state, 0)]).toEqual([2, []])
    expect((await learner.run({ key: 'secret', file: 'other.json' })).state.suggestions.size).toBe(0)
  })

  it('finds its threads among hundreds', async () => {
    const { pull, thread } = await offer()
    const [first] = thread.comments
    if (first === undefined) throw new Error('no comment')
    pull.threads.unshift(
      ...Array.from({ length: 320 }, (_, index) => ({
        id: `other-${index}`,
        isResolved: false,
        comments: [{ ...first, id: 10_000 + index, author: 'mallory' }],
      })),
    )
    take(pull)
    const { state, requests } = await learner.run()
    expect(marksIn(state)).toEqual([['committed', 'fixed', 'shown']])
    expect(requests).toBeLessThanOrEqual(14)
  })

  it('reads page by page, and no further back than it has read', async () => {
    const { pull } = await offer()
    for (let index = 0; index < 45; index++) {
      const branch = `more-${index}`
      scene.store.repository.git('update-ref', `refs/heads/${branch}`, pull.headSha)
      scene.github.openPull(scene.store, { head: branch })
    }
    pull.updatedAt = pull.createdAt
    expect((await learner.run()).state.suggestions.size).toBe(1)
    pull.updatedAt = new Date(Date.now() - 31 * day).toISOString()
    const graphql = () => scene.github.requests.filter(({ path: at }) => at.endsWith('/graphql')).length
    const before = graphql()
    const { state } = await learner.run()
    expect([state.suggestions.size, graphql() - before]).toEqual([1, 3])
    pull.updatedAt = new Date(Date.now() - 181 * day).toISOString()
    expect((await learner.run({ file: 'other.json' })).state.suggestions.size).toBe(0)
  })

  it.each([0, 1, 2])(
    'keeps what it has where GitHub takes no more than %i queries, and says so',
    async (most) => {
      const { pull } = await offer()
      const known = await learner.run()
      take(pull)
      const limited = {
        method: 'POST',
        path: /graphql$/,
        times: 1,
        status: 429,
        headers: { 'retry-after': '3600' },
      }
      const before = (): void => {
        for (let passed = 0; passed < most; passed++)
          scene.github.before({ method: 'POST', path: /graphql$/ }, () => undefined)
        scene.github.fail(limited)
      }
      const { state, notes } = await learner.run({ before })
      expect(state.harvested).toBe(known.state.harvested)
      expect(marksIn(state)).toEqual([['shown']])
      expect(notes.join('\n')).toContain('GitHub takes no more requests for now')
      expect(marksIn((await learner.run()).state)).toEqual([['committed', 'fixed', 'shown']])
    },
  )

  it('goes on where files of one pull request are more than it reads', async () => {
    const { pull } = await offer()
    take(pull)
    const before = (): void => {
      scene.github.before({ method: 'POST', path: /graphql$/ }, () => undefined)
      scene.github.fail({ method: 'POST', path: /graphql$/, status: 200, body: '{"data":{"repository":7}}' })
    }
    const { state, notes } = await learner.run({ before })
    expect([state.suggestions.size, notes]).toEqual([
      0,
      ['what has become of 1 suggestion could not be read'],
    ])
    expect(state.harvested).toBeGreaterThan(0)
  })

  it('is not ended by what it has not foreseen, and says so', async () => {
    await offer()
    const known = await learner.run()
    const pastPullRequests = async (): Promise<never> => Promise.reject(new RangeError('too deep'))
    const { text, notes, line } = await learner.run({ change: (forge) => ({ ...forge, pastPullRequests }) })
    expect([text, notes]).toEqual([
      known.text,
      ['nothing was learned from what became of suggestions: too deep'],
    ])
    expect(line).toContain('::warning::this is a bug in k8s-autofix')
  })

  it('says what its token lacks, and goes on', async () => {
    await offer()
    const { state, notes } = await learner.run({ permissions: { contents: 'read' } })
    expect([state.suggestions.size, state.harvested]).toEqual([0, 0])
    expect(notes.join('\n')).toContain(
      'add pull-requests: read to the permissions of the job; or set the input state to none',
    )
  })
})

describe('a pull request of ours', () => {
  const branch = 'k8s-autofix/main/fixes'
  const files = { [path]: privileged, 'deploy/web.yaml': deployment('web', { extra }) }

  async function sweep(inputs: Readonly<Record<string, string>> = {}): Promise<Pull> {
    await open(files)
    const permissions = { contents: 'write', pull_requests: 'write' } as const
    const event = dispatchEvent(scene.store)
    const step = await scene.run({ permissions, inputs: { mode: 'fix-pr', only, ...inputs }, event })
    expect(step.log).toContain('learned from ')
    const pull = scene.store.pulls.find(({ head }) => head.ref === branch)
    if (pull === undefined) throw new Error(`no pull request: ${step.log}`)
    return pull
  }

  it('is taken where it is merged, each finding for itself, and broken where it is taken back', async () => {
    const pull = await sweep()
    expect(marksIn((await learner.run()).state)).toEqual([['shown'], ['shown']])
    push(branch, { 'deploy/web.yaml': files['deploy/web.yaml'] ?? '' })
    scene.github.merge(scene.store, pull)
    const { state } = await learner.run()
    expect(marksIn(state).sort((a, b) => a.length - b.length)).toEqual([
      ['censored', 'shown'],
      ['committed', 'fixed', 'shown'],
    ])
    expect(
      [...state.suggestions.values()].map(({ context, propensity }) => [context.policy, propensity]),
    ).toEqual([
      [only, 100],
      [only, 100],
    ])
    push('main', { [path]: privileged })
    expect(marksIn((await learner.run()).state)).toContainEqual(['broke', 'committed', 'fixed', 'shown'])
  })

  it('is declined where a person closes it, and not where we do', async () => {
    const pull = await sweep()
    scene.github.close(pull)
    const { state } = await learner.run()
    expect(marksIn(state)).toEqual([
      ['shown', 'untouched'],
      ['shown', 'untouched'],
    ])
    pull.body = fixMarker.without(pull.body)
    expect((await learner.run({ file: 'other.json' })).state.suggestions.size).toBe(0)
  })

  it('is not taken back where the run is about a commit from before the merge', async () => {
    const pull = await sweep()
    const commit = scene.store.repository.branch('main') ?? ''
    scene.github.merge(scene.store, pull)
    const { state } = await learner.run({ commit })
    expect(marksIn(state)).toEqual([
      ['committed', 'fixed', 'shown'],
      ['committed', 'fixed', 'shown'],
    ])
  })

  it('is the same offer after it was made anew', async () => {
    const pull = await sweep()
    const before = await learner.run()
    push('main', { [path]: privileged.replace('replicas: 2', 'replicas: 3') })
    const event = dispatchEvent(scene.store)
    const permissions = { contents: 'write', pull_requests: 'write' } as const
    const { body } = pull
    await scene.run({ permissions, inputs: { mode: 'fix-pr', only }, event })
    expect(pull.body).not.toBe(body)
    expect([...(await learner.run()).state.suggestions.keys()]).toEqual([...before.state.suggestions.keys()])
  })

  it('is not declined where its base may have gone away', async () => {
    const pull = await sweep()
    pull.base = 'feature'
    pull.state = 'closed'
    expect(marksIn((await learner.run()).state)).toEqual([
      ['censored', 'shown'],
      ['censored', 'shown'],
    ])
  })

  it('has to hold the seal where there is a key', async () => {
    const pull = await sweep({ 'state-key': 'secret' })
    scene.github.merge(scene.store, pull)
    expect((await learner.run({ key: 'secret' })).state.suggestions.size).toBe(2)
    expect((await learner.run({ key: 'other', file: 'other.json' })).state.suggestions.size).toBe(0)
  })

  it('is none where somebody else has opened it, or it comes from somewhere else', async () => {
    const pull = await sweep()
    for (const forge of [{ author: 'mallory' }, { head: { ...pull.head, ref: 'other' } }]) {
      const genuine = { ...pull }
      Object.assign(pull, forge)
      expect((await learner.run({ file: 'forged.json' })).state.suggestions.size).toBe(0)
      Object.assign(pull, genuine)
    }
    const marker = fixMarker.read(pull.body)
    for (const some of [{ base: '1'.repeat(40) }, { decisions: undefined }]) {
      if (marker === undefined) throw new Error('no mark')
      pull.body = fixMarker.write({ ...marker, ...some })
      expect((await learner.run({ file: 'forged.json' })).state.suggestions.size).toBe(0)
    }
  })
})

describe('the Action', () => {
  it.each(['push', 'schedule', 'workflow_dispatch'])('learns on the default branch on %s', async (name) => {
    const { pull } = await offer()
    take(pull)
    scene.github.merge(scene.store, pull)
    const event = { ...dispatchEvent(scene.store), name }
    const step = await scene.run({ event, inputs: { mode: 'report' } })
    expect([step.status, step.log]).toEqual([
      0,
      expect.stringContaining('learned from 1 pull request: 1 suggestion taken, 0 left, 0 taken back'),
    ])
    expect(scene.github.requests.length).toBeLessThan(40)
  })

  it('does not learn on another branch, nor where it shall keep nothing', async () => {
    const { pull } = await offer()
    take(pull)
    const feature = await scene.run({
      event: dispatchEvent(scene.store, 'feature'),
      inputs: { mode: 'report' },
    })
    expect([feature.status, feature.log]).toEqual([0, expect.not.stringContaining('learned')])
    const event = dispatchEvent(scene.store)
    const none = await scene.run({ event, inputs: { mode: 'report', state: 'none' } })
    expect([none.status, none.log]).toEqual([0, expect.not.stringContaining('learned')])
  })

  it('goes on where it may not learn', async () => {
    const { pull } = await offer()
    take(pull)
    const event = dispatchEvent(scene.store)
    const step = await scene.run({ event, inputs: { mode: 'report' }, permissions: { contents: 'read' } })
    expect(step.status).toBe(0)
    expect(step.summary).toContain('what has become of older suggestions is not known')
  })
})
