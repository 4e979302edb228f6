import type { Epss, ImageScan, Kev } from './feeds.ts'
import type { Threat } from './score.ts'

/** What is known of vulnerabilities; what is absent has not been looked at. */
export interface Feeds {
  epss?: Epss | undefined
  kev?: Kev | undefined
  /** One for each image. */
  scans: readonly ImageScan[]
}

/** Chances for what is known to be exploited, and for what ransomware uses: real evidence is worth more than a forecast. */
const exploited = 0.9
const usedByRansomware = 0.97

/**
 * How likely somebody attacks an image through one of its vulnerabilities that an update would close. Undefined where
 * there is no scan of it, or no feed to weigh it by: not known is not zero.
 */
export function threatOf(image: Image, feeds: Feeds): Threat | undefined {
  const scan = scanOf(image, feeds)
  if (scan === undefined || (feeds.epss === undefined && feeds.kev === undefined)) return undefined
  let safe = 1
  const known: string[] = []
  let counted = 0
  let isAnyUnknown = false
  for (const [cve, { fixable }] of scan.vulnerabilities) {
    if (!fixable) continue
    const entry = feeds.kev?.entries.get(cve)
    const forecast = feeds.epss?.scores.get(cve)
    if (entry === undefined && forecast === undefined) {
      isAnyUnknown = true
      continue
    }
    counted++
    if (entry !== undefined) known.push(cve)
    safe *=
      1 - Math.max(forecast ?? 0, entry === undefined ? 0 : entry.ransomware ? usedByRansomware : exploited)
  }
  // KEV forecasts nothing, and EPSS says nothing of what is newer than it.
  if (counted === 0 && isAnyUnknown) return undefined
  const probability = 1 - safe
  const percent = `${Math.round(100 * probability)} %`
  const because =
    known.length > 0
      ? `its image has ${listed(known)}, known to be exploited`
      : counted === 0
        ? 'a scan of its image found nothing that an update would close'
        : `${counted} vulnerabilities of its image with an update: ${percent} that one is attacked within 30 days`
  return { probability, because, source: sourceOf(feeds) }
}

/** An image as a manifest names it. */
export interface Image {
  /** Every way to write it: `nginx` is `docker.io/library/nginx:latest` as well. */
  references: readonly string[]
  digest?: string | undefined
}

/** What a scan has found in an image. */
export function scanOf(image: Image, { scans }: Feeds): ImageScan | undefined {
  return scans.find(
    ({ reference, digests }) =>
      image.references.includes(reference) || (image.digest !== undefined && digests.includes(image.digest)),
  )
}

function listed(cves: readonly string[]): string {
  const first = cves.toSorted().slice(0, 3).join(', ')
  return cves.length > 3 ? `${first} and ${cves.length - 3} more` : first
}

function sourceOf({ epss, kev }: Feeds): string {
  return [
    ...(epss === undefined
      ? []
      : [`EPSS${epss.model === undefined ? '' : ` ${epss.model}`} of ${epss.date}`]),
    ...(kev === undefined ? [] : [`KEV ${kev.version}`]),
  ].join(', ')
}
