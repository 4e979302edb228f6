import * as core from '@actions/core'
import { existsSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import { readFeeds, type FeedName, type FeedSources } from '../adapters/feeds.ts'
import { UserError } from '../model/index.ts'
import type { Feeds } from '../risk/index.ts'
import type { ActionInputs } from './inputs.ts'
import { fetchByAddress } from './proxied-fetch.ts'

const known = new WeakMap<FeedSources, Promise<Feeds | undefined>>()

/** What is known of vulnerabilities, by the inputs epss, kev and image-scan; read once, however often a run scans. */
export async function feedsOf({
  feeds: sources,
  environment,
  time,
}: ActionInputs): Promise<Feeds | undefined> {
  const { epss, kev, scans } = sources
  if (epss === undefined && kev === undefined && scans.length === 0) return undefined
  const temporary = environment['RUNNER_TEMP'] || tmpdir()
  const workspace = environment['GITHUB_WORKSPACE'] || process.cwd()
  const feeds =
    known.get(sources) ??
    readFeeds(sources, {
      // Of this job alone: nothing that another one may have left behind is believed.
      cacheFolder: join(temporary, 'k8s-autofix'),
      fetch: fetchByAddress,
      time: () => time,
      progress: (text) => core.info(text),
      warn: (text) => core.warning(text),
      called: (name, value) => (value === undefined ? `input ${name}` : `input ${name}: ${value}`),
      locate: (name, path) => located(name, path, [workspace, temporary]),
    })
  known.set(sources, feeds)
  return feeds
}

/** Links of the workspace may be those of a pull request: they lead nowhere else. */
function located(name: FeedName, path: string, folders: readonly [string, string]): string {
  const full = resolve(folders[0], path)
  if (!existsSync(full)) throw new UserError(`input ${name}: ${path}: no such file`)
  const real = realpathSync(full)
  if (folders.some((folder) => existsSync(folder) && real.startsWith(realpathSync(folder) + sep))) return real
  throw new UserError(
    `input ${name}: ${JSON.stringify(path)} lies outside of the workspace and of the temporary folder of the runner`,
  )
}
