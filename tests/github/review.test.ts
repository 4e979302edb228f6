import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { mergeGroupEvent, pullRequestEvent, type Content } from '../support/github/index.ts'
import { deployment, writes, type Scene } from './scene.ts'
import { useScenes } from './scenes.ts'

const scenes = useScenes()
let scene: Scene

async function open(files?: Readonly<Record<string, Content>>): Promise<Scene> {
  scene = await scenes.open(files)
  return scene
}

const tenFiles = Object.fromEntries(
  Array.from({ length: 10 }, (_, index) => [`deploy/app-${index}.yaml`, deployment(`app-${index}`)]),
)

describe('a pull request from the same repository', () => {
  it('gets one review and one summary, in at most tenFiles requests for ten files', async () => {
    await open()
    const pull = scene.pull(tenFiles)
    const step = await scene.review(pull, { inputs: { verify: '' } })
    expect([step.status, pull.reviews.length, scene.summaries.length]).toEqual([0, 1, 1])
    // The review is the first thing written.
    expect(scene.writes).toEqual([
      `POST /pulls/${pull.number}/reviews`,
      `POST /issues/${pull.number}/comments`,
    ])
    expect(scene.github.requests.length).toBeLessThanOrEqual(12)
    expect(scene.open(pull)).toHaveLength(3)
    expect(step.outputs['review-id']).toBe(String(pull.reviews[0]?.id))
    expect(Number(step.outputs['findings-count'])).toBe(90)
    expect(step.report?.verification.reached).toBe('api')
  })

  it('offers suggestions that give the very file that the fixes give, taken as GitHub takes them', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull, { inputs: { verify: '' } })
    const [text] = scene.taken(pull).values()
    expect(text).toContain('            allowPrivilegeEscalation: false\n')
    scene.store.repository.commit('feature', { 'deploy/api.yaml': text ?? '' })
    scene.github.push(scene.store, 'feature', {})
    const step = await scene.review(pull, { action: 'synchronize', inputs: { verify: '' } })
    const left = step.report?.findings.filter(({ state, safe }) => state === 'fixed' && safe !== false)
    expect(left).toEqual([])
    expect(pull.reviews).toHaveLength(1)
  })

  it('tells of a new file in the summary, since no suggestion can make one', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    const step = await scene.review(pull, { inputs: { verify: '', only: 'non-isolated-pod' } })
    expect([step.status, scene.open(pull)]).toEqual([0, []])
    const [summary] = scene.summaries
    expect(summary).toMatch(/adds <code>deploy\/api-network-policy[^<]*<\/code>; read before applying/)
    expect(summary).toContain(
      '@@ new file deploy/api-network-policy.yaml @@\n+apiVersion: networking.k8s.io/v1\n',
    )
    expect(step.report?.findings[0]?.verification?.level).toBe('api')
  })

  it('says on a suggestion what, why, how far it is proven, what it may break and how to be rid of it', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull, { inputs: { verify: '' } })
    const body = scene.open(pull)[0]?.body
    for (const part of [
      '**One change for 4 findings**',
      'The container may gain more privileges than its parent process',
      'Proven to level api: parses, no other byte changes, findings gone, nothing new, accepted by Kubernetes',
      'Chance that it breaks the workload: ',
      'no&#95;new&#95;privs',
      'Resolve this conversation',
    ])
      expect(body).toContain(part)
  })

  it('comments on what the change did, and not on what was there before', async () => {
    const old = deployment('old')
    await open({ 'deploy/old.yaml': old, 'deploy/other.yaml': deployment('other') })
    const pull = scene.pull({
      'deploy/old.yaml': old.replace('replicas: 2', 'replicas: 3'),
      'deploy/new.yaml': deployment('new'),
    })
    const step = await scene.review(pull)
    const left = step.report?.findings.filter(({ state }) => state !== 'baseline') ?? []
    expect(new Set(left.map(({ location }) => location.file))).toEqual(new Set(['deploy/new.yaml']))
    expect(step.report?.findings.some(({ location }) => location.file === 'deploy/old.yaml')).toBe(true)
    expect(step.report?.findings.some(({ location }) => location.file === 'deploy/other.yaml')).toBe(false)
    expect(scene.summaries[0]).toMatch(/9 findings were there before this change\./)
  })

  it('sees what a change caused on lines that it did not touch', async () => {
    const safe = deployment('api', { extra: '          securityContext:\n            privileged: false\n' })
    await open({ 'deploy/api.yaml': safe })
    const pull = scene.pull({
      'deploy/api.yaml': safe.replace('privileged: false', 'privileged: true'),
    })
    const step = await scene.review(pull)
    const found = step.report?.findings
      .filter(({ state }) => state !== 'baseline')
      .map(({ policy }) => policy)
    expect(found).toContain('privileged-container')
  })

  it('sees what a change breaks in files that it does not touch', async () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: api, namespace: shop}\nspec:\n  selector: {app: api}\n  ports: [{port: 80, targetPort: 8080}]\n'
    await open({ 'deploy/api.yaml': deployment('api'), 'deploy/service.yaml': service })
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api').replaceAll('app: api', 'app: web') })
    const step = await scene.review(pull)
    expect(
      step.report?.findings
        .filter(({ state }) => state !== 'baseline')
        .map(({ policy, location }) => [policy, location.file]),
    ).toContainEqual(['dangling-service', 'deploy/service.yaml'])
  })

  it('keeps the findings of a renamed file known', async () => {
    const text = deployment('api')
    await open({ 'deploy/api.yaml': text })
    const pull = scene.pull({ 'deploy/api.yaml': null, 'apps/api.yaml': text })
    const step = await scene.review(pull)
    expect(step.report?.findings.every(({ state }) => state === 'baseline')).toBe(true)
    expect(pull.reviews).toEqual([])
    expect(scene.summaries).toEqual([])
  })

  it('says nothing about a file that is gone, nor about one that cannot hold objects', async () => {
    await open({ 'deploy/api.yaml': deployment('api'), 'logo.yaml': Buffer.from([0, 1, 2, 255]) })
    const pull = scene.pull({ 'deploy/api.yaml': null, 'logo.yaml': Buffer.from([0, 1, 3, 255]) })
    const step = await scene.review(pull)
    expect([step.status, pull.reviews, scene.summaries]).toEqual([0, [], []])
    expect(step.report?.unread.map(({ file, reason }) => [file, reason.code])).toEqual([
      ['logo.yaml', 'not-utf-8'],
    ])
  })

  it('works without any checkout, and does not read one that is there', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    const step = await scene.review(pull)
    expect(step.report?.findings.map(({ location }) => location.file)).toContain('deploy/api.yaml')
  })

  it('follows no link of the change', async () => {
    await open()
    const pull = scene.pull({
      'deploy/link.yaml': { link: '/etc/passwd' },
      'deploy/api.yaml': deployment('api'),
    })
    const step = await scene.review(pull)
    expect(step.report?.unread.map(({ file, reason }) => [file, reason.code])).toEqual([
      ['deploy/link.yaml', 'link'],
    ])
  })

  it('looks at what GitHub lists page by page where a comparison is cut short', async () => {
    await open()
    const many = Object.fromEntries(
      Array.from({ length: 305 }, (_, index) => [
        `notes/${String(index).padStart(4, '0')}.txt`,
        `${index}\n`,
      ]),
    )
    const pull = scene.pull({ ...many, 'zz/api.yaml': deployment('api') })
    const step = await scene.review(pull)
    expect(step.report?.findings.length).toBeGreaterThan(0)
    expect(scene.open(pull)).toHaveLength(1)
  })

  it('suggests nothing in a file whose diff GitHub keeps to itself, and shows the fix in the summary', async () => {
    await open()
    scene.store.largestPatch = 100
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull)
    expect(pull.reviews).toEqual([])
    expect(scene.summaries[0]).toContain('that the review does not suggest')
    expect(scene.summaries[0]).toContain('+            allowPrivilegeEscalation: false')
  })

  it('suggests nothing in a file with Windows line ends', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api').replaceAll('\n', '\r\n') })
    const step = await scene.review(pull)
    expect(step.report?.summary.states.fixed).toBeGreaterThan(0)
    expect(pull.reviews).toEqual([])
  })

  it('reads files that GraphQL hands out in part', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': `${deployment('api')}${'# padding\n'.repeat(60_000)}` })
    const step = await scene.review(pull)
    expect(step.report?.summary.findings).toBe(9)
    expect(scene.github.requests.some(({ path }) => path.includes('/git/blobs/'))).toBe(true)
  })

  it('asks other engines and a real API server as well, by the settings of the merge base', async () => {
    const assets = dirname(tool('kube-apiserver'))
    await open()
    const pull = scene.pull({
      'deploy/api.yaml': deployment('api'),
      '.kube-linter.yaml': 'checks: {doNotAutoAddDefaults: true}\n',
    })
    const step = await scene.review(pull, {
      inputs: {
        verify: '',
        engines: 'builtin,kube-linter',
        'kube-linter': tool('kube-linter'),
        cluster: 'apiserver',
      },
      environment: { KUBEBUILDER_ASSETS: assets, TMPDIR: scenes.program.folder() },
    })
    expect(step.status, step.log).toBe(0)
    expect(step.report?.verification, JSON.stringify(step.report?.verification.cluster)).toMatchObject({
      reached: 'admission',
      cluster: { status: 'ok' },
    })
    const found = step.report?.findings.find(({ policy }) => policy === 'read-only-root-fs')
    expect(found?.engines.map(({ name }) => name)).toEqual(['builtin', 'kube-linter'])
    expect(scene.open(pull)[0]?.body).toContain('Proven to level admission')
  })

  it('reads only what differs where GitHub does not list the whole tree', async () => {
    await open()
    scene.store.isTreeTruncated = true
    const pull = scene.pull({ 'a.yaml': deployment('api') })
    const step = await scene.review(pull)
    expect(step.status, step.log).toBe(0)
    expect(scene.summaries[0]).toContain('too many manifests to read all')
  })
})

