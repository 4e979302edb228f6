import { dirname } from 'node:path/posix'
import type { Manifest } from './cluster/index.ts'
import { property } from './model/index.ts'
import { readSource, type Resource, type SourceFile } from './resources/index.ts'

/** Files as they are read in this thread, for those who judge objects by their own text. */
export class Sources {
  private readonly known = new Map<string, SourceFile>()
  private readonly texts: ReadonlyMap<string, string>
  private readonly read: typeof readSource

  /** `read` reads a file, or remembers one that was read. */
  constructor(texts: ReadonlyMap<string, string>, read: typeof readSource = readSource) {
    this.texts = texts
    this.read = read
  }

  of(file: string): SourceFile {
    let source = this.known.get(file)
    if (source === undefined) {
      source = this.read(file, this.texts.get(file) ?? '')
      this.known.set(file, source)
    }
    return source
  }
}

/** The text of one object: its document as it stands, or, of an item of a List, JSON of what was read. */
export function bodyOf(source: SourceFile, resource: Resource): Pick<Manifest, 'body' | 'type'> {
  const document = source.documents[resource.document]
  if (resource.root !== '' || document === undefined)
    return { body: JSON.stringify(resource.object), type: 'application/json' }
  return { body: source.text.slice(document.start, document.end), type: 'application/yaml' }
}

export function manifestOf(source: SourceFile, resource: Resource): Manifest {
  const { apiVersion, kind, namespace, object } = resource
  const name = property(property(object, 'metadata'), 'name')
  return {
    apiVersion,
    kind,
    namespace,
    name: typeof name === 'string' ? name : '',
    ...bodyOf(source, resource),
  }
}

/** The same resource in another text of its file: fixes neither add nor remove any. */
export function counterpart(source: SourceFile, { document, root }: Place): Resource | undefined {
  return source.resources.find((resource) => resource.document === document && resource.root === root)
}

export interface Place {
  document: number
  root: string
}

/** Objects of one folder are seen together by checks that look across objects. */
export function folderOf(file: string): string {
  return dirname(file)
}
