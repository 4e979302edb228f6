import { spawn, type ChildProcess } from 'node:child_process'
import { createHash, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { stringify } from 'yaml'
import { registryProgram } from '../../scripts/registry.ts'
import { certify } from '../cluster/certificates.ts'

export const user = { name: 'robot', password: 'open sesame' }
/** Of that password, by bcrypt. */
const passwords = `${user.name}:$2b$04$glYkIz0z8pIpT3cgX/epge8kV7bn0F6xPRJ59OdRt2oBwu6D7MN7S\n`

type Access = 'anybody' | 'password' | { realm: string; certificate: string }

/** A registry that really runs, on loopback. */
export class RegistryServer {
  readonly host: string
  private readonly process: ChildProcess
  private readonly folder: string

  private constructor(host: string, process: ChildProcess, folder: string) {
    this.host = host
    this.process = process
    this.folder = folder
  }

  static async start(access: Access = 'anybody'): Promise<RegistryServer> {
    const folder = mkdtempSync(join(tmpdir(), 'autofix registry '))
    const config = join(folder, 'config.yml')
    writeFileSync(join(folder, 'passwords'), passwords)
    if (typeof access === 'object') writeFileSync(join(folder, 'certificate.pem'), access.certificate)
    const auth =
      access === 'password'
        ? { htpasswd: { realm: 'here', path: join(folder, 'passwords') } }
        : typeof access === 'object' && {
            token: {
              realm: access.realm,
              service: 'registry.example',
              issuer: 'tests',
              rootcertbundle: join(folder, 'certificate.pem'),
            },
          }
    writeFileSync(
      config,
      stringify({
        version: '0.1',
        log: { level: 'info' },
        storage: { filesystem: { rootdirectory: join(folder, 'data') } },
        http: { addr: '127.0.0.1:0' },
        ...(auth && { auth }),
      }),
    )
    const child = spawn(registryProgram(), ['serve', config], { stdio: ['ignore', 'ignore', 'pipe'] })
    const host = await new Promise<string>((resolve, reject) => {
      createInterface(child.stderr).on('line', (line) => {
        const [, address] = /listening on (127\.0\.0\.1:\d+)/.exec(line) ?? []
        if (address !== undefined) resolve(address)
      })
      child.on('exit', (code) => reject(new Error(`the registry ended with ${code}`)))
      child.on('error', reject)
    })
    return new RegistryServer(host, child, folder)
  }

  /** Stores an image for two platforms, as clients push it. Gives the digest of its index, and of its first image. */
  async push(
    repository: string,
    tag: string,
    headers: (scope: string) => Promise<Record<string, string>> | Record<string, string> = () => ({}),
  ): Promise<{ index: string; image: string }> {
    const scope = `repository:${repository}:pull,push`
    const send = async (method: string, url: string, type: string, body?: Buffer): Promise<Response> => {
      const response = await fetch(url, {
        method,
        headers: { 'content-type': type, ...(await headers(scope)) },
        ...(body && { body: new Uint8Array(body) }),
      })
      if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
      return response
    }
    const base = `http://${this.host}/v2/${repository}`
    const blob = async (content: string): Promise<{ digest: string; size: number }> => {
      const body = Buffer.from(content)
      const opened = await send('POST', `${base}/blobs/uploads/`, 'application/octet-stream')
      const location = new URL(opened.headers.get('location') ?? '')
      location.searchParams.set('digest', sha256(body))
      await send('PUT', location.href, 'application/octet-stream', body)
      return { digest: sha256(body), size: body.length }
    }
    const manifest = async (name: string, type: string, content: object): Promise<string> => {
      const body = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: type, ...content }))
      await send('PUT', `${base}/manifests/${name || sha256(body)}`, type, body)
      return sha256(body)
    }
    const layer = {
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      ...(await blob(`${repository}:${tag}`)),
    }
    const images: { digest: string; size: number; mediaType: string; platform: object }[] = []
    for (const architecture of ['amd64', 'arm64']) {
      const config = {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        ...(await blob(
          JSON.stringify({ architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: [] } }),
        )),
      }
      const type = 'application/vnd.oci.image.manifest.v1+json'
      const content = { config, layers: [layer] }
      const size = Buffer.byteLength(JSON.stringify({ schemaVersion: 2, mediaType: type, ...content }))
      const digest = await manifest('', type, content)
      images.push({ digest, size, mediaType: type, platform: { architecture, os: 'linux' } })
    }
    const index = await manifest(tag, 'application/vnd.oci.image.index.v1+json', { manifests: images })
    return { index, image: images[0]?.digest ?? '' }
  }

  stop(): void {
    this.process.kill('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function sha256(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`
}

/** Gives tokens to whoever has the password, and of public repositories to anybody (the registry's own protocol). */
export class TokenServer {
  readonly url: string
  readonly certificate: string
  /** `Authorization` and scope of each request. */
  readonly asked: { authorization: string | undefined; scope: string | null; body: string }[] = []
  private readonly server: Server

  private constructor(server: Server, certificate: string) {
    this.server = server
    this.certificate = certificate
    this.url = urlOf(server)
  }

  static async start(): Promise<TokenServer> {
    const { certificate, privateKey } = certify({ name: 'tokens', authority: true })
    const der = certificate.replaceAll(/-----[^-]+-----|\n/g, '')
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const tokenFor = (scope: string): string => {
      const [type = '', name = '', actions = ''] = scope.split(':')
      const now = Math.floor(Date.now() / 1000)
      const head = encode({ typ: 'JWT', alg: 'ES256', x5c: [der] })
      const claims = {
        iss: 'tests',
        sub: user.name,
        aud: 'registry.example',
        nbf: now - 60,
        iat: now - 60,
        exp: now + 300,
        jti: scope,
        access: scope === '' ? [] : [{ type, name, actions: actions.split(',') }],
      }
      const signed = `${head}.${encode(claims)}`
      const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
      return `${signed}.${signature.toString('base64url')}`
    }
    const basic = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      const url = new URL(request.url ?? '/', tokens.url)
      const form = new URLSearchParams(body)
      const scope = request.method === 'POST' ? form.get('scope') : url.searchParams.get('scope')
      const { authorization } = request.headers
      tokens.asked.push({ authorization, scope, body })
      const isKnown = authorization === basic || form.get('refresh_token') === 'identity'
      const isPublic = scope?.startsWith('repository:public/') === true
      if (!isKnown && !isPublic) response.writeHead(401).end('{}')
      else response.writeHead(200).end(JSON.stringify({ token: tokenFor(scope ?? '') }))
    }
    const server = createServer((request, response) => void answer(request, response))
    await listening(server)
    const tokens = new TokenServer(server, certificate)
    return tokens
  }

  stop(): void {
    this.server.close()
    this.server.closeAllConnections()
  }
}

/** Any answers at all, on loopback. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ host: string; stop: () => void }> {
  const server = createServer(answer)
  await listening(server)
  return {
    host: new URL(urlOf(server)).host,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function listening(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}

function urlOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}
