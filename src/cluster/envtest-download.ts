import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { InfrastructureError } from '../model/index.ts'
import { failureText, follow } from './follow.ts'

const again = 'run it again, or put kube-apiserver and etcd on PATH or into the folder of KUBEBUILDER_ASSETS'

export interface Download {
  url: string
  /** Lower-case hexadecimal. */
  sha512: string
  /** Absolute path of a file that does not exist yet. Only a whole, verified download leaves it behind as promised. */
  file: string
  /** Bytes; a longer answer is cut off and refused. */
  maximumBytes: number
  /** Milliseconds for everything: connecting, redirects and the body. */
  deadline: number
  progress: (text: string) => void
  /** Gives up. */
  signal?: AbortSignal | undefined
}

/**
 * Downloads one file and checks its hash while it comes in. Only https is spoken; a source that is itself plain http
 * (a test's server on loopback) may send on within its own origin alone. An `InfrastructureError` says what failed; the
 * caller removes what was written then, and must not look into it.
 */
export async function download({
  url,
  sha512,
  file,
  maximumBytes,
  deadline,
  progress,
  signal: given,
}: Download): Promise<void> {
  const late = AbortSignal.timeout(deadline)
  const signal = given === undefined ? late : AbortSignal.any([late, given])
  try {
    const response = await follow(new URL(url), { signal, hint: again })
    const announced = Number(response.headers.get('content-length') ?? 0)
    if (announced > maximumBytes)
      throw new InfrastructureError(`${url}: ${announced} bytes are more than the limit of ${maximumBytes}`)
    if (response.body === null) throw new InfrastructureError(`${url}: the answer is empty`, again)
    const hash = createHash('sha512')
    let bytes = 0
    let percent = -1
    const handle = await open(file, 'wx', 0o600)
    try {
      // Node's fetch body yields byte chunks; the web type of it does not say so.
      const chunks: AsyncIterable<Uint8Array> = response.body
      for await (const chunk of chunks) {
        bytes += chunk.byteLength
        if (bytes > maximumBytes)
          throw new InfrastructureError(`${url}: longer than the limit of ${maximumBytes} bytes`)
        hash.update(chunk)
        await handle.writeFile(chunk)
        const now = announced === 0 ? -1 : Math.floor((bytes / announced) * 10) * 10
        if (now > percent) progress(`downloading ${nameOf(url)}: ${String((percent = now))} %`)
      }
    } finally {
      await handle.close()
    }
    if (announced !== 0 && bytes !== announced)
      throw new InfrastructureError(`${url}: ended after ${bytes} of ${announced} bytes`, again)
    const found = hash.digest('hex')
    if (found !== sha512)
      throw new InfrastructureError(
        `${url}: the file is not the pinned one (sha512 ${found.slice(0, 16)}…, expected ${sha512.slice(0, 16)}…); nothing of it was unpacked`,
      )
  } catch (error) {
    if (error instanceof InfrastructureError) throw error
    if (given?.aborted === true) throw new InfrastructureError(`${url}: the download was interrupted`)
    throw new InfrastructureError(
      late.aborted
        ? `${url}: not downloaded within ${deadline / 1000} s`
        : `${url}: the download failed: ${failureText(error)}`,
      again,
    )
  }
}

function nameOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}
