import { describe, expect, test } from 'vitest'
import { readEpss, readKev, readTrivy, threatOf } from '../../src/risk/index.ts'

const table = `#model_version:v2026.06.15,score_date:2026-11-28T00:00:00+0000
cve,epss,percentile
CVE-2021-44228,0.94358,0.99961
CVE-2020-14386,0.00043,0.12
`
const kev = JSON.stringify({
  title: 'CISA Catalog of Known Exploited Vulnerabilities',
  catalogVersion: '2026.08.06',
  count: 2,
  vulnerabilities: [
    { cveID: 'CVE-2021-44228', vendorProject: 'Apache', knownRansomwareCampaignUse: 'Known', cwes: [] },
    { cveID: 'CVE-2022-0492', vendorProject: 'Linux', knownRansomwareCampaignUse: 'Unknown', cwes: [] },
  ],
})
const digest = `sha256:${'a'.repeat(64)}`
const trivy = JSON.stringify({
  SchemaVersion: 2,
  ArtifactName: 'registry.example/shop/api:1.4.2',
  ArtifactType: 'container_image',
  Metadata: { RepoDigests: [`registry.example/shop/api@${digest}`] },
  Results: [
    { Target: 'debian', Class: 'os-pkgs', Vulnerabilities: null },
    {
      Target: 'app.jar',
      Class: 'lang-pkgs',
      Vulnerabilities: [
        { VulnerabilityID: 'CVE-2020-14386', FixedVersion: '5.9', Severity: 'HIGH' },
        { VulnerabilityID: 'CVE-2022-0492', Severity: 'HIGH' },
        { VulnerabilityID: 'GHSA-aaaa-bbbb-cccc', FixedVersion: '1.0' },
      ],
    },
  ],
})

describe('EPSS', () => {
  test('its daily file begins with a comment', () => {
    const { model, date, scores } = readEpss(table, 'epss.csv')
    expect([model, date, scores.get('CVE-2021-44228'), scores.size]).toEqual([
      'v2026.06.15',
      '2026-11-28T00:00:00+0000',
      0.94358,
      2,
    ])
    expect(readEpss(table.replaceAll('\n', '\r\n'), 'epss.csv').scores.size).toBe(2)
  })
  test('the numbers of its API are texts', () => {
    const answer = JSON.stringify({
      status: 'OK',
      'status-code': 200,
      version: '1.0',
      total: 1,
      data: [{ cve: 'CVE-2022-27225', epss: '0.001580000', percentile: '0.5', date: '2026-11-28' }],
    })
    const { model, date, scores } = readEpss(answer, 'epss.json')
    // The version of an answer is that of the API, and no model.
    expect([model, date, scores.get('CVE-2022-27225')]).toEqual([undefined, '2026-11-28', 0.00158])
  })
  test.each([
    ['cve,epss,percentile\nCVE-2021-44228,0.9,0.9\n', /epss:1: .*model_version/],
    ['#model_version:v1,score_date:2026\ncve;epss\n', /epss:2: .*columns/],
    [table.replace('0.94358', '1.5'), /epss:3: not a row/],
    [table.replace('CVE-2021-44228', '=cmd()'), /epss:3: not a row/],
    ['{"status":"OK","data":[{"cve":"CVE-2021-44228","epss":0.9}]}', /data.0.epss/],
    ['{', /no JSON/],
  ])('what is something else is refused: %j', (text, message) => {
    expect(() => readEpss(text, 'epss')).toThrow(message)
  })
})

