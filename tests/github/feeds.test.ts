import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Step } from '../support/runner.ts'
import { kevFile } from '../support/feeds.ts'
import { runStepBeside } from '../support/runner.ts'
import { certify } from '../cluster/certificates.ts'
import { deployment } from './scene.ts'
import { useScenes } from './scenes.ts'

const scenes = useScenes()
const image = 'registry.example/shop/api:1.4.2'
const scan = JSON.stringify({
  SchemaVersion: 2,
  ArtifactName: image,
  ArtifactType: 'container_image',
  Results: [{ Vulnerabilities: [{ VulnerabilityID: 'CVE-2021-44228', FixedVersion: '2.17' }] }],
})

let mirror: Server | undefined
afterEach(async () => {
  mirror?.closeAllConnections()
  await new Promise((resolve) => void (mirror === undefined ? resolve(undefined) : mirror.close(resolve)))
  mirror = undefined
})

/** A mirror of KEV over https, whose certificate the file `ca.pem` of the folder lets programs believe. */
async function serve(
  folder: string,
  answer: () => Buffer | undefined,
): Promise<{ url: string; asked: () => number }> {
  const authority = certify({ name: 'authority', authority: true })
  const { certificate, key } = certify({ name: 'localhost', by: authority })
  writeFileSync(join(folder, 'ca.pem'), authority.certificate)
  let asked = 0
  const server = createServer({ cert: certificate, key }, (_, response) => {
    asked++
    const body = answer()
    if (body === undefined) response.writeHead(503).end()
    else response.end(body)
  })
  mirror = server
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `https://localhost:${port}/kev.json`, asked: () => asked }
}

function threat(step: Step): unknown {
  const { risk } = step.report?.findings.find(({ policy }) => policy === 'seccomp') ?? expect.fail(step.log)
  return risk?.contributions.find(({ name }) => name === 'threat')
}

describe('what is known of vulnerabilities, in the Action', () => {
  it('is fetched over https, kept in the temporary folder, and read from there within a day', async () => {
    const scene = await scenes.open({ 'README.md': 'shop\n' })
    const pull = scene.pull({ 'deploy/api.yaml': deployment('api') })
    const temporary = scenes.program.folder()
    writeFileSync(join(temporary, 'scan.json'), scan)
    let isDown = false
    const { url, asked } = await serve(temporary, () =>
      isDown ? undefined : kevFile({ 'CVE-2021-44228': true }),
    )
    const review = async (folder: string): Promise<Step> =>
      scene.review(pull, {
        inputs: { kev: url, 'image-scan': join(temporary, 'scan.json') },
        environment: { RUNNER_TEMP: folder, NODE_EXTRA_CA_CERTS: join(temporary, 'ca.pem') },
      })
    const known = {
      name: 'threat',
      value: 0.38,
      because: 'its image has CVE-2021-44228, known to be exploited',
      source: 'KEV 2026.11.30',
    }
    const first = await review(temporary)
    expect([first.status, threat(first)]).toEqual([0, known])
    expect(first.log).not.toContain('the risk does without it')
    isDown = true
    expect(threat(await review(temporary))).toEqual(known)
    expect([asked(), readdirSync(join(temporary, 'k8s-autofix', 'feeds'))]).toEqual([
      1,
      [expect.stringMatching(/^kev-[0-9a-f]{16}$/)],
    ])
  })

  it('is unknown where nobody answers: a warning, and the run goes on', async () => {
    const temporary = scenes.program.folder()
    const workspace = scenes.program.folder()
    mkdirSync(join(workspace, 'deploy'))
    writeFileSync(join(workspace, 'deploy', 'api.yaml'), deployment('api'))
    writeFileSync(join(workspace, 'scan.json'), scan)
    const { url } = await serve(temporary, () => undefined)
    const step = await runStepBeside(scenes.program, {
      workspace,
      inputs: { kev: url, 'image-scan': 'scan.json', verify: 'policy', paths: 'deploy' },
      environment: { NODE_EXTRA_CA_CERTS: join(temporary, 'ca.pem') },
    })
    expect([step.status, threat(step)]).toEqual([0, undefined])
    expect(step.annotations).toContain(`::warning::${url}: the server answered 503; the risk does without it`)
  })

  it.each([
    ['a file that is not there', 'none.json', 'input kev: none.json: no such file'],
    ['a file outside', '/etc/hostname', 'input kev: "/etc/hostname" lies outside of the workspace'],
    ['a link that leads outside', 'link.json', 'lies outside of the workspace'],
    ['something else', 'README.md', 'README.md: not the KEV catalogue'],
    [
      'an address without https',
      'http://localhost:1/kev.json',
      'input kev: http://localhost:1/kev.json: only addresses with https',
    ],
  ])('from %s is an error of the workflow', async (_, kev, message) => {
    const workspace = scenes.program.folder()
    writeFileSync(join(workspace, 'README.md'), 'shop\n')
    symlinkSync('/etc/hostname', join(workspace, 'link.json'))
    const step = await runStepBeside(scenes.program, { workspace, inputs: { kev, verify: 'policy' } })
    expect([step.status, step.log]).toEqual([1, expect.stringContaining(message)])
  })
})
