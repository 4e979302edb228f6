import { property, type JsonValue, type PatchOperation } from '../../model/index.ts'
import type { FixBuilder } from '../place.ts'

/** Takes a volume away, and its mounts with it: a mount without its volume is refused by the API server. */
export const removeVolume: FixBuilder = ({ subject, item }) => {
  const { pod } = subject
  if (pod === undefined || item === undefined) return []
  const name = property(item.value, 'name')
  const operations = pod.containers.flatMap(({ value, pointer }) =>
    ['volumeMounts', 'volumeDevices'].flatMap((list) => {
      const mounts: JsonValue | undefined = property(value, list)
      if (!Array.isArray(mounts) || typeof name !== 'string') return []
      const indexes = mounts.flatMap((mount, index) => (property(mount, 'name') === name ? [index] : []))
      if (indexes.length > 0 && indexes.length === mounts.length)
        return [{ op: 'remove', path: `${pointer}/${list}` } satisfies PatchOperation]
      return indexes
        .reverse()
        .map((index): PatchOperation => ({ op: 'remove', path: `${pointer}/${list}/${index}` }))
    }),
  )
  return [...operations, { op: 'remove', path: item.pointer }]
}
