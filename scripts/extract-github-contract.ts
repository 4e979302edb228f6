/**
 * Cuts what we use out of what GitHub publishes, for the tests' own GitHub, which checks every request, answer and event
 * against it: REST operations (openapi.json), events (webhooks.json) and GraphQL types (schema.graphql). The packages are
 * up to 385 MB unpacked, so the parts are committed. In a folder of their own:
 *
 *   npm pack @octokit/openapi@23.0.2 @octokit/openapi-webhooks@12.1.0
 *   mkdir openapi webhooks
 *   tar xzf octokit-openapi-23.0.2.tgz -C openapi package/package.json package/generated/api.github.com.json
 *   tar xzf octokit-openapi-webhooks-12.1.0.tgz -C webhooks
 *
 * and then, with that folder: `scripts/node scripts/extract-github-contract.ts FOLDER`. GraphQL's types come from
 * @octokit/graphql-schema, which is a devDependency.
 */
import { schema as published } from '@octokit/graphql-schema'
import { Kind, parse, print, visit, type DefinitionNode } from 'graphql'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'prettier'
import { z } from 'zod'
import { isObject, type JsonObject, type JsonValue } from '../src/model/index.ts'
import { root } from './package.ts'

const operations: Readonly<Record<string, readonly string[]>> = {
  '/repos/{owner}/{repo}': ['get'],
  '/repos/{owner}/{repo}/commits': ['get'],
  '/repos/{owner}/{repo}/collaborators/{username}/permission': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}': ['get', 'patch'],
  '/repos/{owner}/{repo}/pulls': ['get', 'post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/files': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/reviews': ['post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/comments': ['get'],
  '/repos/{owner}/{repo}/pulls/comments/{comment_id}': ['patch'],
  '/repos/{owner}/{repo}/compare/{basehead}': ['get'],
  '/repos/{owner}/{repo}/git/trees/{tree_sha}': ['get'],
  '/repos/{owner}/{repo}/git/blobs/{file_sha}': ['get'],
  '/repos/{owner}/{repo}/git/ref/{ref}': ['get'],
  '/repos/{owner}/{repo}/git/refs': ['post'],
  '/repos/{owner}/{repo}/git/refs/{ref}': ['patch', 'delete'],
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['patch'],
  '/repos/{owner}/{repo}/check-runs': ['post'],
  '/repos/{owner}/{repo}/check-runs/{check_run_id}': ['patch'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}': ['get'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': ['get'],
  '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': ['get'],
}

/** Events as GitHub calls them: their payloads are the bodies of webhooks. */
const events = [
  'pull-request-opened',
  'pull-request-synchronize',
  'pull-request-reopened',
  'pull-request-closed',
  'merge-group-checks-requested',
  'workflow-run-completed',
  'workflow-dispatch',
  'push',
]

/** Objects and interfaces of GraphQL, and the fields that are kept; what they take is kept whole. */
const fields: Readonly<Record<string, readonly string[]>> = {
  Query: ['repository', 'viewer', 'rateLimit'],
  Mutation: ['minimizeComment', 'createCommitOnBranch', 'resolveReviewThread'],
  RateLimit: ['cost', 'limit', 'remaining', 'resetAt'],
  Repository: ['object', 'pullRequest', 'pullRequests'],
  GitObject: ['oid'],
  Blob: ['oid', 'text', 'byteSize', 'isBinary', 'isTruncated'],
  Commit: ['oid'],
  PullRequestConnection: ['nodes', 'pageInfo', 'totalCount'],
  PullRequest: [
    'number',
    'state',
    'body',
    'createdAt',
    'updatedAt',
    'closedAt',
    'mergedAt',
    'mergeCommit',
    'baseRefName',
    'headRefName',
    'headRefOid',
    'isCrossRepository',
    'isDraft',
    'viewerDidAuthor',
    'reviewThreads',
    'comments',
  ],
  PullRequestReviewThreadConnection: ['nodes', 'pageInfo', 'totalCount'],
  PullRequestReviewThread: ['id', 'isResolved', 'isOutdated', 'comments'],
  PullRequestReviewCommentConnection: ['nodes', 'pageInfo', 'totalCount'],
  PullRequestReviewComment: [
    'id',
    'fullDatabaseId',
    'databaseId',
    'body',
    'path',
    'line',
    'startLine',
    'originalLine',
    'originalStartLine',
    'createdAt',
    'commit',
    'originalCommit',
    'viewerDidAuthor',
    'isMinimized',
    'minimizedReason',
    'author',
  ],
  IssueCommentConnection: ['nodes', 'pageInfo', 'totalCount'],
  IssueComment: [
    'id',
    'createdAt',
    'fullDatabaseId',
    'databaseId',
    'body',
    'viewerDidAuthor',
    'isMinimized',
    'minimizedReason',
    'author',
  ],
  PageInfo: ['hasNextPage', 'endCursor'],
  Actor: ['login'],
  Bot: ['login'],
  User: ['login'],
  Minimizable: ['isMinimized', 'minimizedReason'],
  MinimizeCommentPayload: ['minimizedComment'],
  CreateCommitOnBranchPayload: ['commit'],
  ResolveReviewThreadPayload: ['thread'],
}

