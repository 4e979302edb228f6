import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

/** The daily file of EPSS, packed, as it is published. */
export function epssFile(scores: Readonly<Record<string, number>>, date = '2026-11-30T12:55:00Z'): Buffer {
  const rows = Object.entries(scores).map(([cve, score]) => `${cve},${score.toFixed(5)},0.50000`)
  return gzipSync(`#model_version:v2026.06.15,score_date:${date}\ncve,epss,percentile\n${rows.join('\n')}\n`)
}

/** The catalogue of KEV; of each CVE, whether ransomware is known to use it. */
export function kevFile(entries: Readonly<Record<string, boolean>>, version = '2026.11.30'): Buffer {
  const vulnerabilities = Object.entries(entries).map(([cveID, ransomware]) => ({
    cveID,
    vendorProject: 'Linux',
    product: 'Kernel',
    vulnerabilityName: 'Linux Kernel Privilege Escalation Vulnerability',
    dateAdded: '2026-06-02',
    shortDescription: 'A local user can gain rights.',
    requiredAction: 'Apply updates.',
    dueDate: '2026-06-23',
    knownRansomwareCampaignUse: ransomware ? 'Known' : 'Unknown',
    notes: '',
    cwes: [],
  }))
  const text = JSON.stringify({
    title: 'CISA Catalog of Known Exploited Vulnerabilities',
    catalogVersion: version,
    dateReleased: '2026-11-30T15:00:00.0000Z',
    count: vulnerabilities.length,
    vulnerabilities,
  })
  return Buffer.from(text)
}

export interface FeedServer extends AsyncDisposable {
  /** What was asked: host and path, and the headers. */
  asked: { url: string; headers: IncomingMessage['headers'] }[]
  /** Asks this server instead of whatever an address with https names. */
  fetch: typeof globalThis.fetch
}

/** A publisher on loopback: to code under test it is the one of whatever https address is asked for. */
export async function feedServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<FeedServer> {
  const asked: FeedServer['asked'] = []
  const server = createServer((request, response) => {
    asked.push({ url: `${String(request.headers['x-host'])}${request.url ?? ''}`, headers: request.headers })
    answer(request, response)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    asked,
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      if (url.protocol !== 'https:') throw new Error(`${url.href} was asked for without https`)
      const headers = new Headers(init?.headers)
      headers.set('x-host', url.host)
      return fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, { ...init, headers })
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }
}
