import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRegistry, type Resolution } from '../../src/adapters/registry.ts'
import { addressOf, isPublic } from '../../src/adapters/public-address.ts'
import { reportSchema, type Finding } from '../../src/model/index.ts'
import { cli, Folder } from '../cli/world.ts'
import { RegistryServer, serve, sha256, TokenServer, user } from './server.ts'

let open: RegistryServer
let closed: RegistryServer
let tokens: TokenServer
let guarded: RegistryServer

beforeAll(async () => {
  tokens = await TokenServer.start()
  ;[open, closed, guarded] = await Promise.all([
    RegistryServer.start(),
    RegistryServer.start('password'),
    RegistryServer.start({ realm: `${tokens.url}/token`, certificate: tokens.certificate }),
  ])
}, 60_000)
afterAll(() => {
  for (const one of [open, closed, guarded, tokens]) one.stop()
})

const basic = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`

/** A home with Docker's configuration. */
function home(config: object, files: Record<string, string> = {}): Folder {
  return new Folder({ '.docker/config.json': JSON.stringify(config), ...files })
}

interface Asked {
  home?: Folder
  helpers?: boolean
  repository?: string
  tag?: string
  environment?: Record<string, string>
}

async function resolve(
  host: string,
  { home: at, helpers = false, repository = 'shop/web', tag = '1.0', environment = {} }: Asked = {},
): Promise<Resolution | undefined> {
  const registry = openRegistry({
    request: { hosts: [host], helpers },
    environment: { ...(at && { HOME: at.path }), ...environment },
    repositories: [at?.path ?? '/'],
  })
  try {
    return await registry.resolve({ host, repository, tag })
  } finally {
    registry.close()
  }
}

describe('a registry', () => {
  it('says which digest a tag stands for: that of the index, not of one of its images', async () => {
    const { index, image } = await open.push('shop/web', '1.0')
    expect(await resolve(open.host)).toEqual({ digest: index })
    expect(index).not.toBe(image)
    expect(await resolve(open.host, { tag: 'none' })).toEqual({ problem: 'has no such tag (404)' })
  })

  it('is asked once for each image', async () => {
    let requests = 0
    const counting = await serve((_, response) => {
      requests++
      response.writeHead(404).end()
    })
    const registry = openRegistry({
      request: { hosts: [counting.host], helpers: false },
      environment: {},
      repositories: [],
    })
    const image = { host: counting.host, repository: 'a', tag: 'b' }
    await Promise.all([
      registry.resolve(image),
      registry.resolve(image),
      registry.resolve({ ...image, tag: 'c' }),
    ])
    expect(requests).toBe(2)
    expect(await registry.resolve({ ...image, host: 'other.example' })).toBeUndefined()
    registry.close()
    counting.stop()
  })

  it('that asks for a password gets the one that Docker knows for it, and no other', async () => {
    const { index } = await closed.push('shop/web', '1.0', () => ({ authorization: basic }))
    const auth = Buffer.from(`${user.name}:${user.password}`).toString('base64')
    using right = home({ auths: { [closed.host]: { auth } } })
    using other = home({ auths: { 'other.example': { auth } } })
    using wrong = home({ auths: { [closed.host]: { username: user.name, password: 'wrong' } } })
    expect(await resolve(closed.host, { home: right })).toEqual({ digest: index })
    const unknown = { problem: 'wants to know who asks (401), and no credentials are known' }
    expect(await resolve(closed.host, { home: other })).toEqual(unknown)
    expect(await resolve(closed.host)).toEqual(unknown)
    expect(await resolve(closed.host, { home: wrong })).toEqual({
      problem: 'does not accept the credentials (401)',
    })
    expect(
      await resolve(closed.host, { environment: { DOCKER_CONFIG: join(right.path, '.docker') } }),
    ).toEqual({ digest: index })
  })

  it('that asks for a token gets it from where it says, with or without credentials', async () => {
    const headers = async (scope: string): Promise<Record<string, string>> => {
      const answer = await fetch(`${tokens.url}/token?scope=${scope}`, { headers: { authorization: basic } })
      const { token } = z.object({ token: z.string() }).parse(await answer.json())
      return { authorization: `Bearer ${token}` }
    }
    const { index } = await guarded.push('shop/web', '1.0', headers)
    const shared = await guarded.push('public/web', '1.0', headers)
    tokens.asked.length = 0
    expect(await resolve(guarded.host, { repository: 'public/web' })).toEqual({ digest: shared.index })
    expect(tokens.asked).toEqual([
      { authorization: undefined, scope: 'repository:public/web:pull', body: '' },
    ])
    expect(await resolve(guarded.host)).toEqual({ problem: 'gives no token (401)' })
    using known = home({ auths: { [guarded.host]: { username: user.name, password: user.password } } })
    expect(await resolve(guarded.host, { home: known })).toEqual({ digest: index })
    using identity = home({ auths: { [guarded.host]: { identitytoken: 'identity' } } })
    expect(await resolve(guarded.host, { home: identity })).toEqual({ digest: index })
    expect(tokens.asked.at(-1)?.body).toContain('grant_type=refresh_token')
  })

  it('has its credentials from a helper only where that is allowed', async () => {
    const { index } = await closed.push('shop/helped', '1.0', () => ({ authorization: basic }))
    using at = home(
      { credHelpers: { [closed.host]: 'test' } },
      {
        'bin/docker-credential-test': `#!/bin/sh\nread -r server\n[ "$1 $server" = "get ${closed.host}" ] && echo '{"Username":"${user.name}","Secret":"${user.password}"}'\n`,
      },
    )
    chmodSync(join(at.path, 'bin/docker-credential-test'), 0o755)
    using work = new Folder()
    const asked = {
      repository: 'shop/helped',
      environment: { HOME: at.path, PATH: `${join(at.path, 'bin')}:/bin:/usr/bin` },
    }
    expect(await resolve(closed.host, asked)).toEqual({
      problem: 'has its credentials with docker-credential-test; allow it with --registry-helpers',
    })
    expect(
      await resolve(closed.host, { ...asked, home: work, helpers: true, environment: asked.environment }),
    ).toEqual({
      digest: index,
    })
    // A program that the repository brings along is not run.
    const refused = await resolve(closed.host, { ...asked, home: at, helpers: true })
    expect(JSON.stringify(refused)).toContain('lies in the repository that is looked at')
  })
})

