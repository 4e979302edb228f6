import { describe, expect, it } from 'vitest'
import { fixMarker } from '../../src/github/index.ts'
import { dispatchEvent, type Content } from '../support/github/index.ts'
import type { Step } from '../support/runner.ts'
import { deployment, type Scene } from './scene.ts'
import { useScenes } from './scenes.ts'

const scenes = useScenes()
let scene: Scene

const permissions = { contents: 'write', pull_requests: 'write' } as const

async function open(files: Readonly<Record<string, Content>>): Promise<Scene> {
  scene = await scenes.open(files)
  return scene
}

async function sweep(inputs: Readonly<Record<string, string>> = {}): Promise<Step> {
  return scene.run({
    permissions,
    inputs: { mode: 'fix-pr', ...inputs },
    event: dispatchEvent(scene.store),
  })
}

const branch = 'k8s-autofix/main/fixes'

describe('a branch as it stands', () => {
  it('gets one pull request with one commit of the safe fixes', async () => {
    await open({ 'deploy/api.yaml': deployment('api'), 'deploy/web.yaml': deployment('web') })
    const main = scene.store.repository.branch('main') ?? ''
    const step = await sweep({ verify: '' })
    expect(step.status, step.log).toBe(0)
    const [pull, ...others] = scene.store.pulls
    expect([others, pull?.base, pull?.head.ref]).toEqual([[], 'main', branch])
    expect(step.outputs['fix-pr-number']).toBe(String(pull?.number))
    const tip = scene.store.repository.branch(branch) ?? ''
    expect(scene.store.repository.git('rev-parse', `${tip}^`)).toBe(main)
    const text = scene.store.repository.text(tip, 'deploy/api.yaml') ?? ''
    expect(text).toContain('allowPrivilegeEscalation: false')
    // Unsafe fixes are not written unless they are asked for.
    expect(text).not.toContain('runAsNonRoot')
    expect(pull?.body).toContain('8 verified fixes in 2 files')
    expect(pull?.body).toContain('The way back')
    expect(pull?.body).toContain('Proven to level api')
    // Only what is fixed changes: every removed line comes back.
    const diff = scene.store.repository.git('diff', main, tip)
    expect(diff.split('\n').filter((line) => /^-[^-]/.test(line))).toEqual([])
  })

  it('holds unsafe fixes where they are asked for', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    await sweep({ 'unsafe-fixes': 'true' })
    expect(scene.store.repository.text(branch, 'deploy/api.yaml')).toContain('runAsNonRoot: true')
  })

  it('holds new files as well, and takes the place of none', async () => {
    await open({
      'deploy/api.yaml': deployment('api'),
      'deploy/api-network-policy.yaml': '# ours\n',
      'web.yaml': deployment('web'),
      'kustomization.yaml': 'resources: [web.yaml]\n',
      'odd/api.yaml': deployment('odd'),
      'odd/kustomization.yaml': { executable: 'resources: [api.yaml]\n' },
    })
    const main = scene.store.repository.branch('main') ?? ''
    const step = await sweep({ only: 'non-isolated-pod', 'unsafe-fixes': 'true' })
    expect(step.status, step.log).toBe(0)
    const tip = scene.store.repository.branch(branch) ?? ''
    expect(scene.store.repository.files(main, tip).map(({ filename, status }) => [filename, status])).toEqual(
      [
        ['deploy/api-network-policy-2.yaml', 'added'],
        ['kustomization.yaml', 'modified'],
        ['web-network-policy.yaml', 'added'],
      ],
    )
    expect(scene.store.repository.text(tip, 'kustomization.yaml')).toBe(
      'resources: [web.yaml, web-network-policy.yaml]\n',
    )
    // A kustomization that can be run is left alone, and with it what it would have to name.
    expect(step.summary).toContain('fixes of files that can be run are left out')
    expect(scene.store.repository.text(tip, 'web-network-policy.yaml')).toContain('kind: NetworkPolicy\n')
    expect(scene.store.pulls[0]?.body).toContain('2 verified fixes in 5 files')
    const before = scene.writes.length
    await sweep({ only: 'non-isolated-pod', 'unsafe-fixes': 'true' })
    expect([scene.store.repository.branch(branch), scene.writes.length]).toEqual([tip, before])
  })

  it('is left alone by a second run on the same commit', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    await sweep()
    const tip = scene.store.repository.branch(branch)
    const before = scene.writes.length
    await sweep()
    expect([scene.store.repository.branch(branch), scene.writes.length]).toEqual([tip, before])
  })

  it('is made anew from the tip when the base moves, and its pull request stays open', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    await sweep()
    const main = scene.github.push(scene.store, 'main', {
      'deploy/api.yaml': deployment('api').replace('1.4.2', '1.5.0'),
    })
    const step = await sweep()
    expect(step.status, step.log).toBe(0)
    expect(scene.store.pulls.map(({ state }) => state)).toEqual(['open'])
    const tip = scene.store.repository.branch(branch) ?? ''
    expect(scene.store.repository.git('rev-parse', `${tip}^`)).toBe(main)
    expect(scene.store.repository.text(tip, 'deploy/api.yaml')).toContain('1.5.0')
    expect(scene.store.repository.branch(`${branch}-next`)).toBeUndefined()
  })

  it('is left alone where the base moves beside it', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    await sweep()
    const tip = scene.store.repository.branch(branch)
    const [pull] = scene.store.pulls
    const { body } = pull ?? {}
    scene.github.push(scene.store, 'main', { 'README.md': 'more\n', 'deploy/notes.txt': 'x\n' })
    const before = scene.writes.length
    const step = await sweep()
    expect(step.outputs['fix-pr-number']).toBe(String(pull?.number))
    expect([scene.store.repository.branch(branch), scene.writes.length]).toEqual([tip, before])
    expect(pull?.body).toBe(body)
  })

  it('is made anew where the base is another one, though its files are the same', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    const { repository } = scene.store
    scene.github.push(scene.store, 'main', { 'README.md': 'one\n' })
    await sweep()
    const parent = repository.git('rev-parse', `${repository.branch('main') ?? ''}^`)
    repository.git('update-ref', 'refs/heads/main', parent)
    const main = scene.github.push(scene.store, 'main', { 'README.md': 'two\n' })
    const step = await sweep()
    expect(step.summary).not.toContain('somebody has pushed')
    expect(repository.git('rev-parse', `${branch}^`)).toBe(main)
  })

  it('holds 50 fixes, and the same ones for as long as they are to be made', async () => {
    const extra = '          securityContext:\n            privileged: true\n'
    const many = (prefix: string, number: number): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: number }, (_, index) => [
          `deploy/${prefix}${index}.yaml`,
          deployment(`${prefix}${index}`, { extra }),
        ]),
      )
    const only = 'privileged-container'
    await open(many('a', 54))
    await sweep({ only })
    const tip = scene.store.repository.branch(branch) ?? ''
    const main = scene.store.repository.branch('main') ?? ''
    const fixed = scene.store.repository.files(main, tip).map(({ filename }) => filename)
    expect(fixed).toHaveLength(50)
    scene.github.push(scene.store, 'main', many('b', 20))
    await sweep({ only })
    expect(scene.store.repository.branch(branch)).toBe(tip)
    // One that was mended by hand gives its place to another.
    const [first = ''] = fixed
    scene.github.push(scene.store, 'main', { [first]: 'a: 1\n' })
    await sweep({ only })
    const now = scene.store.repository.files(
      scene.store.repository.branch('main') ?? '',
      scene.store.repository.branch(branch) ?? '',
    )
    const names = now.map(({ filename }) => filename)
    expect(names).toHaveLength(50)
    expect(fixed.slice(1).filter((name) => !names.includes(name))).toEqual([])
  })

  it('is not touched any more once a person has pushed', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    await sweep()
    const theirs = scene.github.push(scene.store, branch, { 'deploy/api.yaml': 'mine\n' })
    scene.github.push(scene.store, 'main', { 'deploy/web.yaml': deployment('web') })
    const step = await sweep()
    expect(scene.store.repository.branch(branch)).toBe(theirs)
    expect(step.summary).toContain('somebody has pushed to')
  })

  it('is not offered again once it was declined', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    await sweep()
    scene.store.pulls[0]!.state = 'closed'
    scene.store.repository.git('update-ref', '-d', `refs/heads/${branch}`)
    const step = await sweep()
    expect(scene.store.pulls).toHaveLength(1)
    expect(step.summary).toContain('they are not offered again')
  })

  it('leaves out files that can be run, which a commit through the API would change', async () => {
    await open({ 'deploy/api.yaml': { executable: deployment('api') }, 'deploy/web.yaml': deployment('web') })
    const main = scene.store.repository.branch('main') ?? ''
    const step = await sweep()
    expect(step.summary).toContain('fixes of files that can be run are left out')
    const files = scene.store.repository.files(main, scene.store.repository.branch(branch) ?? '')
    expect(files.map(({ filename }) => filename)).toEqual(['deploy/web.yaml'])
  })

  it('closes its pull request when nothing is left to fix', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    await sweep()
    scene.github.push(scene.store, 'main', { 'deploy/api.yaml': null, 'README.md': 'empty\n' })
    await sweep()
    expect(scene.store.pulls.map(({ state }) => state)).toEqual(['closed'])
    expect(scene.store.repository.branch(branch)).toBeUndefined()
  })

  it('keeps to the number of pull requests in an hour', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    for (let index = 0; index < 5; index++) {
      scene.store.repository.commit(`k8s-autofix/other-${index}`, { 'x.txt': `${index}\n` }, { from: 'main' })
      scene.github.openPull(scene.store, {
        head: `k8s-autofix/other-${index}`,
        author: 'github-actions[bot]',
      })
    }
    const step = await sweep()
    expect(scene.store.pulls).toHaveLength(5)
    expect(step.summary).toContain('were opened in the last hour')
  })

  it('says what the repository has to allow', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    scene.store.allowsActionsPullRequests = false
    const step = await sweep()
    expect(step.status).toBe(0)
    expect(step.summary).toContain('has to allow Actions to create them')
  })

  it('gives way to a commit that came in between', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    scene.github.fail({
      method: 'POST',
      path: /\/git\/refs$/,
      before: () => {
        scene.store.repository.commit(branch, { 'x.txt': 'x\n' }, { from: 'main' })
      },
    })
    const step = await sweep()
    expect(step.status).toBe(0)
    expect(step.summary).toContain('the pull request with fixes could not be written')
    expect(scene.store.pulls).toEqual([])
  })

  it('is only scanned where the mode is another', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    const step = await sweep({ mode: 'suggest' })
    expect([step.status, scene.writes]).toEqual([0, []])
    expect(Number(step.outputs['findings-count'])).toBe(9)
  })
})

