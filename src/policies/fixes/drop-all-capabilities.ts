import type { FixBuilder } from '../place.ts'
import { capabilitiesPointer, droppedCapabilities } from '../capabilities.ts'

/**
 * ALL into `drop`: in the place of a NET_RAW, which ALL includes, so that the result is the same before and after
 * drop-net-raw; else behind what is there.
 */
export const dropAllCapabilities: FixBuilder = ({ container }) => {
  if (container === undefined) return []
  const path = `${capabilitiesPointer(container)}/drop`
  const dropped = droppedCapabilities(container)
  // "all" means the same to the runtime, but not to Pod Security.
  const included = dropped.findIndex((name) => name === 'NET_RAW' || name === 'all')
  return included < 0
    ? [{ op: 'add', path: `${path}/-`, value: 'ALL' }]
    : [{ op: 'replace', path: `${path}/${included}`, value: 'ALL' }]
}
