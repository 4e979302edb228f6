import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { tool } from '../../scripts/tools.ts'
import type { Manifest } from '../../src/cluster/cluster.ts'
import { openKubeconfig, readKubeconfig, type KubeconfigRequest } from '../../src/cluster/kubeconfig.ts'
import { InfrastructureError, UserError } from '../../src/model/index.ts'
import { startTestServer, stopTestServers, type Pair, type TestServer } from '../support/kind-stand-in.ts'

let home: string
let server: TestServer
let ended: Pair
let stranger: Pair

beforeAll(async () => {
  for (const name of ['kube-apiserver', 'etcd']) tool(name)
  home = mkdtempSync(join(tmpdir(), 'kubeconfig-server-'))
  server = await startTestServer(home, [
    'token-of-the-administrator,root,root,system:masters',
    'token-of-a-reader,reader,reader',
  ])
  ended = server.authority.issue('ended', '/O=system:masters/CN=ended', -1)
  stranger = server.authority.issue('stranger', '/CN=stranger')
}, 1_200_000)

afterAll(() => {
  stopTestServers(home)
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
})

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const packed = (text: string): string => Buffer.from(text).toString('base64')

interface Parts {
  user?: object
  cluster?: object
  context?: object
  more?: object
}

/** A kubeconfig with one context `main`, written to a file. */
function kubeconfig({ user = {}, cluster = {}, context = {}, more = {} }: Parts, name = 'config'): string {
  const file = join(folder, name)
  writeFileSync(
    file,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'main',
      contexts: [{ name: 'main', context: { cluster: 'main', user: 'main', ...context } }],
      clusters: [
        {
          name: 'main',
          cluster: {
            server: server.url,
            'certificate-authority-data': packed(server.authority.certificate),
            ...cluster,
          },
        },
      ],
      users: [{ name: 'main', user }],
      ...more,
    }),
  )
  return file
}

function request(files: string | string[], more: Partial<KubeconfigRequest> = {}): KubeconfigRequest {
  return {
    files: typeof files === 'string' ? [files] : files,
    origin: '--kubeconfig',
    exec: false,
    environment: {},
    repositories: [],
    ...more,
  }
}

async function failure(promise: Promise<unknown>): Promise<UserError | InfrastructureError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error instanceof UserError || error instanceof InfrastructureError).toBe(true)
  return error as UserError | InfrastructureError
}

const configMap: Manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: '',
  name: 'settings',
  type: 'application/yaml',
  body: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n',
}

/** Opens the context, asks for one dry-run, and gives what came of it. */
async function dryRun(file: string, more: Partial<KubeconfigRequest> = {}): Promise<unknown> {
  const { cluster } = await openKubeconfig(request(file, more))
  try {
    expect(cluster.backend).toBe('kubeconfig')
    await cluster.prepare([])
    return await cluster.dryRun(configMap)
  } finally {
    await cluster.close()
  }
}

