import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Content } from '../support/github/index.ts'
import { installProgram, type Program } from '../support/program.ts'
import { Scene } from './scene.ts'

/** The program for all scenarios of a file, and scenes that are closed and looked through behind each. */
export interface Scenes {
  readonly program: Program
  open(files?: Readonly<Record<string, Content>>): Promise<Scene>
}

export function useScenes(): Scenes {
  let installed: Program | undefined
  const open: Scene[] = []
  const program = (): Program => {
    if (installed === undefined) throw new Error('only within a test')
    return installed
  }
  beforeAll(() => {
    installed = installProgram()
  }, 120_000)
  afterEach(async () => {
    for (const scene of open.splice(0)) {
      await scene.close()
      // Whatever else a scenario is about, every request and answer keeps GitHub's own description of its API.
      expect(scene.github.problems).toEqual([])
    }
  })
  afterAll(() => program().remove())
  return {
    get program() {
      return program()
    },
    async open(files = { 'README.md': 'shop\n' }) {
      const scene = await Scene.open(program(), files)
      open.push(scene)
      return scene
    },
  }
}
