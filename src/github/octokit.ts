import { unzipSync } from 'fflate'
import { z } from 'zod'
import type { ChangedFile } from '../change/index.ts'
import { createClient, type Client, type ForgeOptions } from './client.ts'
import { conversationOf } from './conversation.ts'
import { ForgeError } from './faults.ts'
import type { FoundPullRequest, Forge, PullRequest } from './forge.ts'
import { commitAtOf, defaultBranchOf, mayWrite, objectIdsOf, pastPageOf } from './history.ts'
import { textsOf } from './texts.ts'

export type { ForgeOptions } from './client.ts'

const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
const repository = z.object({ full_name: z.string() }).nullish()
const nothing = z.unknown()
const account = z.object({ login: z.string().optional() }).nullish()

const fileSchema = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.enum(['added', 'removed', 'modified', 'renamed', 'copied', 'changed', 'unchanged']),
  patch: z.string().optional(),
})

const pullSchema = z.object({
  number: z.int(),
  state: z.enum(['open', 'closed']),
  head: z.object({ sha, ref: z.string(), repo: repository }),
  base: z.object({ sha, ref: z.string(), repo: z.object({ full_name: z.string() }) }),
})

const listedPull = z.object({
  number: z.int(),
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  merged_at: z.string().nullish(),
  body: z.string().nullish(),
  created_at: z.string(),
  user: z.object({ login: z.string() }).nullish(),
  head: z.object({ ref: z.string(), sha, repo: repository }),
  base: z.object({ ref: z.string() }),
})

/** GitHub cuts a comparison at this many files, and a list of a pull request at the other. */
const mostCompared = 300
const mostListed = 3000
/** A check run takes so many annotations at a time. */
const mostAnnotations = 50
/** Bytes of its summary and of an annotation's message: a little less than GitHub's 64 KiB. */
const checkBytes = 65_000

