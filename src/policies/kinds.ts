import { podBearingKinds } from '../resources/index.ts'

/** What stands for every kind there is. */
const anyKind = 'any'

/** `group/Kind`, `/Kind` for the core group, `group/*`, `any`, or a named set. */
export const namedSets: Readonly<Record<string, readonly string[]>> = { 'pod-bearing': podBearingKinds }

const podBearing = new Set(podBearingKinds)

export function kindProblem(kind: string): string | undefined {
  if (
    kind === anyKind ||
    Object.hasOwn(namedSets, kind) ||
    /^[a-z0-9.-]*\/([A-Z][A-Za-z0-9]*|\*)$/.test(kind)
  )
    return undefined
  return `"${kind}" is no group/Kind (write /Pod for the core group), no group/* and no named set (${[anyKind, ...Object.keys(namedSets)].join(', ')})`
}

/** True where every kind of the list carries a pod. */
export function haveAllPods(kinds: readonly string[]): boolean {
  return kinds.every((kind) => kind === 'pod-bearing' || podBearing.has(kind))
}

export function matchesKind(kinds: readonly string[], groupKind: string): boolean {
  const group = groupKind.slice(0, groupKind.indexOf('/'))
  return kinds.some(
    (kind) =>
      kind === anyKind ||
      kind === groupKind ||
      kind === `${group}/*` ||
      namedSets[kind]?.includes(groupKind) === true,
  )
}
