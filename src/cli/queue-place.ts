import { resolve } from 'node:path'
import { openQueue, queuePlace } from '../adapters/queue-store.ts'
import { stateFile } from '../adapters/state-file.ts'
import type { QueueStore, State } from '../schedule/index.ts'
import type { Arguments } from './arguments.ts'
import { nameOf, repositoryPrefix } from './files.ts'
import type { World } from './world.ts'

/** The queue that is meant: the one of `--store`, or that of the repository. */
export function openQueueOf(args: Arguments, world: World, options: { mayBegin: boolean }): QueueStore {
  const folder = repositoryPrefix(world.folder)
  const named = args.last('store')
  const root = resolve(
    world.folder,
    ...folder
      .split('/')
      .filter((part) => part !== '')
      .map(() => '..'),
  )
  const path = named === undefined ? resolve(root, queuePlace) : resolve(world.folder, named)
  return openQueue(
    { path, name: named ?? nameOf(path, world.folder), isUsual: named === undefined, folder },
    options,
  )
}

/** How ids of a state name the repository: as GitHub does, where that says so. */
export function repositoryOf({ env }: World): string {
  return env['GITHUB_REPOSITORY'] ?? ''
}

/** What `--state` has learned; undefined without the flag. */
export async function stateOf(args: Arguments, world: World): Promise<State | undefined> {
  const named = args.last('state')
  if (named === undefined) return undefined
  const { state, trouble } = await stateFile(resolve(world.folder, named)).restore()
  if (trouble !== undefined) await world.stderr.write(`k8s-autofix: ${trouble}\n`)
  return state
}
