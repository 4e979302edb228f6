/** What Kyverno tells objects apart by, where they go into one run. */
export interface Named {
  group: string
  kind: string
  namespace: string
  /** `metadata.name` alone. */
  name: string
}

/**
 * Objects in batches of at most `size`, none with two that Kyverno takes for the same: it ends the run for these. An
 * object without a namespace is one of `default` for it, and one without a name is called nothing.
 */
export function batchesOf<Object extends Named>(objects: readonly Object[], size: number): Object[][] {
  const batches: { objects: Object[]; names: Set<string> }[] = []
  /** Batches before this one are full. */
  let open = 0
  for (const object of objects) {
    const { group, kind, namespace, name } = object
    const key = JSON.stringify([group, kind, namespace === '' ? 'default' : namespace, name])
    while (batches[open]?.objects.length === size) open++
    let at = open
    while (batches[at]?.names.has(key) === true || batches[at]?.objects.length === size) at++
    const batch = batches[at]
    if (batch === undefined) batches.push({ objects: [object], names: new Set([key]) })
    else {
      batch.objects.push(object)
      batch.names.add(key)
    }
  }
  return batches.map((batch) => batch.objects)
}
