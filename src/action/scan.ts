import * as core from '@actions/core'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, relative, resolve, sep } from 'node:path'
import { openWhatIsAsked } from '../adapters/opening.ts'
import { inlinePool, workerPool } from '../adapters/pool.ts'
import { listFiles, readListed } from '../adapters/workspace.ts'
import {
  findConfig,
  isRead,
  loadConfig,
  readNamedConfig,
  readPolicyIds,
  type Config,
} from '../config/index.ts'
import { UserError } from '../model/index.ts'
import type { Request } from '../pipeline.ts'
import { catalogue } from '../policies/index.ts'
import { run, type Outcome, type RunPorts } from '../run.ts'
import type { ActionInputs } from './inputs.ts'

/** Below this much text, starting threads costs more than they save. */
const inlineBytes = 256 * 1024
const defaultTimeout = 30_000

/** Runs the pipeline over a workspace, the way the command line does over a folder. Writes nothing. */
export async function scan(
  inputs: ActionInputs,
  workspace: string,
  version: string,
  entry: URL,
): Promise<Outcome> {
  const config = configOf(inputs, workspace)
  const request: Request = {
    config,
    level: inputs.level,
    only: inputs.only === undefined ? undefined : readPolicyIds('input only', inputs.only, catalogue),
    skip: readPolicyIds('input skip', inputs.skip, catalogue),
    unsafeFixes: inputs.unsafeFixes,
    changes: true,
    api: inputs.outside.api,
    beside: inputs.outside.engines.length > 0 || inputs.outside.cluster !== undefined,
  }
  const timeout = inputs.timeout ?? defaultTimeout
  const jobs = inputs.jobs ?? availableParallelism()
  const paths = (inputs.paths.length > 0 ? inputs.paths : ['.']).map((path) =>
    inside(workspace, path, 'paths'),
  )
  const listing = listFiles(paths, { folder: workspace, includes: (file) => isRead(config, file) })
  const opened = await openWhatIsAsked(inputs.outside, {
    entry,
    folder: workspace,
    paths,
    environment: inputs.environment,
    inActions: true,
    progress: (text) => core.info(text),
    warn: (text) => core.warning(text),
  })
  const ports: RunPorts = {
    listing,
    read: readListed,
    texts: [],
    open: (bytes, api) =>
      jobs === 1 || bytes < inlineBytes
        ? inlinePool(request, timeout, api)
        : workerPool(entry, jobs, request, timeout, api),
    engines: opened.engines,
    cluster: opened.cluster,
    api: opened.api,
    requested: inputs.requested,
    policies: catalogue,
    wholeFolders: paths.every((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true),
    now: () => performance.now(),
    progress: () => undefined,
  }
  try {
    return await run(request, version, ports)
  } finally {
    await opened.close()
  }
}

function configOf({ config, set }: ActionInputs, workspace: string): Config {
  const root = slashes(workspace)
  const files = {
    read: (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    exists: existsSync,
  }
  const found =
    config === undefined
      ? findConfig(root, files)
      : readNamedConfig(slashes(inside(workspace, config, 'config')), files)
  if (config !== undefined && found === undefined)
    throw new UserError(`input config: ${config}: no such file`)
  return loadConfig({
    file: found && { ...found, name: slashes(relative(workspace, found.path)) || basename(found.path) },
    set,
    root,
    policies: catalogue,
  })
}

/** An input names something of the workspace, and nothing else of the runner. */
function inside(workspace: string, path: string, input: string): string {
  const full = resolve(workspace, path)
  if (full !== workspace && !full.startsWith(workspace.endsWith(sep) ? workspace : workspace + sep))
    throw new UserError(`input ${input}: ${JSON.stringify(path)} lies outside of the workspace`)
  return full
}

function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}
