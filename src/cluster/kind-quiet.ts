import { InfrastructureError } from '../model/index.ts'
import type { ApiClient } from './connection.ts'

const name = 'k8s-autofix-nothing-runs'

/**
 * Objects are stored on a cluster of ours to see whether they could be changed in place. With kind there is a real node
 * behind the API server, which would pull the images of a pull request and run them, privileged if they say so. This
 * admission policy keeps every pod off the node: none may be bound to it by the scheduler, none may name it itself.
 * Dry-runs are left alone, so no verdict changes; the namespaces of Kubernetes itself are too, so the cluster works.
 */
const policy = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name },
  spec: {
    failurePolicy: 'Fail',
    matchConstraints: {
      namespaceSelector: {
        matchExpressions: [
          {
            key: 'kubernetes.io/metadata.name',
            operator: 'NotIn',
            values: ['kube-system', 'local-path-storage'],
          },
        ],
      },
      resourceRules: [
        {
          apiGroups: [''],
          apiVersions: ['v1'],
          operations: ['CREATE'],
          resources: ['pods', 'pods/binding', 'bindings'],
        },
      ],
    },
    matchConditions: [{ name: 'stored', expression: '!has(request.dryRun) || !request.dryRun' }],
    validations: [
      {
        expression: "object.kind == 'Pod' && (!has(object.spec.nodeName) || object.spec.nodeName == '')",
        message: 'k8s-autofix lets no pod run on this cluster',
      },
    ],
  },
}

const binding = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name },
  spec: { policyName: name, validationActions: ['Deny'] },
}

const group = '/apis/admissionregistration.k8s.io/v1'

/**
 * Puts the policy in force and returns when it is. Throws an `InfrastructureError` when that does not come about within
 * `deadline` milliseconds: without it nothing of a repository is stored on the cluster.
 */
export async function keepPodsOff(client: ApiClient, deadline = 30_000): Promise<void> {
  await store(client, `${group}/validatingadmissionpolicies`, policy)
  await store(client, `${group}/validatingadmissionpolicybindings`, binding)
  const ends = performance.now() + deadline
  // A binding of a pod that does not exist: "not found" until the policy is in force, and refused by it from then on.
  const probe = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { name, namespace: 'default' },
    target: { apiVersion: 'v1', kind: 'Node', name },
  })
  for (;;) {
    const { status, body } = await client.request({
      method: 'POST',
      path: `/api/v1/namespaces/default/pods/${name}/binding`,
      body: probe,
    })
    if (status !== 404 && body.includes(name)) return
    if (performance.now() > ends)
      throw new InfrastructureError(
        `the kind cluster does not refuse to run pods (${status}), so it is not used: ${body.slice(0, 200)}`,
      )
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
  }
}

async function store(client: ApiClient, path: string, object: object): Promise<void> {
  const { status, body } = await client.request({ method: 'POST', path, body: JSON.stringify(object) })
  // 409: a cluster that was kept has it already.
  if (status !== 201 && status !== 409)
    throw new InfrastructureError(
      `the kind cluster does not take our admission policy (${status}): ${body.slice(0, 200)}`,
    )
}
