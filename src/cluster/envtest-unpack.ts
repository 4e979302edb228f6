import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Parser, type ReadEntry } from 'tar'
import { InfrastructureError, messageOf } from '../model/index.ts'

export const envtestBinaries = ['kube-apiserver', 'etcd', 'kubectl'] as const
export type EnvtestBinary = (typeof envtestBinaries)[number]

/** Where the archives keep their files (hack/envtest/linux/Dockerfile of controller-tools). */
const inside = 'controller-tools/envtest/'

/** Bytes of all three together; those of 1.36 take about 250 MB. */
const maximumUnpacked = 1024 * 1024 * 1024

/**
 * Unpacks the three binaries into a folder that exists, and gives the sha256 of each. The archive only names what is
 * written: every path is one of three, written out here, and no entry that is not a plain file is followed. Anything
 * else in it (a link, another path, a second copy, a missing file) is an `InfrastructureError`, since the pinned archives
 * hold nothing of the kind.
 */
export async function unpackEnvtest(archive: string, folder: string): Promise<Map<EnvtestBinary, string>> {
  const hashes = new Map<EnvtestBinary, string>()
  const seen = new Set<EnvtestBinary>()
  const outputs: WriteStream[] = []
  const writes: Promise<void>[] = []
  let bytes = 0

  const take = (entry: ReadEntry): string | undefined => {
    if (entry.type === 'Directory' && inside.startsWith(entry.path)) {
      entry.resume()
      return undefined
    }
    const name = envtestBinaries.find((binary) => entry.path === inside + binary)
    if (name === undefined || (entry.type !== 'File' && entry.type !== 'OldFile'))
      return `it holds the ${entry.type} ${JSON.stringify(entry.path)}`
    if (seen.has(name)) return `it holds ${name} twice`
    seen.add(name)
    bytes += entry.size
    if (bytes > maximumUnpacked) return `its files take more than ${maximumUnpacked} bytes`
    const hash = createHash('sha256')
    const output = createWriteStream(join(folder, name), { flags: 'wx', mode: 0o755 })
    outputs.push(output)
    // One reader for both: what an entry has buffered goes to whoever listens first.
    entry.on('data', (chunk) => {
      hash.update(chunk)
      if (output.write(chunk)) return
      entry.pause()
      output.once('drain', () => entry.resume())
    })
    entry.on('end', () => output.end())
    writes.push(finished(output).then(() => void hashes.set(name, hash.digest('hex'))))
    return undefined
  }

  try {
    await readEntries(archive, take)
    await Promise.all(writes)
  } catch (error) {
    for (const output of outputs) output.destroy()
    await Promise.allSettled(writes)
    throw new InfrastructureError(`the archive cannot be unpacked: ${messageOf(error)}`)
  }
  const missing = envtestBinaries.filter((name) => !hashes.has(name))
  if (missing.length > 0)
    throw new InfrastructureError(`the archive cannot be unpacked: it lacks ${missing.join(' and ')}`)
  return hashes
}

/**
 * Hands over every entry up to the end mark; stops at the first that `take` names a problem of. Node unpacks the gzip
 * layer, in small pieces and on its own threads; the tar package would do it in one go on this one.
 */
function readEntries(archive: string, take: (entry: ReadEntry) => string | undefined): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const parser = new Parser({ strict: true })
    const input = createReadStream(archive)
    const plain = createGunzip()
    const end = (error?: Error): void => {
      input.destroy()
      plain.destroy()
      if (error === undefined) resolve()
      else reject(error)
    }
    parser.on('entry', (entry: ReadEntry) => {
      const problem = take(entry)
      if (problem !== undefined) parser.abort(new Error(problem))
    })
    parser.on('error', end)
    parser.on('eof', () => end())
    parser.on('end', () => end(new Error('it ends in the middle')))
    parser.on('drain', () => plain.resume())
    input.on('error', end)
    plain.on('error', end)
    plain.on('data', (chunk: Buffer) => {
      if (!parser.write(chunk)) plain.pause()
    })
    plain.on('end', () => parser.end())
    input.pipe(plain)
  })
}