describe('a context of a kubeconfig, against a real server', () => {
  it('with a client certificate in the file', async () => {
    const { certificate, key } = server.administrator
    const user = { 'client-certificate-data': packed(certificate), 'client-key-data': packed(key) }
    expect(await dryRun(kubeconfig({ user }))).toMatchObject({ outcome: 'accepted' })
  })

  it('with a client certificate and authority in files beside it', async () => {
    mkdirSync(join(folder, 'pki'))
    writeFileSync(join(folder, 'pki', 'me.crt'), server.administrator.certificate)
    writeFileSync(join(folder, 'pki', 'me.key'), server.administrator.key)
    writeFileSync(join(folder, 'ca.crt'), server.authority.certificate)
    const file = kubeconfig({
      user: { 'client-certificate': 'pki/me.crt', 'client-key': './pki/me.key' },
      cluster: { 'certificate-authority-data': null, 'certificate-authority': 'ca.crt' },
    })
    expect(await dryRun(file)).toMatchObject({ outcome: 'accepted' })
  })

  it('with a token, and with a token file, which wins', async () => {
    const token = 'token-of-the-administrator'
    expect(await dryRun(kubeconfig({ user: { token } }))).toMatchObject({ outcome: 'accepted' })
    writeFileSync(join(folder, 'token'), `${token}\n`)
    expect(await dryRun(kubeconfig({ user: { token: 'stale', tokenFile: 'token' } }))).toMatchObject({
      outcome: 'accepted',
    })
  })

  it('acting as somebody else', async () => {
    const user = { token: 'token-of-the-administrator', as: 'reader' }
    expect(await dryRun(kubeconfig({ user }))).toMatchObject({
      outcome: 'unanswered',
      fault: 'no-permission',
    })
    const masters = { ...user, 'as-groups': ['system:masters'] }
    expect(await dryRun(kubeconfig({ user: masters }))).toMatchObject({ outcome: 'accepted' })
  })

  it('under another name of the server, and without looking at its certificate', async () => {
    const user = { token: 'token-of-the-administrator' }
    const cluster = { 'tls-server-name': 'localhost' }
    expect(await dryRun(kubeconfig({ user, cluster }))).toMatchObject({ outcome: 'accepted' })
    const blind = { 'certificate-authority-data': null, 'insecure-skip-tls-verify': true }
    const file = kubeconfig({ user, cluster: blind })
    expect(await dryRun(file)).toMatchObject({ outcome: 'accepted' })
    const { notes, cluster: opened } = await openKubeconfig(request(file))
    await opened.close()
    expect(notes[0]).toBe(`context "main" at ${server.url}`)
    expect(notes[1]).toMatch(/not verified/)
  })

  it('stores nothing, and seeds nothing', async () => {
    const user = { token: 'token-of-the-administrator' }
    const { cluster } = await openKubeconfig(request(kubeconfig({ user })))
    const shop = { ...configMap, namespace: 'shop' }
    try {
      const prepared = await cluster.prepare([
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } },
      ])
      expect(prepared.assumed).toEqual([])
      expect(await cluster.dryRun(shop)).toMatchObject({
        outcome: 'rejected',
        rejection: 'missing-namespace',
      })
      expect(await cluster.tryUpdate(configMap, [])).toBeUndefined()
      expect(await cluster.dryRun(configMap)).toMatchObject({ outcome: 'accepted' })
      // Had the first one been stored, the second would be there already.
      expect(await cluster.dryRun(configMap)).toMatchObject({ outcome: 'accepted' })
    } finally {
      await cluster.close()
    }
  })
})

describe('trouble with a real server has its own words', () => {
  it('no permission for dry-runs', async () => {
    const { certificate, key } = stranger
    const user = { 'client-certificate-data': packed(certificate), 'client-key-data': packed(key) }
    const denied = { outcome: 'unanswered', fault: 'no-permission' }
    expect(await dryRun(kubeconfig({ user }))).toMatchObject(denied)
    expect(await dryRun(kubeconfig({ user: { token: 'token-of-a-reader' } }))).toMatchObject(denied)
  })

  it('a token that the server does not know', async () => {
    const file = kubeconfig({ user: { token: 'secret-but-wrong' } })
    const error = await failure(dryRun(file))
    expect(error).toBeInstanceOf(InfrastructureError)
    expect(error.message).toMatch(/401|credentials|unauth/i)
    expect(error.message).not.toContain('secret-but-wrong')
  })

  it('a server of another authority', async () => {
    const user = { token: 'token-of-the-administrator' }
    const cluster = { 'certificate-authority-data': null }
    const error = await failure(dryRun(kubeconfig({ user, cluster })))
    expect(error).toBeInstanceOf(InfrastructureError)
    expect(error.message).toMatch(/not trusted/)
  })

  it('nobody at the address', async () => {
    const file = kubeconfig({ user: {}, cluster: { server: 'https://127.0.0.1:1' } })
    expect((await failure(dryRun(file))).message).toMatch(/127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/)
  })

  it('a certificate that has expired', async () => {
    const user = {
      'client-certificate-data': packed(ended.certificate),
      'client-key-data': packed(ended.key),
    }
    const error = await failure(dryRun(kubeconfig({ user })))
    expect(error).toBeInstanceOf(InfrastructureError)
    expect(error.message).toMatch(/user "main": the client certificate expired on \d{4}-\d\d-\d\d$/)
  })
})

