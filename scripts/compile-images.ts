/**
 * Compiles knowledge/images.yaml into src/policies/images.generated.ts, after checking it.
 *
 *   scripts/node scripts/compile-images.ts [--check]
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
// Past the room's index, which would load the very file that is written here.
import { imageKnowledgeSchema, type ImageKnowledge } from '../src/model/knowledge.ts'
import { imageNames } from '../src/policies/image-names.ts'
import { settle } from './generated.ts'
import { root } from './package.ts'

const file = 'knowledge/images.yaml'

/** Throws for what has another shape; `problems` say what is wrong with it all the same. */
export function compileImages(text: string): { images: ImageKnowledge[]; problems: string[] } {
  const images = z.array(imageKnowledgeSchema).parse(parse(text))
  const problems: string[] = []
  images.forEach(({ names: [name = ''], from }, index) => {
    const before = images[index - 1]
    const [other = ''] = before?.names ?? []
    const isInOrder =
      before === undefined ||
      other < name ||
      (other === name && before.through.localeCompare(from, 'en', { numeric: true }) < 0)
    if (!isInOrder) problems.push(`${name} from ${from}: does not stand in its place`)
  })
  for (const { names, user, capabilities, writable } of images) {
    const [first = ''] = names
    for (const name of names)
      if (imageNames(name)[0] !== name) problems.push(`${name}: is written ${imageNames(name)[0] ?? ''}`)
    if (user === undefined && capabilities === undefined && writable === undefined)
      problems.push(`${first}: says nothing`)
    const paths = writable?.paths ?? []
    if (paths.some((path) => paths.some((other) => path !== other && path.startsWith(`${other}/`))))
      problems.push(`${first}: a path lies in another one`)
  }
  return { images, problems }
}

function main(): number {
  const { images, problems } = compileImages(readFileSync(join(root, file), 'utf8'))
  if (problems.length > 0) {
    console.error(problems.map((problem) => `${file}: ${problem}`).join('\n'))
    return 1
  }
  const header = `// Written by scripts/compile-images.ts from ${file}. Do not edit.\n`
  const body = `import type { ImageKnowledge } from '../model/index.ts'\n\nexport const images: readonly ImageKnowledge[] = ${JSON.stringify(images, undefined, 1)}\n`
  settle(new Map([['src/policies/images.generated.ts', header + body]]))
  return Number(process.exitCode ?? 0)
}

if (import.meta.main) process.exitCode = main()
