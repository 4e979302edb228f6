import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { InfrastructureError, messageOf, UserError } from '../model/index.ts'
import { envtestArchive, type EnvtestArchive } from './envtest-archives.ts'
import { download } from './envtest-download.ts'
import { envtestBinaries, unpackEnvtest, type EnvtestBinary } from './envtest-unpack.ts'

/** The linux-amd64 archive of 1.36 has about 80 MB. */
const maximumBytes = 512 * 1024 * 1024
const tenMinutes = 10 * 60 * 1000

export interface EnvtestRequest {
  /** Absolute path of this tool's own cache folder; made when it is not there. */
  cacheFolder: string
  /** As in `process.platform`. */
  platform: string
  /** As in `process.arch`. */
  architecture: string
  progress: (text: string) => void
  /** Gives up the download. */
  signal?: AbortSignal | undefined
  /** Another archive than the pinned one of this machine: for tests, which serve it from loopback. */
  archive?: EnvtestArchive
  /** Milliseconds the whole download may take. */
  deadline?: number
  /** Bytes the archive may have. */
  limit?: number
}

export interface ServerBinaries {
  /** Absolute paths. */
  apiserver: string
  etcd: string
  /** Where they came from, in a few words. */
  origin: string
}

/** Written beside the binaries, so that a cache that was cut short or tampered with is noticed before it is run. */
const stampSchema = z.object({ archive: z.string(), files: z.record(z.string(), z.string()) })

/**
 * kube-apiserver and etcd from the pinned archive: those in the cache when their hashes still are what was unpacked,
 * else downloaded, verified as a whole and only then unpacked. A folder appears under its name in one step, so a run
 * that is killed leaves nothing half-made to be used. A `UserError` where no archive is pinned for the machine, an
 * `InfrastructureError` where the download, the archive or the disk fails.
 */
export async function fetchEnvtest(request: EnvtestRequest): Promise<ServerBinaries> {
  const { cacheFolder, platform, architecture, progress } = request
  const archive = request.archive ?? envtestArchive(platform, architecture)
  if (archive === undefined)
    throw new UserError(
      `there is no pinned archive of kube-apiserver and etcd for ${platform} on ${architecture}`,
      'put kube-apiserver and etcd on PATH or into the folder of KUBEBUILDER_ASSETS, or use --cluster kind',
    )
  const home = join(cacheFolder, 'envtest')
  const folder = join(home, `${archive.version}-${archive.target}`)
  if (await isWhole(folder, archive)) return binariesIn(folder, archive)

  const scratch = join(home, `.new-${randomBytes(8).toString('hex')}`)
  try {
    await mkdir(scratch, { recursive: true, mode: 0o700 })
    const file = join(scratch, 'archive.tar.gz')
    await download({
      url: archive.url,
      sha512: archive.sha512,
      file,
      maximumBytes: request.limit ?? maximumBytes,
      deadline: request.deadline ?? tenMinutes,
      progress,
      signal: request.signal,
    })
    progress('unpacking')
    const unpacked = join(scratch, 'unpacked')
    await mkdir(unpacked, { mode: 0o700 })
    const files = await unpackEnvtest(file, unpacked)
    await writeFile(
      join(unpacked, 'hashes.json'),
      JSON.stringify({ archive: archive.sha512, files: Object.fromEntries(files) }),
    )
    await putInPlace(unpacked, folder, archive)
  } catch (error) {
    if (error instanceof InfrastructureError) throw error
    throw new InfrastructureError(`the cache folder ${home} cannot be used: ${messageOf(error)}`)
  } finally {
    // What cannot be removed is no reason to fail, and must not hide one.
    await rm(scratch, { recursive: true, force: true }).catch(() => undefined)
  }
  return binariesIn(folder, archive)
}

/** Another run may have put the same files there meanwhile; one that is not whole gives way. */
async function putInPlace(unpacked: string, folder: string, archive: EnvtestArchive): Promise<void> {
  try {
    await rename(unpacked, folder)
  } catch (error) {
    if (await isWhole(folder, archive)) return
    const aside = `${unpacked}-old`
    await rename(folder, aside).catch(() => {
      throw error
    })
    await rename(unpacked, folder)
  }
}

async function isWhole(folder: string, archive: EnvtestArchive): Promise<boolean> {
  try {
    const stamp = stampSchema.parse(JSON.parse(await readFile(join(folder, 'hashes.json'), 'utf8')))
    if (stamp.archive !== archive.sha512) return false
    const found = await Promise.all(envtestBinaries.map((name) => sha256(join(folder, name))))
    return envtestBinaries.every((name, index) => stamp.files[name] === found[index])
  } catch {
    // Absent, cut short or not ours: either way it is made anew.
    return false
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash)
  return hash.digest('hex')
}

function binariesIn(folder: string, { version }: EnvtestArchive): ServerBinaries {
  const path = (name: EnvtestBinary): string => join(folder, name)
  return { apiserver: path('kube-apiserver'), etcd: path('etcd'), origin: `envtest ${version}` }
}
