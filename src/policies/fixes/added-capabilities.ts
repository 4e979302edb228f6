import type { FixBuilder } from '../place.ts'
import { addedCapabilities, capabilitiesPointer } from '../capabilities.ts'

/** The runtime's default set without NET_RAW: what Pod Security (baseline) allows to be added. */
const defaultSet = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]
/** NET_RAW is the business of drop-net-raw. */
const netRaw = ['NET_RAW', 'CAP_NET_RAW']

/** Takes each entry of `add` out that is meant, and leaves the others. From the end, so that indexes hold. */
const removeAdded =
  (isMeant: (name: string) => boolean): FixBuilder =>
  ({ container }) =>
    container === undefined
      ? []
      : addedCapabilities(container)
          .flatMap((name, index) => (isMeant(name) ? [index] : []))
          .reverse()
          .map((index) => ({ op: 'remove', path: `${capabilitiesPointer(container)}/add/${index}` }))

const beyond = new Set([...defaultSet, ...netRaw])
const restricted = new Set(defaultSet.filter((name) => name !== 'NET_BIND_SERVICE'))

export const removeAddedCapabilities = removeAdded((name) => name !== '' && !beyond.has(name))
export const removeRestrictedCapabilities = removeAdded((name) => restricted.has(name))
