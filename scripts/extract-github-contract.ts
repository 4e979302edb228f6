/**
 * Cuts the operations that we use out of GitHub's published OpenAPI description, for the tests that check every request
 * and answer against it. The package is 385 MB unpacked, so the part is committed:
 *
 *   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz package/generated/api.github.com.json
 *   scripts/node scripts/extract-github-contract.ts package/generated/api.github.com.json 23.0.2
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isObject, type JsonObject, type JsonValue } from '../src/model/index.ts'
import { root } from './package.ts'

const operations: Readonly<Record<string, readonly string[]>> = {
  '/repos/{owner}/{repo}/pulls/{pull_number}': ['get', 'patch'],
  '/repos/{owner}/{repo}/pulls': ['get', 'post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/files': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/reviews': ['post'],
  '/repos/{owner}/{repo}/pulls/comments/{comment_id}': ['patch'],
  '/repos/{owner}/{repo}/compare/{basehead}': ['get'],
  '/repos/{owner}/{repo}/git/trees/{tree_sha}': ['get'],
  '/repos/{owner}/{repo}/git/blobs/{file_sha}': ['get'],
  '/repos/{owner}/{repo}/git/ref/{ref}': ['get'],
  '/repos/{owner}/{repo}/git/refs': ['post'],
  '/repos/{owner}/{repo}/git/refs/{ref}': ['patch', 'delete'],
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['patch'],
  '/repos/{owner}/{repo}/check-runs': ['post'],
  '/repos/{owner}/{repo}/check-runs/{check_run_id}': ['patch'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': ['get'],
  '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': ['get'],
}

const [source, version] = process.argv.slice(2)
if (source === undefined || version === undefined) throw new Error('usage: see the head of this file')
const described = z.json().parse(JSON.parse(readFileSync(source, 'utf8')))

const paths: JsonObject = {}
for (const [path, methods] of Object.entries(operations)) {
  const found = at(described, ['paths', path])
  if (!isObject(found)) throw new Error(`${path} is gone`)
  const kept: JsonObject = {}
  for (const method of methods) kept[method] = bare(found[method] ?? null)
  paths[path] = kept
}

/** Everything that the operations refer to, directly or not. */
const components: JsonObject = {}
const known = new Set<string>()
const open: JsonValue[] = [paths]
for (let next = open.pop(); next !== undefined; next = open.pop())
  for (const [, reference = ''] of JSON.stringify(next).matchAll(/"\$ref":"(#\/[^"]+)"/g)) {
    if (known.has(reference)) continue
    known.add(reference)
    const keys = reference.slice(2).split('/')
    const value = bare(at(described, keys) ?? null)
    put(components, keys.slice(1), value)
    open.push(value)
  }

writeFileSync(
  join(root, 'tests', 'support', 'github', 'openapi.json'),
  `${JSON.stringify({ source: `@octokit/openapi ${version}`, paths, components })}\n`,
)

function at(value: JsonValue, keys: readonly string[]): JsonValue | undefined {
  let found: JsonValue | undefined = value
  for (const key of keys) found = isObject(found) ? found[key] : undefined
  return found
}

function put(into: JsonObject, keys: readonly string[], value: JsonValue): void {
  const [key, ...rest] = keys
  if (key === undefined) return
  if (rest.length === 0) {
    into[key] = value
    return
  }
  const below = into[key]
  const next = isObject(below) ? below : {}
  into[key] = next
  put(next, rest, value)
}

/** Without prose and examples. A property may be called like one of them, so only what stands beside a schema goes. */
function bare(value: JsonValue, isProperties = false): JsonValue {
  if (Array.isArray(value)) return value.map((item) => bare(item))
  if (!isObject(value)) return value
  const prose = new Set([
    'description',
    'example',
    'examples',
    'summary',
    'externalDocs',
    'tags',
    'operationId',
    'x-github',
    'title',
  ])
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isProperties || !prose.has(key))
      .map(([key, item]) => [key, bare(item, key === 'properties' && !isProperties)]),
  )
}
