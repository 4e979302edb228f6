import { describe, expect, it } from 'vitest'
import { reportSchema, type Finding } from '../../src/model/index.ts'
import { cli, Folder } from './world.ts'

/** Whether a pod needs the token of its service account, as far as the bindings of the repository show it. */

const pod = (account: string | undefined, namespace = 'shop'): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace },
    spec: {
      ...(account && { serviceAccountName: account }),
      containers: [{ name: 'web', image: 'web:1.0' }],
    },
  })

const account = (name: string, more: object = {}): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'shop' }, ...more })

const binding = (subject: string, { kind = 'RoleBinding', namespace = 'shop' } = {}): string => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: {name: some${kind === 'RoleBinding' ? `, namespace: ${namespace}` : ''}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - ${subject}
`

async function finding(files: Record<string, string>, path = '.'): Promise<Finding | undefined> {
  using folder = new Folder(files)
  const { stdout, stderr } = await cli(folder.path, [
    'scan',
    '--format=json',
    '--only=automount-service-account-token',
    '--verify=policy',
    path,
  ])
  expect(stderr).toBe('')
  return reportSchema.parse(JSON.parse(stdout)).findings[0]
}

/** The refusal, or how likely the fix breaks the pod. */
async function ending(files: Record<string, string>, path?: string): Promise<unknown> {
  const found = await finding(files, path)
  return found?.state === 'fixed' ? found.breakage?.probability : found?.reason?.code
}

describe('the token of a service account', () => {
  it('is kept where a role is bound to the account, and the refusal says where', async () => {
    const found = await finding({
      'web.yaml': pod('web'),
      'rbac/a.yaml': binding('{kind: ServiceAccount, name: other, namespace: shop}'),
      'rbac/b.yaml': binding('{kind: ServiceAccount, name: web, namespace: shop}', { namespace: 'blog' }),
      'rbac/c.yaml': binding('{kind: ServiceAccount, name: web, namespace: shop}'),
    })
    expect([found?.state, found?.reason?.code, found?.edits]).toEqual(['refused', 'hazard:bound-account', []])
    expect(found?.reason?.text).toMatch(/ \(rbac\/b\.yaml:7 and 1 more\)$/)
  })

  it.each([
    ['a cluster role', 'web', '{kind: ServiceAccount, name: web, namespace: shop}', 'ClusterRoleBinding'],
    [
      'the default account',
      undefined,
      '{kind: ServiceAccount, name: default, namespace: shop}',
      'RoleBinding',
    ],
    ['a subject without a namespace', 'web', '{kind: ServiceAccount, name: web}', 'RoleBinding'],
    ['the name as a user', 'web', "{kind: User, name: 'system:serviceaccount:shop:web'}", 'RoleBinding'],
    ['all accounts', 'web', "{kind: Group, name: 'system:serviceaccounts'}", 'ClusterRoleBinding'],
    [
      'all accounts of the namespace',
      'web',
      "{kind: Group, name: 'system:serviceaccounts:shop'}",
      'RoleBinding',
    ],
  ])('is kept where the binding is one of %s', async (_, name, subject, kind) => {
    expect(await ending({ 'web.yaml': pod(name), 'rbac.yaml': binding(subject, { kind }) })).toBe(
      'hazard:bound-account',
    )
  })

  it.each([
    ['another account', '{kind: ServiceAccount, name: other, namespace: shop}'],
    ['the same name elsewhere', '{kind: ServiceAccount, name: web, namespace: blog}'],
    ['all accounts of another namespace', "{kind: Group, name: 'system:serviceaccounts:blog'}"],
    ['everybody', "{kind: Group, name: 'system:authenticated'}"],
    ['a person', '{kind: User, name: web}'],
  ])('is not kept for a binding to %s', async (_, subject) => {
    const files = { 'web.yaml': pod('web'), 'rbac.yaml': binding(subject) }
    expect(await ending(files)).toBe(0.25)
    expect(await ending({ ...files, 'account.yaml': account('web') })).toBe(0.15)
  })

  it('is not given where the account says so, which changes nothing', async () => {
    const own = account('web', { automountServiceAccountToken: false })
    expect(await ending({ 'web.yaml': pod('web'), 'account.yaml': own })).toBe(0)
  })

  it('is judged by the object alone where single files are read', async () => {
    const files = {
      'web.yaml': pod('web'),
      'rbac.yaml': binding('{kind: ServiceAccount, name: web, namespace: shop}'),
    }
    expect(await ending(files, 'web.yaml')).toBe(0.25)
  })

  it('is taken away where fix is told to, and kept where the account is bound', async () => {
    using folder = new Folder({
      'deploy/a.yaml': pod('web').replace('"name":"web"', '"name":"a"'),
      'deploy/b.yaml': pod('bound').replace('"name":"web"', '"name":"b"'),
      'account.yaml': account('web'),
      'rbac.yaml': binding('{kind: ServiceAccount, name: bound, namespace: shop}'),
    })
    const { stdout } = await cli(folder.path, ['fix', '--dry-run', '--only=automount-service-account-token'])
    expect(stdout).toContain('+++ b/deploy/a.yaml')
    expect(stdout).toContain('"automountServiceAccountToken":false')
    expect(stdout).not.toContain('deploy/b.yaml')
  })
})
