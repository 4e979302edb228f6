import { property, type ImageKnowledge, type JsonValue } from '../model/index.ts'
import type { ContainerView } from '../resources/index.ts'
import { imageNames, imageReference } from './image-names.ts'
import { images } from './images.generated.ts'

/** One name for an image, whichever of its names is written. */
export function lastingName(name: string): string {
  return imageNames(name)[0] ?? name
}

const byName = new Map<string, ImageKnowledge[]>()
for (const image of images)
  for (const name of image.names) byName.set(name, [...(byName.get(name) ?? []), image])

const known = new Map<string, ImageKnowledge | undefined>()

/** What is known of an image as it is written; undefined where that is nothing, or where its version is another one. */
export function knowledgeOf(image: string): ImageKnowledge | undefined {
  if (known.has(image)) return known.get(image)
  const reference = imageReference(image)
  const found =
    reference?.tag === undefined
      ? undefined
      : byName.get(lastingName(reference.name))?.find((one) => isCovered(reference.tag ?? '', one))
  if (known.size < 5000) known.set(image, found)
  return found
}

/**
 * What is known of the image that a container runs. Whom it starts as is the image's own, and where its program writes is
 * known only as long as the container runs that program and no other. What the program carries is known whatever the
 * command says: it may well name that program, itself or in a script.
 */
export function imageOf(container: ContainerView): ImageKnowledge | undefined {
  const { image, command } = container.value
  const found = typeof image === 'string' ? knowledgeOf(image) : undefined
  if (found === undefined) return undefined
  const isItsOwn = textsOf(command).length === 0 && isAsMade(container, found.writable?.paths ?? [])
  return isItsOwn ? found : withoutWritable(found)
}

const weakened = new WeakMap<ImageKnowledge, ImageKnowledge>()

/** One object for each image, so that what is made of it can be kept. */
function withoutWritable(image: ImageKnowledge): ImageKnowledge {
  const known = weakened.get(image)
  if (known !== undefined) return known
  const rest = { ...image }
  delete rest.writable
  weakened.set(image, rest)
  return rest
}

/**
 * Whether a container lets the image's own program write where it writes by itself: no arguments but options, and neither
 * they nor its variables name a place other than those that are mounted or known.
 */
function isAsMade({ value }: ContainerView, writable: readonly string[]): boolean {
  const args = textsOf(value['args'])
  const [first = '-'] = args
  if (!first.startsWith('-')) return false
  const mounts = Array.isArray(value['volumeMounts']) ? value['volumeMounts'] : []
  const places = [...writable, ...mounts.flatMap((mount) => property(mount, 'mountPath') ?? [])].flatMap(
    (place) => (typeof place === 'string' ? `${place.replace(/\/+$/, '')}/` : []),
  )
  const variables = Array.isArray(value['env']) ? value['env'] : []
  const settings = [...args, ...variables.flatMap((one) => property(one, 'value') ?? []).map(String)]
  return settings.flatMap(pathsIn).every((path) => places.some((place) => `${path}/`.startsWith(place)))
}

/** Absolute paths in an argument or a variable. An address of the network is none. */
function pathsIn(setting: string): string[] {
  const local = setting.replaceAll(/\bhttps?:\/\/\S*/g, '').replaceAll(/\b\w+:\/\//g, '')
  return local.match(/(?<![\w.)-])\/\w[\w./-]*/g) ?? []
}

function textsOf(list: JsonValue | undefined): string[] {
  return Array.isArray(list) ? list.map(String) : []
}

/** Whether a tag is a version that was looked at: `1` moves on with every release, and may be past the last one. */
export function isCovered(tag: string, { from, through, variants = [] }: ImageKnowledge): boolean {
  const parts = /^v?(\d+(?:\.\d+){0,3})(?:-([a-z]+(?:-[a-z]+)*)(?:-?\d[\d.]*)?(?:-r\d+)?)?$/.exec(tag)
  if (parts === null) return false
  const [, version = '', variant] = parts
  if (variant !== undefined && !variants.includes(variant)) return false
  return compare(version, from) >= 0 && compare(version, through) <= 0
}

/** Compares a version with a bound, as far as the bound goes; what the version leaves open is its newest. */
function compare(version: string, bound: string): number {
  const own = version.split('.').map(Number)
  for (const [index, number] of bound.split('.').map(Number).entries()) {
    const difference = (own[index] ?? Number.POSITIVE_INFINITY) - number
    if (difference !== 0) return difference
  }
  return 0
}
