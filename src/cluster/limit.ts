/** Maps with at most `limit` calls under way; results in the order of the items. The first failure ends it. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}

/** Lets many share, or one be alone, in the order of asking. */
export class Gate {
  private last: Promise<unknown> = Promise.resolve()
  private readonly sharing = new Set<Promise<unknown>>()

  async shared<T>(work: () => Promise<T>): Promise<T> {
    const running = this.last.then(work)
    const settled = running.catch(() => undefined)
    this.sharing.add(settled)
    try {
      return await running
    } finally {
      this.sharing.delete(settled)
    }
  }

  async alone<T>(work: () => Promise<T>): Promise<T> {
    const before = [this.last, ...this.sharing]
    const running = Promise.all(before).then(work)
    this.last = running.catch(() => undefined)
    return running
  }
}

/** Runs what has the same key one after the other. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>()

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const running = (this.last.get(key) ?? Promise.resolve()).then(work)
    const settled = running.catch(() => undefined)
    this.last.set(key, settled)
    try {
      return await running
    } finally {
      if (this.last.get(key) === settled) this.last.delete(key)
    }
  }
}
