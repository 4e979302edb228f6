import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { messageOf, UserError } from '../model/index.ts'
import { readEpss, readKev, readTrivy, type Feeds } from '../risk/index.ts'
import type { Arguments } from './arguments.ts'

/** The daily file of EPSS has some 10 MiB. */
const mostBytes = 64 * 1024 * 1024
const gzipMagic = Buffer.from([0x1f, 0x8b])

/** What is known of vulnerabilities: `--epss`, `--kev` and `--image-scan`. Undefined where nothing is named. */
export function readFeeds(args: Arguments, folder: string): Feeds | undefined {
  const read = <Feed>(
    flag: 'epss' | 'kev' | 'image-scan',
    name: string,
    parse: (text: string, name: string) => Feed,
  ): Feed => parse(textOf(resolve(folder, name), `--${flag} ${name}`), name)
  const epss = args.last('epss')
  const kev = args.last('kev')
  const scans = args.all('image-scan')
  if (scans.length === 0) {
    if (epss === undefined && kev === undefined) return undefined
    throw new UserError(
      `--${epss === undefined ? 'kev' : 'epss'} weighs what is wrong with images, and no image was scanned`,
      'trivy image --format json IMAGE > scan.json, and add --image-scan scan.json',
    )
  }
  if (epss === undefined && kev === undefined)
    throw new UserError(
      '--image-scan names vulnerabilities, and nothing says which of them are attacked',
      'add --epss FILE (first.org) or --kev FILE (cisa.gov)',
    )
  return {
    ...(epss !== undefined && { epss: read('epss', epss, readEpss) }),
    ...(kev !== undefined && { kev: read('kev', kev, readKev) }),
    scans: scans.map((name) => read('image-scan', name, readTrivy)),
  }
}

/** Of a file that may be packed by gzip, as EPSS is published. */
function textOf(path: string, what: string): string {
  try {
    const status = statSync(path)
    if (!status.isFile()) throw new Error('it is no regular file')
    if (status.size > mostBytes) throw new Error(`it is larger than ${mostBytes / 1024 / 1024} MiB`)
    const bytes = readFileSync(path)
    const isPacked = bytes.subarray(0, 2).equals(gzipMagic)
    return (isPacked ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes).toString('utf8')
  } catch (error) {
    throw new UserError(`${what}: cannot be read: ${messageOf(error)}`)
  }
}
