import { readFileSync } from 'node:fs'
import { z } from 'zod'

const manifestSchema = z.object({ version: z.string() })

/** The version of this program, from the package.json beside the bundle, or above src/ where it runs from there. */
export function versionBeside(entry: URL): string {
  for (const place of ['package.json', '../package.json']) {
    const version = versionIn(new URL(place, entry))
    if (version !== undefined) return version
  }
  throw new Error('no package.json beside the bundle')
}

function versionIn(file: URL): string | undefined {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).version
  } catch {
    return undefined
  }
}