describe('a second run', () => {
  it('repeats nothing when nothing has changed', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull)
    const before = scene.writes.length
    await scene.review(pull, { action: 'reopened' })
    expect(scene.writes.length).toBe(before)
  })

  it('leaves a suggestion where the push did not touch its lines', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull)
    scene.github.push(scene.store, 'feature', { 'deploy/api.yaml': `# the API\n${deployment('api')}` })
    await scene.review(pull, { action: 'synchronize' })
    expect([pull.reviews.length, scene.open(pull).length]).toEqual([1, 1])
  })

  it('folds what is outdated and says it anew', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull)
    scene.github.push(scene.store, 'feature', {
      'deploy/api.yaml': deployment('api').replace('8080', '8081'),
    })
    await scene.review(pull, { action: 'synchronize' })
    expect(pull.reviews).toHaveLength(2)
    expect(pull.threads.map(({ comments }) => comments[0]?.isMinimised)).toEqual([true, false])
    expect(scene.summaries).toHaveLength(1)
  })

  it('folds what is settled, and keeps one line when nothing is left', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull)
    scene.github.push(scene.store, 'feature', {
      'deploy/api.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    })
    await scene.review(pull, { action: 'synchronize' })
    expect(scene.open(pull)).toEqual([])
    expect(pull.threads[0]?.comments[0]?.minimisedReason).toBe('RESOLVED')
    expect(scene.summaries).toHaveLength(1)
    expect(scene.summaries[0]).toContain('Nothing to report in this change.')
  })

  it('leaves a thread that a person has answered', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull)
    const [thread] = pull.threads
    thread?.comments.push({ ...thread.comments[0]!, id: 9999, author: 'person', body: 'are you sure?' })
    scene.github.push(scene.store, 'feature', {
      'deploy/api.yaml': deployment('api').replace('8080', '8081'),
    })
    await scene.review(pull, { action: 'synchronize' })
    expect([pull.reviews.length, thread?.comments[0]?.isMinimised]).toEqual([1, false])
  })

  it('does not repeat what a person has resolved', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull)
    pull.threads[0]!.isResolved = true
    scene.github.push(scene.store, 'feature', {
      'deploy/api.yaml': deployment('api').replace('8080', '8081'),
    })
    await scene.review(pull, { action: 'synchronize' })
    expect(pull.reviews).toHaveLength(1)
  })

  it('says what stands even where it may not fold what is outdated', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull)
    scene.github.push(scene.store, 'feature', {
      'deploy/api.yaml': deployment('api').replace('8080', '8081'),
    })
    scene.github.before({ method: 'POST', path: /\/reviews$/ }, () =>
      scene.github.fail({ method: 'POST', path: /graphql/, status: 403, body: '{"message":"no"}' }),
    )
    const step = await scene.review(pull, { action: 'synchronize' })
    expect([step.status, pull.reviews.length]).toEqual([0, 2])
    expect(scene.summaries[0]).toContain('4 suggested inline')
    expect(step.summary).toContain('folding an outdated comment')
  })

  it('believes no mark that somebody else has written', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull)
    // The same marks, by another author: a forged suggestion and a forged summary.
    for (const { comments } of pull.threads) for (const comment of comments) comment.author = 'mallory'
    for (const comment of scene.store.issueComments) comment.author = 'mallory'
    await scene.review(pull, { action: 'reopened' })
    expect(pull.reviews).toHaveLength(2)
    expect(scene.summaries).toHaveLength(2)
    expect(pull.threads[0]?.comments[0]?.isMinimised).toBe(false)
  })

  it('believes no mark of ours that names another file', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    await scene.review(pull)
    for (const { comments } of pull.threads) for (const comment of comments) comment.path = 'README.md'
    await scene.review(pull, { action: 'reopened' })
    expect(pull.reviews).toHaveLength(2)
  })

  it('reads conversations of more than one page', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    for (let index = 0; index < 130; index++)
      scene.store.issueComments.push({
        id: 10_000 + index,
        pull: pull.number,
        author: 'person',
        body: `comment ${index}`,
      })
    await scene.review(pull)
    await scene.review(pull, { action: 'reopened' })
    expect(scene.summaries.filter((body) => body.includes('## k8s-autofix'))).toHaveLength(1)
  })

  it('adds nothing to a conversation that is too long to be read', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    for (let index = 0; index < 3001; index++)
      scene.store.issueComments.push({
        id: 10_000 + index,
        pull: pull.number,
        author: 'person',
        body: `comment ${index}`,
      })
    const step = await scene.review(pull)
    expect(step.status, step.log).toBe(0)
    expect(pull.reviews).toEqual([])
    expect(scene.store.issueComments).toHaveLength(3001)
    expect(step.summary).toContain('is too long to be read')
    expect(step.summary).toContain('allowPrivilegeEscalation')
  })

  it('keeps to the number of suggestions that may be open', async () => {
    await open()
    const pull = scene.pull(tenFiles)
    await scene.review(pull, { inputs: { 'max-suggestions': '2' } })
    await scene.review(pull, { action: 'reopened', inputs: { 'max-suggestions': '2' } })
    expect(scene.open(pull)).toHaveLength(2)
    await scene.review(pull, { action: 'reopened', inputs: { 'max-suggestions': '4' } })
    expect(scene.open(pull)).toHaveLength(4)
  })
})

