import type { Names } from './names.ts'
import { mostExceptions, reasonOf } from './exception.ts'

/** What an annotation of another tool excepts. */
export interface PeerEntry {
  named: string
  policies: readonly string[] | undefined
  reason: string
  until: string | undefined
  /** When it no longer holds. */
  end: number | undefined
}

/** Reads one annotation of another tool. `all` are the annotations of the same object. */
export interface PeerKey {
  /** Whether it counts at a pod template as well, as it does for the tool itself. */
  atTemplate: boolean
  read(key: string, value: string, all: ReadonlyMap<string, string>, names: Names): PeerEntry[]
}

/*
 * Each as its tool reads it. What a rule of a tool is called here stands in the policy files: `same-as` and `covers` for
 * kube-linter and Kyverno, `known-as` for the others. A rule that no policy of ours knows is that tool's own affair.
 */

const lasting = { until: undefined, end: undefined }

/** kube-linter 0.8.3, pkg/ignore: the value is the reason, and may be empty. */
const kubeLinter: PeerKey = {
  atTemplate: false,
  read(key, value, _all, names) {
    const reason = reasonOf(value)
    if (key === 'kube-linter.io/ignore-all') return [{ named: '*', policies: undefined, reason, ...lasting }]
    const rule = after(key, 'ignore-check.kube-linter.io/')
    if (rule === undefined || rule === '') return []
    return [{ named: rule, policies: names.ofTheirs('kube-linter', rule), reason, ...lasting }]
  },
}

/** Polaris 10.2, pkg/validator/schema.go hasExemptionAnnotation: only the value `true` counts, in any case of letters. */
const polaris: PeerKey = {
  atTemplate: false,
  read(key, value, _all, names) {
    const name = after(key, 'polaris.fairwinds.com/')
    if (name === undefined || value.toLowerCase() !== 'true') return []
    const reason = reasonOf('')
    if (name === 'exempt') return [{ named: '*', policies: undefined, reason, ...lasting }]
    if (!name.endsWith('-exempt')) return []
    const check = name.slice(0, -'-exempt'.length)
    return [{ named: check, policies: names.ofTheirs('polaris', check), reason, ...lasting }]
  },
}

/**
 * kubescape 4.0.12 (kubescape/kubescape#3392): a list of controls with one reason and one moment in RFC 3339. One that
 * cannot be read makes the whole exception void.
 */
const kubescape: PeerKey = {
  atTemplate: false,
  read(key, value, all, names) {
    if (key !== 'kubescape.io/skip-controls') return []
    const until = all.get('kubescape.io/skip-expiry') || undefined
    const end = until === undefined ? undefined : momentOf(until)
    if (until !== undefined && end === undefined) return []
    const reason = reasonOf(all.get('kubescape.io/skip-reason') ?? '')
    return value
      .split(',')
      .map((control) => control.trim())
      .filter((control) => control !== '')
      .slice(0, mostExceptions)
      .map((control) => ({
        named: control,
        policies: names.ofTheirs('kubescape', control),
        reason,
        until,
        end,
      }))
  },
}

/** Checkov 3.3, kubernetes_utils.py get_skipped_checks: `checkov.io/skip1: CKV_K8S_20=reason`; pods of templates, too. */
const checkov: PeerKey = {
  atTemplate: true,
  read(key, value, _all, names) {
    if (!key.startsWith('checkov.io/skip') && !key.startsWith('bridgecrew.io/skip')) return []
    const at = value.indexOf('=')
    const id = (at === -1 ? value : value.slice(0, at)).trim()
    const reason = reasonOf(at === -1 ? '' : value.slice(at + 1))
    return [{ named: id, policies: names.ofTheirs('checkov', id), reason, ...lasting }]
  },
}

export const peerKeys: readonly PeerKey[] = [kubeLinter, polaris, kubescape, checkov]

function after(text: string, prefix: string): string | undefined {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined
}

function momentOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined
  const moment = Date.parse(text)
  return Number.isNaN(moment) ? undefined : moment
}
