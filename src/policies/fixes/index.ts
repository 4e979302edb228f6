import type { FixBuilder } from '../place.ts'
import type { Read } from '../reads.ts'
import { removeAddedCapabilities, removeRestrictedCapabilities } from './added-capabilities.ts'
import { useRuntimeAppArmor } from './apparmor.ts'
import { moveAutoscaler } from './autoscaler-version.ts'
import { dropAllCapabilities } from './drop-all-capabilities.ts'
import { dropNetRaw } from './drop-net-raw.ts'
import { removeRepeated } from './duplicate-env-var.ts'
import { removeProbeHosts } from './host-probes.ts'
import { moveIngress } from './ingress-version.ts'
import { useReadOnlyRootFilesystem } from './read-only-root-fs.ts'
import { removeVolume } from './remove-volume.ts'
import { removeSelinuxOptions } from './selinux-options.ts'
import { disableHostProcess } from './windows-host-process.ts'

/** Fixes that one list of operations cannot say, by the name that policies use. */
export const fixes: ReadonlyMap<string, FixBuilder> = new Map([
  ['added-capabilities', removeAddedCapabilities],
  ['apparmor', useRuntimeAppArmor],
  ['autoscaler-version', moveAutoscaler],
  ['drop-all-capabilities', dropAllCapabilities],
  ['drop-net-raw', dropNetRaw],
  ['duplicate-env-var', removeRepeated],
  ['host-probes', removeProbeHosts],
  ['ingress-version', moveIngress],
  ['read-only-root-fs', useReadOnlyRootFilesystem],
  ['remove-volume', removeVolume],
  ['restricted-capabilities', removeRestrictedCapabilities],
  ['selinux-options', removeSelinuxOptions],
  ['windows-host-process', disableHostProcess],
])

const capabilities: readonly Read[] = [{ binding: 'container', path: ['securityContext', 'capabilities'] }]

/** All that some of the builders read. The others may read anything. */
export const readByBuild: ReadonlyMap<string, readonly Read[]> = new Map([
  ['added-capabilities', capabilities],
  ['drop-all-capabilities', capabilities],
  ['drop-net-raw', capabilities],
  ['restricted-capabilities', capabilities],
  [
    'read-only-root-fs',
    [
      { binding: 'container', path: ['name'] },
      { binding: 'container', path: ['volumeMounts'] },
      { binding: 'pod', path: ['volumes'] },
      { binding: 'object', path: ['spec', 'volumeClaimTemplates'] },
    ],
  ],
])