describe('a pull request that moves', () => {
  it('is left to the newer run when the head has moved on before', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    const event = pullRequestEvent(scene.store, pull)
    scene.github.push(scene.store, 'feature', { 'deploy/api.yaml': deployment('web') })
    const step = await scene.run({ event })
    expect([step.status, scene.writes]).toEqual([0, []])
    expect(step.annotations.join()).toContain('has moved on to')
  })

  it('keeps its newer summary when the head moves on while a run is under way', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    scene.github.fail({
      method: 'POST',
      path: /\/reviews$/,
      before: () => scene.github.push(scene.store, 'feature', { 'deploy/api.yaml': deployment('web') }),
    })
    const step = await scene.review(pull)
    expect([step.status, scene.summaries]).toEqual([0, []])
    expect(step.summary).toContain('has moved on to')
  })

  it('is compared with its merge base when the base has moved', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    const pull = scene.pull({ 'deploy/new.yaml': deployment('new') })
    scene.github.push(scene.store, 'main', { 'deploy/api.yaml': deployment('api').replace('1.4.2', '1.5.0') })
    const step = await scene.review(pull)
    expect(new Set(step.report?.findings.map(({ location }) => location.file))).toEqual(
      new Set(['deploy/new.yaml']),
    )
  })

  it('is left alone once it is closed', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    pull.state = 'closed'
    await scene.review(pull)
    expect(scene.writes).toEqual([])
  })
})

