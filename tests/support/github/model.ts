import type { Repository } from './repository.ts'

/** What the tests' GitHub keeps of one repository beside git. */
export interface Store {
  owner: string
  name: string
  repository: Repository
  pulls: Pull[]
  issueComments: StoredComment[]
  checkRuns: { id: number; head: string; conclusion: string; annotations: number; title: string }[]
  artifacts: { id: number; run: number; name: string; zip: Buffer; expired: boolean }[]
  workflowRuns: WorkflowRun[]
  /** What people may do here; whoever is not named may read. */
  collaborators: Map<string, 'admin' | 'write' | 'read' | 'none'>
  /** Settings of the repository. */
  allowsActionsPullRequests: boolean
  isTreeTruncated: boolean
  /** Above so many characters a file has no patch. */
  largestPatch: number
  /** Files of a comparison and of a pull request; GitHub lists no more. */
  mostCompared: number
  mostListed: number
}

export interface WorkflowRun {
  id: number
  event: string
  headSha: string
  headBranch: string
  head: { owner: string; name: string }
}

export interface Pull {
  number: number
  title: string
  body: string
  state: 'open' | 'closed'
  mergedAt: string | null
  closedAt: string | null
  /** What the merge has made of the base. */
  mergeCommit: string | null
  draft: boolean
  author: string
  createdAt: string
  /** Of any change to it, and of all that is said there. */
  updatedAt: string
  head: { owner: string; name: string; ref: string }
  /** Follows the branch while the pull request is open. */
  headSha: string
  base: string
  reviews: Review[]
  threads: Thread[]
}

export interface Review {
  id: number
  author: string
  body: string
  commit: string
  state: 'COMMENTED' | 'CHANGES_REQUESTED' | 'PENDING'
}

export interface Thread {
  id: string
  isResolved: boolean
  comments: StoredReviewComment[]
}

export interface StoredComment {
  id: number
  pull: number
  author: string
  body: string
  /** Where absent, as old as its pull request. */
  createdAt?: string
  isMinimised?: boolean
  minimisedReason?: string
}

export interface StoredReviewComment extends StoredComment {
  path: string
  line: number | null
  startLine: number | null
  originalLine: number
  originalStartLine: number | null
  /** The commit that it was written for. */
  commit: string
  isMinimised: boolean
}

/** What GitHub can be asked for by a token. */
export type Permission = 'contents' | 'pull_requests' | 'checks' | 'actions' | 'issues'

/** A token, and what its job was granted. */
export interface Token {
  login: string
  permissions: Partial<Record<Permission, 'read' | 'write'>>
}

/** Says no as GitHub does. */
export class Refusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly errors: readonly unknown[] | undefined

  constructor(
    status: number,
    message: string,
    {
      headers = {},
      errors,
    }: { headers?: Readonly<Record<string, string>>; errors?: readonly unknown[] } = {},
  ) {
    super(message)
    this.status = status
    this.headers = headers
    this.errors = errors
  }
}

/** GitHub answers a job that lacks a permission so (facts/github.md, section 3: fork token -> 403). */
export function demand(token: Token, permission: Permission, access: 'read' | 'write'): void {
  const has = token.permissions[permission]
  if (has === 'write' || has === access) return
  throw new Refusal(403, 'Resource not accessible by integration', {
    headers: { 'x-accepted-github-permissions': `${permission}=${access}` },
  })
}

/** Something has happened to a pull request. */
export function touch(pull: Pull): string {
  pull.updatedAt = new Date().toISOString()
  return pull.updatedAt
}

export function pullOf(store: Store, number: number): Pull {
  const pull = store.pulls.find((one) => one.number === number)
  if (pull === undefined) throw new Refusal(404, 'Not Found')
  return pull
}

/** A comment or description may have this many characters (facts/github.md, section 3: size). */
export function checkBody(body: string): void {
  if (body.length > 65_536)
    throw new Refusal(422, 'Validation Failed', {
      errors: [{ message: 'Body is too long (maximum is 65536 characters)' }],
    })
}
