import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ApiCause, DryRun, JsonObject, JsonPatch, Rejection } from '../../src/model/index.ts'
import { applied } from '../../src/propose/index.ts'
import { differences, dropped, unexplained } from '../../src/verify/admission-effect.ts'
import { complaintsOf, inBrief, podSecurityComplaints } from '../../src/verify/admission-errors.ts'
import { placeOfField, placesOf, textWithPlaces, valueAtPlace } from '../../src/verify/admission-places.ts'
import { judgeAdmission, type Admission } from '../../src/verify/index.ts'

const pod: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: {
    containers: [
      { name: 'proxy', image: 'proxy:1' },
      {
        name: 'api',
        image: 'api:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        ports: [{ containerPort: 80 }],
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
        securityContext: { capabilities: { add: ['SYS_ADMIN', 'CHOWN'] } },
      },
    ],
    volumes: [{ name: 'data', emptyDir: {} }],
  },
}

function after(patch: JsonPatch, object = pod): JsonObject {
  const result = applied(object, patch)
  if (result === undefined) throw new Error('the patch of the test does not apply')
  return result
}

function accepted(object: JsonObject, ...warnings: string[]): DryRun {
  return { outcome: 'accepted', object, warnings }
}

function refused(rejection: Rejection, message: string, causes: ApiCause[] = []): DryRun {
  return { outcome: 'rejected', rejection, code: 422, message, causes, warnings: [] }
}

function cause(field: string, message: string, reason = 'FieldValueInvalid'): ApiCause {
  return { field, reason, message }
}

/** Judges one patch of the pod of the tests. */
function judge(original: DryRun, patched: DryRun, patch: JsonPatch, object = pod): Admission {
  return judgeAdmission(original, patched, { before: object, after: after(patch, object), patches: [patch] })
}

/** The gate that a verdict failed at and its words, or the verdict. */
function words(admission: Admission): string {
  return admission.verdict === 'rejected' ? `${admission.gate}: ${admission.reason.text}` : admission.verdict
}

const harden: JsonPatch = [
  { op: 'test', path: '/spec/containers/1/name', value: 'api' },
  { op: 'add', path: '/spec/containers/1/securityContext/allowPrivilegeEscalation', value: false },
]
const dropTwin: JsonPatch = [{ op: 'remove', path: '/spec/containers/1/env/0' }]
const dropFirst: JsonPatch = [{ op: 'remove', path: '/spec/containers/0' }]

describe('places', () => {
  test('name the items of lists by the keys by which the API merges them', () => {
    expect(placesOf(pod, harden)).toEqual([
      '/spec/containers/{name=api}/securityContext/allowPrivilegeEscalation',
    ])
    expect(placeOfField(pod, 'spec.containers[1].ports[0].containerPort')).toBe(
      '/spec/containers/{name=api}/ports/{containerPort=80,protocol=TCP}/containerPort',
    )
    expect(placeOfField(pod, 'spec.containers[1].volumeMounts[0].name')).toBe(
      '/spec/containers/{name=api}/volumeMounts/{mountPath=~1data}/name',
    )
    expect(placeOfField(pod, 'metadata.annotations[a.b/c]')).toBe('/metadata/annotations/a.b~1c')
    expect(placeOfField(pod, 'spec.containers[7].image')).toBe('/spec/containers/7/image')
  })

  test('follow a patch whose later operations count on the earlier ones', () => {
    const patch: JsonPatch = [
      { op: 'remove', path: '/spec/containers/0' },
      { op: 'add', path: '/spec/containers/0/ports/-', value: { containerPort: 81 } },
      { op: 'move', from: '/spec/volumes', path: '/spec/other' },
    ]
    expect(placesOf(pod, patch)).toEqual([
      '/spec/containers/{name=proxy}',
      '/spec/containers/{name=api}/ports/{containerPort=81,protocol=TCP}',
      '/spec/volumes',
      '/spec/other',
    ])
  })

  test('lead back to the value', () => {
    expect(valueAtPlace(pod, '/spec/containers/{name=api}/env/{name=B}/value')).toBe('2')
    expect(valueAtPlace(pod, '/spec/containers/{name=gone}/env')).toBeUndefined()
  })

  test('stand in texts for indexes', () => {
    const text = 'spec.containers[1].env[1]: hides previous definition of "A"'
    const first = textWithPlaces(pod, text)
    expect(first).toContain('/spec/containers/{name=api}/env/{name=A}')
    expect(textWithPlaces(after(dropFirst), text.replace('containers[1]', 'containers[0]'))).toBe(first)
  })
})