describe('what decides about findings', () => {
  const lenient = 'ignore-paths: ["deploy/**"]\n'

  it('is the configuration of the merge base, not the one that the change brings', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api'), '.k8s-autofix.yaml': lenient })
    const step = await scene.review(pull)
    expect(step.report?.findings.length).toBeGreaterThan(0)
  })

  it('holds once it is merged', async () => {
    await open({ '.k8s-autofix.yaml': lenient })
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api'), '.k8s-autofix.yaml': null })
    const step = await scene.review(pull)
    expect([step.status, step.report?.findings]).toEqual([0, []])
  })

  it('are the policies of the merge base, whatever the change makes of them', async () => {
    const policy = (when: string): string => `id: team-label
title: Nobody is named who is to be asked
since: 1.0.0
severity: critical
family: hygiene
why: In the night somebody has to be called.
kinds: [apps/Deployment]
for-each: resource
when: '${when}'
at: object:/metadata
fix: none
advice: Write the label team.
breakage: { prior: 0, because: nothing reads it }
examples:
  - { name: a, before: { apiVersion: apps/v1, kind: Deployment }, advice: true }
  - { name: b, before: { apiVersion: v1, kind: Pod }, clean: true }
  - { name: c, before: { apiVersion: v1, kind: Pod }, clean: true }
`
    await open({
      '.k8s-autofix.yaml': 'policies: [policies]\n',
      'policies/team.yaml': policy('!object.?metadata.?labels.?team.hasValue()'),
    })
    const hostile = { 'policies/team.yaml': policy('false'), '.k8s-autofix.yaml': 'policies: [none]\n' }
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api'), ...hostile })
    const step = await scene.review(pull, { inputs: { 'fail-on': 'critical' } })
    expect([step.status, step.report?.findings.filter(({ policy: id }) => id === 'team-label')]).toEqual([
      1,
      [expect.objectContaining({ state: 'advice', severity: 'critical' })],
    ])
    expect(step.log).toContain('In the night somebody has to be called.')
  })

  it('is the baseline file of the merge base', async () => {
    const text = deployment('api')
    await open({ 'deploy/api.yaml': text })
    const folder = scenes.program.folder()
    scenes.program.cli(['scan', '--quiet', '--write-baseline', 'baseline.json', '.'], { cwd: folder })
    const pull = scene.pull({ 'deploy/new.yaml': deployment('new'), 'baseline.json': '{}' })
    const step = await scene.review(pull, { inputs: { baseline: 'baseline.json' } })
    expect(step.status).toBe(1)
    expect(step.log).toContain('input baseline: baseline.json: no such file')
    expect(step.summary).toContain('no such file')
  })

  it('takes the findings of a merged baseline as given', async () => {
    const folder = scenes.program.folder()
    const text = deployment('api')
    const { writeFileSync, mkdirSync, readFileSync } = await import('node:fs')
    mkdirSync(`${folder}/deploy`)
    writeFileSync(`${folder}/deploy/api.yaml`, text)
    const { status } = scenes.program.cli(['scan', '--quiet', '--write-baseline', 'baseline.json', '.'], {
      cwd: folder,
    })
    expect(status).toBe(0)
    await open({ 'baseline.json': readFileSync(`${folder}/baseline.json`, 'utf8') })
    const pull = scene.pull({ 'deploy/api.yaml': text })
    const step = await scene.review(pull, { inputs: { baseline: 'baseline.json' } })
    expect(step.report?.findings.length).toBeGreaterThan(0)
    expect(step.report?.findings.every(({ state }) => state === 'baseline')).toBe(true)
    expect(scene.writes).toEqual([])
  })
})

