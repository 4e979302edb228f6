import type { Report, ReportedException } from '../model/index.ts'
import { count, visible } from './text.ts'

/** What is wrong with exceptions, a sentence each, for those who wrote them. */
export function exceptionProblems({ exceptions }: Report): string[] {
  return exceptions.flatMap((one) =>
    one.problem === undefined
      ? []
      : `${exceptionPlace(one)}: ${visible(nameOf(one))} ${visible(one.problem)}`,
  )
}

/** The exceptions that the change under review adds. */
export function addedExceptions({ exceptions }: Report): ReportedException[] {
  return exceptions.filter(({ added, problem }) => added === true && problem === undefined)
}

export function addedText(added: readonly ReportedException[]): string {
  return `this change adds ${count(added.length, 'exception')}, which ${added.length === 1 ? 'does' : 'do'} not lower what fails`
}

/** `deploy/api.yaml:7`, or the configuration. */
export function exceptionPlace({ file, line }: ReportedException): string {
  if (file === undefined) return 'configuration'
  return visible(line === undefined ? file : `${file}:${line}`)
}

/** What it is about, and why: `privileged-container[agent]: it loads kernel modules (until 2027-01-31)`. */
export function exceptionText({ named, container, reason, until }: ReportedException): string {
  const subject = container === undefined || named.endsWith(']') ? named : `${named}[${container}]`
  return `${subject}: ${reason}${until === undefined ? '' : ` (until ${until})`}`
}

/** An entry of a list is told from the others of its annotation by what it names. */
function nameOf({ name, named, problem = '' }: ReportedException): string {
  return problem.includes(named) || name.startsWith('PolicyException') ? name : `${name} (${named})`
}
