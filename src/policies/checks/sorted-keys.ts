import type { JsonValue } from '../../model/index.ts'
import type { Check } from '../place.ts'

/** True where the keys of some map are not in ascending order, as they are written. */
export const isUnsorted: Check = ({ subject }) => {
  const open: JsonValue[] = [subject.object]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue
    const keys = Array.isArray(value) ? [] : Object.keys(value)
    if (keys.some((key, index) => index > 0 && key < (keys[index - 1] ?? ''))) return true
    for (const inner of Object.values(value)) open.push(inner)
  }
  return false
}