describe('a token that may not do it', () => {
  it.each([
    [{ contents: 'read' as const, pull_requests: 'read' as const }, 'pull-requests: write'],
    [{ contents: 'read' as const }, 'pull-requests: read'],
    [{ pull_requests: 'write' as const }, 'contents: read'],
    [{}, 'pull-requests: read'],
  ])('%j: one clear sentence', async (permissions, missing) => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    const step = await scene.review(pull, { permissions })
    expect(step.summary).toContain('## k8s-autofix')
    expect(step.annotations.join('\n')).toContain(`add ${missing} to the permissions of the job`)
    expect(step.log).not.toMatch(/^ {4}at /m)
  })

  it('reads and reports all the same where it may only read', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    const step = await scene.review(pull, { permissions: { contents: 'read', pull_requests: 'read' } })
    expect(step.status).toBe(0)
    expect(step.report?.findings.length).toBeGreaterThan(0)
    expect(step.summary).toContain('7 of 9 findings in this change')
    expect(step.annotations.some((line) => line.startsWith('::warning file=deploy/api.yaml,line=17'))).toBe(
      true,
    )
  })

  it('that nobody knows', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    const step = await scene.run({
      event: pullRequestEvent(scene.store, pull),
      inputs: { 'github-token': 'ghs_wrong' },
    })
    expect(step.status).toBe(1)
    expect(step.annotations.join()).toContain('GitHub does not know the token')
  })
})

