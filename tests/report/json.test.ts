import { Ajv2020 } from 'ajv/dist/2020.js'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { schemaTexts } from '../../scripts/write-schemas.ts'
import { reportSchema, type Report } from '../../src/model/index.ts'
import { renderJson } from '../../src/report/index.ts'
import { finding, report } from './sample.ts'

const root = join(import.meta.dirname, '../..')

describe('json', () => {
  const full = report([finding(), finding({ state: 'refused', reason: { code: 'x', text: 'y' } })], {
    unread: [{ file: 'a', reason: { code: 'x', text: 'y' }, broken: true, line: 1, column: 2 }],
    invalid: [{ resource: finding().resource, location: finding().location, level: 'api', errors: ['x'] }],
  })

  it('holds the report, ends with a newline', () => {
    const text = renderJson(full)
    expect(JSON.parse(text)).toEqual(full)
    expect(text.endsWith('}\n')).toBe(true)
  })

  it('keys stand in the order of the schema, however the report was put together', () => {
    const turned = JSON.parse(JSON.stringify(full), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    ) as Report
    const ordered = renderJson(turned)
      .split('\n')
      .filter((line) => !line.includes('total'))
    expect(ordered).toEqual(
      renderJson(full)
        .split('\n')
        .filter((line) => !line.includes('total')),
    )
    expect(Object.keys(JSON.parse(renderJson(turned)) as object).slice(0, 3)).toEqual([
      'schema',
      'tool',
      'engines',
    ])
  })

  it('is plain to a terminal and the same to a parser', () => {
    const hostile = report([finding({ message: '\u001B[2J\u009B\u202E\u007F' })])
    const text = renderJson(hostile)
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    expect(JSON.parse(text)).toEqual(hostile)
  })

  it('refuses a report that breaks the contract', () => {
    expect(() => renderJson(report([finding({ fingerprint: 'short' })]))).toThrow()
  })
})

describe('published schemas', () => {
  const compile = (text: string): ReturnType<Ajv2020['compile']> => {
    const schema: unknown = JSON.parse(text)
    return new Ajv2020({ strict: false, formats: {} }).compile(schema as object)
  }

  it('are what the code reads with; npm run schemas writes them', () => {
    for (const [file, text] of schemaTexts())
      expect(readFileSync(join(root, 'schemas', file), 'utf8')).toBe(text)
  })

  it('a report is valid, and a broken one is not', () => {
    const validate = compile(schemaTexts().get('report.schema.json') ?? '')
    expect(validate(report([finding()]))).toBe(true)
    expect(validate({ ...report([]), schema: 'other' })).toBe(false)
    expect(validate({ ...report([]), findings: [{}] })).toBe(false)
  })

  it('a report has no key that the schema does not name', () => {
    const closed = z.toJSONSchema(reportSchema, { io: 'output' })
    const validate = compile(JSON.stringify(closed))
    expect(validate(JSON.parse(renderJson(report([finding()]))))).toBe(true)
  })

  it('the configuration: what is right passes, unknown keys do not', () => {
    const validate = compile(schemaTexts().get('config.schema.json') ?? '')
    expect(
      validate({
        severity: { a: 'low' },
        overrides: [{ paths: ['a'] }],
        resources: { defaults: { limits: { cpu: 1 } } },
      }),
    ).toBe(true)
    expect(validate({ polices: {} })).toBe(false)
    expect(validate({ resources: { defaults: { limits: { cpu: '1 x' } } } })).toBe(false)
  })

  it('every policy of ours is valid', () => {
    const validate = compile(schemaTexts().get('policy.schema.json') ?? '')
    const files = globSync('policies/**/*.yaml', { cwd: root })
    expect(files.length).toBeGreaterThan(0)
    for (const file of files)
      expect([file, validate(parse(readFileSync(join(root, file), 'utf8'))), validate.errors]).toEqual([
        file,
        true,
        null,
      ])
    expect(validate({ id: 'x' })).toBe(false)
  })
})
