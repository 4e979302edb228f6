import { posix } from 'node:path'
import { isObject, property, type JsonValue } from '../model/index.ts'

/**
 * Source kinds: which files of a tree are not objects by themselves. Helm templates are text for a renderer, and what
 * a kustomization uses as a patch is half an object. Pure: takes paths (with `/`) and parsed kustomizations.
 */
export type SourceRole =
  | 'helm-template'
  | 'helm-values'
  | 'kustomize-patch'
  | 'kustomize-generator-input'
  | 'kustomize-configuration'

export const sourceRoleTexts: Readonly<Record<SourceRole, string>> = {
  'helm-template': 'a Helm template: render the chart and scan the result',
  'helm-values': 'values or metadata of a Helm chart, not an object',
  'kustomize-patch': 'a kustomization uses it as a patch, so it is half an object: scan the build',
  'kustomize-generator-input': 'a kustomization generates from it, so it is data and not an object',
  'kustomize-configuration': 'it configures kustomize and never reaches the cluster',
}

/** API group of what kustomize itself reads. */
export const kustomizeGroup = 'kustomize.config.k8s.io'

const kustomizationNames = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])

export function isKustomization(path: string): boolean {
  return kustomizationNames.has(posix.basename(path))
}

/** Folders that hold a chart, from all paths of the tree. */
export function chartFolders(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>()
  for (const path of paths) if (posix.basename(path) === 'Chart.yaml') folders.add(posix.dirname(path))
  return folders
}

/** The role of a file inside a chart, or undefined for a file that is read like any other (a chart's crds). */
export function chartRole(path: string, charts: ReadonlySet<string>): SourceRole | undefined {
  for (let folder = posix.dirname(path), below = posix.basename(path); ;) {
    if (charts.has(folder)) {
      if (below.startsWith('templates/')) return 'helm-template'
      if (
        !below.includes('/') &&
        /^(?:Chart|requirements|values.*)\.(?:ya?ml|json|lock)$|^values\.schema\.json$/.test(below)
      )
        return 'helm-values'
    }
    const parent = posix.dirname(folder)
    if (parent === folder) return undefined
    below = `${posix.basename(folder)}/${below}`
    folder = parent
  }
}

/** Files that a kustomization names in a role other than `resources`. `folder` is where the kustomization stands. */
export function kustomizationRoles(
  folder: string,
  kustomization: JsonValue | undefined,
): Map<string, SourceRole> {
  const roles = new Map<string, SourceRole>()
  const note = (value: JsonValue | undefined, role: SourceRole): void => {
    // Inline patches are text with line breaks, and remote files are not ours.
    if (typeof value !== 'string' || value.includes('\n') || /^[a-z]+:\/\//.test(value)) return
    roles.set(posix.normalize(posix.join(folder, value)), role)
  }
  const list = (key: string, source: JsonValue | undefined = kustomization): JsonValue[] => {
    const value = property(source, key)
    return Array.isArray(value) ? value : []
  }
  for (const entry of [...list('patches'), ...list('patchesJson6902')])
    note(property(entry, 'path'), 'kustomize-patch')
  for (const entry of list('patchesStrategicMerge')) note(entry, 'kustomize-patch')
  for (const key of ['configurations', 'generators', 'transformers', 'validators'])
    for (const entry of list(key)) note(entry, 'kustomize-configuration')
  for (const entry of list('replacements')) note(property(entry, 'path'), 'kustomize-configuration')
  note(property(property(kustomization, 'openapi'), 'path'), 'kustomize-configuration')
  for (const generator of [...list('configMapGenerator'), ...list('secretGenerator')]) {
    for (const entry of [...list('files', generator), ...list('envs', generator)])
      if (typeof entry === 'string') note(entry.slice(entry.indexOf('=') + 1), 'kustomize-generator-input')
    note(property(generator, 'env'), 'kustomize-generator-input')
  }
  for (const chart of list('helmCharts')) {
    if (!isObject(chart)) continue
    note(chart['valuesFile'], 'kustomize-generator-input')
    for (const entry of list('additionalValuesFiles', chart)) note(entry, 'kustomize-generator-input')
  }
  return roles
}