describe('a registry that is hostile or broken', () => {
  const manifest = JSON.stringify({ schemaVersion: 2, config: {}, layers: [] })
  const type = 'application/vnd.oci.image.manifest.v1+json'

  it.each<[string, number, Record<string, string>, string, string]>([
    [
      'names another digest',
      200,
      { 'content-type': type, 'docker-content-digest': `sha256:${'0'.repeat(64)}` },
      manifest,
      'names another digest than that of the manifest it sends',
    ],
    [
      'sends a page',
      200,
      { 'content-type': 'text/html' },
      '<html>',
      'answers with something that is no image',
    ],
    [
      'sends an old manifest',
      200,
      { 'content-type': 'application/vnd.docker.distribution.manifest.v1+prettyjws' },
      '{"schemaVersion":1}',
      'answers with something that is no image',
    ],
    ['sends no JSON', 200, { 'content-type': type }, 'x', 'answers with a manifest that is no JSON'],
    [
      'sends an empty index',
      200,
      { 'content-type': 'application/vnd.oci.image.index.v1+json' },
      '{"schemaVersion":2,"manifests":[]}',
      'answers with something that is no image',
    ],
    [
      'sends on',
      307,
      { location: 'http://127.0.0.1:1/' },
      '',
      'sends on to another address (307), which is not followed',
    ],
    [
      'sends too much',
      200,
      { 'content-type': type },
      ' '.repeat(5 * 1024 * 1024),
      'answers with more than 4096 KiB',
    ],
    ['has had enough', 429, {}, '', 'answers no more for now (429)'],
    ['fails', 503, {}, '', 'answers with the status 503'],
    [
      'asks for nothing known',
      401,
      { 'www-authenticate': 'Digest realm="x"' },
      '',
      'wants to know who asks (401), and no credentials are known',
    ],
    [
      'wants tokens from elsewhere',
      401,
      { 'www-authenticate': 'Bearer realm="https://tokens.example/token",service="x"' },
      '',
      'wants tokens to be fetched from tokens.example, which is no part of its own site',
    ],
  ])('%s', async (_, status, headers, body, problem) => {
    const server = await serve((__, response) => response.writeHead(status, headers).end(body))
    using known = home({ auths: { [server.host]: { username: 'a', password: 'b' } } })
    expect(await resolve(server.host, { home: known })).toEqual({ problem })
    server.stop()
  })

  it('is not waited for a second time where it cannot be reached', async () => {
    const server = await serve(() => undefined)
    server.stop()
    const registry = openRegistry({
      request: { hosts: [server.host], helpers: false },
      environment: {},
      repositories: [],
    })
    const gone = { problem: 'cannot be reached: ECONNREFUSED' }
    expect(await registry.resolve({ host: server.host, repository: 'a', tag: 'b' })).toEqual(gone)
    expect(await registry.resolve({ host: server.host, repository: 'a', tag: 'c' })).toEqual(gone)
    registry.close()
  })

  it('sends what it says, worked out again', async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-type': type }).end(manifest),
    )
    expect(await resolve(server.host)).toEqual({ digest: sha256(Buffer.from(manifest)) })
    server.stop()
  })
})

