import type { KyvernoPolicy, Policy } from '../model/index.ts'
import { catalogue } from '../policies/index.ts'
import { importValidatingPolicy } from './validating-policy.ts'

interface All {
  policies: readonly Policy[]
  left: readonly { document: KyvernoPolicy; because: string }[]
}

/** The documents of a configuration are the same for all files of a run. */
const known = new WeakMap<readonly KyvernoPolicy[], All>()

/** All policies of a run: the built-in ones, and those that its configuration brings along and that are judged here. */
export function policiesOf({ own, kyverno }: Brought): readonly Policy[] {
  return withImported([...catalogue, ...own], kyverno)
}

interface Brought {
  own: readonly Policy[]
  kyverno: readonly KyvernoPolicy[]
}

/** To our policies come those of Kyverno that are judged in this process. */
export function withImported(
  policies: readonly Policy[],
  documents: readonly KyvernoPolicy[],
): readonly Policy[] {
  return documents.length === 0 ? policies : [...policies, ...readAll(documents).policies]
}

/** What `--only` and `--skip` may name: also policies that only Kyverno judges by, whose findings bear their names. */
export function choosable(
  policies: readonly Policy[],
  documents: readonly KyvernoPolicy[],
): readonly Pick<Policy, 'id' | 'params'>[] {
  return [...withImported(policies, documents), ...documents.map(({ name }) => ({ id: `kyverno/${name}` }))]
}

/** What of them only Kyverno itself can judge or say, and why, a sentence each. */
export function leftToKyverno(documents: readonly KyvernoPolicy[]): string[] {
  return readAll(documents).left.map(
    ({ document: { file, line, kind, name }, because }) =>
      `${file}:${line}: ${kind} ${name} is left to Kyverno, which is asked with --engines builtin,kyverno: ${because}`,
  )
}

function readAll(documents: readonly KyvernoPolicy[]): All {
  const before = known.get(documents)
  if (before !== undefined) return before
  const policies: Policy[] = []
  const left: { document: KyvernoPolicy; because: string }[] = []
  for (const document of documents) {
    const imported = importValidatingPolicy(document)
    if ('policies' in imported) policies.push(...imported.policies)
    else left.push({ document, because: imported.unsupported })
  }
  const all = { policies, left }
  known.set(documents, all)
  return all
}
