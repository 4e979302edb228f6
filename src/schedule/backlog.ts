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
 * The order in which a backlog is worked off. Of three places one belongs to what is past due, longest first,
 * so that nothing waits for ever; the others go by value, up to twice of it for what is nearly due. Urgency has no unit
 * and a bound: beside the reserved places age never moves a trifle past what is worth twice as much. Where `served` have
 * had their turn before, the places go on from there.
 */
export function orderBacklog<Item extends Waiting>(items: readonly Item[], served = 0): Item[] {
  const next = turnsOf(items)
  const order = new Set<Item>()
  while (order.size < items.length) {
    const item = next(served + order.size, (one) => !order.has(one))
    if (item === undefined) break
    order.add(item)
  }
  return [...order]
}

/** Of so many places one belongs to what is past due. */
const reserved = 3

/**
 * Whose turn it is at a place, among those that are free. What is not free once never becomes so again: each is looked at
 * once.
 */
export function turnsOf<Item extends Waiting>(
  items: readonly Item[],
): (place: number, isFree: (item: Item) => boolean) => Item | undefined {
  const overdue = items.filter(isPastDue).sort((a, b) => overdueBy(b) - overdueBy(a) || compareIds(a, b))
  const byValue = items.toSorted(
    (a, b) => b.value * (1 + urgencyOf(b)) - a.value * (1 + urgencyOf(a)) || compareIds(a, b),
  )
  const at = { overdue: 0, byValue: 0 }
  const first = (
    list: readonly Item[],
    name: keyof typeof at,
    isFree: (item: Item) => boolean,
  ): Item | undefined => {
    for (let item = list[at[name]]; item !== undefined; item = list[++at[name]]) if (isFree(item)) return item
    return undefined
  }
  return (place, isFree) =>
    (place % reserved === 0 ? first(overdue, 'overdue', isFree) : undefined) ??
    first(byValue, 'byValue', isFree)
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
