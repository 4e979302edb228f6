import { property, type PatchOperation } from '../../model/index.ts'
import type { FixBuilder } from '../place.ts'

/** Takes out every variable of the name but the first. */
export const removeRepeated: FixBuilder = ({ container, item }) => {
  const env = property(container?.value, 'env')
  const name = property(item?.value, 'name')
  if (container === undefined || item === undefined || !Array.isArray(env)) return []
  return env
    .flatMap((other, index) => (index >= item.index && property(other, 'name') === name ? [index] : []))
    .reverse()
    .map((index): PatchOperation => ({ op: 'remove', path: `${container.pointer}/env/${index}` }))
}
