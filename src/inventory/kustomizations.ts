import { posix } from 'node:path'
import { property } from '../model/index.ts'
import type { Resource } from '../resources/index.ts'
import { textsOf } from './values.ts'

/** The files and folders that a kustomization applies. What it fetches from elsewhere is not among them. */
export function appliesOf({ file, object }: Resource): string[] {
  return ['resources', 'bases', 'components'].flatMap((key) =>
    textsOf(property(object, key)).flatMap((entry) =>
      /^[a-z]+:\/\//.test(entry) ? [] : posix.join(posix.dirname(file), entry),
    ),
  )
}
