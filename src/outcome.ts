import jsonPatch from 'fast-json-patch'
import { applyLineEdits } from './edit/index.ts'
import { equal, isObject, property, valueAt, type JsonObject, type JsonValue } from './model/index.ts'
import { readSource } from './resources/index.ts'

/*
 * What has become of a suggestion, from texts alone: the file that it was made for, the file with it, and the file as it
 * is now. Objects are compared and not lines, so that a fix counts whoever wrote it and however it is laid out.
 */

/** A text as it is compared: what is found in it, and its objects by what they are called. */
export interface View {
  /** Fingerprints of all findings. */
  found: ReadonlySet<string>
  /** Those that somebody has excepted. */
  excepted: ReadonlySet<string>
  objects: ReadonlyMap<string, JsonObject>
}

/** A suggestion that is proven to be one: `before` has all that it names, and `after`, which it makes of it, none of it. */
export interface Proven {
  fingerprints: readonly string[]
  before: View
  after: View
}

/**
 * - `committed`: the findings are gone, and what ours changed is as ours has it
 * - `fixed`: they are gone in another way
 * - `standing`: all of them are still there
 * - `excepted`: they are still there, and somebody has said that this is meant to be
 * - `unclear`: the file or the object is gone, or a part of them
 */
export type Became = 'committed' | 'fixed' | 'standing' | 'excepted' | 'unclear'

/** The objects of a text. */
export function objectsOf(file: string, text: string): Map<string, JsonObject> {
  const objects = new Map<string, JsonObject>()
  const twins = new Map<string, number>()
  for (const { group, kind, namespace, name, object } of readSource(file, text).resources) {
    const called = JSON.stringify([group, kind, namespace, name])
    const twin = twins.get(called) ?? 0
    twins.set(called, twin + 1)
    objects.set(`${called}${twin}`, object)
  }
  return objects
}

/** The text that a comment suggests: what stands in its first fence for suggestions. */
export function suggestedIn(body: string): string | undefined {
  const [, , text] = /(?:^|\n)(`{3,})suggestion\n((?:[^\n]*\n)*?)\1(?=\n|$)/.exec(body) ?? []
  return text
}

/** The text with some lines replaced; undefined where it has no such lines. */
export function replaced(
  text: string,
  { startLine, endLine }: { startLine: number; endLine: number },
  replacement: string,
): string | undefined {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  if (startLine < 1 || endLine < startLine || endLine > lines) return undefined
  return applyLineEdits(text, [{ file: '', kind: 'replace', startLine, endLine, replacement }])
}

/** Whether a suggestion is one: it clears all that it names, and changes something. */
export function isProven({ fingerprints, before, after }: Proven): boolean {
  return (
    fingerprints.every((one) => before.found.has(one) && !after.found.has(one)) &&
    before.objects.size === after.objects.size &&
    changesOf(before, after) !== undefined
  )
}

export function becameOf({ fingerprints, before, after }: Proven, now: View | undefined): Became {
  const changes = changesOf(before, after)
  if (now === undefined || changes === undefined) return 'unclear'
  if ([...changes.keys()].some((name) => !now.objects.has(name))) return 'unclear'
  const left = fingerprints.filter((one) => now.found.has(one))
  if (left.length === 0) return areAs(after, changes, now) ? 'committed' : 'fixed'
  if (left.length < fingerprints.length) return 'unclear'
  return left.every((one) => now.excepted.has(one)) ? 'excepted' : 'standing'
}

/** Whether a change that was made was taken back: all is found again, where ours was stands what was there before. */
export function isTakenBack({ fingerprints, before, after }: Proven, now: View | undefined): boolean {
  const back = changesOf(after, before)
  return (
    now !== undefined &&
    back !== undefined &&
    fingerprints.every((one) => now.found.has(one)) &&
    areAs(before, back, now)
  )
}

/** Pointers to where objects differ, by the names of these. */
type Changes = ReadonlyMap<string, readonly string[]>

/** How the objects that are in both texts differ; undefined where they do not. */
function changesOf(before: View, after: View): Changes | undefined {
  const changes = new Map<string, readonly string[]>()
  for (const [name, object] of before.objects) {
    const other = after.objects.get(name)
    if (other === undefined) continue
    const operations = jsonPatch.compare(object, other)
    if (operations.length > 0)
      changes.set(
        name,
        operations.map(({ path }) => path),
      )
  }
  return changes.size === 0 ? undefined : changes
}

/** Whether objects are, where they were changed, as they are in another text. */
function areAs(wanted: View, changes: Changes, { objects }: View): boolean {
  return [...changes].every(([name, pointers]) =>
    pointers.every((pointer) => {
      const value = valueAt(objects.get(name), pointer)
      const other = valueAt(wanted.objects.get(name), pointer)
      return value === undefined || other === undefined ? value === other : holds(value, other)
    }),
  )
}

/** Whether a value is another one, or an object that has all of it: a neighbour may have been added to it since. */
function holds(value: JsonValue, wanted: JsonValue): boolean {
  if (!isObject(wanted)) return equal(value, wanted)
  return Object.entries(wanted).every(([key, one]) => {
    const own = property(value, key)
    return own !== undefined && holds(own, one)
  })
}
