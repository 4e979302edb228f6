import { property, type JsonValue, type PatchOperation } from '../../model/index.ts'
import type { ContainerView } from '../../resources/index.ts'
import type { FixBuilder } from '../place.ts'

/**
 * A read-only root file system with an emptyDir for each path that the image is known to write to; of an unknown image for
 * /tmp, where most programs write. Each container gets volumes of its own, named after it, so that the fixes of several
 * containers do not depend on each other or on their order.
 */
export const useReadOnlyRootFilesystem: FixBuilder = ({ subject: { object, pod }, container, image }) => {
  if (pod === undefined || container === undefined) return []
  const readOnly: PatchOperation = {
    op: 'add',
    path: `${container.pointer}/securityContext/readOnlyRootFilesystem`,
    value: true,
  }
  const mounts = property(container.value, 'volumeMounts')
  const volumes = property(pod.spec, 'volumes')
  const areLists = [mounts, volumes].every(
    (list) => list === undefined || list === null || Array.isArray(list),
  )
  if (!areLists) return [readOnly]
  // A StatefulSet puts the volumes of its claims in the place of those that are named alike.
  const claims = items(property(property(object, 'spec'), 'volumeClaimTemplates'))
  const taken = namesOf([...items(volumes), ...claims.map((claim) => property(claim, 'metadata') ?? null)])
  return [
    readOnly,
    ...(image?.writable?.paths ?? ['/tmp'])
      .filter((path) => !isMounted(path, mounts))
      .flatMap((path): PatchOperation[] => {
        const name = volumeName(path, container, taken)
        taken.add(name)
        return [
          { op: 'add', path: `${container.pointer}/volumeMounts/-`, value: { name, mountPath: path } },
          { op: 'add', path: `${pod.pointer}/volumes/-`, value: { name, emptyDir: {} } },
        ]
      }),
  ]
}

/** True where the path or a folder above it is mounted already. */
function isMounted(path: string, mounts: JsonValue | undefined): boolean {
  return items(mounts).some((mount) => {
    const mountPath = property(mount, 'mountPath')
    return typeof mountPath === 'string' && `${resolved(path)}/`.startsWith(`${resolved(mountPath)}/`)
  })
}

/** Every usual image has /var/run as a link to /run. */
function resolved(path: string): string {
  return path.replace(/\/+$/, '').replace(/^\/var\/run(?=\/|$)/, '/run')
}

/** `var-cache-nginx-web` for /var/cache/nginx of the container `web`. */
function volumeName(path: string, container: ContainerView, taken: ReadonlySet<string>): string {
  const words = [...path.slice(1).split('/'), container.name].map((word) =>
    word.toLowerCase().replaceAll(/[^a-z0-9-]/g, ''),
  )
  const base = words.join('-').replace(/^-+/, '')
  // Names of volumes are DNS labels: at most 63 characters, the last one no dash.
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${number}`
    const name = base.slice(0, 63 - suffix.length).replace(/-+$/, '') + suffix
    if (!taken.has(name)) return name
  }
}

function namesOf(volumes: readonly JsonValue[]): Set<string> {
  return new Set(volumes.map((volume) => property(volume, 'name')).filter((name) => typeof name === 'string'))
}

function items(list: JsonValue | undefined): JsonValue[] {
  return Array.isArray(list) ? list : []
}