describe('faults', () => {
  it.each([
    [
      'a rate limit that ends soon',
      { status: 429, headers: { 'retry-after': '1' }, body: '{"message":"slow down"}' },
      true,
    ],
    [
      'a secondary limit that ends soon',
      {
        status: 403,
        headers: { 'retry-after': '0' },
        body: '{"message":"You have exceeded a secondary rate limit"}',
      },
      true,
    ],
    [
      'a limit of an hour',
      {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' },
        body: '{"message":"API rate limit exceeded"}',
      },
      false,
    ],
    ['a server error on a write', { status: 502, body: '<html>unicorn</html>' }, false],
    ['a connection that breaks on a write', { breaks: true }, false],
    ['a conflict', { status: 409, body: '{"message":"conflict"}' }, false],
  ] as const)('%s: the review is there, or a sentence', async (_, fault, isReviewed) => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    scene.github.fail({ method: 'POST', path: /\/reviews$/, ...fault })
    const step = await scene.review(pull)
    expect(step.status).toBe(0)
    expect(pull.reviews).toHaveLength(isReviewed ? 1 : 0)
    if (!isReviewed) expect(step.summary).toContain('the review could not be written')
    expect(scene.summaries).toHaveLength(1)
    // A write that may have been done is not done again.
    expect(scene.writes.filter((one) => one.endsWith('/reviews'))).toHaveLength(isReviewed ? 2 : 1)
  })

  it('that pass on a read', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    scene.github.fail({ path: /\/compare\//, status: 502 })
    scene.github.fail({ path: /\/git\/trees\//, breaks: true })
    scene.github.fail({
      path: /graphql/,
      status: 200,
      body: '{"data":null,"errors":[{"message":"Something went wrong while executing your query."}]}',
    })
    const step = await scene.review(pull)
    expect([step.status, pull.reviews.length]).toEqual([0, 1])
  })

  it('that stay: the job has a summary and a sentence', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    scene.github.fail({ path: /\/compare\//, status: 503, times: 10 })
    const step = await scene.review(pull)
    expect(step.status).toBe(1)
    expect(step.summary).toContain('GitHub fails with 503')
  })

  it('an answer that is cut off or is something else', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    scene.github.fail({ path: /\/compare\//, status: 200, body: '{"merge_base_commit": {"sha": "no' })
    const step = await scene.review(pull)
    expect(step.status).toBe(1)
    expect(step.annotations.join()).toContain('is not what its API promises')
  })

  it('a review that GitHub refuses after all: its body alone, and no probing', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    scene.github.fail({
      method: 'POST',
      path: /\/reviews$/,
      status: 422,
      body: '{"message":"Unprocessable Entity","errors":["pull_request_review_thread.line must be part of the diff"]}',
    })
    const step = await scene.review(pull)
    expect(step.status).toBe(0)
    expect(pull.reviews.map(({ body }) => body)).toEqual([
      expect.stringContaining('GitHub refused the suggestions'),
    ])
    expect(pull.threads).toEqual([])
    expect(scene.summaries[0]).toContain('that the review does not suggest')
  })
})

describe('other ways to say it', () => {
  it('mode report writes nothing to the pull request', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    const step = await scene.review(pull, { inputs: { mode: 'report' } })
    expect([step.status, scene.writes]).toEqual([0, []])
    expect(step.summary).toContain('in this change')
  })

  it('a check run, where it is asked for', async () => {
    await open()
    const pull = scene.pull(tenFiles)
    const step = await scene.review(pull, {
      inputs: { 'check-run': 'true', 'fail-on': 'high' },
      permissions: { ...writes, checks: 'write' },
    })
    expect(step.status).toBe(1)
    expect(scene.store.checkRuns).toEqual([
      expect.objectContaining({
        conclusion: 'failure',
        annotations: 90,
        title: expect.stringContaining('severity high') as string,
      }),
    ])
  })

  it('SARIF in the workspace', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    const workspace = scenes.program.folder()
    const step = await scene.review(pull, { workspace, inputs: { 'sarif-file': 'out/k8s-autofix.sarif' } })
    expect(step.outputs['sarif-file']).toBe('out/k8s-autofix.sarif')
    const { readFileSync } = await import('node:fs')
    const sarif = JSON.parse(readFileSync(`${workspace}/out/k8s-autofix.sarif`, 'utf8')) as {
      runs: { results: unknown[] }[]
    }
    expect(sarif.runs[0]?.results).toHaveLength(9)
  })

  it.each(['../out.sarif', '/tmp/out.sarif', '.'])('SARIF not in %s', async (file) => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    const step = await scene.review(pull, { inputs: { 'sarif-file': file } })
    expect(step.status).toBe(1)
    expect(step.log).toContain('lies outside of the workspace')
  })

  it('a merge group is scanned and nothing is written', async () => {
    await open()
    scene.store.repository.commit('queue', { 'deploy/api.yaml': deployment('api') }, { from: 'main' })
    const step = await scene.run({ event: mergeGroupEvent(scene.store, { head: 'queue' }) })
    expect([step.status, scene.writes]).toEqual([0, []])
    expect(step.report?.findings).toHaveLength(9)
  })

  it('pull_request_target is refused with what to do instead', async () => {
    await open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    const event = { ...pullRequestEvent(scene.store, pull), name: 'pull_request_target' }
    const step = await scene.run({ event })
    expect([step.status, scene.github.requests]).toEqual([1, []])
    expect(step.annotations.join()).toContain('fork-publish.yml')
  })
})

