/**
 * Work that must not be left half done when this process ends early: programs in process groups of their own, which a
 * terminal's Ctrl-C does not reach, and folders that hold other people's manifests.
 */
const endings = new Set<() => void>()
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs `clean` if the process ends by exit or by a signal that it can notice; call what it gives when all is done. */
export function whenEnding(clean: () => void): () => void {
  if (endings.size === 0) {
    process.on('exit', cleanAll)
    for (const signal of signals) process.on(signal, endBy)
  }
  endings.add(clean)
  return () => {
    endings.delete(clean)
    if (endings.size === 0) forget()
  }
}

function cleanAll(): void {
  // Last in, first out: a program ends before the folder that it works in is removed.
  for (const clean of [...endings].reverse()) clean()
  endings.clear()
}

/** Ends as the signal would have, unless someone else has decided what it means. */
function endBy(signal: NodeJS.Signals): void {
  cleanAll()
  forget()
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
}

function forget(): void {
  process.off('exit', cleanAll)
  for (const signal of signals) process.off(signal, endBy)
}
