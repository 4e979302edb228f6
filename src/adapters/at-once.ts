/** Works on some at once. Where one fails nothing further is begun, and all that was begun has ended. */
export async function eachAtOnce<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values()
  const failures: unknown[] = []
  const workers = Array.from({ length: atOnce }, async () => {
    for (const item of waiting)
      try {
        await work(item)
        if (failures.length > 0) return
      } catch (error) {
        failures.push(error)
        return
      }
  })
  await Promise.all(workers)
  if (failures.length > 0) throw failures[0]
}
