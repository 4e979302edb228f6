import {
  isObject,
  pointerOf,
  property,
  valueAt,
  type JsonObject,
  type JsonValue,
  type PatchOperation,
} from '../../model/index.ts'
import type { FixBuilder } from '../place.ts'

/**
 * An ingress of v1beta1 as networking.k8s.io/v1 writes it: backends name their service in an object, the one for all the
 * rest is called defaultBackend, and every path says how it is compared. v1beta1 left that to the controller.
 */
export const moveIngress: FixBuilder = ({ subject: { object } }) => {
  const operations: PatchOperation[] = [{ op: 'replace', path: '/apiVersion', value: 'networking.k8s.io/v1' }]
  const rest = valueAt(object, '/spec/backend')
  if (isObject(rest))
    operations.push(
      { op: 'remove', path: '/spec/backend' },
      { op: 'add', path: '/spec/defaultBackend', value: moved(rest) },
    )
  for (const [rule, { paths }] of rulesOf(object))
    paths.forEach((path, index) => {
      if (!isObject(path)) return
      const at = pointerOf(['spec', 'rules', String(rule), 'http', 'paths', String(index)])
      const backend = property(path, 'backend')
      if (isObject(backend)) operations.push(...moveBackend(backend, `${at}/backend`))
      if (property(path, 'pathType') === undefined)
        operations.push({ op: 'add', path: `${at}/pathType`, value: 'ImplementationSpecific' })
    })
  return operations
}

function rulesOf(object: JsonObject): [number, { paths: readonly JsonValue[] }][] {
  const rules = valueAt(object, '/spec/rules')
  if (!Array.isArray(rules)) return []
  return rules.flatMap((rule, index): [number, { paths: readonly JsonValue[] }][] => {
    const paths = valueAt(rule, '/http/paths')
    return Array.isArray(paths) ? [[index, { paths }]] : []
  })
}

function moveBackend(backend: JsonObject, at: string): PatchOperation[] {
  const service = serviceOf(backend)
  if (service === undefined) return []
  return [
    ...['serviceName', 'servicePort'].flatMap((key): PatchOperation[] =>
      property(backend, key) === undefined ? [] : [{ op: 'remove', path: `${at}/${key}` }],
    ),
    { op: 'add', path: `${at}/service`, value: service },
  ]
}

function moved(backend: JsonObject): JsonObject {
  const { serviceName: _name, servicePort: _port, ...rest } = backend
  const service = serviceOf(backend)
  return service === undefined ? rest : { ...rest, service }
}

function serviceOf(backend: JsonObject): JsonObject | undefined {
  const name = property(backend, 'serviceName')
  const port = property(backend, 'servicePort')
  if (name === undefined && port === undefined) return undefined
  return {
    ...(name !== undefined && { name }),
    ...(port !== undefined && { port: typeof port === 'number' ? { number: port } : { name: port } }),
  }
}
