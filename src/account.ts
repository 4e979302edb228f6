import { exceptionsFor } from './config/index.ts'
import { keyOf } from './excepting.ts'
import { configuredAt, isAbout, type Exception, type Names } from './exceptions/index.ts'
import type { Finding, ReportedException, ResourceReference } from './model/index.ts'
import type { FileResult, Request } from './pipeline.ts'

/** What became of the exceptions of a run. */
export interface Account {
  /** In the order of the files; those of the configuration at the end. */
  exceptions: ReportedException[]
  /** Names those that are written at objects across the two sides of a change. */
  keys: ReadonlySet<string>
}

export interface AccountOptions {
  names: Names
  /** Whether every policy was asked, so that an exception without a finding is about nothing. */
  allPolicies: boolean
  /** Policies that may not have been asked all the same, since they are off unless something names them. */
  off: ReadonlySet<string>
  /** Engines that judged beside our policies: what no other reports is not known without it. */
  engines: ReadonlySet<string>
  /** And whether everything was read that the configuration is about. */
  allFiles: boolean
}

const idle = 'is about nothing that is found; it can go'

/** Lists every exception, with what it suppresses, and why one does nothing where its author wants to know. */
export function accountOf(
  results: readonly FileResult[],
  findings: readonly Finding[],
  request: Request,
  { names, allPolicies, off, engines, allFiles }: AccountOptions,
): Account {
  const known = request.scope?.exceptions?.known
  const keys = new Set<string>()
  const excepting = new Set(results.flatMap(({ file, exceptions }) => (exceptions.length > 0 ? file : [])))
  const byObject = Map.groupBy(
    findings.filter(({ location }) => excepting.has(location.file)),
    ({ resource, location }) => placeOf(location.file, location.document, resource),
  )
  const isAsked = (id: string): boolean => {
    const [engine = '', rule] = id.split('/', 2)
    return rule === undefined || engines.has(engine)
  }
  const entry = (exception: Exception, about: readonly Finding[], mayBeIdle: boolean): ReportedException => {
    const { form, name, named, container, reason, until, ranOut, line, isOurs, policies } = exception
    const isUnasked = policies?.some((id) => off.has(id)) === true || policies?.some(isAsked) === false
    const isIdle = about.length === 0 && mayBeIdle && isOurs && !isUnasked
    const problem = exception.problem ?? (isIdle ? idle : undefined)
    return {
      form,
      name,
      named,
      reason,
      findings: about.filter(({ state }) => state === 'suppressed').length,
      ...(container !== undefined && { container }),
      ...(until !== undefined && { until }),
      ...(line !== undefined && { line }),
      ...(ranOut && { ranOut }),
      ...(problem !== undefined && { problem }),
    }
  }

  const written = results.flatMap(({ file, exceptions, isContext }) =>
    exceptions.flatMap((exception) => {
      if (exception.form === 'object') return []
      const { document, object } = exception
      const key = keyOf(exception, file, object)
      keys.add(key)
      if (isContext) return []
      const about = (byObject.get(placeOf(file, document, object)) ?? []).filter((finding) =>
        isAbout(exception, finding),
      )
      const added = known !== undefined && !known.has(key)
      return [{ ...entry(exception, about, allPolicies), file, ...(added && { added }) }]
    }),
  )
  const fitting = Map.groupBy(
    results.flatMap(({ exceptions }) => exceptions.filter(({ form }) => form === 'object')),
    ({ identity }) => identity,
  )
  const kyverno = (request.policyExceptions ?? []).map((one): ReportedException => {
    const { file, line, name, named, identity, until, end } = one
    const key = JSON.stringify([identity])
    keys.add(key)
    const places = (fitting.get(identity) ?? []).map((exception) => ({
      problem: exception.problem,
      about: (byObject.get(placeOf(exception.file, exception.document, exception.object)) ?? []).filter(
        (finding) => isAbout({ ...exception, problem: undefined }, finding),
      ),
    }))
    const unclear = places.find(({ problem, about }) => problem !== undefined && about.length > 0)
    const held = places.flatMap(({ problem, about }) => (problem === undefined ? about : []))
    return {
      form: 'object',
      name: `PolicyException ${name}`,
      named,
      reason: 'Kyverno excepts it',
      file,
      line,
      findings: held.filter(({ state }) => state === 'suppressed').length,
      ...(until !== undefined && { until }),
      ...(end !== undefined && end <= request.time && { ranOut: true as const }),
      ...(known !== undefined && !known.has(key) && { added: true }),
      ...(unclear !== undefined && {
        problem: `${unclear.problem}, so it does not hold ${held.length > 0 ? 'everywhere' : 'here'}`,
      }),
    }
  })
  return {
    exceptions: [
      ...written,
      ...kyverno,
      ...configured(request, findings, names, entry, allPolicies && allFiles),
    ],
    keys,
  }
}

function configured(
  { config, time }: Request,
  findings: readonly Finding[],
  names: Names,
  entry: (exception: Exception, about: readonly Finding[], mayBeIdle: boolean) => ReportedException,
  mayBeIdle: boolean,
): ReportedException[] {
  return config.exceptions.flatMap((placed) => {
    const { name, exception } = placed
    const about = aboutIt(findings, ({ resource, location }) =>
      exceptionsFor(config, location.file).includes(placed)
        ? configuredAt(placed, resource, names, time)
        : undefined,
    )
    // As it reads for an object that it is about.
    const anywhere = configuredAt(
      { name, exception: { ...exception, match: { container: exception.match?.container } } },
      { apiVersion: '', kind: '', namespace: '', name: '' },
      names,
      time,
    )
    return anywhere === undefined ? [] : [entry(anywhere, about, mayBeIdle)]
  })
}

/** The findings that an exception is about, which reads differently from object to object. */
function aboutIt(findings: readonly Finding[], at: (finding: Finding) => Exception | undefined): Finding[] {
  return findings.filter((finding) => {
    const exception = at(finding)
    return exception !== undefined && isAbout(exception, finding)
  })
}

function placeOf(file: string, document: number, { kind, namespace, name }: ResourceReference): string {
  return JSON.stringify([file, document, kind, namespace, name])
}
