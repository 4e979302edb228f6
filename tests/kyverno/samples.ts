import type { JsonObject, JsonValue, KyvernoPolicy } from '../../src/model/index.ts'

/** A ValidatingPolicy as a document of a user's file. */
export function policyOf(object: JsonObject): KyvernoPolicy {
  const { apiVersion, kind, metadata } = object as {
    apiVersion: string
    kind: string
    metadata: { name: string }
  }
  return {
    file: 'policies.yaml',
    line: 1,
    apiVersion,
    kind,
    name: metadata.name,
    text: JSON.stringify(object),
  }
}

export function validatingPolicy(
  name: string,
  spec: { [key: string]: JsonValue },
  annotations: { [key: string]: string } = {},
): JsonObject {
  return {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ValidatingPolicy',
    metadata: { name, annotations },
    spec: { matchConstraints: match('', 'pods'), ...spec },
  }
}

export function match(group: string, ...resources: string[]): JsonObject {
  return {
    resourceRules: [{ apiGroups: [group], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources }],
  }
}

export const noAutogen = { podControllers: { controllers: [] } }

const check = (expression: string, message = 'no'): JsonObject[] => [{ expression, message }]

/** Policies in the styles that people write, each with something of its own. */
export const samples: readonly JsonObject[] = [
  validatingPolicy('chain', {
    validations: check(
      'object.spec.containers.all(c, c.?securityContext.?privileged.orValue(false) == false)',
    ),
  }),
  validatingPolicy('has', {
    validations: check(
      'object.spec.containers.all(c, has(c.securityContext) && has(c.securityContext.runAsNonRoot) && c.securityContext.runAsNonRoot)',
    ),
  }),
  validatingPolicy('careless', {
    validations: check('object.spec.securityContext.runAsNonRoot == true'),
  }),
  validatingPolicy('variables', {
    variables: [
      {
        name: 'all',
        expression:
          'object.spec.containers + object.spec.?initContainers.orValue([]) + object.spec.?ephemeralContainers.orValue([])',
      },
      { name: 'bare', expression: 'variables.all.filter(c, !has(c.resources))' },
      { name: 'unused', expression: 'request.userInfo.username' },
    ],
    validations: check('size(variables.bare) == 0'),
  }),
  validatingPolicy('no-controllers', {
    autogen: noAutogen,
    validations: check('!object.spec.?hostNetwork.orValue(false)'),
  }),
  validatingPolicy('two-controllers', {
    autogen: { podControllers: { controllers: ['deployments', 'cronjobs'] } },
    validations: check('object.metadata.?labels.orValue({}).size() > 1'),
  }),
  validatingPolicy('template-names', {
    validations: check('has(object.metadata.labels) && object.metadata.namespace != "kube-system"'),
  }),
  validatingPolicy('condition', {
    matchConditions: [
      { name: 'ports', expression: 'object.spec.containers.exists(c, has(c.ports))' },
      { name: 'volumes', expression: 'has(object.spec.volumes)' },
    ],
    validations: check(
      'object.spec.containers.all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0 && p.containerPort > 1024))',
    ),
  }),
  validatingPolicy('failing-condition', {
    matchConditions: [{ name: 'priority', expression: 'object.spec.priorityClassName != ""' }],
    validations: check('has(object.spec.serviceAccountName)'),
  }),
  validatingPolicy('several', {
    validations: [
      { expression: 'object.spec.containers.all(c, has(c.livenessProbe))', message: 'No liveness probe.' },
      {
        expression: 'object.spec.containers.all(c, c.readinessProbe != null)',
        message: 'No readiness probe.',
      },
      { expression: 'object.spec.containers.size() == 1' },
    ],
  }),
  validatingPolicy('message', {
    validations: [
      {
        expression:
          '!object.spec.containers.exists(c, c.image.endsWith(":latest") || !c.image.contains(":"))',
        messageExpression: '"the pod " + object.metadata.name + " has no version"',
      },
    ],
  }),
  validatingPolicy('workloads', {
    matchConstraints: match('apps', 'deployments', 'statefulsets'),
    validations: check(
      'object.spec.?replicas.orValue(1) >= 2 && object.spec.template.spec.?affinity.hasValue()',
    ),
  }),
  validatingPolicy('any-version', {
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: ['*'],
          apiVersions: ['*'],
          operations: ['*'],
          resources: ['deployments', 'cronjobs', 'ingresses'],
        },
      ],
    },
    validations: check('object.metadata.?labels[?"app.kubernetes.io/name"].orValue("") != ""'),
  }),
  validatingPolicy('everything', {
    matchConstraints: {
      resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE'], resources: ['*'] }],
    },
    validations: check('object.metadata.?namespace.orValue("") != "default"'),
  }),
  validatingPolicy('whole-groups', {
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: ['rbac.authorization.k8s.io'],
          apiVersions: ['v1'],
          operations: ['CREATE'],
          resources: ['*'],
        },
        { apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['pods'] },
      ],
    },
    validations: check(
      'object.?rules.orValue([]).all(r, !("*" in r.?verbs.orValue([])) && r.?resources.orValue([]).exists_one(n, n != "*"))',
    ),
  }),
  validatingPolicy('services', {
    matchConstraints: match('', 'services', 'endpoints'),
    validations: check(
      'object.spec.?type.orValue("ClusterIP") in ["ClusterIP", "ExternalName"] && object.spec.?ports.orValue([]).all(p, p.port != 80)',
    ),
  }),
  validatingPolicy('maps', {
    matchConstraints: match('', 'configmaps', 'secrets'),
    validations: check(
      'object.?data.orValue({}).all(k, k.matches("^[a-z.-]+$") && type(object.data[k]) == string)',
    ),
  }),
  validatingPolicy('branches', {
    validations: check(
      '(has(object.spec.hostPID) ? object.spec.hostPID : false) != true && (object.spec.containers.map(c, c.name) + ["x"]).join("") != ""',
    ),
  }),
  validatingPolicy('quantities', {
    validations: check(
      'object.spec.containers.all(c, quantity(c.?resources.?limits.?memory.orValue("0")).isLessThan(quantity("1Gi")))',
    ),
  }),
  validatingPolicy('eager', {
    validations: check(
      'object.spec.containers.all(c, c.?imagePullPolicy.orValue(object.spec.containers[0].imagePullPolicy) == "Always")',
    ),
  }),
  validatingPolicy('no-optional', {
    validations: check(
      'object.spec.containers.all(c, c.volumeMounts.orValue([]).all(m, m.readOnly.orValue(false)))',
    ),
  }),
  {
    ...validatingPolicy('older', {
      validations: check('!has(object.spec.hostIPC) || object.spec.hostIPC == false'),
    }),
    apiVersion: 'policies.kyverno.io/v1alpha1',
  },
]

/** Values of every kind where an expression may come upon them. */
export const oddObjects: readonly JsonObject[] = [
  pod('odd', {
    nothing: null,
    whole: 3,
    half: 2.5,
    text: 'text',
    yes: true,
    mixed: [1, 2.5, 'a', null, true],
    map: { k: 'v', z: null },
    texts: ['aa', 'bb'],
    numbers: [1, 2],
    nodeSelector: null,
    size: '100m',
    containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80 }] }],
  }),
  pod('bare', { containers: [] }),
]

function pod(name: string, spec: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { a: '1', b: null } }, spec }
}
