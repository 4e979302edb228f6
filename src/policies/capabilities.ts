import { property } from '../model/index.ts'
import type { ContainerView } from '../resources/index.ts'

/** Reading the capability lists of a container as written; what is no list of strings counts as empty. */

export function capabilitiesPointer(container: ContainerView): string {
  return `${container.pointer}/securityContext/capabilities`
}

/** Entries of `capabilities.add` at their written index; an entry that is no string is the empty string. */
export function addedCapabilities(container: ContainerView): string[] {
  return entries(container, 'add')
}

export function droppedCapabilities(container: ContainerView): string[] {
  return entries(container, 'drop')
}

function entries(container: ContainerView, list: 'add' | 'drop'): string[] {
  const value = property(property(property(container.value, 'securityContext'), 'capabilities'), list)
  return Array.isArray(value) ? value.map((name) => (typeof name === 'string' ? name : '')) : []
}

/** The API names capabilities without CAP_; some authors write it. */
export function withoutPrefix(name: string): string {
  return name.startsWith('CAP_') ? name.slice('CAP_'.length) : name
}