/** A login program: two lines of JavaScript, no shell. */
function plugin(body: string, name = 'login'): string {
  const file = join(folder, name)
  writeFileSync(file, `#!${process.execPath}\n${body}\n`, { mode: 0o755 })
  return file
}

const v1 = 'client.authentication.k8s.io/v1'
const credential = (status: object, apiVersion = v1): string =>
  JSON.stringify({ apiVersion, kind: 'ExecCredential', status })
const printing = (text: string): string => `process.stdout.write(${JSON.stringify(text)})`

describe('a program that logs in', () => {
  const token = 'token-of-the-administrator'
  const user = (command: string, more: object = {}): object => ({
    exec: { apiVersion: v1, command, interactiveMode: 'IfAvailable', ...more },
  })

  it('is run when that is allowed, and its token is used', async () => {
    plugin(printing(credential({ token })))
    const file = kubeconfig({ user: user('./login') })
    expect(await dryRun(file, { exec: true })).toMatchObject({ outcome: 'accepted' })
    // Found on PATH as well; a relative entry there is not.
    const bare = kubeconfig({ user: user('login') })
    expect(await dryRun(bare, { exec: true, environment: { PATH: `.:${folder}` } })).toMatchObject({
      outcome: 'accepted',
    })
    expect((await failure(dryRun(bare, { exec: true, environment: { PATH: '.' } }))).message).toMatch(
      /"login" is not on PATH/,
    )
  })

  it('may answer with a certificate, in the older version too', async () => {
    const { certificate, key } = server.administrator
    const beta = 'client.authentication.k8s.io/v1beta1'
    plugin(printing(credential({ clientCertificateData: certificate, clientKeyData: key }, beta)))
    const file = kubeconfig({ user: user('./login', { apiVersion: beta, interactiveMode: null }) })
    expect(await dryRun(file, { exec: true })).toMatchObject({ outcome: 'accepted' })
  })

  it('is not run when it is not allowed', async () => {
    plugin(`require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'ran'))}, '')`)
    const error = await failure(dryRun(kubeconfig({ user: user('./login') })))
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toMatch(/user "main" runs the program "\.\/login" to log in.* not run in Actions/)
    expect(() => readFileSync(join(folder, 'ran'))).toThrow()
  })

  it('is not run where a token or a certificate makes it unnecessary', async () => {
    const file = kubeconfig({ user: { ...user('./absent'), token } })
    expect(await dryRun(file)).toMatchObject({ outcome: 'accepted' })
  })

  it('is not run out of the repository that is being looked at', async () => {
    const repository = join(folder, 'repository')
    mkdirSync(repository)
    plugin(printing(credential({ token })), 'repository/login')
    const allowed = { exec: true, repositories: [repository] }
    const file = kubeconfig({ user: user('./repository/login') })
    expect((await failure(dryRun(file, allowed))).message).toMatch(/lies in the repository/)
    const bare = kubeconfig({ user: user('login') })
    expect((await failure(dryRun(bare, { ...allowed, environment: { PATH: repository } }))).message).toMatch(
      /not on PATH/,
    )
  })

  it('gets few variables, its own, and what the protocol says', async () => {
    const seen = join(folder, 'seen.json')
    plugin(
      `require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ env: process.env, argv: process.argv.slice(2) }));${printing(credential({ token }))}`,
    )
    const settings = {
      args: ['get-token', '; touch x', '$(y)'],
      env: [{ name: 'ROLE', value: 'judge' }],
      provideClusterInfo: true,
    }
    const file = kubeconfig({
      user: user('./login', settings),
      cluster: {
        extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'shop' } }],
      },
    })
    const environment = {
      HOME: '/home/me',
      AWS_PROFILE: 'shop',
      GITHUB_TOKEN: 'secret',
      OPENAI_API_KEY: 'secret',
    }
    await dryRun(file, { exec: true, environment })
    const { env, argv } = JSON.parse(readFileSync(seen, 'utf8')) as {
      env: Record<string, string>
      argv: string[]
    }
    expect(argv).toEqual(settings.args)
    expect(env).toMatchObject({ HOME: '/home/me', AWS_PROFILE: 'shop', ROLE: 'judge' })
    expect(JSON.stringify(env)).not.toContain('secret')
    expect(JSON.parse(env['KUBERNETES_EXEC_INFO']!)).toEqual({
      apiVersion: v1,
      kind: 'ExecCredential',
      spec: {
        interactive: false,
        cluster: {
          server: server.url,
          'certificate-authority-data': packed(server.authority.certificate),
          config: { audience: 'shop' },
        },
      },
    })
  })

  it.each<[string, string, RegExp]>([
    ['prints garbage', printing('Please visit https://login'), /it is not JSON/],
    ['prints something else', printing('{"kind":"List"}'), /no usable ExecCredential: /],
    ['prints another version', printing(credential({ token }, `${v1}beta1`)), /its apiVersion is/],
    ['prints no credential', printing(credential({})), /neither a token nor a certificate/],
    ['prints half of one', printing(credential({ clientKeyData: 'x' })), /one is missing/],
    [
      'prints an old one',
      printing(credential({ token, expirationTimestamp: '2020-01-01T00:00:00Z' })),
      /expired at 2020-01-01/,
    ],
    ['fails', `process.stderr.write('session is over');process.exit(7)`, /exit code 7:\nsession is over/],
    ['floods', `process.stdout.write('x'.repeat(3000000))`, /failed/],
    ['hangs', `setInterval(() => {}, 1000)`, /did not end within 0\.7 s/],
  ])('that %s', async (what, body, words) => {
    plugin(body)
    const error = await failure(
      dryRun(kubeconfig({ user: user('./login', { installHint: 'Install it.' }) }), {
        exec: true,
        timeout: what === 'hangs' ? 700 : 60_000,
      }),
    )
    expect(error).toBeInstanceOf(InfrastructureError)
    expect(error.message).toMatch(words)
    expect(error.message).not.toContain(token)
  })

  it('that wants to ask questions, or speaks an unknown version', async () => {
    const always = kubeconfig({ user: user('./login', { interactiveMode: 'Always' }) })
    expect((await failure(dryRun(always, { exec: true }))).message).toMatch(/wants to ask questions/)
    const old = kubeconfig({ user: user('./login', { apiVersion: 'client.authentication.k8s.io/v1alpha1' }) })
    expect((await failure(dryRun(old, { exec: true }))).message).toMatch(/v1alpha1" is not known/)
    const absent = kubeconfig({ user: user('absent', { installHint: 'Get it at the counter.' }) })
    const error = await failure(dryRun(absent, { exec: true }))
    expect(error).toMatchObject({ message: /"absent" is not on PATH/, hint: 'Get it at the counter.' })
  })
})

