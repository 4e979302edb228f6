/**
 * Keeps README.md true: runs every command that it shows and puts the real output below it, and makes the tables of
 * inputs and outputs from action.yml.
 *
 *   scripts/node scripts/readme.ts            writes README.md
 *   scripts/node scripts/readme.ts --check    compares; exit 1 when README.md is not what the program prints
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { parse } from 'yaml'
import { z } from 'zod'
import { root } from './package.ts'

const file = join(root, 'README.md')
const program = join(root, 'bin', 'k8s-autofix')

/** A block of a shell session: each `$ k8s-autofix ...` is run in fixtures/shop, and what it prints stands below. */
function runSession(session: string): string {
  const commands = session.split('\n').filter((line) => line.startsWith('$ '))
  return commands
    .map((line) => {
      const [, ...args] = line.slice(2).split(' ')
      const { stdout, status } = spawnSync(process.execPath, [program, ...args], {
        cwd: join(root, 'fixtures', 'shop'),
        encoding: 'utf8',
      })
      if (status === null || status > 1) throw new Error(`README.md: "${line}" ended with ${status}`)
      // The time a run took is no part of what it found.
      return `${line}\n${stdout.replaceAll(/ · \d+\.\d s$/gm, '')}`
    })
    .join('\n')
    .trimEnd()
}

const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
})

function inputTable({ inputs }: z.infer<typeof actionSchema>): string {
  const rows = Object.entries(inputs).map(
    ([name, { description, default: value }]) =>
      `| \`${name}\` | ${value === '' ? '' : `\`${value}\``} | ${description} |`,
  )
  return ['| input | default | |', '| --- | --- | --- |', ...rows].join('\n')
}

function outputTable({ outputs }: z.infer<typeof actionSchema>): string {
  const rows = Object.entries(outputs).map(([name, { description }]) => `| \`${name}\` | ${description} |`)
  return ['| output | |', '| --- | --- |', ...rows].join('\n')
}

async function refresh(text: string): Promise<string> {
  const action = actionSchema.parse(parse(readFileSync(join(root, 'action.yml'), 'utf8')))
  const part = (name: string, content: string, within: string): string =>
    within.replace(
      new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`),
      (_, start: string, end: string) => `${start}\n${content}\n\n${end}`,
    )
  const sessions = text.replaceAll(
    /(```console\n)([\s\S]*?)(\n```)/g,
    (_, start: string, session: string, end: string) => start + runSession(session) + end,
  )
  const whole = part('outputs', outputTable(action), part('inputs', inputTable(action), sessions))
  return format(whole, { ...(await resolveConfig(file)), filepath: file })
}

const text = readFileSync(file, 'utf8')
const fresh = await refresh(text)
if (process.argv.includes('--check')) {
  if (fresh !== text) {
    console.error('README.md is not what the program prints: run make build and commit README.md')
    process.exitCode = 1
  }
} else writeFileSync(file, fresh)
