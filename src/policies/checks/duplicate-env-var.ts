import { property } from '../../model/index.ts'
import type { Check } from '../place.ts'

/** True for the second variable of a name: one finding for a name, however often it is set. */
export const isRepeated: Check = ({ container, item }) => {
  const env = property(container?.value, 'env')
  const name = property(item?.value, 'name')
  if (item === undefined || !Array.isArray(env) || typeof name !== 'string') return false
  return env.slice(0, item.index).filter((other) => property(other, 'name') === name).length === 1
}