describe('what is wrong in a kubeconfig is told with file and entry', () => {
  const wrong = async (file: string, more: Partial<KubeconfigRequest> = {}): Promise<UserError> => {
    const error = await failure(readKubeconfig(request(file, more)))
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toContain(file)
    return error as UserError
  }
  const raw = (text: string): string => {
    const file = join(folder, 'config')
    writeFileSync(file, text)
    return file
  }

  it('a context that is not there', async () => {
    const file = kubeconfig({ more: { contexts: ['one', 'two'].map((name) => ({ name, context: {} })) } })
    expect((await wrong(file, { context: 'three' })).message).toMatch(
      /there is no context "three"; there are: one, two$/,
    )
    expect((await wrong(file)).message).toMatch(
      /the current-context "main" does not exist; there are: one, two$/,
    )
    const none = kubeconfig({ more: { 'current-context': '' } })
    expect(await wrong(none)).toMatchObject({
      message: /no current-context is set; there are: main$/,
      hint: /--context/,
    })
    expect((await wrong(raw(''))).message).toMatch(/no current-context is set; there is none in it$/)
  })

  it('a context that leads nowhere', async () => {
    expect((await wrong(kubeconfig({ context: { cluster: 'x' } }))).message).toMatch(
      /context "main" names no cluster that is there: "x"/,
    )
    expect((await wrong(kubeconfig({ context: { user: 'x' } }))).message).toMatch(/names no user .*"x"/)
  })

  it.each<[string, string, RegExp]>([
    ['no YAML', 'apiVersion: v1\nkind: Config\nusers: [\n', /config:\d+: /],
    ['a secret in broken YAML', 'users:\n- name: a\n  user: {token: "hidden-secret\n', /config:\d+: /],
    ['another kind', 'apiVersion: v1\nkind: Pod\n', /config: kind: /],
    ['a list of another form', 'clusters: {a: b}\n', /config: clusters: /],
    ['a value of another type', 'users: [{name: a, user: {token: 17}}]\n', /config: users\.0\.user\.token: /],
    ['plain text', 'hello\n', /config: the file: /],
    ['two documents', 'apiVersion: v1\n---\napiVersion: v1\n', /2 documents/],
    [
      'a name twice',
      'contexts: [{name: a, context: {}}, {name: a, context: {}}]\n',
      /contexts: the name "a" is there twice/,
    ],
  ])('%s', async (_, text, words) => {
    const { message } = await wrong(raw(text))
    expect(message).toMatch(words)
    expect(message).not.toContain('hidden-secret')
  })

  it.each<[string, object, RegExp]>([
    ['a proxy', { 'proxy-url': 'http://proxy:3128' }, /proxy-url is not supported/],
    ['no server', { server: '' }, /server is missing/],
    ['no address', { server: 'here' }, /is no address such as/],
    ['plain http', { server: 'http://example.test' }, /plain http/],
    ['a password in the address', { server: 'https://a:b@example.test' }, /holds a user name or password/],
    ['an authority that is none', { 'certificate-authority-data': packed('x') }, /no certificate in PEM/],
    [
      'an authority in no base64',
      { 'certificate-authority-data': '***' },
      /certificate-authority-data is not base64/,
    ],
    ['an authority that is not looked at', { 'insecure-skip-tls-verify': true }, /kubectl refuses that too/],
    [
      'an authority that is not there',
      { 'certificate-authority-data': null, 'certificate-authority': 'absent' },
      /certificate-authority, .*absent, does not exist/,
    ],
  ])('cluster: %s', async (_, cluster, words) => {
    const { message } = await wrong(kubeconfig({ cluster }))
    expect(message).toMatch(/cluster "main"/)
    expect(message).toMatch(words)
  })

  it.each<[string, () => object, RegExp]>([
    ['auth-provider', () => ({ 'auth-provider': { name: 'gcp' } }), /auth-provider "gcp" is not supported/],
    ['token and password', () => ({ token: 'a', username: 'b' }), /only one is allowed/],
    ['token with a line break', () => ({ token: 'a\nb' }), /characters that no token has/],
    ['no token file', () => ({ tokenFile: 'absent' }), /tokenFile, .*absent, does not exist/],
    ['half a pair', () => ({ 'client-key-data': packed('x') }), /no client-certificate/],
    ['the other half', () => ({ 'client-certificate-data': packed('x') }), /no client-key/],
    [
      'no certificate',
      () => ({ 'client-certificate-data': packed('x'), 'client-key-data': packed('x') }),
      /no certificate in PEM/,
    ],
    [
      'no key',
      () => ({
        'client-certificate-data': packed(stranger.certificate),
        'client-key-data': packed('x'),
      }),
      /no private key in PEM/,
    ],
    [
      'a key of another',
      () => ({
        'client-certificate-data': packed(stranger.certificate),
        'client-key-data': packed(server.administrator.key),
      }),
      /does not belong to the client certificate/,
    ],
    ['many groups', () => ({ as: 'a', 'as-groups': ['b', 'c'] }), /not supported/],
    ['a group of nobody', () => ({ 'as-groups': ['b'] }), /need as/],
  ])('user: %s', async (_, user, words) => {
    const { message } = await wrong(kubeconfig({ user: user() }))
    expect(message).toMatch(/user "main"/)
    expect(message).toMatch(words)
  })

  it('a password is sent as such', async () => {
    const { connection } = await readKubeconfig(
      request(kubeconfig({ user: { username: 'me', password: 'x' } })),
    )
    expect(connection.headers).toEqual({ authorization: `Basic ${packed('me:x')}` })
  })

  it('no file', async () => {
    const file = join(folder, 'absent')
    expect((await wrong(file)).message).toMatch(/the kubeconfig of --kubeconfig does not exist/)
    expect((await wrong(folder)).message).toMatch(/cannot be read: EISDIR/)
  })
})

