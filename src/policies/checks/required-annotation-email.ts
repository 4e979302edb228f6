import { isObject, property } from '../../model/index.ts'
import type { Check } from '../place.ts'

/** True where no annotation whose name holds "email" holds an address. */
export const hasNoEmail: Check = ({ subject }) => {
  const annotations = property(property(subject.object, 'metadata'), 'annotations')
  if (!isObject(annotations)) return true
  return !Object.entries(annotations).some(
    ([name, value]) => name.includes('email') && typeof value === 'string' && holdsAddress(value),
  )
}

/** `name@host.domain` anywhere in a text; looked at once around each `@`, since annotations may be long. */
function holdsAddress(text: string): boolean {
  return text
    .split('@')
    .some(
      (after, index, parts) =>
        index > 0 &&
        /[a-zA-Z0-9_.+-]/.test(parts[index - 1]?.at(-1) ?? '') &&
        /^[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]/.test(after),
    )
}
