import type { Finding } from '../model/index.ts'

/** Findings that read as one: same policy, same object, and one fix or one reason for all. */
export interface Block {
  findings: readonly [Finding, ...Finding[]]
  /** Names the fix that its findings share with others; undefined where there is none. */
  group: string | undefined
}

/** Folds findings into blocks, in the order in which their first finding stands. */
export function blocksOf(findings: readonly Finding[]): Block[] {
  const blocks = new Map<string, [Finding, ...Finding[]]>()
  for (const finding of findings) {
    const key = blockKey(finding)
    const block = blocks.get(key)
    if (block === undefined) blocks.set(key, [finding])
    else block.push(finding)
  }
  return [...blocks.values()].map((list) => ({ findings: list, group: groupOf(list[0]) }))
}

/** The same for all findings that one patch fixes together. */
export function groupOf(finding: Finding): string | undefined {
  if (finding.state !== 'fixed') return undefined
  return [finding.fingerprint, ...finding.requires].sort().join()
}

function blockKey(finding: Finding): string {
  const { policy, severity, state, resource, location, reason } = finding
  const shared = groupOf(finding) ?? [reason?.code, reason?.text, patchKey(finding)]
  return JSON.stringify([policy, severity, state, resource, location.file, location.document, shared])
}

/** What a refused fix would have been is shown, so only findings without one may share a block by their reason. */
function patchKey({ patch, fingerprint }: Finding): string {
  return patch.length === 0 ? '' : fingerprint
}
