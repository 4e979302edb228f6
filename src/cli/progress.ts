import type { World } from './world.ts'

/** Milliseconds between two looks of the progress line; short runs never show one. */
const interval = 200

export interface Progress {
  show: (done: number, of: number) => void
  clear: () => void
}

/** A line on standard error that says how far a long run is; only on a terminal, and gone when the run ends. */
export function showProgress({ stderr, now }: World, quiet: boolean): Progress {
  if (quiet || !stderr.isTTY) return { show: () => undefined, clear: () => undefined }
  let last = now()
  let shown = false
  return {
    show(done, of) {
      if (now() - last < interval) return
      last = now()
      shown = true
      void stderr.write(`\r\u001B[Kjudged ${done} of ${of} files`)
    },
    clear() {
      if (shown) void stderr.write('\r\u001B[K')
    },
  }
}