const folder = process.argv[2]
if (folder === undefined) throw new Error('usage: see the head of this file')
const into = join(root, 'tests', 'support', 'github')

const rest = described('openapi')
const paths: JsonObject = {}
for (const [path, methods] of Object.entries(operations)) {
  const found = at(rest.document, ['paths', path])
  if (!isObject(found)) throw new Error(`${path} is gone`)
  const kept: JsonObject = {}
  for (const method of methods) {
    if (found[method] === undefined) throw new Error(`${method} ${path} is gone`)
    kept[method] = bare(found[method])
  }
  paths[path] = kept
}
write('openapi.json', { source: rest.source, paths, components: referredTo(rest.document, paths) })

const webhooks = described('webhooks')
const payloads: JsonObject = {}
for (const event of events) {
  const body = ['post', 'requestBody', 'content', 'application/json', 'schema']
  const found = at(webhooks.document, ['webhooks', event, ...body])
  if (found === undefined) throw new Error(`the event ${event} is gone`)
  payloads[event] = bare(found)
}
write('webhooks.json', {
  source: webhooks.source,
  payloads,
  components: referredTo(webhooks.document, payloads),
})

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'node_modules/@octokit/graphql-schema/package.json'), 'utf8')))
const graphql = `# Cut out of @octokit/graphql-schema ${version} by scripts/extract-github-contract.ts\n\n${typesOf(published.idl)}\n`
writeFileSync(join(into, 'schema.graphql'), await format(graphql, { parser: 'graphql', printWidth: 110 }))

/** A published description, and what it is called. */
function described(name: string): { source: string; document: JsonValue } {
  const read = (file: string): JsonValue =>
    z.json().parse(JSON.parse(readFileSync(join(folder ?? '', name, 'package', file), 'utf8')))
  const manifest = z.object({ name: z.string(), version: z.string() }).parse(read('package.json'))
  return {
    source: `${manifest.name} ${manifest.version}`,
    document: read('generated/api.github.com.json'),
  }
}

function write(name: string, value: JsonObject): void {
  writeFileSync(join(into, name), `${JSON.stringify(value)}\n`)
}

/** Everything that a part of a description refers to, directly or not. */
function referredTo(document: JsonValue, part: JsonValue): JsonObject {
  const components: JsonObject = {}
  const known = new Set<string>()
  const open: JsonValue[] = [part]
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const [, reference = ''] of JSON.stringify(next).matchAll(/"\$ref":"(#\/[^"]+)"/g)) {
      if (known.has(reference)) continue
      known.add(reference)
      const keys = reference.slice(2).split('/')
      const value = bare(at(document, keys) ?? null)
      put(components, keys.slice(1), value)
      open.push(value)
    }
  return components
}

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

/** The types that are named above, with those fields alone, and all that these take. */
function typesOf(idl: string): string {
  const all = new Map<string, DefinitionNode>()
  for (const definition of parse(idl, { noLocation: true }).definitions)
    if ('name' in definition && definition.name !== undefined) all.set(definition.name.value, definition)
  const kept = new Map<string, DefinitionNode>()
  const keep = (name: string): void => {
    const definition = all.get(name)
    if (kept.has(name) || definition === undefined) return
    const trimmed = trim(definition)
    kept.set(name, trimmed)
    visit(trimmed, { NamedType: (node) => keep(node.name.value) })
  }
  for (const name of Object.keys(fields)) keep(name)
  return [...kept.values()].map((definition) => print(definition)).join('\n\n')
}

function trim(definition: DefinitionNode): DefinitionNode {
  const plain = visit(definition, {
    Directive: () => null,
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  })
  if (plain.kind !== Kind.OBJECT_TYPE_DEFINITION && plain.kind !== Kind.INTERFACE_TYPE_DEFINITION)
    return plain
  const wanted = fields[plain.name.value]
  if (wanted === undefined) throw new Error(`say which fields of ${plain.name.value} are kept`)
  const some = (plain.fields ?? []).filter((field) => wanted.includes(field.name.value))
  const gone = wanted.filter((name) => !some.some((field) => field.name.value === name))
  if (gone.length > 0) throw new Error(`${plain.name.value} has no ${gone.join(', ')}`)
  const interfaces = (plain.interfaces ?? []).filter(({ name }) => fields[name.value] !== undefined)
  return { ...plain, fields: some, interfaces }
}
