import type { Finding } from '../model/index.ts'
import { isAbout, type Exception } from './exception.ts'

/**
 * Settles a finding by the exceptions that stand for its object. One that holds makes it `suppressed`; where all that
 * are about it have run out it stays open, and says so.
 */
export function settleFinding(
  finding: Finding,
  exceptions: readonly Exception[],
  isAdded: (exception: Exception) => boolean,
): void {
  const about = exceptions.filter((exception) => isAbout(exception, finding))
  const holding = about.filter(({ ranOut }) => !ranOut)
  // What stood there before the change under review counts before what it adds.
  const one = holding.find((exception) => !isAdded(exception)) ?? holding[0]
  if (one !== undefined) {
    finding.state = 'suppressed'
    finding.reason = { code: 'exception', text: reasonText(one) }
    finding.patch = []
    finding.edits = []
    finding.requires = []
    finding.exception = { ...told(one), ...(isAdded(one) && { added: true }) }
    return
  }
  const [over] = about
  if (over?.until === undefined) return
  finding.message = `${finding.message} (its exception ran out on ${over.until})`
  finding.exception = { ...told(over), ranOut: true }
}

function told({ form, name, reason, until, line }: Exception): NonNullable<Finding['exception']> {
  return {
    form,
    name,
    reason,
    ...(until !== undefined && { until }),
    ...(line !== undefined && { line }),
  }
}

function reasonText({ reason, until, name, line }: Exception): string {
  const where = line === undefined ? name : `${name}, line ${line}`
  return `${reason}${until === undefined ? '' : `, until ${until}`} (${where})`
}
