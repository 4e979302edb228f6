import { touch, type Pull, type Store } from './model.ts'

/** Pull requests follow their branches: heads move, and a pull request ends with its branch or once it is merged. */
export function follow(stores: readonly Store[]): void {
  for (const store of stores)
    for (const pull of store.pulls) {
      const source = stores.find(({ owner, name }) => owner === pull.head.owner && name === pull.head.name)
      if (pull.state !== 'open' || source === undefined) continue
      const tip = source.repository.branch(pull.head.ref)
      if (tip === undefined) {
        pull.state = 'closed'
        pull.closedAt = touch(pull)
        continue
      }
      const hasMoved = tip !== pull.headSha
      if (hasMoved) moveHead(store, pull, source, tip)
      // A branch that holds nothing of its own any more has nothing to merge: it was merged, or taken back.
      if (store.repository.mergeBase(tip, pull.base) === tip) {
        pull.state = 'closed'
        pull.closedAt = touch(pull)
        if (!hasMoved) {
          pull.mergedAt = pull.closedAt
          pull.mergeCommit = store.repository.branch(pull.base) ?? null
        }
      }
    }
}

/** The commit of a pull request's branch, also a fork's, is in the repository that it is meant for. */
export function fetchHead(store: Store, pull: Pull, source: Store, tip: string): void {
  if (source !== store) store.repository.git('fetch', '--quiet', source.repository.bare, tip)
  store.repository.git('update-ref', `refs/pull/${pull.number}/head`, tip)
}

/** A comment whose line is another one now is outdated and has no line (facts/github.md, section 3). */
function moveHead(store: Store, pull: Pull, source: Store, tip: string): void {
  const old = pull.headSha
  pull.headSha = tip
  touch(pull)
  fetchHead(store, pull, source, tip)
  for (const { comments } of pull.threads)
    for (const comment of comments) {
      if (comment.line === null) continue
      const { path, line, startLine } = comment
      const moved = store.repository.movedLine({ from: old, to: tip, path }, startLine ?? line, line)
      comment.startLine = startLine === null || moved === null ? null : startLine + moved - line
      comment.line = moved
    }
}
