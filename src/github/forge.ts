/*
 * What a run asks of GitHub, and nothing more: one verb a method. Everything that comes back is checked by the adapter;
 * texts in it (titles, names, comments, files) are somebody else's, and data.
 */

import type { BlobText, ChangedFile, CommitTree } from '../change/index.ts'

/** A repository by its owner and name. */
export interface RepositoryName {
  owner: string
  name: string
}

export interface PullRequest {
  number: number
  state: 'open' | 'closed'
  head: { sha: string; ref: string; /** Undefined where the fork is gone. */ repository: string | undefined }
  base: { sha: string; ref: string; repository: string }
}

export interface Comparison {
  mergeBase: string
  files: ChangedFile[]
  /** False where GitHub has cut the list short (300 files). */
  complete: boolean
}

export interface ReviewComment {
  /** Node id, for minimising. */
  id: string
  /** Number, for editing. */
  number: number
  body: string
  path: string
  /** Undefined where it no longer stands on a line of the diff. */
  line: number | undefined
  /** The commit that it was written for. */
  commit: string
  /** Whether whoever holds this token wrote it. */
  isOurs: boolean
  isMinimised: boolean
}

export interface ReviewThread {
  id: string
  isResolved: boolean
  isOutdated: boolean
  /** In the order in which they were written; at least one. */
  comments: ReviewComment[]
}

export interface IssueComment {
  number: number
  body: string
  isOurs: boolean
}

export interface Conversation {
  threads: ReviewThread[]
  comments: IssueComment[]
}

/** A comment of a review on lines of the head, all within one hunk. */
export interface NewReviewComment {
  path: string
  body: string
  startLine: number
  endLine: number
}

export interface NewReview {
  pullRequest: number
  /** The head that the lines are of. */
  commit: string
  body: string
  comments: readonly NewReviewComment[]
}

export interface FileChangeOnBranch {
  path: string
  text: string
}

export interface NewPullRequest {
  title: string
  body: string
  /** Branch in this repository. */
  head: string
  base: string
}

export interface FoundPullRequest {
  number: number
  url: string
  state: 'open' | 'closed'
  isMerged: boolean
  body: string
  head: { ref: string; sha: string; repository: string | undefined }
  base: { ref: string }
  isOurs: boolean
  /** ISO 8601. */
  createdAt: string
}

export interface CheckAnnotation {
  path: string
  startLine: number
  endLine: number
  level: 'notice' | 'warning' | 'failure'
  title: string
  message: string
}

export interface NewCheckRun {
  name: string
  commit: string
  conclusion: 'success' | 'neutral' | 'failure'
  title: string
  summary: string
  annotations: readonly CheckAnnotation[]
}

/** A pull request as it is now, and what was said in it. Moments are in seconds since 1970. */
export interface PastPullRequest {
  number: number
  state: 'open' | 'closed' | 'merged'
  body: string
  createdAt: number
  updatedAt: number
  mergedAt: number | undefined
  /** What the merge has made of the base. */
  mergeCommit: string | undefined
  /** Name of its base branch. */
  base: string
  head: { ref: string; commit: string }
  isFork: boolean
  isDraft: boolean
  /** Whether whoever holds this token opened it. */
  isOurs: boolean
  threads: PastThread[]
  /** Comments on the whole of it by whoever holds this token. */
  ourComments: { body: string; createdAt: number }[]
}

export interface PastThread {
  first: PastComment
  replies: PastComment[]
}

/** A comment of a review, its line ends as in git. */
export interface PastComment {
  body: string
  path: string
  /** The commit that it was written for, and its lines there. */
  commit: string | undefined
  lines: { startLine: number; endLine: number } | undefined
  createdAt: number
  isOurs: boolean
  isMinimised: boolean
  /** Login of its author; undefined for an app, and for whoever is gone. */
  person: string | undefined
}

export interface PastPage {
  /** The last changed first. */
  pulls: PastPullRequest[]
  /** Names the next page; undefined on the last one. */
  next: string | undefined
}

/** A file of a commit. */
export interface Place {
  commit: string
  path: string
}

export interface WorkflowRun {
  id: number
  event: string
  headSha: string
  headBranch: string
  headRepository: string | undefined
}

/** GitHub, as far as a run needs it, for one repository. */
export interface Forge {
  readonly repository: RepositoryName
  pullRequest(number: number): Promise<PullRequest>
  /** Three-dot comparison of two commits. */
  compare(base: string, head: string): Promise<Comparison>
  /** All files of a pull request, up to GitHub's 3,000. */
  pullRequestFiles(number: number): Promise<{ files: ChangedFile[]; complete: boolean }>
  tree(commit: string): Promise<CommitTree>
  /** Texts of blobs by object id, in as few requests as possible; proven to have that id. */
  texts(oids: readonly string[]): Promise<ReadonlyMap<string, BlobText>>
  /** Ids of files in commits, for `texts`; undefined where there is none. */
  objectIds(places: readonly Place[]): Promise<(string | undefined)[]>
  conversation(pullRequest: number): Promise<Conversation>
  /** All pull requests with what was said in them, the last changed first, a page at a time. */
  pastPullRequests(after: string | undefined): Promise<PastPage>
  /** Whether somebody may write to the repository. */
  mayWrite(login: string): Promise<boolean>
  defaultBranch(): Promise<string>
  /** The last commit of a branch at a moment, in seconds since 1970. */
  commitAt(branch: string, at: number): Promise<string | undefined>
  createReview(review: NewReview): Promise<{ id: number }>
  editReviewComment(number: number, body: string): Promise<void>
  /** Folds a comment as outdated or resolved; takes its node id. */
  minimise(id: string, reason: 'OUTDATED' | 'RESOLVED'): Promise<void>
  createComment(pullRequest: number, body: string): Promise<void>
  editComment(number: number, body: string): Promise<void>
  createCheckRun(run: NewCheckRun): Promise<void>
  /** Pull requests from a branch (`owner:branch`), newest first. */
  pullRequestsFrom(head: string, state: 'open' | 'all'): Promise<FoundPullRequest[]>
  /** The newest pull requests, whoever opened them; one page of 100. */
  recentPullRequests(): Promise<FoundPullRequest[]>
  /** The commit that a branch points to; undefined where there is no such branch. */
  branch(name: string): Promise<string | undefined>
  /** Who wrote the commits of a branch that its base does not have: true where all are ours. */
  isBranchOurs(base: string, branch: string): Promise<boolean>
  createBranch(name: string, commit: string): Promise<void>
  /** Points an existing branch to a commit, whatever it holds. */
  resetBranch(name: string, commit: string): Promise<void>
  deleteBranch(name: string): Promise<void>
  /** One commit, signed by GitHub, on top of `expectedHead`; fails where the branch has moved on. */
  commitOnBranch(commit: {
    branch: string
    expectedHead: string
    headline: string
    body: string
    files: readonly FileChangeOnBranch[]
  }): Promise<{ sha: string }>
  createPullRequest(pullRequest: NewPullRequest): Promise<{ number: number; url: string }>
  updatePullRequest(
    number: number,
    change: { title?: string; body?: string; state?: 'open' | 'closed' },
  ): Promise<void>
  /** The file of an artifact of a workflow run, by the artifact's name; undefined where there is none. */
  artifact(run: number, name: string, maximumBytes: number): Promise<Uint8Array | undefined>
}
