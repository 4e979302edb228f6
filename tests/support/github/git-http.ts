import { execFileSync, spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'

let backend: string | undefined

/** Smart HTTP, by git itself: answers once git has ended. */
export async function serveGit(
  root: string,
  { request, url, body, user }: { request: IncomingMessage; url: URL; body: Buffer; user: string },
  response: ServerResponse,
): Promise<void> {
  backend ??= join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend')
  const child = spawn(backend, {
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      HTTP_GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      // Who is known may push.
      ...(user === '' ? {} : { REMOTE_USER: user }),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stdin.end(body)
  await new Promise((resolve) => child.on('close', resolve))
  const output = Buffer.concat(chunks)
  const end = output.indexOf('\r\n\r\n')
  const headers: Record<string, string> = Object.fromEntries(
    output
      .subarray(0, end)
      .toString('utf8')
      .split('\r\n')
      .map((line): [string, string] => {
        const [name = '', value = ''] = line.split(/: (.*)/s)
        return [name, value]
      }),
  )
  response.writeHead(Number(/^\d+/.exec(headers['Status'] ?? '200')?.[0] ?? 200), headers)
  response.end(output.subarray(end + 4))
}
