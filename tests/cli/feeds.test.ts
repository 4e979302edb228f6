import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { reportSchema, type Finding } from '../../src/model/index.ts'
import { epssFile, feedServer, kevFile } from '../support/feeds.ts'
import { cli, Folder } from './world.ts'

const pod = (image: string): string => `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  hostPID: true
  containers: [{ name: web, image: "${image}" }]
`
const scan = JSON.stringify({
  SchemaVersion: 2,
  ArtifactName: 'registry.example/web:1.4.2',
  ArtifactType: 'container_image',
  Results: [{ Vulnerabilities: [{ VulnerabilityID: 'CVE-2021-44228', FixedVersion: '2.17' }] }],
})
const epss =
  '#model_version:v2026.06.15,score_date:2026-11-28T00:00:00+0000\ncve,epss,percentile\nCVE-2021-44228,0.5,0.99\n'
const kev = JSON.stringify({
  catalogVersion: '2026.11.28',
  vulnerabilities: [{ cveID: 'CVE-2021-44228', knownRansomwareCampaignUse: 'Known' }],
})

async function hostPid(folder: Folder, ...args: string[]): Promise<Finding> {
  const { stdout, stderr } = await cli(folder.path, ['scan', '--format', 'json', ...args, '.'])
  expect(stderr).toBe('')
  const { findings } = reportSchema.parse(JSON.parse(stdout))
  return findings.find(({ policy }) => policy === 'host-pid') ?? expect.fail('no finding')
}

describe('what is known of vulnerabilities', () => {
  it('raises the risk of what runs an image that is attacked, and says by what', async () => {
    using folder = new Folder({
      'deploy/a.yaml': pod('registry.example/web:1.4.2'),
      'scan.json': scan,
      'kev.json': kev,
    })
    writeFileSync(join(folder.path, 'epss.csv.gz'), gzipSync(epss))
    const scanned = ['--image-scan', 'scan.json']
    const without = await hostPid(folder)
    const forecast = await hostPid(folder, ...scanned, '--epss', 'epss.csv.gz')
    const exploited = await hostPid(folder, ...scanned, '--epss', 'epss.csv.gz', '--kev', 'kev.json')
    const scores = [without, forecast, exploited].map(({ risk }) => risk?.score ?? 0)
    expect(scores.toSorted((a, b) => a - b)).toEqual(scores)
    expect(new Set(scores).size).toBe(3)
    expect(exploited.risk?.contributions.filter(({ name }) => name.startsWith('threat'))).toEqual([
      {
        name: 'threat',
        value: 0.38,
        because: 'its image has CVE-2021-44228, known to be exploited',
        source: 'EPSS v2026.06.15 of 2026-11-28T00:00:00+0000, KEV 2026.11.28',
      },
      {
        name: 'threat-limited',
        value: 0.78,
        because: 'how far such an attack gets is what the finding is about',
      },
    ])
    const explained = await cli(folder.path, [
      'explain',
      exploited.fingerprint.slice(0, 10),
      ...scanned,
      '--kev',
      'kev.json',
    ])
    expect(explained.stdout).toContain(
      '+0.38        its image has CVE-2021-44228, known to be exploited (KEV 2026.11.28)',
    )
  })

  it('says nothing of an image that nobody has scanned', async () => {
    using folder = new Folder({ 'a.yaml': pod('registry.example/web:2'), 'scan.json': scan, 'kev.json': kev })
    const { risk } = await hostPid(folder, '--image-scan', 'scan.json', '--kev', 'kev.json')
    expect(risk?.contributions.map(({ name }) => name)).not.toContain('threat')
  })

  it('is of use without a scan: the catalogue says what is exploited through a finding', async () => {
    const listed = kevFile({ 'CVE-2022-0492': false }, '2026.11.28').toString()
    using folder = new Folder({ 'a.yaml': pod('web:1'), 'kev.json': listed })
    const { stdout } = await cli(folder.path, ['scan', '--format', 'json', '--kev', 'kev.json', 'a.yaml'])
    const { findings } = reportSchema.parse(JSON.parse(stdout))
    const exploited = findings.flatMap(({ policy, risk }) =>
      (risk?.contributions ?? []).flatMap(({ name, value, source }) =>
        name === 'exploited' ? [[policy, value, source?.split(',')[0]]] : [],
      ),
    )
    expect(exploited).toEqual([['seccomp', 0.2, 'KEV 2026.11.28']])
    const { stdout: text } = await cli(folder.path, ['explain', 'seccomp'])
    expect(text).toMatch(/^exploited +CVE-2024-1086 \(in KEV since 2024-05-30\)/m)
  })

  it('is fetched where that is asked for, and kept in the cache folder of the user', async () => {
    using folder = new Folder({ 'deploy/a.yaml': pod('registry.example/web:1.4.2'), 'scan.json': scan })
    let isDown = false
    await using server = await feedServer(({ url }, response) => {
      if (isDown) response.writeHead(500).end()
      else
        response.end(
          url?.includes('epss') === true
            ? epssFile({ 'CVE-2021-44228': 0.5 })
            : kevFile({ 'CVE-2021-44228': false }),
        )
    })
    const args = [
      'scan',
      '--format',
      'json',
      '--image-scan',
      'scan.json',
      '--kev',
      'fetch',
      '--epss',
      'fetch',
      'deploy',
    ]
    const { fetch } = server
    const run = async (time: number, cache: string): Promise<[string | undefined, string]> => {
      const env = { XDG_CACHE_HOME: join(folder.path, cache) }
      const { code, stdout, stderr } = await cli(folder.path, args, { fetch, env, time: () => time })
      expect(code).toBe(1)
      const { findings } = reportSchema.parse(JSON.parse(stdout))
      const { risk } = findings.find(({ policy }) => policy === 'host-pid') ?? expect.fail('no finding')
      return [risk?.contributions.find(({ name }) => name === 'threat')?.source, stderr]
    }
    const versions = 'EPSS v2026.06.15 of 2026-11-30T12:55:00Z, KEV 2026.11.30'
    const today = Date.UTC(2026, 10, 30)
    expect(await run(today, 'cache')).toEqual([versions, ''])
    expect(await run(today + 1000, 'cache')).toEqual([versions, ''])
    expect(server.asked).toHaveLength(2)
    isDown = true
    expect(await run(today + 3 * 86_400_000, 'cache')).toEqual([
      versions,
      expect.stringMatching(/^(?:k8s-autofix: https:.*answered 500; the copy of 3 days ago is used\n){2}$/),
    ])
    // Nobody knows, which is not the same as nothing: the scan goes on.
    expect(await run(today, 'elsewhere')).toEqual([
      undefined,
      expect.stringMatching(/^(?:k8s-autofix: https:.*answered 500; the risk does without it\n){2}$/),
    ])
  })

  it.each([
    [['--epss', 'epss.csv'], '--epss weighs what is wrong with images, and no image was scanned'],
    [['--image-scan', 'scan.json'], 'nothing says which of them are attacked'],
    [['--image-scan', 'no.json', '--kev', 'kev.json'], '--kev kev.json: cannot be read'],
    [['--image-scan', 'scan.json', '--epss', 'scan.json'], 'scan.json: not an answer of the EPSS API'],
  ])('%j is refused', async (args, message) => {
    using folder = new Folder({ 'a.yaml': pod('web'), 'scan.json': scan, 'epss.csv': epss })
    const { code, stderr } = await cli(folder.path, ['scan', ...args, '.'])
    expect([code, stderr]).toEqual([2, expect.stringContaining(message) as string])
  })
})
