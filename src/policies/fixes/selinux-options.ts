import { property, type PatchOperation } from '../../model/index.ts'
import type { FixBuilder } from '../place.ts'

/** The types that Pod Security (1.31 and later) allows. */
const allowed = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'])

/** Takes out the parts of the SELinux context that are not the container's to choose, of the container or the pod. */
export const removeSelinuxOptions: FixBuilder = ({ subject, container }) => {
  const base = container ?? (subject.pod && { pointer: subject.pod.pointer, value: subject.pod.spec })
  if (base === undefined) return []
  const options = property(property(base.value, 'securityContext'), 'seLinuxOptions')
  return ['type', 'user', 'role'].flatMap((key): PatchOperation[] => {
    const value = property(options, key)
    const isFine = typeof value !== 'string' || (key === 'type' ? allowed.has(value) : value === '')
    return isFine ? [] : [{ op: 'remove', path: `${base.pointer}/securityContext/seLinuxOptions/${key}` }]
  })
}
