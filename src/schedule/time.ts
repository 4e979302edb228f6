/** Milliseconds. */
export const dayLength = 24 * 60 * 60 * 1000

/** Weeks since 1970-01-05, a Monday, of a moment in milliseconds since 1970. */
export function weekOf(time: number): number {
  return Math.max(0, Math.floor((time / dayLength - 4) / 7))
}
