import { expect, test } from 'vitest'
import { readDocuments } from '../../src/yaml/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { windowsOf } from '../../src/verify/window.ts'
import { analyse } from '../support/analyse.ts'
import { groupByGroup } from '../support/invariants.ts'

/** A Deployment large enough to be cut, whose containers are written in one style. */
function deployment(container: (index: number) => string): string {
  const containers = Array.from({ length: 12 }, (_, index) => container(index)).join('')
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: many}
spec:
  selector: {matchLabels: {app: many}}
  template:
    metadata: {labels: {app: many}}
    spec:
      containers:
${containers}`
}

const padding = 'words that make an item long enough to be worth a window of its own '.repeat(4)
const styles: [string, (index: number) => string][] = [
  ['block', (i) => `      - name: c${i}\n        image: x:${i} # ${padding} ${padding}\n`],
  ['wide dash', (i) => `      -   name: c${i}\n          image: x:${i} # ${padding} ${padding}\n`],
  ['comment at the margin', (i) => `      - name: c${i}\n# ${padding} ${padding}\n        image: x:${i}\n\n`],
  [
    'block scalar at the end',
    (i) =>
      `      - name: c${i}\n        command: [sh]\n        args:\n        - |+\n          echo ${padding} ${padding}\n\n\n`,
  ],
  ['flow', (i) => `      - {name: c${i}, image: "x:${i}", args: ["${padding}", "${padding}"]}\n`],
  [
    'folded plain',
    (i) =>
      `      - name: c${i}\n        image: x:${i}\n        args: [a,\n            ${padding}\n            ${padding}]\n`,
  ],
]

function cutText(text: string, stretches: readonly { start: number; end: number }[]): string {
  return stretches.map(({ start, end }) => text.slice(start, end)).join('\n')
}

test.each(styles)(
  '%s: a fix of one container is tried on its item, and means the same in its place',
  (_name, container) => {
    for (const text of [
      deployment(container),
      deployment(container).trimEnd(),
      deployment(container).replaceAll('\n', '\r\n'),
    ]) {
      const source = readSource('test.yaml', text)
      const [document] = source.documents
      const path = '/spec/template/spec/containers/7/securityContext'
      const window =
        document && windowsOf(source, document, [{ op: 'add', path, value: { privileged: false } }], [])
      expect(window && cutText(source.text, window)).toContain('c7')
      expect(window && cutText(source.text, window)).not.toContain('c8')

      // Every fix alone, as its finding reports it, in a text that is read as a whole again.
      const only = ['privilege-escalation', 'drop-net-raw']
      const one = groupByGroup((_file, now) => analyse(now, { only }), 'test.yaml', text)
      const all = analyse(text, { only })
      expect(readDocuments(one.text)[0]?.value).toEqual(readDocuments(all.change?.after ?? '')[0]?.value)
      expect(one.result.findings).toEqual([])
    }
  },
)

test('where an anchor stands anywhere, the whole document is read', () => {
  const text = deployment(
    (i) =>
      `      - name: c${i}\n        image: x:${i} # ${padding} ${padding}\n        env: ${i === 0 ? '&env' : '*env'}${i === 0 ? ' [{name: A, value: b}]' : ''}\n`,
  )
  const source = readSource('test.yaml', text)
  const [document] = source.documents
  expect(document?.problems).toEqual([])
  const path = '/spec/template/spec/containers/7/securityContext'
  expect(document && windowsOf(source, document, [{ op: 'add', path, value: {} }], [])).toBeUndefined()
})
