/**
 * Work that must not be left half done when this process ends early: programs in process groups of their own, which a
 * terminal's Ctrl-C does not reach, folders that hold other people's manifests, and clusters that were made for us.
 */
type Clean = () => void | Promise<void>

const endings = new Set<Clean>()
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Milliseconds that a signal waits for work that takes time. */
const patience = 30_000

/** A signal has come, and work that takes time is under way. */
let ending = false

/**
 * Runs `clean` if the process ends by exit or by a signal that it can notice; call what it gives when all is done. After
 * a signal a promise is waited for, but no longer than half a minute, and a second signal ends the process at once; after
 * an exit nothing can be waited for.
 */
export function whenEnding(clean: Clean): () => void {
  if (endings.size === 0 && !ending) {
    process.on('exit', cleanAll)
    for (const signal of signals) process.on(signal, endBy)
  }
  endings.add(clean)
  return () => {
    endings.delete(clean)
    // The wait for what a signal has started is not over yet.
    if (endings.size === 0 && !ending) forget()
  }
}

/** Gives what has not settled yet. */
function cleanAll(): Promise<void>[] {
  // Last in, first out: a program ends before the folder that it works in is removed.
  const all = [...endings].reverse()
  endings.clear()
  return all.flatMap((clean) => clean() ?? [])
}

/** Ends as the signal would have, unless someone else has decided what it means. */
function endBy(signal: NodeJS.Signals): void {
  if (ending) {
    endNow(signal)
    return
  }
  const slow = cleanAll()
  if (slow.length === 0) {
    forget()
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
    return
  }
  ending = true
  const timer = setTimeout(() => endNow(signal), patience)
  void Promise.allSettled(slow).then(() => {
    clearTimeout(timer)
    ending = false
    // Asked only now: what execa has started listens as well, until it has ended.
    if (process.listenerCount(signal) === 1) endNow(signal)
    else if (endings.size === 0) forget()
  })
}

/** Whoever listens has had the first signal, and its time. */
function endNow(signal: NodeJS.Signals): void {
  // What was begun since, such as the folder of a program, still goes.
  void cleanAll()
  for (const one of signals) process.removeAllListeners(one)
  process.kill(process.pid, signal)
}

function forget(): void {
  process.off('exit', cleanAll)
  for (const signal of signals) process.off(signal, endBy)
}
