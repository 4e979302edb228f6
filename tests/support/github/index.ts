/*
 * A small GitHub on loopback: real git repositories (also by smart HTTP at `/OWNER/NAME.git`), and the part of the REST
 * (`/api/v3`) and GraphQL (`/api/graphql`) APIs that the project uses, with the rules that decide what a client sees.
 * Every request is held against GitHub's published descriptions, and so is every answer; what breaks them, every unknown
 * route, and a token at the wrong door is listed in `problems`, which each test ends by finding empty.
 *
 *     const github = await GitHub.start()
 *     const store = github.repository('acme', 'shop', { 'a.yaml': 'a: 1\n' })    // one commit on main
 *     store.repository.commit('feature', { 'a.yaml': null, 'b.yaml': Buffer, 'c': { link: 'a' } }, { from: 'main' })
 *     const pull = github.openPull(store, { head: 'feature' })                   // or { head, fork: github.fork(...) }
 *     github.push(store, 'feature', { ... })                                     // { from: sha } forces it
 *     const token = github.token({ contents: 'read', pull_requests: 'write' })   // as github-actions[bot]
 *     const event = pullRequestEvent(store, pull, 'synchronize')                 // for the runner: payload.ts
 *     ... pull.threads, pull.reviews, store.issueComments, store.checkRuns, github.requests (with headers and body)
 *     await github.stop()
 *
 * Settings of a repository: `store.allowsActionsPullRequests`, `isTreeTruncated`, `largestPatch`, `mostCompared`,
 * `mostListed`. Things that stand there: `store.artifacts`, `store.workflowRuns`.
 *
 * What goes wrong: `github.fail({ method, path: /reviews$/, times, status, headers, body, delay, truncate, breaks })`, and
 * somebody who is faster: `github.before({ method, path }, () => github.push(...))`.
 *
 * server.ts is the server; call.ts what a handler gets and answers. Handlers: pulls.ts, reviews.ts (and all comments),
 * contents.ts (commits, trees, blobs, refs), checks.ts, actions.ts, graphql.ts. heads.ts lets pull requests follow their
 * branches. contract.ts and schemas.ts judge by openapi.json, webhooks.json and schema.graphql, which
 * scripts/extract-github-contract.ts cuts out of GitHub's own.
 */
export { applySuggestion, suggestionOf } from './apply-suggestion.ts'
export type { Fault } from './faults.ts'
export type { Permission, Pull, Store, Thread, Token, WorkflowRun } from './model.ts'
export {
  dispatchEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  workflowRunEvent,
  type GitHubEvent,
} from './payload.ts'
export type { Content } from './repository.ts'
export { GitHub, type Recorded } from './server.ts'
