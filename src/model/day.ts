/** The first millisecond at which an exception with this last day no longer holds; undefined for what is no day. */
export function endOfDay(day: string): number | undefined {
  const start = startOfDay(day)
  return start === undefined ? undefined : start + 24 * 60 * 60 * 1000
}

/** The first millisecond (UTC) of a day such as 2027-01-31; undefined for what is none, such as 2027-02-30. */
export function startOfDay(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const start = Date.parse(`${day}T00:00:00Z`)
  // Some days that do not exist roll over to the next month.
  return Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day ? undefined : start
}
