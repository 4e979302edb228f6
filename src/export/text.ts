import { Document, isScalar, visit } from 'yaml'
import type { JsonObject } from '../model/index.ts'

/** What was exported of one policy, or why it was not. */
export type PolicyExport = { policy: string } & (
  { objects: readonly JsonObject[]; because?: never } | { because: string; objects?: never }
)

/** YAML documents for `kubectl apply`. What is left out stands in a comment before them. */
export function exportText(exports: readonly PolicyExport[]): string {
  const untold = exports.flatMap(({ policy, because }) =>
    because === undefined ? [] : [{ policy, because }],
  )
  const head =
    untold.length === 0
      ? ''
      : `# Not in here:\n${untold.map(({ policy, because }) => `# - ${policy}: ${oneLine(because)}\n`).join('')}`
  const documents = exports.flatMap(({ objects = [] }) => objects.map(documentOf))
  return [head, ...documents].filter((part) => part !== '').join('---\n')
}

/** One object as a YAML document, its lists of words on one line. */
export function documentOf(object: JsonObject): string {
  const document = new Document(object, { aliasDuplicateObjects: false })
  visit(document, {
    Seq: (_, list) => {
      if (list.items.every((item) => isScalar(item))) list.flow = true
    },
  })
  return document.toString({ lineWidth: 110, flowCollectionPadding: false })
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}