describe('where a kubeconfig may lie', () => {
  it('is nowhere in the repository, by no way', async () => {
    const repository = join(folder, 'repository')
    mkdirSync(join(repository, 'deploy'), { recursive: true })
    const file = kubeconfig({ user: {} }, 'repository/deploy/config')
    const link = join(folder, 'link')
    symlinkSync(file, link)
    const folderLink = join(folder, 'folder-link')
    symlinkSync(repository, folderLink)
    for (const [path, tree] of [
      [file, repository],
      [join(repository, 'deploy', '..', 'deploy', 'config'), repository],
      [link, repository],
      [file, folderLink],
    ] as const) {
      const error = await failure(readKubeconfig(request(path, { repositories: [tree] })))
      expect(error).toBeInstanceOf(UserError)
      expect(error.message).toMatch(/lies in the repository/)
    }
    const beside = kubeconfig({ user: {} }, 'repository-of-mine')
    await readKubeconfig(request(beside, { repositories: [repository] }))
  })
})

describe('several files of KUBECONFIG', () => {
  it('are one, and the first that says something wins, entry by entry', async () => {
    const write = (name: string, content: object): string => {
      const file = join(folder, name)
      writeFileSync(file, stringify(content))
      return file
    }
    mkdirSync(join(folder, 'b'))
    writeFileSync(join(folder, 'b', 'token'), 'from-b')
    const cluster = (address: string): object[] => [{ name: 'c', cluster: { server: address } }]
    const a = write('a', {
      contexts: [{ name: 'one', context: { cluster: 'c', user: 'u' } }],
      clusters: cluster('https://first:6443'),
    })
    const b = write('b/config', {
      'current-context': 'one',
      contexts: [{ name: 'two', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
      clusters: cluster('https://second:6443'),
      users: [{ name: 'u', user: { tokenFile: 'token' } }],
    })
    const c = write('c', { 'current-context': 'two', users: [{ name: 'u', user: { token: 'from-c' } }] })
    const files = [join(folder, 'absent'), a, b, c]
    const first = await readKubeconfig(request(files))
    expect(first).toMatchObject({
      context: 'one',
      connection: { url: 'https://first:6443', token: 'from-b' },
      notes: [],
    })
    const second = await readKubeconfig(request(files, { context: 'two' }))
    expect(second.notes).toEqual([expect.stringMatching(/judged in "default", not in "shop"/)])
    expect((await readKubeconfig(request([c, b, a]))).connection).toMatchObject({
      url: 'https://second:6443',
      token: 'from-c',
    })
  })
})