describe('hostile content', () => {
  it('no secret of a manifest and no token leaves the runner', async () => {
    await open()
    const secret = 'hunter2-Zx81'
    const text = deployment('api', {
      extra: `          env:\n            - name: DB_PASSWORD\n              value: ${secret}\n            - name: URL\n              value: postgres://shop:${secret}@db/shop\n`,
    })
    const pull = scene.pull({
      'deploy/api.yaml': text,
      'deploy/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  password: ${secret}\n`,
    })
    const workspace = scenes.program.folder()
    const step = await scene.review(pull, {
      workspace,
      inputs: { verify: '', 'sarif-file': 's.sarif', 'check-run': 'true' },
      permissions: { ...writes, checks: 'write' },
    })
    expect(step.status).toBe(0)
    const { readFileSync } = await import('node:fs')
    const said = [
      ...scene.github.requests.flatMap(({ body, path }) => [body, path]),
      step.log,
      step.summary,
      readFileSync(`${workspace}/s.sarif`, 'utf8'),
      JSON.stringify(step.outputs),
      readFileSync(step.outputs['report-file'] ?? '', 'utf8'),
    ]
    for (const one of said) expect(one).not.toContain(secret)
    const token = /::add-mask::(ghs_\w+)/.exec(step.log)?.[1] ?? 'none'
    expect(step.log.replace(`::add-mask::${token}`, '')).not.toContain(token)
    for (const one of said.slice(0, -5)) expect(one).not.toContain(token)
    expect(scene.open(pull).length).toBeGreaterThan(0)
  })

  it('no text of a manifest commands the runner or means anything in a comment', async () => {
    await open()
    const name = '"x\\n::error::forged\\n@everyone <img src=x> ```suggestion"'
    const text = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  hostPID: true\n  containers:\n    - name: ${name}\n      image: a:1\n      # \`\`\`\`\` --> @mallory\n`
    const pull = scene.pull({ 'deploy/::error::x.yaml': text })
    const step = await scene.review(pull, { inputs: { verify: '' } })
    expect(step.status).toBe(0)
    const [, token = 'none'] = /^::stop-commands::(.+)$/m.exec(step.log) ?? []
    const outside = step.log.replace(new RegExp(`::stop-commands::${token}[\\s\\S]*?::${token}::`), '')
    expect(outside).not.toMatch(/^::error::forged/m)
    for (const body of [
      ...scene.summaries,
      ...scene.open(pull).map((one) => one.body.replace(/^(`{3,})suggestion\n[\s\S]*?^\1$/m, '')),
    ]) {
      const markup = body.replaceAll(/&#\d+;/g, '')
      expect(markup).not.toMatch(/@everyone|@mallory|<img/)
    }
    expect(scene.taken(pull).size).toBeGreaterThan(0)
  })
})