/** GitHub through its REST and GraphQL APIs. */
export function createForge(options: ForgeOptions): Forge {
  const client = createClient(options)
  const { owner } = options.repository
  const writers = new Map<string, Promise<boolean>>()
  let login: Promise<string> | undefined
  const ourLogin = async (): Promise<string> => (login ??= loginOf(client))

  return {
    repository: options.repository,
    pullRequest: async (number) =>
      pullOf(
        await client.read(
          'GET /repos/{owner}/{repo}/pulls/{pull_number}',
          { pull_number: number },
          { what: `pull request #${number}`, permission: 'pull-requests: read', schema: pullSchema },
        ),
      ),
    async compare(base, head) {
      const answer = await client.read(
        'GET /repos/{owner}/{repo}/compare/{basehead}',
        { basehead: `${base}...${head}`, per_page: 1 },
        {
          what: 'what the change consists of',
          permission: 'contents: read',
          schema: z.object({ merge_base_commit: z.object({ sha }), files: z.array(fileSchema).optional() }),
        },
      )
      const files = (answer.files ?? []).map(fileOf)
      return { mergeBase: answer.merge_base_commit.sha, files, complete: files.length < mostCompared }
    },
    async pullRequestFiles(number) {
      const files: ChangedFile[] = []
      for (let page = 1; files.length < mostListed; page++) {
        const some = await client.read(
          'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
          { pull_number: number, per_page: 100, page },
          { what: `the files of #${number}`, permission: 'pull-requests: read', schema: z.array(fileSchema) },
        )
        files.push(...some.map(fileOf))
        if (some.length < 100) return { files, complete: true }
      }
      return { files, complete: false }
    },
    async tree(commit) {
      const { tree, truncated } = await client.read(
        'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
        { tree_sha: commit, recursive: '1' },
        {
          what: `the files of commit ${commit}`,
          permission: 'contents: read',
          schema: z.object({
            truncated: z.boolean(),
            tree: z.array(
              z.object({
                path: z.string(),
                mode: z.string(),
                type: z.string(),
                sha,
                size: z.int().optional(),
              }),
            ),
          }),
        },
      )
      const entries = tree
        .filter(({ type }) => type === 'blob')
        .map(({ path, mode, sha: oid, size = 0 }) => ({ path, mode, oid, size }))
      return { entries, complete: !truncated }
    },
    texts: async (oids) => textsOf(client, oids),
    objectIds: async (places) => objectIdsOf(client, places),
    conversation: async (number) => conversationOf(client, number),
    pastPullRequests: async (after) => pastPageOf(client, after),
    mayWrite: async (login) => {
      const known = writers.get(login) ?? mayWrite(client, login)
      writers.set(login, known)
      return known
    },
    defaultBranch: async () => defaultBranchOf(client),
    commitAt: async (branch, at) => commitAtOf(client, branch, at),
    async createReview({ pullRequest, commit, body, comments }) {
      const { id } = await client.write(
        'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
        {
          pull_number: pullRequest,
          commit_id: commit,
          event: 'COMMENT',
          body,
          comments: comments.map(({ path, body: text, startLine, endLine }) => ({
            path,
            body: text,
            line: endLine,
            side: 'RIGHT',
            ...(startLine < endLine ? { start_line: startLine, start_side: 'RIGHT' } : {}),
          })),
        },
        {
          what: `a review of #${pullRequest}`,
          permission: 'pull-requests: write',
          schema: z.object({ id: z.int() }),
        },
      )
      return { id }
    },
    async editReviewComment(number, body) {
      await client.write(
        'PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}',
        { comment_id: number, body },
        { what: 'a comment of a review', permission: 'pull-requests: write', schema: nothing },
      )
    },
    async minimise(id, reason) {
      await client.mutate(
        'mutation ($id: ID!, $reason: ReportedContentClassifiers!) { minimizeComment(input: { subjectId: $id, classifier: $reason }) { minimizedComment { isMinimized } } }',
        { id, reason },
        { what: 'folding an outdated comment', permission: 'pull-requests: write', schema: nothing },
      )
    },
    async createComment(number, body) {
      await client.write(
        'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
        { issue_number: number, body },
        { what: `a comment on #${number}`, permission: 'pull-requests: write', schema: nothing },
      )
    },
    async editComment(number, body) {
      await client.write(
        'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
        { comment_id: number, body },
        { what: 'the summary comment', permission: 'pull-requests: write', schema: nothing },
      )
    },
    async createCheckRun({ name, commit, conclusion, title, summary, annotations }) {
      const ask = { what: 'a check run', permission: 'checks: write', schema: z.object({ id: z.int() }) }
      const written = annotations.map(({ path, startLine, endLine, level, title: head, message }) => ({
        path,
        start_line: startLine,
        end_line: endLine,
        annotation_level: level,
        title: head.slice(0, 255).toWellFormed(),
        message: clipped(message, checkBytes),
      }))
      const output = (from: number): object => ({
        title,
        summary: clipped(summary, checkBytes),
        annotations: written.slice(from, from + mostAnnotations),
      })
      const { id } = await client.write(
        'POST /repos/{owner}/{repo}/check-runs',
        { name, head_sha: commit, status: 'completed', conclusion, output: output(0) },
        ask,
      )
      for (let from = mostAnnotations; from < written.length; from += mostAnnotations)
        await client.write(
          'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
          { check_run_id: id, output: output(from) },
          ask,
        )
    },
    async pullRequestsFrom(head, state) {
      const found = await client.read(
        'GET /repos/{owner}/{repo}/pulls',
        { head, state, per_page: 100, sort: 'created', direction: 'desc' },
        {
          what: `pull requests from ${head}`,
          permission: 'pull-requests: read',
          schema: z.array(listedPull),
        },
      )
      return Promise.all(found.map(async (one) => foundOf(one, await ourLogin())))
    },
    async recentPullRequests() {
      const found = await client.read(
        'GET /repos/{owner}/{repo}/pulls',
        { state: 'all', per_page: 100, sort: 'created', direction: 'desc' },
        { what: 'recent pull requests', permission: 'pull-requests: read', schema: z.array(listedPull) },
      )
      return Promise.all(found.map(async (one) => foundOf(one, await ourLogin())))
    },
    async branch(name) {
      try {
        const { object } = await client.read(
          'GET /repos/{owner}/{repo}/git/ref/{ref}',
          { ref: `heads/${name}` },
          {
            what: `the branch ${name}`,
            permission: 'contents: read',
            schema: z.object({ object: z.object({ sha }) }),
          },
        )
        return object.sha
      } catch (error) {
        if (error instanceof ForgeError && error.kind === 'not-found') return undefined
        throw error
      }
    },
    async isBranchOurs(base, branch) {
      const { commits, total_commits: total } = await client.read(
        'GET /repos/{owner}/{repo}/compare/{basehead}',
        { basehead: `${base}...${branch}`, per_page: 100 },
        {
          what: `the commits of ${branch}`,
          permission: 'contents: read',
          schema: z.object({
            total_commits: z.int(),
            commits: z.array(
              z.object({
                author: account,
                committer: account,
                commit: z.object({ committer: z.object({ email: z.string().nullish() }).nullish() }),
              }),
            ),
          }),
        },
      )
      // We make one commit; whoever has added more has taken the branch over. After its base moved it is still one.
      if (total > 1) return false
      const ours = await ourLogin()
      // Who amends our commit leaves us its author. GitHub itself commits what its API is asked for, as `web-flow`; a
      // server of one's own may have no account for that, but an address that nobody reads.
      return commits.every(({ author, committer, commit }) => {
        const committed =
          committer?.login === undefined
            ? commit.committer?.email?.startsWith('noreply@') === true
            : [ours, 'web-flow'].includes(committer.login)
        return author?.login === ours && committed
      })
    },
    async createBranch(name, commit) {
      await client.write(
        'POST /repos/{owner}/{repo}/git/refs',
        { ref: `refs/heads/${name}`, sha: commit },
        { what: `the branch ${name}`, permission: 'contents: write', schema: nothing },
      )
    },
    async resetBranch(name, commit) {
      await client.write(
        'PATCH /repos/{owner}/{repo}/git/refs/{ref}',
        { ref: `heads/${name}`, sha: commit, force: true },
        { what: `the branch ${name}`, permission: 'contents: write', schema: nothing },
      )
    },
    async deleteBranch(name) {
      await client.write(
        'DELETE /repos/{owner}/{repo}/git/refs/{ref}',
        { ref: `heads/${name}` },
        { what: `the branch ${name}`, permission: 'contents: write', schema: nothing },
      )
    },
    async commitOnBranch({ branch, expectedHead, headline, body, files }) {
      const { createCommitOnBranch } = await client.mutate(
        'mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }',
        {
          input: {
            branch: { repositoryNameWithOwner: `${owner}/${options.repository.name}`, branchName: branch },
            expectedHeadOid: expectedHead,
            message: { headline, body },
            fileChanges: {
              additions: files.map(({ path, text }) => ({
                path,
                contents: Buffer.from(text, 'utf8').toString('base64'),
              })),
            },
          },
        },
        {
          what: `a commit on ${branch}`,
          permission: 'contents: write',
          schema: z.object({ createCommitOnBranch: z.object({ commit: z.object({ oid: sha }) }) }),
        },
      )
      return { sha: createCommitOnBranch.commit.oid }
    },
    async createPullRequest({ title, body, head, base }) {
      const created = await client.write(
        'POST /repos/{owner}/{repo}/pulls',
        { title, body, head, base },
        {
          what: 'a pull request; the repository has to allow Actions to create them',
          permission: 'pull-requests: write',
          schema: z.object({ number: z.int(), html_url: z.string() }),
        },
      )
      return { number: created.number, url: created.html_url }
    },
    async updatePullRequest(number, change) {
      await client.write(
        'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
        { pull_number: number, ...change },
        { what: `pull request #${number}`, permission: 'pull-requests: write', schema: nothing },
      )
    },
    artifact: async (run, name, most) => artifactOf(client, run, name, most),
  }
}