describe('what the server says', () => {
  test.each([
    [
      'data[db-password]: Invalid value: "hunter2": too short',
      'data[db-password]: Invalid value: ***: too short',
    ],
    [
      'spec.containers[0].env[1].value: Invalid value: "a\\"b": no',
      'spec.containers[0].env[1].value: Invalid value: ***: no',
    ],
    [
      'spec.apiToken: Unsupported value: "abc": supported values: "x"',
      'spec.apiToken: Unsupported value: ***: supported values: "x"',
    ],
    ['spec.tls.key: Invalid value: "PEM": no', 'spec.tls.key: Invalid value: ***: no'],
    ['spec.secretKeyRef.name: Invalid value: "A_b": no', 'spec.secretKeyRef.name: Invalid value: "A_b": no'],
    ['spec.type: Invalid value: "A": no', 'spec.type: Invalid value: "A": no'],
    ['data: Invalid value: []byte{0x68, 0x75}: no', 'data: Invalid value: no'],
    ['cannot decode [104 117 110 116 101 114] here', 'cannot decode *** here'],
    ['cannot decode [0x68 0x75] or [68 75 6e 74 65 72]', 'cannot decode *** or ***'],
    [
      'ReadString: error found in #10 byte of ...|"a": 123|..., bigger',
      'ReadString: error found in #10 byte of ..., bigger',
    ],
    [
      'spec.url: Invalid value: "postgres://u:hunter2@db/x": no',
      'spec.url: Invalid value: "postgres://u:***@db/x": no',
    ],
  ])('shows no secret: %s', (text, brief) => {
    expect(inBrief(text)).toBe(brief)
  })

  test('is cut in no time, however long it is', () => {
    const started = performance.now()
    for (const text of ['a'.repeat(200_000), `[${'12 '.repeat(50_000)}x`, 'a: '.repeat(50_000)])
      expect(inBrief(text).length).toBeLessThan(500)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('goes on behind a colon at the end of its first line', () => {
    expect(inBrief('error: yaml: unmarshal errors:\n  line 4: key "a" already set\n  line 5: more')).toBe(
      'error: yaml: unmarshal errors: line 4: key "a" already set',
    )
    expect(inBrief('no\n  core.PodSpec{')).toBe('no')
  })

  test('holds nothing that a terminal obeys', () => {
    expect(inBrief('a\u001b[31mb\u009b2J\u0007\tc\r\nd')).toBe('a[31mb2J c')
  })
})

describe('an original that was accepted', () => {
  test('stays accepted', () => {
    expect(judge(accepted(pod), accepted(after(harden)), harden)).toMatchObject({
      verdict: 'accepted',
      gates: [
        { name: 'admitted', passed: true },
        { name: 'no-new-warning', passed: true },
        { name: 'effect', passed: true },
      ],
    })
  })

  test.each<Rejection>(['malformed', 'invalid', 'forbidden', 'denied', 'missing-namespace'])(
    'must not be refused afterwards: %s',
    (rejection) => {
      const verdict = judge(accepted(pod), refused(rejection, 'no'), harden)
      expect(words(verdict)).toBe('admitted: the server refuses it now: no')
      expect(verdict).toMatchObject({ reason: { code: 'verifier-rejected:admission' } })
    },
  )

  test('must not warn of more', () => {
    const warning = 'spec.containers[1].env[1]: hides previous definition of "A"'
    expect(words(judge(accepted(pod), accepted(after(harden), warning), harden))).toBe(
      `no-new-warning: the server warns now: ${warning}`,
    )
    expect(words(judge(accepted(pod, warning), accepted(after(harden), warning), harden))).toBe('accepted')
  })

  test('may warn of the same item at another index', () => {
    const warning = (index: number): string =>
      `spec.containers[${index}].env[1]: hides previous definition of "A"`
    expect(words(judge(accepted(pod, warning(1)), accepted(after(dropFirst), warning(0)), dropFirst))).toBe(
      'accepted',
    )
  })

  const warn = (...reasons: string[]): string =>
    `would violate PodSecurity "restricted:v1.36": ${reasons.join(', ')}`
  const escalation = (...names: string[]): string =>
    `allowPrivilegeEscalation != false (containers ${names.map((name) => `"${name}"`).join(', ')} must set securityContext.allowPrivilegeEscalation=false)`
  const root = 'runAsNonRoot != true (pod or container "api" must set securityContext.runAsNonRoot=true)'

  test('may violate less of Pod Security, and nothing more', () => {
    const before = accepted(pod, warn(escalation('proxy', 'api'), root))
    const now = after(harden)
    expect(words(judge(before, accepted(now, warn(escalation('proxy'), root)), harden))).toBe('accepted')
    expect(words(judge(before, accepted(now), harden))).toBe('accepted')
    expect(words(judge(before, accepted(now, warn(escalation('proxy', 'sidecar'), root)), harden))).toContain(
      'no-new-warning',
    )
    expect(
      words(judge(before, accepted(now, warn(root, 'hostPort (container "api" uses hostPort 80)')), harden)),
    ).toBe('no-new-warning: the server warns now: hostPort (container "api" uses hostPort 80)')
  })

  test('whose warnings the server has cut is not blamed for what was cut away', () => {
    const cut = warn(escalation(...Array.from({ length: 40 }, (_, i) => `function-${i}`))).slice(0, 256)
    expect(words(judge(accepted(pod, cut), accepted(after(harden), warn(root)), harden))).toBe('accepted')
  })
})

describe('an original that was refused', () => {
  const badName = cause('metadata.name', 'Invalid value: "P_": a lowercase RFC 1123 subdomain must ...')
  const badPort = (index: number): ApiCause =>
    cause(`spec.containers[${index}].ports[0].protocol`, 'Unsupported value: "tcp": supported values: "TCP"')

  test('may be refused for the same, and is neither good nor bad', () => {
    const before = refused('invalid', 'is invalid', [badName, badPort(1)])
    expect(judge(before, refused('invalid', 'is invalid', [badName, badPort(0)]), dropFirst)).toEqual({
      verdict: 'already-invalid',
      rejection: 'invalid',
      gates: [{ name: 'admitted', passed: true }],
      hidden: 'validation failed, so the admission checks behind it did not run',
    })
  })

  test('must not be refused for the same at another item, nor twice for what it was refused for once', () => {
    const before = refused('invalid', 'is invalid', [badPort(1)])
    expect(words(judge(before, refused('invalid', 'is invalid', [badPort(0)]), harden))).toContain(
      'admitted:',
    )
    expect(
      words(judge(before, refused('invalid', 'is invalid', [badPort(1), badPort(1)]), harden)),
    ).toContain('admitted:')
  })

  test('may quote another value, unless the patch has written it', () => {
    const labels = (value: string): ApiCause =>
      cause('spec', `Invalid value: ${value}: \`selector\` does not match template \`labels\``)
    const before = refused('invalid', '', [labels('{"a":"b"}')])
    expect(words(judge(before, refused('invalid', '', [labels('{"a":"c","d":"e"}')]), harden))).toBe(
      'already-invalid',
    )
    const image = (value: string): ApiCause =>
      cause(
        'spec.containers[1].image',
        `Invalid value: "${value}": must not have leading or trailing whitespace`,
      )
    const patch: JsonPatch = [{ op: 'replace', path: '/spec/containers/1/image', value: 'y ' }]
    expect(
      words(judge(refused('invalid', '', [image('x ')]), refused('invalid', '', [image('y ')]), patch)),
    ).toContain('admitted:')
  })

  const strict = (...errors: string[]): DryRun =>
    refused(
      'malformed',
      `Pod in version "v1" cannot be handled as a Pod: strict decoding error: ${errors.join(', ')}`,
    )
  const unknown = (field: string): string => `unknown field "${field}"`

  test('is compared message by message where strict decoding lists them in one text', () => {
    const before = strict(unknown('spec.foo'), unknown('spec.containers[1].bar'))
    expect(
      judge(before, strict(unknown('spec.containers[1].bar'), unknown('spec.foo')), harden),
    ).toMatchObject({
      verdict: 'already-invalid',
      rejection: 'malformed',
      hidden: 'the object was not decoded, so neither validation nor admission were checked',
    })
    expect(words(judge(before, strict(unknown('spec.containers[0].bar')), dropFirst))).toBe('already-invalid')
    expect(words(judge(before, strict(unknown('spec.foo'), unknown('spec.baz')), harden))).toBe(
      'admitted: the server refuses more now: unknown field "spec.baz"',
    )
  })

  test('may hold its YAML mistake on another line', () => {
    const twice = (line: number): string =>
      `yaml: unmarshal errors:\n  line ${line}: key "name" already set in map`
    expect(
      words(judge(strict(twice(7), unknown('spec.foo')), strict(twice(9), unknown('spec.foo')), harden)),
    ).toBe('already-invalid')
  })

  test('must not fail sooner than before', () => {
    const before = refused('invalid', '', [badName])
    expect(words(judge(before, strict(unknown('spec.foo')), harden))).toBe(
      'admitted: the server refuses it sooner now: unknown field "spec.foo"',
    )
  })

  test('shows what was hidden only where the fix has nothing to do with it', () => {
    const before = refused(
      'malformed',
      'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal',
    )
    expect(words(judge(before, refused('invalid', '', [badName]), harden))).toBe('already-invalid')
    const escalation = cause('spec.containers[1].securityContext', 'Invalid value: ...')
    expect(words(judge(before, refused('invalid', '', [escalation]), harden))).toContain('admitted:')
  })

  test('is cured where it is accepted afterwards', () => {
    expect(judge(refused('invalid', '', [badName]), accepted(after(harden)), harden)).toMatchObject({
      verdict: 'accepted',
      gates: [{ name: 'admitted' }, { name: 'no-new-warning' }],
    })
  })

  test('that exists already is judged by its create alone', () => {
    const exists = refused('conflict', 'already exists')
    expect(words(judge(exists, exists, harden))).toBe('accepted')
    expect(words(judge(exists, refused('invalid', '', [badName]), harden))).toContain('admitted:')
  })

  test('a server takes no status from a file, and that is no loss', () => {
    const old: JsonObject = { ...pod, status: { old: 1 } }
    const patch: JsonPatch = [
      { op: 'remove', path: '/status/old' },
      { op: 'add', path: '/status/current', value: 1 },
    ]
    expect(words(judge(accepted(pod), accepted(pod), patch, old))).toBe('accepted')
    const add: JsonPatch = [{ op: 'add', path: '/spec/statusText', value: 'x' }]
    expect(words(judge(accepted(pod), accepted(pod), add))).toContain('drops /spec/statusText')
  })

  test.each(['unknown-kind', 'missing-namespace'] as const)('is not judged: %s', (rejection) => {
    const before = refused(rejection, 'is not there')
    expect(judge(before, before, harden)).toEqual({
      verdict: 'unjudged',
      rejection,
      message: 'is not there',
    })
  })

  test('of a version that is gone must be taken in its new one', () => {
    const migrate: JsonPatch = [{ op: 'replace', path: '/apiVersion', value: 'v2' }]
    const before = refused('unknown-kind', 'not served')
    expect(words(judge(before, accepted(after(migrate)), migrate))).toBe('accepted')
    expect(
      words(judge(before, refused('invalid', '', [cause('spec.selector', 'Required value')]), migrate)),
    ).toBe('admitted: the server refuses more now: spec.selector: Required value')
  })

  test('is forbidden for the same reasons', () => {
    const forbidden = (...reasons: string[]): DryRun =>
      refused(
        'forbidden',
        `pods "p" is forbidden: violates PodSecurity "baseline:latest": ${reasons.join(', ')}`,
      )
    const host = 'host namespaces (hostNetwork=true)'
    const privileged = 'privileged (container "api" must not set securityContext.privileged=true)'
    expect(words(judge(forbidden(host, privileged), forbidden(host), harden))).toBe('already-invalid')
    expect(words(judge(forbidden(host), forbidden(host, privileged), harden))).toContain('admitted:')
  })
})

describe('trouble', () => {
  const trouble: DryRun = { outcome: 'unanswered', fault: 'timeout', message: 'no answer within 30 s' }
  test.each([
    ['the original', trouble, accepted(pod)],
    ['the patched object', accepted(pod), trouble],
    ['both', trouble, trouble],
  ])('with %s is neither good nor bad', (_name, original, patched) => {
    expect(judge(original, patched, harden)).toEqual({
      verdict: 'unproven',
      fault: 'timeout',
      message: 'no answer within 30 s',
    })
  })
})

describe('the effect', () => {
  /** What the server stores, from what was sent: the defaults and drawn values that a difference may come from. */
  function stored(object: JsonObject, extra: JsonPatch = []): JsonObject {
    return after(
      [{ op: 'add', path: '/metadata/uid', value: `uid-${Math.random()}` }, ...extra],
      structuredClone(object),
    )
  }
  function effect(patch: JsonPatch, extra: JsonPatch, before: JsonPatch = []): string {
    return words(judge(accepted(stored(pod, before)), accepted(stored(after(patch), extra)), patch))
  }

  test('is what the patch says, and what the server draws anew for every request', () => {
    expect(effect(harden, [])).toBe('accepted')
  })

  test('must not be anything else', () => {
    expect(effect(harden, [{ op: 'add', path: '/spec/hostNetwork', value: true }])).toBe(
      'effect: the server stores more than the patch says: /spec/hostNetwork becomes true (was nothing)',
    )
    expect(effect(harden, [{ op: 'replace', path: '/spec/containers/0/image', value: 'other' }])).toContain(
      '/spec/containers/{name=proxy}/image',
    )
    expect(effect(harden, [{ op: 'remove', path: '/spec/volumes' }])).toContain('/spec/volumes/{name=data}')
  })

  test('never quotes what may be secret', () => {
    const text = effect(harden, [{ op: 'replace', path: '/spec/containers/1/env/2/value', value: 'hunter2' }])
    expect(text).toContain('/env/{name=B}/value becomes a value')
    expect(text).not.toContain('hunter2')
  })

  test('may be an item less, whatever the indexes of the others, and of two equal ones either', () => {
    expect(effect(dropFirst, [])).toBe('accepted')
    expect(effect(dropTwin, [])).toBe('accepted')
    expect(effect([{ op: 'remove', path: '/spec/containers/1/env/1' }], [])).toBe('accepted')
    expect(
      effect([{ op: 'remove', path: '/spec/containers/1/securityContext/capabilities/add/0' }], []),
    ).toBe('accepted')
    const role: JsonObject = {
      kind: 'Role',
      rules: [{ verbs: ['get'] }, { verbs: ['*'] }, { verbs: ['list'] }],
    }
    const patch: JsonPatch = [{ op: 'remove', path: '/rules/1' }]
    expect(words(judge(accepted(role), accepted(after(patch, role)), patch, role))).toBe('accepted')
    const more: JsonPatch = [...patch, { op: 'replace', path: '/rules/0/verbs/0', value: 'watch' }]
    expect(words(judge(accepted(role), accepted(after(more, role)), patch, role))).toContain('/rules/0/verbs')
    expect(words(judge(accepted(role), accepted(after(more, role)), more, role))).toBe('accepted')
  })

  test('may leave or take away an empty parent', () => {
    const patch: JsonPatch = [{ op: 'remove', path: '/spec/containers/1/securityContext/capabilities/add' }]
    expect(effect(patch, [{ op: 'remove', path: '/spec/containers/1/securityContext/capabilities' }])).toBe(
      'accepted',
    )
    expect(effect(patch, [{ op: 'remove', path: '/spec/volumes/0/emptyDir' }])).toContain('emptyDir')
  })

  test('of a field that the server drops is none', () => {
    const patch: JsonPatch = [{ op: 'add', path: '/spec/hostUsers', value: 'yes' }]
    expect(effect(patch, [{ op: 'remove', path: '/spec/hostUsers' }])).toBe(
      'effect: the server takes the fix and drops /spec/hostUsers',
    )
    // The API itself leaves out what is false.
    const no: JsonPatch = [{ op: 'add', path: '/spec/hostNetwork', value: false }]
    expect(effect(no, [{ op: 'remove', path: '/spec/hostNetwork' }])).toBe('accepted')
  })

  test('may include values that the server makes of others', () => {
    const move: JsonPatch = [{ op: 'add', path: '/spec/serviceAccountName', value: 'robot' }]
    expect(effect(move, [{ op: 'add', path: '/spec/serviceAccount', value: 'robot' }])).toBe('accepted')
    // ... as long as it is that value, and is made of something that the patch changes.
    expect(effect(move, [{ op: 'add', path: '/spec/serviceAccount', value: 'admin' }])).toContain('effect')
    expect(effect(harden, [{ op: 'add', path: '/spec/serviceAccount', value: 'robot' }])).toContain('effect')

    const limit: JsonPatch = [
      { op: 'add', path: '/spec/containers/1/resources', value: { limits: { memory: '1Gi' } } },
    ]
    const request = {
      op: 'add',
      path: '/spec/containers/1/resources/requests',
      value: { memory: '1Gi' },
    } as const
    expect(effect(limit, [request, { op: 'add', path: '/status', value: { qosClass: 'Burstable' } }])).toBe(
      'accepted',
    )
  })

  test('never includes a value of the server that the manifest itself states', () => {
    const stating = after([{ op: 'add', path: '/spec/containers/1/imagePullPolicy', value: 'Always' }])
    const patch: JsonPatch = [{ op: 'replace', path: '/spec/containers/1/image', value: 'api:2' }]
    const now = after([
      ...patch,
      { op: 'add', path: '/spec/containers/1/imagePullPolicy', value: 'IfNotPresent' },
    ])
    expect(words(judge(accepted(stating), accepted(now), patch, stating))).toContain('imagePullPolicy')
    // Where it is not stated it follows the image.
    expect(words(judge(accepted(stating), accepted(now), patch))).toBe('accepted')
  })

  test('is blind to the drawn name of the token volume', () => {
    const token = (name: string): JsonPatch => [
      { op: 'add', path: '/spec/volumes/-', value: { name, projected: { sources: [] } } },
      {
        op: 'add',
        path: '/spec/containers/0/volumeMounts',
        value: [{ name, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
      },
    ]
    expect(effect(harden, token('kube-api-access-x7k2p'), token('kube-api-access-b8d4z'))).toBe('accepted')
    expect(effect(harden, token('kube-api-access-x7k2p'))).toContain('effect')
    // Without the token it goes, with its mounts.
    const off: JsonPatch = [{ op: 'add', path: '/spec/automountServiceAccountToken', value: true }]
    expect(effect(off, token('kube-api-access-x7k2p'))).toBe('accepted')
  })

  test('is blind to what differs between two answers about the original', () => {
    const stamp = (value: string): JsonPatch => [
      { op: 'add', path: '/metadata/annotations', value: { at: value } },
    ]
    const [first, again, patched] = ['1', '2', '3'].map((value) => accepted(stored(pod, stamp(value))))
    const change = { before: pod, after: pod, patches: [] }
    if (first === undefined || again === undefined || patched === undefined) throw new Error('no answers')
    expect(words(judgeAdmission(first, patched, change))).toContain('/metadata/annotations/at')
    expect(words(judgeAdmission(first, patched, { ...change, again }))).toBe('accepted')
  })

  test('of one changed leaf anywhere is seen', () => {
    const paths = leafPaths(pod)
    fc.assert(
      fc.property(fc.constantFrom(...paths), (path) => {
        const changed = after([{ op: 'replace', path, value: 'changed' }])
        expect(unexplained({ source: pod, stored: pod }, { source: pod, stored: changed }, [])).not.toEqual(
          [],
        )
        const removed = after([{ op: 'remove', path }])
        // The second of two equal items is told from the first by nothing.
        expect(differences(pod, removed)).not.toEqual([])
      }),
    )
  })
})

/** Pointers of all plain values. */
function leafPaths(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer]
  return Object.entries(value).flatMap(([key, item]) => leafPaths(item, `${pointer}/${key}`))
}

test('lists in another order are a difference, maps are not', () => {
  expect(differences({ args: ['a', 'b'] }, { args: ['b', 'a'] })).toHaveLength(1)
  expect(differences({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([])
  expect(differences({ a: null }, {})).toEqual([])
})

test('what is dropped is looked for below the places of the patch alone', () => {
  const side = { source: { a: { b: 'x' }, c: 'y' }, stored: { a: {} } }
  expect(dropped(side, ['/a'])).toEqual(['/a/b'])
  expect(dropped(side, [])).toEqual([])
})

test('a text of Pod Security is one complaint for each reason and name', () => {
  const text =
    'would violate PodSecurity "restricted:latest": unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]; container "b" must not include "NET_ADMIN, X" in securityContext.capabilities.add), seccompProfile (pod or container "a" must set it)'
  expect(podSecurityComplaints(text)?.map(({ key }) => key)).toEqual([
    'PodSecurity unrestricted capabilities a',
    'PodSecurity unrestricted capabilities ALL',
    'PodSecurity unrestricted capabilities b',
    'PodSecurity unrestricted capabilities NET_ADMIN, X',
    'PodSecurity seccompProfile a',
  ])
  expect(podSecurityComplaints('something else')).toBeUndefined()
})

test('a drawn name in a complaint is no difference', () => {
  const source: JsonObject = { metadata: { generateName: 'job-' } }
  const complaint = (name: string): string[] =>
    complaintsOf(
      {
        outcome: 'rejected',
        rejection: 'forbidden',
        code: 403,
        message: `pods "${name}" is forbidden: no`,
        causes: [],
        warnings: [],
      },
      source,
    ).map(({ key }) => key)
  expect(complaint('job-ab12c')).toEqual(complaint('job-zz9xy'))
})
