import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InfrastructureError, messageOf } from '../model/index.ts'
import type { Cluster } from './cluster.ts'
import { createClient } from './connection.ts'
import { nodeImage } from './kind-images.ts'
import { keepPodsOff } from './kind-quiet.ts'
import { runKind, type KindProgram } from './kind-run.ts'
import { readKubeconfig } from './kubeconfig.ts'
import { createCluster } from './server.ts'

/** The cluster that `keep` leaves behind, and that later runs find again. */
export const keptName = 'k8s-autofix'

const minute = 60_000

export interface KindRequest {
  program: KindProgram
  /** Leave the cluster running, so that the next run has it at once. */
  keep: boolean
  /** Another node image than the pinned one. */
  image?: string | undefined
  /** Folder for the temporary kubeconfig. */
  temporary: string
  progress: (text: string) => void
  /** Told when something is left behind that a person should remove. */
  warn: (text: string) => void
  /** Milliseconds that creating the cluster may take, the download of the node image included; 10 minutes if absent. */
  timeout?: number
  /** Gives up creating the cluster; what there is of it is removed then, as after any failure. */
  signal?: AbortSignal | undefined
}

/**
 * A cluster made by kind. The one that an earlier run kept is used again, and stays; else one is created: under the
 * fixed name where it is to be kept, else under a name of its own, so that runs at the same time do not delete each
 * other's. Everything that fails is an `InfrastructureError`, and then nothing that was started is left behind.
 */
export async function openKind(request: KindRequest): Promise<{ cluster: Cluster; notes: string[] }> {
  const { program, keep, progress, warn, timeout = 10 * minute } = request
  const folder = await mkdtemp(join(request.temporary, 'k8s-autofix-kind-')).catch((error: unknown) => {
    throw new InfrastructureError(`no temporary folder can be made for kind: ${messageOf(error)}`)
  })
  const kubeconfig = join(folder, 'kubeconfig')
  // Without --kubeconfig kind would write to the user's own.
  const remove = async (name: string): Promise<void> => {
    await runKind(program, ['delete', 'cluster', '--name', name, '--kubeconfig', kubeconfig], 2 * minute)
  }
  let created: string | undefined
  const leave = async (): Promise<void> => {
    if (created !== undefined)
      await remove(created).catch((error: unknown) => {
        warn(
          `the kind cluster "${created ?? ''}" is left behind; remove it with kind delete cluster --name ${created ?? ''}: ${messageOf(error)}`,
        )
      })
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }

  try {
    const notes: string[] = []
    const clusters = (await runKind(program, ['get', 'clusters'], minute)).split(/\s+/)
    const reused = clusters.includes(keptName)
    const name = reused || keep ? keptName : `${keptName}-${randomBytes(4).toString('hex')}`
    if (reused) {
      progress(`using the kind cluster "${name}" that is there`)
      notes.push(`kind cluster "${name}", kept from an earlier run`)
      await writeFile(kubeconfig, await runKind(program, ['get', 'kubeconfig', '--name', name], minute), {
        mode: 0o600,
      })
    } else {
      const version = await runKind(program, ['version'], minute)
      const pinned = nodeImage(version)
      const image = request.image ?? pinned.image
      if (request.image === undefined && !pinned.supported)
        notes.push(`the pinned node image ${image.replace(/@.*/, '')} was not built for ${version.trim()}`)
      notes.push(`kind cluster "${name}" from ${image}`)
      progress(`creating the kind cluster "${name}"`)
      created = name
      const words = ['--name', name, '--image', image, '--kubeconfig', kubeconfig, '--wait', '120s']
      await runKind(program, ['create', 'cluster', ...words], timeout, progress, request.signal)
    }
    const cluster = await connect(kubeconfig, name, async () => {
      if (keep) created = undefined
      await leave()
    })
    return { cluster, notes }
  } catch (error) {
    await leave()
    throw error
  }
}

async function connect(kubeconfig: string, name: string, close: () => Promise<void>): Promise<Cluster> {
  const { connection } = await readKubeconfig({
    files: [kubeconfig],
    origin: 'kind',
    context: `kind-${name}`,
    exec: false,
    environment: {},
    repositories: [],
  }).catch((error: unknown) => {
    // It was kind that wrote it, so nothing in it is the user's to mend.
    throw new InfrastructureError(
      `kind wrote a kubeconfig that cannot be used: ${messageOf(error)}`,
      `Remove the cluster with kind delete cluster --name ${name}.`,
    )
  })
  const client = createClient(connection)
  try {
    await keepPodsOff(client)
    return await createCluster('kind', client, {
      owned: true,
      async close() {
        client.close()
        await close()
      },
    })
  } catch (error) {
    client.close()
    if (error instanceof InfrastructureError) throw error
    throw new InfrastructureError(
      `the kind cluster "${name}" cannot be used: ${messageOf(error)}`,
      `Remove it with kind delete cluster --name ${name}, if it is still there.`,
    )
  }
}
