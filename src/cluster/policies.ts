import { randomUUID } from 'node:crypto'
import { property } from '../model/index.ts'
import type { ApiClient } from './connection.ts'
import { readJson } from './status.ts'
import { seedLabel } from './seeds.ts'

/** Milliseconds until policies have to be in force. */
const patience = 20_000
const group = '/apis/admissionregistration.k8s.io/v1'

/**
 * A new policy takes effect only after the server has seen it (0.6 s), and nothing tells when. So a policy of our own
 * follows those of the repository, one of each kind, that touches a single ConfigMap: once it is in force, so are those
 * made before it, since the server reads all of them again for each that comes. It is removed afterwards; its name is
 * never used again, since a removed policy stays in force for a moment as well.
 */
export async function waitForPolicies(
  client: ApiClient,
  seeds: readonly { kind: string }[],
): Promise<string | undefined> {
  const kinds = (['Validating', 'Mutating'] as const).filter((kind) =>
    seeds.some((seed) => seed.kind.startsWith(kind)),
  )
  for (const kind of kinds) {
    const prefix = kind.toLowerCase()
    const plural = `${prefix}admissionpolicies`
    const bindings = `${prefix}admissionpolicybindings`
    const marker = `k8s-autofix-${randomUUID()}`
    try {
      await make(client, plural, policy(kind, marker))
      await make(client, bindings, binding(kind, marker))
      if (!(await isInForce(client, marker))) return `were not in force within ${patience / 1000} s (${kind})`
    } finally {
      await client.request({ method: 'DELETE', path: `${group}/${bindings}/${marker}` })
      await client.request({ method: 'DELETE', path: `${group}/${plural}/${marker}` })
    }
  }
  return undefined
}

async function make(client: ApiClient, plural: string, object: unknown): Promise<void> {
  await client.request({
    method: 'POST',
    path: `${group}/${plural}`,
    body: JSON.stringify(object),
    repeatable: false,
  })
}

/** Asks for the marked ConfigMap until the answer shows the mark of the policy. */
async function isInForce(client: ApiClient, marker: string): Promise<boolean> {
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: marker } })
  const ends = performance.now() + patience
  while (performance.now() < ends) {
    const response = await client.request({
      method: 'POST',
      path: '/api/v1/namespaces/default/configmaps?dryRun=All',
      body,
    })
    if (response.warnings.some((warning) => warning.includes(marker))) return true
    if (property(property(readJson(response.body), 'data'), marker) === 'seen') return true
    await new Promise((resolve) => {
      setTimeout(resolve, 25)
    })
  }
  return false
}

function policy(kind: 'Validating' | 'Mutating', marker: string): unknown {
  const spec = {
    failurePolicy: 'Ignore',
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: [''],
          apiVersions: ['v1'],
          operations: ['CREATE'],
          resources: ['configmaps'],
          resourceNames: [marker],
        },
      ],
    },
  }
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: `${kind}AdmissionPolicy`,
    metadata: { name: marker, labels: { [seedLabel]: 'true' } },
    spec:
      kind === 'Validating'
        ? { ...spec, validations: [{ expression: 'false', message: marker }] }
        : {
            ...spec,
            reinvocationPolicy: 'Never',
            mutations: [
              {
                patchType: 'ApplyConfiguration',
                applyConfiguration: { expression: `Object{data: {"${marker}": "seen"}}` },
              },
            ],
          },
  }
}

function binding(kind: 'Validating' | 'Mutating', marker: string): unknown {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: `${kind}AdmissionPolicyBinding`,
    metadata: { name: marker, labels: { [seedLabel]: 'true' } },
    spec: { policyName: marker, ...(kind === 'Validating' ? { validationActions: ['Warn'] } : {}) },
  }
}
