import { z } from 'zod'
import { UserError } from '../model/index.ts'

/*
 * What is known of vulnerabilities, in the formats in which it is published. Files are handed in as text; all of it is
 * hostile until it has been read here.
 */

const cveSchema = z.string().regex(/^CVE-\d{4}-\d{4,19}$/)
const share = z.number().min(0).max(1)
/** Versions and days are shown beside every score. */
const versionSchema = z.string().regex(/^[\w.:+-]{1,40}$/)

/** A list, read as far as its first mistake: a hostile file has more mistakes than fit into memory. */
function listOf<Item extends z.ZodType>(item: Item): z.ZodType<z.output<Item>[]> {
  return z.unknown().transform((value, context) => {
    const found = z.array(z.unknown()).safeParse(value)
    const read: z.output<Item>[] = []
    if (!found.success) context.addIssue('it is no list')
    for (const [index, one] of (found.data ?? []).entries()) {
      const result = item.safeParse(one)
      if (!result.success) {
        const [issue] = result.error.issues
        context.addIssue({ code: 'custom', path: [index, ...(issue?.path ?? [])], message: issue?.message })
        break
      }
      read.push(result.data)
    }
    return read
  })
}

/** Chances that somebody tries to exploit a vulnerability within 30 days (EPSS, first.org). */
export interface Epss {
  /** Scores of different models are not compared. The API does not name it. */
  model: string | undefined
  date: string
  scores: ReadonlyMap<string, number>
}

/**
 * Reads the daily CSV, whose first line is a comment (`#model_version:v2026.06.15,score_date:...`), or an answer of the
 * API, whose numbers are texts.
 */
export function readEpss(text: string, name: string): Epss {
  return text.trimStart().startsWith('{') ? readEpssAnswer(text, name) : readEpssTable(text, name)
}

const numberText = z
  .string()
  .regex(/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/)
  .transform(Number)
  .pipe(share)

const epssAnswerSchema = z.object({
  status: z.literal('OK'),
  data: listOf(z.object({ cve: cveSchema, epss: numberText, date: z.iso.date().optional() })),
})

function readEpssAnswer(text: string, name: string): Epss {
  const { data } = parsed(epssAnswerSchema, text, name, 'an answer of the EPSS API')
  return {
    model: undefined,
    date: data[0]?.date ?? 'an unknown day',
    scores: new Map(data.map(({ cve, epss }) => [cve, epss])),
  }
}

/** A schema for each of some 335,000 rows would take most of a second. */
const epssRow = /^(CVE-\d{4}-\d{4,19}),((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?:,|$)/

function readEpssTable(text: string, name: string): Epss {
  const lines = linesOf(text)
  const head = /^#model_version:(?<model>[\w.-]{1,40}),score_date:(?<date>[\w:.+-]{1,40})$/.exec(
    lines.next().value ?? '',
  )?.groups
  if (head === undefined)
    throw new UserError(`${name}:1: not the daily file of EPSS: its first line names no model_version`)
  if (lines.next().value !== 'cve,epss,percentile')
    throw new UserError(`${name}:2: not the daily file of EPSS: its columns are not cve,epss,percentile`)
  const scores = new Map<string, number>()
  let number = 2
  for (const line of lines) {
    number++
    const [, cve = '', score = ''] = epssRow.exec(line) ?? []
    if (cve === '' || Number(score) > 1) throw new UserError(`${name}:${number}: not a row of EPSS`)
    scores.set(cve, Number(score))
  }
  return { model: head['model'], date: head['date'] ?? '', scores }
}

/** One after the other: a file may have more lines than fit into memory at once. The last one ends the file. */
function* linesOf(text: string): Generator<string, undefined> {
  for (let start = 0; start < text.length;) {
    const next = text.indexOf('\n', start)
    const end = next === -1 ? text.length : next
    yield text.slice(start, text[end - 1] === '\r' ? end - 1 : end)
    start = end + 1
  }
}

/** Vulnerabilities that are known to have been exploited (KEV, cisa.gov). */
export interface Kev {
  version: string
  /** By CVE, whether ransomware is known to use it. */
  entries: ReadonlyMap<string, { ransomware: boolean }>
}

const kevSchema = z.object({
  catalogVersion: versionSchema,
  vulnerabilities: listOf(z.object({ cveID: cveSchema, knownRansomwareCampaignUse: z.string() })),
})

export function readKev(text: string, name: string): Kev {
  const { catalogVersion, vulnerabilities } = parsed(kevSchema, text, name, 'the KEV catalogue')
  return {
    version: catalogVersion,
    entries: new Map(
      vulnerabilities.map(({ cveID, knownRansomwareCampaignUse }) => [
        cveID,
        { ransomware: knownRansomwareCampaignUse === 'Known' },
      ]),
    ),
  }
}

/** What a scan has found in one image. */
export interface ImageScan {
  /** As it was scanned, and the digests it is known by. */
  reference: string
  digests: readonly string[]
  /** Vulnerabilities, and whether a version without them is out. */
  vulnerabilities: ReadonlyMap<string, { fixable: boolean }>
}

const trivyVulnerabilitySchema = z.object({
  VulnerabilityID: z.string(),
  PkgName: z.string().nullish(),
  FixedVersion: z.string().nullish(),
})
const trivySchema = z.object({
  SchemaVersion: z.literal(2),
  ArtifactName: z.string(),
  ArtifactType: z.string(),
  Metadata: z.object({ RepoDigests: listOf(z.string()).nullish() }).nullish(),
  Results: listOf(z.object({ Vulnerabilities: listOf(trivyVulnerabilitySchema).nullish() })).nullish(),
})

/**
 * Packages of the kernel: in an image they are headers and tools, listed with all that is wrong with a kernel that does not
 * run there. What runs is that of the node.
 */
const kernelPackages =
  /^(?:linux-(?:libc-dev|headers|image|modules|kbuild|compiler|source|tools)|kernel|bpftool|perf|python3-perf)(?:-|$)/

/** Reads one report of `trivy image --format json`. */
export function readTrivy(text: string, name: string): ImageScan {
  const report = parsed(trivySchema, text, name, 'a JSON report of trivy')
  if (report.ArtifactType !== 'container_image')
    throw new UserError(`${name}: the report is not about an image, but about a ${report.ArtifactType}`)
  const vulnerabilities = new Map<string, { fixable: boolean }>()
  for (const { Vulnerabilities } of report.Results ?? [])
    for (const { VulnerabilityID, PkgName, FixedVersion } of Vulnerabilities ?? []) {
      if (kernelPackages.test(PkgName ?? '')) continue
      const fixable = (FixedVersion ?? '') !== '' || vulnerabilities.get(VulnerabilityID)?.fixable === true
      vulnerabilities.set(VulnerabilityID, { fixable })
    }
  return {
    reference: report.ArtifactName,
    digests: [report.ArtifactName, ...(report.Metadata?.RepoDigests ?? [])].flatMap(
      (name) => name.split('@')[1] ?? [],
    ),
    vulnerabilities,
  }
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  name: string,
  what: string,
): z.output<Schema> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new UserError(`${name}: not ${what}: it is no JSON`)
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new UserError(`${name}: not ${what}: ${(issue?.path ?? []).join('.')}: ${issue?.message ?? ''}`)
}
