import { cpSync, mkdirSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { queueSchema, type QueueReport } from '../../src/model/index.ts'
import { cli, Folder, mkGit } from '../cli/world.ts'
import { corpusFiles, corpusFolder, hasCorpus } from '../support/corpus.ts'

/** Every so many files of real manifests. */
const every = 30

describe.skipIf(!hasCorpus)('the queue over real manifests', () => {
  it('works all safe fixes off, turn by turn, with patches that git applies, and ends with none', async () => {
    using folder = new Folder({ '.k8s-autofix.yaml': 'schedule: { most-hourly: 100, most-open: 100 }\n' })
    const names = corpusFiles('handwritten').filter((_, index) => index % every === 0)
    expect(names.length).toBeGreaterThan(10)
    for (const { file } of names) {
      mkdirSync(dirname(join(folder.path, file)), { recursive: true })
      cpSync(join(corpusFolder, 'handwritten', file), join(folder.path, file))
    }
    mkGit(folder)
    let hours = 0
    const queue = async (...args: string[]): Promise<QueueReport> => {
      const { stdout } = await cli(folder.path, ['queue', ...args, '--verify=policy', '--format=json'], {
        time: () => Date.UTC(2026, 10, 30) + hours * 3_600_000,
      })
      return queueSchema.parse(JSON.parse(stdout))
    }
    const first = await queue('list')
    const fixes = first.items.filter(({ work }) => work === 'fix')
    expect(fixes.length).toBeGreaterThan(20)
    const findings = first.items.flatMap((item) => item.findings)
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length)
    const given = new Set<string>()
    for (;;) {
      hours++
      const { items, news } = await queue('next', '--count=100')
      expect([news.back, news.undone]).toEqual([0, 0])
      if (items.length === 0) break
      // One of each file, and nothing twice.
      const files = items.flatMap(({ edits = [] }) => [...new Set(edits.map(({ file }) => file))])
      expect(new Set(files).size).toBe(files.length)
      for (const { id, findings } of items) {
        for (const { fingerprint } of findings) expect(given).not.toContain(fingerprint)
        given.add(id)
      }
      execFileSync('git', ['apply', '--whitespace=nowarn'], {
        cwd: folder.path,
        input: items.map(({ diff }) => diff).join(''),
      })
    }
    const last = await queue('list')
    expect(last.items.filter(({ work }) => work === 'fix')).toEqual([])
    // What was never given went away with another fix.
    const left = new Set(last.items.flatMap((item) => item.findings.map(({ fingerprint }) => fingerprint)))
    for (const { findings } of fixes)
      for (const { fingerprint } of findings) expect(left).not.toContain(fingerprint)
  })
})
