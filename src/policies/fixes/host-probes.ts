import { property, valueAt, type PatchOperation } from '../../model/index.ts'
import type { FixBuilder } from '../place.ts'

const handlers = [
  '/livenessProbe',
  '/readinessProbe',
  '/startupProbe',
  '/lifecycle/postStart',
  '/lifecycle/preStop',
].flatMap((handler) => [`${handler}/httpGet`, `${handler}/tcpSocket`])

/** Takes the host out of every probe and hook that names one, so that the pod's own address is called. */
export const removeProbeHosts: FixBuilder = ({ container }) =>
  container === undefined
    ? []
    : handlers.flatMap((handler): PatchOperation[] => {
        const host = property(valueAt(container.value, handler), 'host')
        return typeof host === 'string' && host !== ''
          ? [{ op: 'remove', path: `${container.pointer}${handler}/host` }]
          : []
      })
