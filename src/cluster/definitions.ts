import { isObject, property, type JsonValue } from '../model/index.ts'
import type { ApiClient } from './connection.ts'
import { readJson } from './status.ts'

/** Milliseconds until a definition has to be served. */
const patience = 20_000

/** Waits until the server serves a custom resource definition; otherwise says why it does not. */
export async function waitForDefinition(client: ApiClient, name: string): Promise<string | undefined> {
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${encodeURIComponent(name)}`
  const ends = performance.now() + patience
  while (performance.now() < ends) {
    const { body } = await client.request({ method: 'GET', path })
    const definition = readJson(body)
    if (condition(definition, 'Established')?.['status'] === 'True') return undefined
    const accepted = condition(definition, 'NamesAccepted')
    if (accepted?.['status'] === 'False') return `its names are taken: ${JSON.stringify(accepted['message'])}`
    await new Promise((resolve) => {
      setTimeout(resolve, 25)
    })
  }
  return `was not served within ${patience / 1000} s`
}

function condition(definition: JsonValue | undefined, type: string) {
  const conditions = property(property(definition, 'status'), 'conditions')
  return Array.isArray(conditions)
    ? conditions.filter(isObject).find((one) => one['type'] === type)
    : undefined
}