describe('an address', () => {
  it.each([
    ['10.0.0.1', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['192.168.1.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['8.8.8.8', true],
    ['::1', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:8.8.8.8', false],
    ['64:ff9b::a00:1', false],
    ['2002:a00:1::', false],
    ['2606:4700::1111', true],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublic({ address, family: address.includes(':') ? 6 : 4 })).toBe(expected)
  })

  it('of this machine is only behind a name of this machine', async () => {
    expect(await addressOf('localhost')).toMatchObject({ family: 4 })
    expect(await addressOf('10.0.0.1')).toBeUndefined()
    expect(await addressOf('[::ffff:127.0.0.1]')).toBeUndefined()
    // Names that lead to this machine and are not called so.
    expect(await addressOf('0.0.0.0')).toBeUndefined()
  })

  it('that is not public is not asked', async () => {
    expect(await resolve('10.255.255.1')).toEqual({
      problem: 'is not asked: 10.255.255.1 leads to an address that is not public',
    })
  })
})

describe('scan and fix with --registry', () => {
  const pod = (...images: readonly string[]): string =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n${images
      .map((image, index) => `    - name: c${index}\n      image: ${image} # kept\n`)
      .join('')}`

  async function findings(folder: Folder, ...args: readonly string[]): Promise<Finding[]> {
    const { stdout } = await cli(folder.path, ['scan', '--verify', 'policy', '--format', 'json', ...args])
    return reportSchema.parse(JSON.parse(stdout)).findings.filter(({ policy }) => policy.startsWith('image-'))
  }

  it('pin what the registry says, and ask where it says nothing', async () => {
    const latest = await open.push('shop/api', 'latest')
    const fixed = await open.push('shop/api', '2.1')
    const name = `${open.host}/shop/api`
    using folder = new Folder({
      'a.yaml': pod(name, `${name}:latest`, `${name}:2.1`, `${open.host}/shop/none`, 'nginx'),
    })
    const only = ['--only', 'image-tag,image-digest']
    const of = (policy: string, all: readonly Finding[]): unknown =>
      all
        .filter((one) => one.policy === policy)
        .map(({ state, reason, values }) => [state, reason?.code, values?.[0]?.value])
    // Nobody is asked who is not named; other objects say which version of the same image they run.
    const unasked = await findings(folder, ...only)
    expect(of('image-digest', unasked)).toEqual(
      Array.from({ length: 5 }, () => ['needs-value', 'needs-value', undefined]),
    )
    const found = await findings(folder, ...only, '--registry', open.host)
    const unknown = [
      ['needs-value', 'no-known-digest', undefined],
      ['needs-value', 'needs-value', undefined],
    ]
    const pinned = ['fixed', undefined, latest.index]
    expect(of('image-tag', found)).toEqual([pinned, pinned, ...unknown])
    expect(of('image-digest', found)).toEqual([pinned, pinned, ['fixed', undefined, fixed.index], ...unknown])
    expect(found[0]?.values?.[0]?.source).toBe(`${open.host}, which has it under latest today`)
    expect(found.find(({ reason }) => reason?.code === 'no-known-digest')?.reason?.text).toContain(
      `${open.host} has no such tag (404).`,
    )
    const result = await cli(folder.path, [
      'fix',
      '--dry-run',
      '--verify',
      'policy',
      ...only,
      '--registry',
      open.host,
    ])
    for (const line of [
      `+      image: ${name}@${latest.index} # kept`,
      `+      image: ${name}:2.1@${fixed.index} # kept`,
    ])
      expect(result.stdout).toContain(`${line}\n`)
    const pretty = await cli(folder.path, ['scan', '--verify', 'policy', ...only, '--registry', open.host])
    expect(pretty.stdout.replaceAll(/\s+/g, ' ')).toContain(
      `${latest.index} from ${open.host}, which has it under latest today`,
    )
  })

  it('run no helper that the repository brings along, in whichever folder of it they are', async () => {
    using at = home({ credHelpers: { [closed.host]: 'test' } })
    using folder = new Folder({
      '.git/HEAD': '',
      'bin/docker-credential-test': '#!/bin/sh\n: > "$0.was-run"\n',
      'deploy/a.yaml': pod(`${closed.host}/shop/web:1.0`),
    })
    const program = join(folder.path, 'bin/docker-credential-test')
    chmodSync(program, 0o755)
    const { stdout } = await cli(
      join(folder.path, 'deploy'),
      ['scan', '--verify', 'policy', '--only', 'image-digest', '--format', 'json'].concat([
        '--registry',
        closed.host,
        '--registry-helpers',
      ]),
      { env: { HOME: at.path, PATH: `${join(folder.path, 'bin')}:/bin:/usr/bin` } },
    )
    expect(stdout).toContain('lies in the repository that is looked at, and is not run')
    expect(existsSync(`${program}.was-run`)).toBe(false)
  })

  it('ask for a single file as well, and from standard input', async () => {
    const { index } = await open.push('shop/one', '1')
    const text = pod(`${open.host}/shop/one:1`)
    using folder = new Folder({ 'a.yaml': text })
    const args = ['--only', 'image-digest', '--registry', open.host]
    expect((await findings(folder, ...args, 'a.yaml'))[0]?.values?.[0]?.value).toBe(index)
    const filtered = await cli(folder.path, ['fix', '--verify', 'policy', ...args, '-'], { input: text })
    expect(filtered.stdout).toContain(`shop/one:1@${index} # kept`)
  })

  it('let what is configured win, and the registry over other objects of the repository', async () => {
    const { index } = await open.push('shop/both', 'latest')
    const name = `${open.host}/shop/both`
    using folder = new Folder({ 'a.yaml': pod(name), 'b.yaml': pod(`${name}:7.1`) })
    const args = ['--only', 'image-tag', '--registry', open.host]
    expect((await findings(folder, ...args))[0]?.patch.at(-1)).toMatchObject({ value: `${name}@${index}` })
    mkdirSync(join(folder.path, '.github'))
    writeFileSync(join(folder.path, '.github/k8s-autofix.yaml'), `images: {pins: {"${name}": "7.2"}}\n`)
    expect((await findings(folder, ...args))[0]?.patch.at(-1)).toMatchObject({ value: `${name}:7.2` })
  })

  it.each(['https://ghcr.io', 'ghcr.io/acme', '', 'a b', 'user@host', 'host:port', '..'])(
    'take no registry called %j',
    async (host) => {
      using folder = new Folder({ 'a.yaml': pod('nginx') })
      const { code, stderr } = await cli(folder.path, ['scan', `--registry=${host}`])
      expect(code).toBe(2)
      expect(stderr).toMatch(/--registry/)
    },
  )
})