/** The beginning of a text that takes at most so many bytes of UTF-8; no character is cut in two. */
function clipped(text: string, most: number): string {
  return text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(most)).read)
}

function pullOf({ number, state, head, base }: z.output<typeof pullSchema>): PullRequest {
  return {
    number,
    state,
    head: { sha: head.sha, ref: head.ref, repository: head.repo?.full_name },
    base: { sha: base.sha, ref: base.ref, repository: base.repo.full_name },
  }
}

function fileOf({
  filename,
  previous_filename: previous,
  status,
  patch,
}: z.output<typeof fileSchema>): ChangedFile {
  return { path: filename, previous, status, patch }
}

function foundOf(one: z.output<typeof listedPull>, ours: string): FoundPullRequest {
  return {
    number: one.number,
    url: one.html_url,
    state: one.state,
    isMerged: typeof one.merged_at === 'string',
    body: one.body ?? '',
    head: { ref: one.head.ref, sha: one.head.sha, repository: one.head.repo?.full_name },
    base: { ref: one.base.ref },
    isOurs: one.user?.login === ours,
    createdAt: one.created_at,
  }
}

/** Who holds the token. GraphQL calls an app by its short name, REST with `[bot]` behind it. */
async function loginOf(client: Client): Promise<string> {
  const { viewer } = await client.query(
    'query { viewer { login __typename } }',
    {},
    {
      what: 'whose token this is',
      permission: 'metadata: read',
      schema: z.object({ viewer: z.object({ login: z.string(), __typename: z.string() }) }),
    },
  )
  const { login, __typename: type } = viewer
  return type === 'Bot' && !login.endsWith('[bot]') ? `${login}[bot]` : login
}

async function artifactOf(
  client: Client,
  run: number,
  name: string,
  most: number,
): Promise<Uint8Array | undefined> {
  const what = `the artifact ${name} of run ${run}`
  const { artifacts } = await client.read(
    'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
    { run_id: run, name, per_page: 100 },
    {
      what,
      permission: 'actions: read',
      schema: z.object({
        artifacts: z.array(
          z.object({ id: z.int(), name: z.string(), expired: z.boolean(), size_in_bytes: z.int() }),
        ),
      }),
    },
  )
  const found = artifacts
    .filter((one) => one.name === name && !one.expired)
    .toSorted((a, b) => b.id - a.id)[0]
  if (found === undefined) return undefined
  if (found.size_in_bytes > most) throw new ForgeError('unexpected', `more than ${most} bytes: ${what}`)
  const zip = await client.download(
    'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
    { artifact_id: found.id, archive_format: 'zip' },
    most,
    what,
  )
  return onlyFileOf(zip, most, what)
}

/** The one file of an archive that a stranger may have made. */
function onlyFileOf(zip: Uint8Array, most: number, what: string): Uint8Array {
  let entries = 0
  try {
    const files = unzipSync(zip, {
      filter: ({ originalSize }) => {
        entries++
        // The buffer is as large as the archive says, and no larger, whatever it holds.
        return entries === 1 && originalSize <= most
      },
    })
    const [only, ...others] = Object.values(files)
    if (only !== undefined && others.length === 0 && entries === 1) return only
  } catch {
    throw new ForgeError('unexpected', `is no archive: ${what}`)
  }
  throw new ForgeError('unexpected', `holds something else than one file: ${what}`)
}
