import { describe, expect, test } from 'vitest'
import { judgeRepository } from '../../src/detect/index.ts'
import { factsOf } from '../../src/inventory/index.ts'
import type { JsonObject, JsonValue } from '../../src/model/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'

const rbac = 'rbac.authorization.k8s.io'

function role(kind: string, name: string, rules: JsonValue, further: JsonObject = {}): JsonObject {
  return { apiVersion: `${rbac}/v1`, kind, metadata: { name, ...further }, rules }
}

function binding(kind: string, roleKind: string, roleName: string, namespace?: string): JsonObject {
  return {
    apiVersion: `${rbac}/v1`,
    kind,
    metadata: { name: 'binding', ...(namespace === undefined ? {} : { namespace }) },
    roleRef: { apiGroup: rbac, kind: roleKind, name: roleName },
    subjects: [],
  }
}

/** Policies and messages, of the two that look at access. */
function found(...objects: JsonObject[]): string[] {
  const text = objects.map((object) => `${JSON.stringify(object)}\n`).join('---\n')
  const source = readSource('a.yaml', text)
  const policies = catalogue.filter(({ id }) => id.startsWith('access-to-'))
  return judgeRepository(
    policies,
    structuredClone(factsOf(source)),
    () => ({ params: {}, severity: {} }),
    () => source,
  )
    .map(({ finding }) => finding)
    .map(({ policy, message }) => `${policy}: ${message}`)
}

const readsSecrets = [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }]

describe('what a binding gives', () => {
  test('is what the rules of its role give, each verb once', () => {
    const rules = [
      ...readsSecrets,
      { apiGroups: ['*'], resources: ['*'], verbs: ['get', 'create', 'invented'] },
    ]
    expect(found(role('Role', 'all', rules), binding('RoleBinding', 'Role', 'all'))).toEqual([
      'access-to-create-pods: the Role "all" gives create on *',
      'access-to-secrets: the Role "all" gives get, list, create on secrets',
    ])
  })

  test('comes from the kind of role that the binding names', () => {
    const cluster = role('ClusterRole', 'reader', readsSecrets)
    const local = role('Role', 'reader', [])
    expect(found(cluster, local, binding('RoleBinding', 'ClusterRole', 'reader', 'shop'))).toHaveLength(1)
    expect(found(cluster, local, binding('RoleBinding', 'Role', 'reader', 'shop'))).toEqual([])
    expect(
      found(local, role('Role', 'other', readsSecrets), binding('RoleBinding', 'Role', 'reader')),
    ).toEqual([])
    // The API server refuses a binding of the whole cluster to a role of one namespace.
    expect(
      found(role('Role', 'reader', readsSecrets), binding('ClusterRoleBinding', 'Role', 'reader')),
    ).toEqual([])
  })

  test('comes from the namespace of the binding, or from any where one is not written', () => {
    const shop = role('Role', 'reader', readsSecrets, { namespace: 'shop' })
    expect(found(shop, binding('RoleBinding', 'Role', 'reader', 'blog'))).toEqual([])
    expect(found(shop, binding('RoleBinding', 'Role', 'reader', 'shop'))).toHaveLength(1)
    expect(found(shop, binding('RoleBinding', 'Role', 'reader'))).toHaveLength(1)
  })

  test('holds what a cluster role takes over, also from itself', () => {
    const labels = { labels: { part: 'web' } }
    const whole = {
      ...role('ClusterRole', 'whole', [], labels),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'web' } }] },
    }
    const part = role('ClusterRole', 'part', readsSecrets, labels)
    expect(found(whole, part, binding('ClusterRoleBinding', 'ClusterRole', 'whole'))).toEqual([
      'access-to-secrets: the ClusterRole "whole" takes over from "part", which gives get, list on secrets',
    ])
    expect(found(whole, binding('ClusterRoleBinding', 'ClusterRole', 'whole'))).toEqual([])
    const namespaced = role('Role', 'part', readsSecrets, labels)
    expect(found(whole, namespaced, binding('ClusterRoleBinding', 'ClusterRole', 'whole'))).toEqual([])
  })

  test('is nothing where nothing of it can be read', () => {
    const odd: JsonValue[] = [
      null,
      'all',
      [null],
      [{}],
      [{ resources: 'secrets', verbs: '*', apiGroups: '' }],
    ]
    for (const rules of odd)
      expect(found(role('Role', 'odd', rules), binding('RoleBinding', 'Role', 'odd'))).toEqual([])
    const none = { ...binding('RoleBinding', 'Role', 'odd'), roleRef: 'odd' }
    expect(found(role('Role', 'odd', readsSecrets), none)).toEqual([])
    const named = role('Role', '__proto__', readsSecrets)
    expect(found(named, binding('RoleBinding', 'Role', '__proto__'))).toHaveLength(1)
  })
})
