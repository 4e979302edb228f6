import { inlinePool, workerPool, type Pool } from './adapters/pool.ts'
import type { FileText } from './adapters/analysis.ts'
import type { Host } from './adapters/running.ts'
import type { Forge, Place } from './github/index.ts'
import type { Finding } from './model/index.ts'
import { objectsOf, type View } from './outcome.ts'
import type { Request } from './pipeline.ts'

/** A longer text is not looked into. */
const mostCharacters = 1024 * 1024
/** Below this many characters, starting a thread costs more than it saves. */
const inlineCharacters = 256 * 1024

/** A text as it is compared, and its findings themselves. */
export interface ReadView extends View {
  findings: ReadonlyMap<string, Finding>
}

/** Reads texts of commits, and judges each of them once. */
export class Views {
  private readonly forge: Forge
  private readonly request: Request
  private readonly timeout: number
  private readonly host: Host
  private worker: Pool | undefined
  private inline: Pool | undefined
  private texts = new Map<string, string | undefined>()
  private views = new Map<string, ReadView | undefined>()

  constructor(forge: Forge, request: Request, timeout: number, host: Host) {
    this.forge = forge
    this.request = request
    this.timeout = timeout
    this.host = host
  }

  /** Forgets what was read, so that a long history needs no more memory than a short one. */
  forget(): void {
    this.texts = new Map()
    this.views = new Map()
  }

  async close(): Promise<void> {
    await this.worker?.close()
    await this.inline?.close()
  }

  /** Fetches the texts of places that are not known yet. */
  async fetch(places: readonly Place[]): Promise<void> {
    const unknown = new Map(
      places.flatMap((place) => (this.texts.has(keyOf(place)) ? [] : [[keyOf(place), place] as const])),
    )
    if (unknown.size === 0) return
    const ids = await this.forge.objectIds([...unknown.values()])
    const texts = await this.forge.texts([...new Set(ids.filter((id) => id !== undefined))])
    for (const [index, key] of [...unknown.keys()].entries()) {
      const id = ids[index]
      const blob = id === undefined ? undefined : texts.get(id)
      const text = blob !== undefined && 'text' in blob ? blob.text : undefined
      this.texts.set(key, text !== undefined && text.length <= mostCharacters ? text : undefined)
    }
  }

  /** A text that was fetched; undefined where there is none. */
  text(place: Place): string | undefined {
    return this.texts.get(keyOf(place))
  }

  /** Judges texts that were not judged yet. */
  async judge(files: readonly FileText[]): Promise<void> {
    const unknown = new Map(
      files.flatMap((file) => (this.views.has(viewKey(file)) ? [] : [[viewKey(file), file] as const])),
    )
    if (unknown.size === 0) return
    const characters = [...unknown.values()].reduce((sum, { text }) => sum + text.length, 0)
    const results = await this.pool(characters).analyse([...unknown.values()])
    for (const [index, [key, { file, text }]] of [...unknown].entries()) {
      const result = results[index]
      const isRead = result !== undefined && result.sha256 !== ''
      this.views.set(key, isRead ? viewOf(file, text, result.findings) : undefined)
    }
  }

  /** A text that was judged under the name of a file; undefined where it could not be. */
  view(file: string, text: string | undefined): ReadView | undefined {
    return text === undefined ? undefined : this.views.get(viewKey({ file, text }))
  }

  private pool(characters: number): Pool {
    if (characters < inlineCharacters)
      return (this.inline ??= inlinePool(this.request, this.timeout, undefined))
    return (this.worker ??= workerPool(this.host.entry, 1, this.request, this.timeout, undefined))
  }
}

function viewOf(file: string, text: string, findings: readonly Finding[]): ReadView {
  return {
    findings: new Map(findings.map((finding) => [finding.fingerprint, finding])),
    found: new Set(findings.map(({ fingerprint }) => fingerprint)),
    excepted: new Set(
      findings.flatMap(({ fingerprint, state }) => (state === 'suppressed' ? fingerprint : [])),
    ),
    objects: objectsOf(file, text),
  }
}

function keyOf({ commit, path }: Place): string {
  return `${commit}:${path}`
}

function viewKey({ file, text }: Pick<FileText, 'file' | 'text'>): string {
  return `${file}\0${text}`
}
