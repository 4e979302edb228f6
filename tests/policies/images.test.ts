import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { compileImages } from '../../scripts/compile-images.ts'
import { isCovered } from '../../src/policies/images.ts'
import { images } from '../../src/policies/images.generated.ts'
import { analyse } from '../support/analyse.ts'

const text = readFileSync(join(import.meta.dirname, '..', '..', 'knowledge', 'images.yaml'), 'utf8')

describe('knowledge/images.yaml', () => {
  it('is sound and sorted, each fact has its source, and the bundle holds what it says', () => {
    const { images: read, problems } = compileImages(text)
    expect(problems).toEqual([])
    expect(images).toEqual(read)
    expect(read.length).toBeGreaterThan(40)
  })

  it.each<[what: string, entry: string, problem: RegExp]>([
    ['a name that is written otherwise', 'names: [docker.io/library/zed]', /is written zed/],
    ['an entry out of its place', 'names: [alpine]', /does not stand in its place/],
    [
      'a path in another one',
      'names: [zed], writable: {paths: [/a, /a/b], source: https://a.example}',
      /lies in another/,
    ],
    ['an entry without a fact', 'names: [zed]', /says nothing/],
  ])('does not take %s', (_, entry, problem) => {
    const { problems } = compileImages(`${text}- {from: '1', through: '2', ${entry}}\n`)
    expect(problems.some((one) => problem.test(one))).toBe(true)
  })

  it('does not take a fact without a source', () => {
    expect(() => compileImages("- {names: [a], from: '1', through: '2', user: {id: 0}}\n")).toThrow('source')
  })
})

test.each<[tag: string, covered: boolean]>([
  ['1.19', true],
  ['1.19.0', true],
  ['v1.25.3', true],
  ['1.27.9', true],
  ['1.27-alpine', true],
  ['1.27.4-alpine3.20', true],
  ['1.25.4-debian-12-r5', true],
  ['1.18.9', false],
  ['1.28', false],
  ['2.0', false],
  // It moves on, and may have passed what is known.
  ['1', false],
  ['latest', false],
  ['stable', false],
  ['alpine', false],
  ['1.27-perl', false],
  ['1.27-alpine-perl', false],
])('of 1.19 through 1.27, with alpine and debian, %s is covered: %s', (tag, covered) => {
  const known = { names: ['a'], from: '1.19', through: '1.27', variants: ['alpine', 'debian'] }
  expect(isCovered(tag, known)).toBe(covered)
})

interface Ending {
  state: string
  safe?: boolean
  because?: string
}

/** How the one finding of a policy in a pod with this container ends. */
function ending(policy: string, container: string): Ending {
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, ${container}}\n  volumes: [{name: v, emptyDir: {}}]\n`
  const { findings } = analyse(pod, { only: [policy] })
  expect(findings).toHaveLength(1)
  const [{ state, safe, breakage, reason } = { state: 'none' }] = findings
  return { state, ...(safe !== undefined && { safe }), because: reason?.text ?? breakage?.because ?? '' }
}

const prometheus = 'image: prom/prometheus:v2.53.1'

describe('where an image writes', () => {
  const data = 'volumeMounts: [{name: v, mountPath: /data}]'

  it.each<[container: string, safe: boolean]>([
    [prometheus, true],
    [`${prometheus}, args: [--web.enable-lifecycle, --web.external-url=https://a.example/prometheus]`, true],
    [`${prometheus}, args: [--storage.tsdb.path=/prometheus/data]`, true],
    [`${prometheus}, args: [--storage.tsdb.path, /data/tsdb], ${data}`, true],
    [`${prometheus}, args: [--storage.tsdb.path=/data-2], ${data}`, false],
    ['image: "grafana/grafana:11.0.0", env: [{name: GF_PATHS_DATA, value: /data}]', false],
    [`image: "grafana/grafana:11.0.0", env: [{name: GF_PATHS_DATA, value: /data}], ${data}`, true],
    [
      'image: "grafana/grafana:11.0.0", env: [{name: GF_SERVER_ROOT_URL, value: "https://a.example/b"}]',
      true,
    ],
    [`${prometheus}, args: [sh, -c, run]`, false],
    [`${prometheus}, command: [prometheus]`, false],
    ['image: prom/prometheus', false],
    ['image: prom/prometheus:latest', false],
    ['image: ghcr.io/acme/prometheus:v2.53.1', false],
  ])('of {%s} is known: %s', (container, safe) => {
    expect(ending('read-only-root-fs', container)).toMatchObject({ state: 'fixed', safe })
  })

  it('is that of the version that was written, in whatever order fixes are made', () => {
    const containers = ['a', 'b'].map((name) => `  - {name: ${name}, image: nginx}\n`).join('')
    const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n${containers}`
    const config = { images: { pins: { nginx: '1.27.3' } } }
    // The volume of one container is there when that of the other is planned once more.
    const { change } = analyse(pod, { only: ['image-tag', 'read-only-root-fs'], config })
    expect(change?.after.match(/nginx:1\.27\.3/g)).toHaveLength(2)
    expect(change?.after.match(/mountPath: [^,}]+/g)).toEqual(['mountPath: /tmp', 'mountPath: /tmp'])
  })

  it('is told with its source', () => {
    expect(ending('read-only-root-fs', prometheus).because).toMatch(
      /^the image writes to these places alone as it is made.* \(https:\/\/github\.com\/prometheus-operator\/\S+\)$/,
    )
  })
})

describe('what the program of an image carries', () => {
  const dns = 'image: "registry.k8s.io/coredns/coredns:v1.11.1"'

  it.each<[container: string, end: Ending]>([
    [dns, { state: 'refused' }],
    [`${dns}, args: [-conf, /etc/coredns/Corefile]`, { state: 'refused' }],
    [`${dns}, securityContext: {capabilities: {add: [SYS_TIME]}}`, { state: 'refused' }],
    [`${dns}, securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}`, { state: 'fixed', safe: true }],
    // The command may be that program as well.
    [`${dns}, command: [/coredns]`, { state: 'refused' }],
    [`${dns}, command: [sh, -c, exec /coredns]`, { state: 'refused' }],
    ['image: redis:7.2', { state: 'fixed', safe: false }],
  ])('of {%s}', (container, end) => {
    expect(ending('drop-all-capabilities', container)).toMatchObject(end)
  })
})

describe('whom an image runs as', () => {
  it.each<[container: string, end: Ending]>([
    ['image: redis:7.2', { state: 'needs-value' }],
    ['image: redis:7.2, securityContext: {runAsUser: 999}', { state: 'fixed', safe: true }],
    // It is the image's own, whatever it runs.
    ['image: "redis:7.2", command: [sh]', { state: 'needs-value' }],
    [`${prometheus}, command: [sh]`, { state: 'fixed', safe: true }],
    ['image: redis:8.0', { state: 'fixed', safe: false }],
    ['image: redis', { state: 'fixed', safe: false }],
  ])('of {%s}', (container, end) => {
    expect(ending('run-as-non-root', container)).toMatchObject(end)
  })

  it('is told with its source', () => {
    expect(ending('run-as-non-root', 'image: redis:7.2').because).toMatch(
      /^The image runs as root\. Which user id does it work with\? \(https:\/\/github\.com\/docker-library\/redis\/\S+\)$/,
    )
  })
})
