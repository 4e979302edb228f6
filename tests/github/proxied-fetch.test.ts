import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fetchByAddress } from '../../src/action/proxied-fetch.ts'

/** A proxy that lets nobody through, and remembers whom it was asked for. */
const asked: string[] = []
const proxy = createServer().on('connect', ({ url = '' }, socket: Socket) => {
  asked.push(url)
  socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
})

beforeEach(async () => {
  asked.length = 0
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  vi.stubEnv('https_proxy', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  vi.stubEnv('HTTPS_PROXY', undefined)
  vi.stubEnv('NO_PROXY', undefined)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  proxy.closeAllConnections()
  await new Promise((resolve) => void proxy.close(resolve))
})

describe('each address is asked through the proxy that is its own', () => {
  it.each([
    [
      'one beside a GitHub that needs none',
      'github.example',
      'https://feeds.example/kev.json',
      'feeds.example:443',
    ],
    [
      'one that needs none, beside a GitHub that does',
      '127.0.0.1',
      'https://127.0.0.1:9/kev.json',
      undefined,
    ],
  ])('%s', async (_, none, address, through) => {
    vi.stubEnv('no_proxy', none)
    vi.stubEnv('GITHUB_API_URL', 'https://github.example/api/v3')
    await expect(fetchByAddress(address)).rejects.toThrow('fetch failed')
    expect(asked).toEqual(through === undefined ? [] : [through])
  })
})