describe('a pull request with fixes that no suggestion can make', () => {
  /** A change of one line, far away from where most fixes go. */
  const far = deployment('api')
    .replace('replicas: 2', 'replicas: 3')
    .replace('name: api\n  namespace', 'name: api2\n  namespace')

  it('may hold more fixes than its mark can name, and learns from the worst', async () => {
    await open({ 'README.md': 'x\n' })
    const names = Array.from({ length: 60 }, (_, index) => `a${index}`)
    const files = names.map((name): [string, Content] => [`deploy/${name}.yaml`, deployment(name)])
    const pull = scene.pull(Object.fromEntries(files))
    const step = await scene.review(pull, { permissions, inputs: { mode: 'fix-pr', 'max-suggestions': '1' } })
    expect(step.status, step.log).toBe(0)
    const stacked = scene.store.pulls.find(({ head }) => head.ref === `k8s-autofix/pull-${pull.number}`)
    expect(stacked?.body).toMatch(/\b2\d\d verified fixes/)
    expect(fixMarker.read(stacked?.body ?? '')?.decisions?.length).toBeGreaterThan(0)
  })

  it('gets a second one, to its own branch', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    const pull = scene.pull({ 'deploy/api.yaml': far })
    const step = await scene.review(pull, { permissions, inputs: { mode: 'fix-pr' } })
    expect(step.status, step.log).toBe(0)
    const stacked = scene.store.pulls.find(({ base }) => base === 'feature')
    expect(stacked?.head.ref).toBe(`k8s-autofix/pull-${pull.number}`)
    expect(stacked?.body).toContain(`for &#35;&#8203;${pull.number}`)
    expect(scene.store.repository.text(stacked?.headSha ?? '', 'deploy/api.yaml')).toContain(
      'allowPrivilegeEscalation: false',
    )
    expect(scene.summaries[0]).toContain(`in #${String(stacked?.number)}`)
  })

  it('holds no fix that is suggested', async () => {
    await open({ 'README.md': 'x\n' })
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api'), 'deploy/web.yaml': deployment('web') })
    await scene.review(pull, { permissions, inputs: { mode: 'fix-pr', verify: '', 'max-suggestions': '1' } })
    const [suggested] = scene.open(pull)
    const stacked = scene.store.pulls.find(({ base }) => base === 'feature')
    const files = scene.store.repository
      .files('feature', stacked?.headSha ?? '')
      .map(({ filename }) => filename)
    expect(files).toHaveLength(1)
    expect(files).not.toContain(suggested?.path)
  })

  it('is closed with its parent', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    const pull = scene.pull({ 'deploy/api.yaml': far })
    await scene.review(pull, { permissions, inputs: { mode: 'fix-pr' } })
    pull.state = 'closed'
    const step = await scene.review(pull, { permissions, inputs: { mode: 'fix-pr' }, action: 'closed' })
    expect(step.status, step.log).toBe(0)
    expect(scene.store.pulls.map(({ state }) => state)).toEqual(['closed', 'closed'])
  })

  it('is offered again where its parent is opened again: nobody has declined it', async () => {
    await open({ 'deploy/api.yaml': deployment('api') })
    const pull = scene.pull({ 'deploy/api.yaml': far })
    const job = { permissions, inputs: { mode: 'fix-pr' } }
    await scene.review(pull, job)
    pull.state = 'closed'
    await scene.review(pull, { ...job, action: 'closed' })
    pull.state = 'open'
    await scene.review(pull, { ...job, action: 'reopened' })
    expect(scene.store.pulls.map(({ state }) => state)).toEqual(['open', 'closed', 'open'])
  })
})
