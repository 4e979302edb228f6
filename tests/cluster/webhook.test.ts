import { readdirSync, readFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClient, type ApiClient, type Cluster } from '../../src/cluster/index.ts'
import { z } from 'zod'
import { processesIn } from './kill.ts'
import { matching } from './matching.ts'
import { manifestOf, objectOf, openRealServer } from './server.ts'
import { standIn, type StandIn } from './stand-in.ts'

/** What a real API server says when an admission webhook is asked: the words that tell a denial from trouble. */
let temporary: string
let cluster: Cluster
let client: ApiClient
let webhook: StandIn
beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'k8s-autofix-test-'))
  cluster = await openRealServer({ temporary })
  const [own = ''] = readdirSync(temporary)
  const [token = ''] = readFileSync(join(temporary, own, 'tokens.csv'), 'utf8').split(',')
  const port = processesIn(temporary)
    .map(({ command }) => /--secure-port=(?<port>\d+)/.exec(command)?.groups?.['port'])
    .find((one) => one !== undefined)
  client = createClient({
    url: `https://127.0.0.1:${port}`,
    certificateAuthority: readFileSync(join(temporary, own, 'certs', 'apiserver.crt'), 'utf8'),
    token,
  })
  webhook = await standIn(({ path, body }) => {
    const { request } = z.object({ request: z.object({ uid: z.string() }) }).parse(JSON.parse(body))
    const { uid } = request
    const status =
      path === '/own-code?timeout=10s' ? { code: 500, message: 'not on Fridays' } : { message: 'not today' }
    return {
      status: 200,
      body: {
        apiVersion: 'admission.k8s.io/v1',
        kind: 'AdmissionReview',
        response: { uid, allowed: false, status },
      },
    }
  })
})
afterAll(async () => {
  client.close()
  await cluster.close()
  await webhook.close()
  rmSync(temporary, { recursive: true })
})

/** The verdict on an object in a namespace that one webhook looks at. */
async function verdictBy(name: string, url: string): Promise<object> {
  const response = await client.request({
    method: 'POST',
    path: '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
    body: JSON.stringify({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name },
      webhooks: [
        {
          name: `${name}.example.com`,
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          failurePolicy: 'Fail',
          clientConfig: { url, caBundle: Buffer.from(webhook.authority).toString('base64') },
          namespaceSelector: { matchLabels: { by: name } },
          rules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE'],
              resources: ['configmaps'],
              scope: '*',
            },
          ],
        },
      ],
    }),
  })
  expect(response.status).toBe(201)
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: ${name}}\n`
  const namespace = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {by: ${name}}}\n`
  await cluster.prepare([text, namespace].map(objectOf))
  // The server notices a new webhook a moment later.
  for (;;) {
    const answer = await cluster.dryRun(manifestOf(text))
    if (answer.outcome !== 'accepted') return answer
  }
}

it('a denial is the policy of the cluster, whatever its code', async () => {
  expect(await verdictBy('denying', `${webhook.url}/deny`)).toMatchObject({
    rejection: 'denied',
    code: 400,
    message: matching(/^admission webhook "denying\.example\.com" denied the request: not today$/),
  })
  expect(await verdictBy('odd', `${webhook.url}/own-code`)).toMatchObject({
    rejection: 'denied',
    code: 500,
    message: matching(/not on Fridays/),
  })
})

it('a webhook that is away says nothing about the object', async () => {
  expect(await verdictBy('away', 'https://127.0.0.1:1/')).toMatchObject({
    outcome: 'unanswered',
    fault: 'server-error',
    message: matching(/failed calling webhook "away\.example\.com"/),
  })
})
