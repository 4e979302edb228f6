import { valueAt, type PatchOperation } from '../../model/index.ts'
import type { FixBuilder } from '../place.ts'

const field = '/securityContext/windowsOptions/hostProcess'

/** False at the pod and at every container that says true. */
export const disableHostProcess: FixBuilder = ({ subject: { pod } }) =>
  pod === undefined
    ? []
    : [{ pointer: pod.pointer, value: pod.spec }, ...pod.containers].flatMap(
        ({ pointer, value }): PatchOperation[] =>
          valueAt(value, field) === true ? [{ op: 'replace', path: pointer + field, value: false }] : [],
      )
