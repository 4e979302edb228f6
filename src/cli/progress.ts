import type { World } from './world.ts'

/** Milliseconds between two looks of the progress line; short runs never show one. */
const interval = 200

export interface Progress {
  show: (done: number, of: number, what?: string) => void
  /** What is being waited for. */
  say: (text: string) => void
  clear: () => void
}

/** A line on standard error that says how far a long run is; only on a terminal, and gone when the run ends. */
export function showProgress({ stderr, now }: World, quiet: boolean): Progress {
  if (quiet || !stderr.isTTY) {
    return { show: () => undefined, say: () => undefined, clear: () => undefined }
  }
  let last = now()
  let shown = false
  return {
    show(done, of, what = 'files judged') {
      if (now() - last < interval) return
      last = now()
      shown = true
      void stderr.write(`\r\u001B[K${done} of ${of} ${what}`)
    },
    say(text) {
      shown = true
      void stderr.write(`\r\u001B[K${text}`)
    },
    clear() {
      if (shown) void stderr.write('\r\u001B[K')
      shown = false
    },
  }
}
