import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { root } from '../../scripts/package.ts'
import { tool } from '../../scripts/tools.ts'
import { openApiServer, type ApiServerOptions, type Cluster, type Manifest } from '../../src/cluster/index.ts'
import { isObject, property, type JsonObject, type JsonValue } from '../../src/model/index.ts'
import { readDocuments } from '../../src/yaml/index.ts'

/** src/main.ts as the program's own entry: also the watchdog of the servers. */
export const entry = pathToFileURL(join(root, 'src', 'main.ts'))

export function realBinaries(): ApiServerOptions['binaries'] {
  return { apiserver: tool('kube-apiserver'), etcd: tool('etcd') }
}

export function openRealServer(options: Partial<ApiServerOptions> = {}): Promise<Cluster> {
  return openApiServer({ entry, binaries: realBinaries(), ...options })
}

/** The object of a YAML text that holds one. */
export function objectOf(text: string): JsonObject {
  const value = readDocuments(text).find((document) => document.value !== null)?.value
  if (!isObject(value)) throw new Error(`no object in:\n${text}`)
  return value
}

/** What is sent for the object of a YAML text. */
export function manifestOf(text: string): Manifest {
  const object = objectOf(text)
  const metadata = object['metadata']
  const string = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')
  return {
    apiVersion: string(object['apiVersion']),
    kind: string(object['kind']),
    namespace: string(property(metadata, 'namespace')),
    name: string(property(metadata, 'name')),
    body: text,
    type: 'application/yaml',
  }
}
