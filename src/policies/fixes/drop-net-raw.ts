import type { PatchOperation } from '../../model/index.ts'
import type { FixBuilder } from '../place.ts'
import {
  addedCapabilities,
  capabilitiesPointer,
  droppedCapabilities,
  withoutPrefix,
} from '../capabilities.ts'

/** NET_RAW out of `add`, and into `drop` unless that holds it or ALL already. Other entries stay as they are. */
export const dropNetRaw: FixBuilder = ({ container }) => {
  if (container === undefined) return []
  const pointer = capabilitiesPointer(container)
  const operations: PatchOperation[] = addedCapabilities(container)
    .flatMap((name, index) => (withoutPrefix(name) === 'NET_RAW' ? [index] : []))
    // From the end, so that each index still holds when it is its turn.
    .reverse()
    .map((index) => ({ op: 'remove', path: `${pointer}/add/${index}` }))
  const dropped = droppedCapabilities(container)
  if (!dropped.some((name) => ['NET_RAW', 'ALL', 'all'].includes(name)))
    operations.push({ op: 'add', path: `${pointer}/drop/-`, value: 'NET_RAW' })
  return operations
}
