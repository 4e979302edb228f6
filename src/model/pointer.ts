import { isObject, type JsonValue } from './json.ts'

/** JSON pointers (RFC 6901). The root is the empty string. */

export function segments(pointer: string): string[] {
  if (pointer === '') return []
  const parts = pointer.slice(1).split('/')
  if (!pointer.includes('~')) return parts
  return parts.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

export function escapeSegment(segment: string | number): string {
  const text = String(segment)
  return /[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text
}

export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((segment) => `/${escapeSegment(segment)}`).join('')
}

export function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')))
}

export function lastSegment(pointer: string): string {
  return segments(pointer).at(-1) ?? ''
}

/** True when `pointer` is `ancestor` or lies below it. */
export function isWithin(pointer: string, ancestor: string): boolean {
  return pointer === ancestor || pointer.startsWith(`${ancestor}/`)
}

/** The value at a pointer, or undefined when nothing stands there. */
export function valueAt(value: JsonValue | undefined, pointer: string): JsonValue | undefined {
  let current: JsonValue | undefined = value
  for (const segment of segments(pointer)) {
    if (Array.isArray(current))
      current = /^(0|[1-9][0-9]*)$/.test(segment) ? current[Number(segment)] : undefined
    else if (isObject(current) && Object.hasOwn(current, segment)) current = current[segment]
    else return undefined
  }
  return current
}
