import { isObject, property, type JsonObject } from '../model/index.ts'
import { Lines, locate, readDocumentsLazily, type NodeLocation, type YamlDocument } from '../yaml/index.ts'
import { subjectOf, type Subject } from './resource.ts'
import { isKustomization, kustomizeGroup } from './sources.ts'

/** A Kubernetes object and where it stands. */
export interface Resource extends Subject {
  file: string
  /** Index of its document in the file, from 0. */
  document: number
  /** Pointer from the document's root to the object: empty, or `/items/3` for what a List holds. */
  root: string
  /** Where the node at a pointer from the object's root stands in the text of the file. */
  locate(pointer: string): NodeLocation | undefined
}

/** Why a document, or all of a file, holds nothing that could be judged. */
export interface ReadProblem {
  code: 'invalid-yaml' | 'duplicate-key' | 'template-source' | 'too-deep' | 'too-large' | 'not-an-object'
  text: string
  /** UTF-16 offset into the text of the file. */
  offset: number
  /** True where the user has to act: it looks like a manifest and cannot be read as one. */
  broken: boolean
}

export interface SourceFile {
  file: string
  text: string
  lines: Lines
  documents: YamlDocument[]
  resources: Resource[]
  problems: ReadProblem[]
}

/** Cheap look at a file: could it hold a Kubernetes object at all? Most YAML and JSON files of a repository cannot. */
export function mayHoldObjects(file: string, text: string): boolean {
  return (text.includes('apiVersion') && text.includes('kind')) || isKustomization(file)
}

/** What kustomize takes for written where a kustomization does not say what it is. */
const kustomization = { apiVersion: `${kustomizeGroup}/v1beta1`, kind: 'Kustomization' }

/** Both keys at a line's start (or in JSON, quoted anywhere): what a manifest looks like even when it is broken. */
const looksLikeManifest = (text: string): boolean =>
  (/^[ \t]*(?:-[ \t]+)?["']?apiVersion["']?[ \t]*:/m.test(text) &&
    /^[ \t]*["']?kind["']?[ \t]*:/m.test(text)) ||
  (/"apiVersion"[ \t]*:/.test(text) && /"kind"[ \t]*:/.test(text))

/** Reads the text of one file. Bad input is listed in `problems`, document by document; it never throws for it. */
export function readSource(file: string, text: string): SourceFile {
  const source: SourceFile = {
    file,
    text,
    lines: new Lines(text),
    documents: [],
    resources: [],
    problems: [],
  }
  if (!mayHoldObjects(file, text)) return source
  source.documents = readDocumentsLazily(text)
  const broken = source.documents.filter((document) => document.problems.length > 0)
  if (broken.some((document) => hasTemplateMarker(text.slice(document.start, document.end)))) {
    // One document that is a template makes the file a template: what parses in it does so by accident.
    const [first] = broken
    source.problems.push({
      code: 'template-source',
      text: 'the text holds template markers ({{ ... }}), so it is not plain YAML; render it and scan the result',
      offset: first?.problems[0]?.offset ?? 0,
      broken: false,
    })
    return source
  }
  for (const document of source.documents) {
    const [problem] = document.problems
    if (problem !== undefined) {
      const code =
        problem.code === 'syntax' || problem.code === 'alias' || problem.code === 'unsupported'
          ? 'invalid-yaml'
          : problem.code
      const slice = text.slice(document.start, document.end)
      source.problems.push({
        code,
        text: problem.message,
        offset: problem.offset,
        broken: looksLikeManifest(slice),
      })
    } else if (isObject(document.value)) {
      const object = isKustomization(file) ? { ...kustomization, ...document.value } : document.value
      collect(object, '', document, source, 0)
    }
  }
  return source
}

/** A template marker outside quotes and comments, as far as a line can tell. Line by line, so that its time is bounded. */
function hasTemplateMarker(text: string): boolean {
  return text.split('\n').some((line) => {
    const at = line.search(/\{\{|\{%/)
    if (at === -1) return false
    if (line.startsWith('{{-', at) || line.startsWith('{%', at)) return true
    return !/["'#]/.test(line.slice(0, at).replaceAll(/"[^"]*"|'[^']*'/g, ''))
  })
}

function collect(
  object: JsonObject,
  root: string,
  document: YamlDocument,
  source: SourceFile,
  depth: number,
): void {
  const subject = subjectOf(object)
  if (subject === undefined) {
    const half = typeof object['apiVersion'] === 'string' || typeof object['kind'] === 'string'
    if (half && isObject(object['metadata']))
      source.problems.push({
        code: 'not-an-object',
        text: `${typeof object['kind'] === 'string' ? 'apiVersion' : 'kind'} is missing, so this is no Kubernetes object`,
        offset: locate(document.tree, root)?.value.start ?? document.start,
        broken: true,
      })
    return
  }
  const items = property(object, 'items')
  if (subject.kind.endsWith('List') && Array.isArray(items) && depth < 3) {
    const itemKind = subject.kind.slice(0, -'List'.length)
    items.forEach((item, index) => {
      if (!isObject(item)) return
      // The items of a typed list (RoleList) may leave out what the list's own kind says.
      const typed = itemKind !== '' && item['kind'] === undefined
      const full = typed ? { apiVersion: subject.apiVersion, kind: itemKind, ...item } : item
      collect(full, `${root}/items/${index}`, document, source, depth + 1)
    })
    return
  }
  source.resources.push({
    ...subject,
    file: source.file,
    document: document.index,
    root,
    locate: (pointer) => locate(document.tree, root + pointer),
  })
}
