import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sectionOf } from '../../scripts/changelog.ts'
import { root } from '../../scripts/package.ts'

const sample = `# Changelog

## [Unreleased]

## [1.10.0] - 2026-03-01

### Added

- A thing with a [link](https://example.com/).

### Fixed

- Another.

## [1.1.0] - 2026-02-01

- Older.

[1.10.0]: https://example.com/1.10.0
[1.1.0]: https://example.com/1.1.0
`

describe('the section of a version', () => {
  it('is all below its heading, up to the next version', () => {
    expect(sectionOf(sample, '1.10.0')).toBe(
      '### Added\n\n- A thing with a [link](https://example.com/).\n\n### Fixed\n\n- Another.\n',
    )
  })

  it('ends before the addresses at the end of the file', () => {
    expect(sectionOf(sample, '1.1.0')).toBe('- Older.\n')
  })

  it('is never empty, and never that of another version', () => {
    expect(() => sectionOf(sample, 'Unreleased')).toThrow('says nothing of Unreleased')
    expect(() => sectionOf(sample, '1.1')).toThrow('no section "## [1.1] - DATE"')
    expect(() => sectionOf(sample, '1.1.0] - 2026-02-01\n[x')).toThrow('no section')
    expect(() => sectionOf(`${sample}\n## [1.1.0] - 2026-02-02\n`, '1.1.0')).toThrow('2 sections of 1.1.0')
  })
})

describe('CHANGELOG.md', () => {
  const text = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')

  it('begins with what is not released yet, and has dates for the rest', () => {
    const headings = text.split('\n').filter((line) => line.startsWith('## '))
    const [first, ...others] = headings
    expect(first).toBe('## [Unreleased]')
    expect(others.filter((line) => !/^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$/.test(line))).toEqual([])
  })
})
