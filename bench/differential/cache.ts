import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { root } from '../../scripts/package.ts'

const folder = join(root, '.cache', 'differential')

/**
 * Answers of the server that were had before: it says the same from run to run, and whoever works on the engine asks
 * again and again. For development alone: a run that is published, and every test, asks anew.
 */
export async function cached<T>(
  name: string,
  key: readonly string[],
  fresh: boolean,
  make: () => Promise<T>,
): Promise<T> {
  const hash = createHash('sha256').update(serverKey())
  for (const part of key) hash.update('\0').update(part)
  const file = join(
    folder,
    `${name.replaceAll(/[^a-z0-9]+/g, '-')}.${hash.digest('hex').slice(0, 16)}.json.zst`,
  )
  if (!fresh && existsSync(file))
    return JSON.parse(zstdDecompressSync(readFileSync(file)).toString('utf8')) as T
  const made = await make()
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${file}.${process.pid}`, zstdCompressSync(JSON.stringify(made)))
  renameSync(`${file}.${process.pid}`, file)
  return made
}

/** What the built server is known by, so that another version is asked anew. */
function serverKey(): string {
  const file = join(root, '.cache', 'tools', 'kube-apiserver.key')
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
