import { escapeSegment, property, valueAt, type PatchOperation } from '../../model/index.ts'
import type { FixBuilder } from '../place.ts'

const prefix = 'container.apparmor.security.beta.kubernetes.io/'

/** RuntimeDefault in the container's field, and in the old annotation where it says otherwise: the two must agree. */
export const useRuntimeAppArmor: FixBuilder = ({ subject, container }) => {
  const { pod } = subject
  if (pod === undefined || container === undefined) return []
  const operations: PatchOperation[] = []
  const field = `${container.pointer}/securityContext/appArmorProfile`
  const profile = valueAt(container.value, '/securityContext/appArmorProfile')
  if (property(profile, 'localhostProfile') !== undefined)
    operations.push({ op: 'replace', path: field, value: { type: 'RuntimeDefault' } })
  else operations.push({ op: 'replace', path: `${field}/type`, value: 'RuntimeDefault' })
  const key = prefix + container.name
  const annotation = property(property(property(pod.template, 'metadata'), 'annotations'), key)
  if (annotation !== undefined && annotation !== 'runtime/default')
    operations.push({
      op: 'replace',
      path: `${pod.templatePointer}/metadata/annotations/${escapeSegment(key)}`,
      value: 'runtime/default',
    })
  return operations
}
