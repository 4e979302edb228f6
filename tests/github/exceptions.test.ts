import { describe, expect, it } from 'vitest'
import { deployment } from './scene.ts'
import { useScenes } from './scenes.ts'

const scenes = useScenes()

/** A Deployment with a privileged container, and an annotation at the object. */
function excepted(ignore: string): string {
  return deployment('api', {
    extra: '          securityContext:\n            privileged: true\n',
  }).replace(
    '  namespace: shop\n',
    `  namespace: shop\n  annotations:\n    k8s-autofix.dev/ignore: ${JSON.stringify(ignore)}\n`,
  )
}

describe('exceptions in a pull request', () => {
  it('that it adds itself are listed, take no suggestion, and do not let it pass', async () => {
    const scene = await scenes.open()
    const pull = scene.pull({ 'deploy/api.yaml': excepted('*: trust me') })
    const step = await scene.review(pull, { inputs: { 'fail-on': 'high' } })
    expect([step.status, pull.reviews]).toEqual([1, []])
    expect(scene.summaries[0]).toContain('this change adds 1 exception, which does not lower what fails')
    expect(scene.summaries[0]).toContain('<code>deploy/api&#46;yaml&#58;7</code> &#42;&#58; trust me')
    expect(scene.summaries[0]).toContain('10 findings are excepted by the change itself.')
    expect(scene.summaries[0]).toMatch(
      /^\| .*<code>privileged-container<\/code> · critical .*suppressed.*trust me/m,
    )
    const states = new Set(step.report?.findings.map(({ state }) => state))
    expect(states).toEqual(new Set(['suppressed']))
  })

  it('that are there already hold, and what else is found is suggested', async () => {
    const before = excepted('privileged-container: a driver').replace(
      '            privileged: true\n',
      '            privileged: false\n',
    )
    const scene = await scenes.open({ 'deploy/api.yaml': before })
    const pull = scene.pull({
      'deploy/api.yaml': before
        .replace('privileged: false', 'privileged: true')
        .replace('api:1.4.2', 'api:1.4.3'),
    })
    const step = await scene.review(pull, { inputs: { 'fail-on': 'low' } })
    const privileged = step.report?.findings.find(({ policy }) => policy === 'privileged-container')
    expect(privileged).toMatchObject({ state: 'suppressed', exception: { reason: 'a driver' } })
    expect(privileged?.exception?.counts).toBeUndefined()
    expect(step.report?.exceptions.some(({ added }) => added === true)).toBe(false)
    for (const { body } of scene.open(pull)) expect(body).not.toContain('privileged-container')
  })

  it('of the configuration that it brings along hold once they are merged', async () => {
    const config = '.k8s-autofix.yaml'
    const text = 'exceptions: [{policy: "*", match: {paths: [deploy]}, reason: mine}]\n'
    const scene = await scenes.open()
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api'), [config]: text })
    const step = await scene.review(pull)
    expect(step.report?.summary.states.suppressed).toBeUndefined()
    expect(pull.reviews).toHaveLength(1)
  })
})