describe('what is hostile is refused at its first mistake, with bounded work', () => {
  // As many mistakes as fit into a file that is read: listed one by one they would not fit into memory.
  const zeros = `[${'0,'.repeat(20_000_000)}0]`
  test.each<[string, () => unknown, string]>([
    [
      'KEV',
      () => readKev(`{"catalogVersion":"1","vulnerabilities":${zeros}}`, 'kev'),
      'kev: not the KEV catalogue: vulnerabilities.0: ',
    ],
    [
      'Trivy',
      () =>
        readTrivy(
          `{"SchemaVersion":2,"ArtifactName":"a","ArtifactType":"container_image","Results":${zeros}}`,
          'scan',
        ),
      'scan: not a JSON report of trivy: Results.0: ',
    ],
    ['EPSS', () => readEpss(table + '\n'.repeat(60_000_000), 'epss'), 'epss:5: not a row of EPSS'],
  ])('%s', (_, read, message) => {
    expect(read).toThrow(message)
  })
  test.each(['1\u001b[31m', '<img src=x>', '1 2', '1'.repeat(41), ''])(
    'a version is shown to people, so it is none: %j',
    (catalogVersion) => {
      expect(() => readKev(JSON.stringify({ catalogVersion, vulnerabilities: [] }), 'kev')).toThrow(
        'kev: not the KEV catalogue: catalogVersion: ',
      )
    },
  )
})

test('KEV says what ransomware uses', () => {
  const { version, entries } = readKev(kev, 'kev.json')
  expect([version, entries.get('CVE-2021-44228'), entries.get('CVE-2022-0492')]).toEqual([
    '2026.08.06',
    { ransomware: true },
    { ransomware: false },
  ])
  expect(() => readKev('[]', 'kev.json')).toThrow('not the KEV catalogue')
})

describe('Trivy', () => {
  test('names the image, its digests, and what an update closes', () => {
    const { reference, digests, vulnerabilities } = readTrivy(trivy, 'report.json')
    expect([reference, digests]).toEqual(['registry.example/shop/api:1.4.2', [digest]])
    expect(Object.fromEntries(vulnerabilities)).toEqual({
      'CVE-2020-14386': { fixable: true },
      'CVE-2022-0492': { fixable: false },
      'GHSA-aaaa-bbbb-cccc': { fixable: true },
    })
  })
  test('a report on something else is refused', () => {
    expect(() => readTrivy(trivy.replace('container_image', 'filesystem'), 'report.json')).toThrow(
      'filesystem',
    )
  })
})

describe('the threat of an image', () => {
  const scans = [readTrivy(trivy, 'report.json')]
  const epss = readEpss(table, 'epss.csv')
  const image = { references: ['registry.example/shop/api:1.4.2'] }
  test('is not known without a scan, or without anything to weigh it by', () => {
    expect(threatOf({ references: ['another:1'] }, { scans, epss })).toBeUndefined()
    expect(threatOf(image, { scans })).toBeUndefined()
    expect(threatOf(image, { scans: [], epss })).toBeUndefined()
  })
  test('is not known where nothing is said of what an update closes', () => {
    const catalogue = readKev(kev, 'kev.json')
    expect(threatOf(image, { scans, kev: catalogue })).toBeUndefined()
    const other = readEpss(table.replace('CVE-2020-14386', 'CVE-2020-14387'), 'epss.csv')
    expect(threatOf(image, { scans, epss: other, kev: catalogue })).toBeUndefined()
    const clean = [readTrivy(trivy.replaceAll('"FixedVersion"', '"Other"'), 'report.json')]
    expect(threatOf(image, { scans: clean, kev: catalogue })).toEqual({
      probability: 0,
      because: 'a scan of its image found nothing that an update would close',
      source: 'KEV 2026.08.06',
    })
  })
  test('counts what an update closes, by reference or by digest', () => {
    expect(threatOf(image, { scans, epss })?.probability).toBeCloseTo(0.00043)
    expect(threatOf({ references: ['shop/api'], digest }, { scans, epss })?.probability).toBeCloseTo(0.00043)
  })
  test('is high where somebody is known to exploit it, and says so', () => {
    const exploited = [readTrivy(trivy.replace('CVE-2020-14386', 'CVE-2021-44228'), 'report.json')]
    expect(threatOf(image, { scans: exploited, kev: readKev(kev, 'kev.json') })).toEqual({
      probability: expect.closeTo(0.97) as unknown,
      because: 'its image has CVE-2021-44228, known to be exploited',
      source: 'KEV 2026.08.06',
    })
  })
})
