import { expect, test } from 'vitest'
import { readSource } from '../../src/resources/index.ts'

const pod = `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: shop}
spec:
  containers:
    - name: api
      image: "example.test/api:1.4.2" # pinned
`

function textAt(text: string, pointer: string, index = 0): string | undefined {
  const resource = readSource('f.yaml', text).resources[index]
  const found = resource?.locate(pointer)
  return found && text.slice(found.value.start, found.value.end)
}

test('every node has its exact range', () => {
  expect(textAt(pod, '/spec/containers/0/image')).toBe('"example.test/api:1.4.2"')
  expect(textAt(pod, '/metadata')).toBe('{name: p, namespace: shop}')
  expect(textAt(pod, '/spec/containers/0')).toBe('name: api\n      image: "example.test/api:1.4.2"')
  expect(textAt(pod, '/spec/containers/1')).toBeUndefined()
  expect(textAt(pod, '/spec/nothing')).toBeUndefined()
})

test.each([
  ['CRLF', pod.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\uFEFF${pod}`],
  ['no final newline', pod.trimEnd()],
])('ranges are exact with %s', (_name, text) => {
  expect(textAt(text, '/spec/containers/0/image')).toBe('"example.test/api:1.4.2"')
  expect(textAt(text, '/metadata/namespace')).toBe('shop')
})

test('values behind aliases and merge keys are located where they are written', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\ndata: &d {p: "1"}\nother: *d\nthird:\n  <<: *d\n  q: "2"\n'
  expect(textAt(text, '/other/p')).toBe('"1"')
  expect(textAt(text, '/third/p')).toBe('"1"')
})

test('the resource view names namespace, group, containers and the pod', () => {
  const [resource] = readSource('f.yaml', pod).resources
  expect(resource).toMatchObject({
    group: '',
    kind: 'Pod',
    namespace: 'shop',
    name: 'p',
    root: '',
    document: 0,
  })
  expect(resource?.pod?.pointer).toBe('/spec')
  expect(resource?.pod?.containers.map(({ name, pointer }) => [name, pointer])).toEqual([
    ['api', '/spec/containers/0'],
  ])
})

test('a List is its items, wherever they stand', () => {
  const text = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: one}
- apiVersion: v1
  kind: List
  items:
  - {apiVersion: v1, kind: Pod, metadata: {name: two}, spec: {containers: [{name: a}]}}
---
{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleList", "items": [{"metadata": {"name": "three"}}]}
`
  const { resources } = readSource('f.yaml', text)
  expect(resources.map(({ kind, name, root, document }) => [kind, name, root, document])).toEqual([
    ['Service', 'one', '/items/0', 0],
    ['Pod', 'two', '/items/1/items/0', 0],
    ['Role', 'three', '/items/0', 1],
  ])
  expect(textAt(text, '/metadata/name', 1)).toBe('two')
})

test('JSON is read as it is', () => {
  const text = '{\n\t"apiVersion": "v1",\n\t"kind": "Pod",\n\t"metadata": {"name": "\\u00e9\\/x"}\n}\n'
  const source = readSource('f.json', text)
  expect(source.problems).toEqual([])
  expect(source.resources[0]?.name).toBe('é/x')
})

test('one broken document does not hide the others', () => {
  const text = `${pod}---\napiVersion: v1\nkind: Service\nmetadata: {name: a, name: b}\n---\n${pod}`
  const source = readSource('f.yaml', text)
  expect(source.resources.map(({ kind, document }) => [kind, document])).toEqual([
    ['Pod', 0],
    ['Pod', 2],
  ])
  expect(source.problems).toMatchObject([{ code: 'duplicate-key', broken: true }])
})

test('a template is no broken manifest', () => {
  const text =
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n{{- if .Values.x }}\n  a: b\n{{- end }}\n'
  expect(readSource('f.yaml', text).problems).toMatchObject([{ code: 'template-source', broken: false }])
})

test('what is no Kubernetes object is passed over', () => {
  expect(readSource('f.yaml', 'on: push\njobs: {}\n')).toMatchObject({ resources: [], problems: [] })
  expect(readSource('f.yaml', '# apiVersion and kind\n')).toMatchObject({ resources: [], problems: [] })
  expect(readSource('f.yaml', '')).toMatchObject({ resources: [], problems: [] })
  expect(readSource('f.yaml', 'kind: Pod\nmetadata: {name: x}\n# apiVersion\n').problems).toMatchObject([
    { code: 'not-an-object', broken: true },
  ])
})
