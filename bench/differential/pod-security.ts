import type { JsonObject } from '../../src/model/index.ts'
import { podBearingKinds, podOf } from '../../src/resources/index.ts'
import { corpora } from '../measure.ts'
import { engineSide, serverSide, type AskOptions } from './ask.ts'
import type { Engine } from './engine.ts'
import { objectIn, textIn } from './json.ts'
import type { Case } from './report.ts'
import { corpusSources, type Source } from './sources.ts'

const levels = ['baseline', 'restricted'] as const

/** Every object that carries a pod, and the Pod that its controller would make, under each level of Pod Security. */
export async function podSecurityCases(engine: Engine, options: AskOptions): Promise<Case[]> {
  const sources = corpora.flatMap((corpus) => corpusSources(corpus).flatMap(withItsPod))
  const cases: Case[] = []
  for (const level of levels) {
    const group = `pod security ${level}`
    const those = sources.map((source) => ({ ...source, group }))
    const beside = namespacesOf(sources).map((name) => labelledNamespace(name, level))
    cases.push(...(await engineSide(engine, those, await serverSide(group, those, { ...options, beside }))))
  }
  return cases
}

function withItsPod(source: Source): Source[] {
  const { manifest, object } = source
  const groupKind = `${manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/', 1)[0] : ''}/${manifest.kind}`
  if (!podBearingKinds.includes(groupKind)) return []
  const view = podOf(groupKind, object)
  if (view === undefined || view.templatePointer === '') return [source]
  const { namespace } = manifest
  const given = objectIn(view.template['metadata'])
  const name = textIn(objectIn(object['metadata'])['name']) || 'pod'
  const metadata = { ...given, name, ...(namespace === '' ? {} : { namespace }) }
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: view.spec }
  return [
    source,
    {
      ...source,
      name: `${source.name} its pod`,
      object: pod,
      manifest: {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace,
        name,
        body: JSON.stringify(pod),
        type: 'application/json',
      },
    },
  ]
}

function namespacesOf(sources: readonly Source[]): string[] {
  return [...new Set(sources.map(({ manifest }) => manifest.namespace || 'default'))]
}

function labelledNamespace(name: string, level: string): JsonObject {
  const prefix = 'pod-security.kubernetes.io'
  const labels = { [`${prefix}/enforce`]: level, [`${prefix}/warn`]: level }
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}
