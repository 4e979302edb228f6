import type { Severity } from '../model/index.ts'

/*
 * What stands on the default branch grows older, and what is new in a change does not: only the backlog has due dates.
 */

/** Days until a finding should be gone. */
export const dueDays: Readonly<Record<Severity, number>> = { critical: 7, high: 30, medium: 90, low: 180 }

export interface Waiting {
  id: string
  severity: Severity
  /** What fixing it is worth, in points of risk. */
  value: number
  /** Days since it was first seen. */
  age: number
}

/** From 0 for what is new to 1 for what is due. */
export function urgencyOf({ severity, age }: Pick<Waiting, 'severity' | 'age'>): number {
  return Math.min(1, Math.max(0, age) / dueDays[severity])
}

export function isPastDue({ severity, age }: Pick<Waiting, 'severity' | 'age'>): boolean {
  return age > dueDays[severity]
}

/**
 * The order in which a backlog is worked off. Of every `reserved` places one belongs to what is past due, longest first,
 * so that nothing waits for ever; the others go by value, up to twice of it for what is nearly due. Urgency has no unit
 * and a bound: beside the reserved places age never moves a trifle past what is worth twice as much. Where `served` have
 * had their turn before, the places go on from there.
 */
export function orderBacklog<Item extends Waiting>(items: readonly Item[], reserved = 3, served = 0): Item[] {
  const overdue = items.filter(isPastDue).sort((a, b) => overdueBy(b) - overdueBy(a) || compareIds(a, b))
  const byValue = items.toSorted(
    (a, b) => b.value * (1 + urgencyOf(b)) - a.value * (1 + urgencyOf(a)) || compareIds(a, b),
  )
  const order = new Set<Item>()
  const next = (list: Item[]): Item | undefined => {
    for (let item = list.shift(); item !== undefined; item = list.shift()) if (!order.has(item)) return item
    return undefined
  }
  for (let place = 0; order.size < items.length; place++) {
    const item = ((served + place) % reserved === 0 ? next(overdue) : undefined) ?? next(byValue)
    if (item !== undefined) order.add(item)
  }
  return [...order]
}

function overdueBy({ severity, age }: Waiting): number {
  return age - dueDays[severity]
}

function compareIds(a: Waiting, b: Waiting): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** How many are past due, by severity: what starves. */
export function starvationOf(
  items: readonly Waiting[],
): Partial<Record<Severity, { pastDue: number; of: number }>> {
  const result: Partial<Record<Severity, { pastDue: number; of: number }>> = {}
  for (const item of items) {
    const known = (result[item.severity] ??= { pastDue: 0, of: 0 })
    known.of++
    if (isPastDue(item)) known.pastDue++
  }
  return result
}
