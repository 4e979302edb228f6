import { readdirSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { kubeLinterHint } from '../../src/adapters/kube-linter.ts'
import { InfrastructureError, UserError } from '../../src/model/index.ts'
import { failureOf, kubeLinter, makeScene, pod, unit, unlessWord, type Scene } from './support.ts'

let scene: Scene
beforeAll(() => {
  scene = makeScene()
})
afterEach(() => expect(readdirSync(scene.temporary)).toEqual([]))
afterAll(() => scene.remove())

const quick = { runTime: 3_000, unitTime: 0, output: 2_000_000 }
const answering = 'if [ "$1" = version ]; then echo v9; exit 0; fi\n'

describe('a kube-linter that does not work', () => {
  const cases: [string, string, string][] = [
    ['crashes', 'kill -SEGV $$', 'kube-linter was ended by SIGSEGV'],
    [
      'panics',
      'echo "panic: runtime error: index out of range [3] with length 2" >&2; exit 2',
      'kube-linter crashed (exit code 2, runtime error: index out of range [3] with length 2)',
    ],
    ['ends with another code', 'exit 77', 'kube-linter crashed (exit code 77)'],
    ['hangs', 'sleep 300', 'kube-linter did not end within 3 s and was killed'],
    ['prints without end', 'yes', 'kube-linter printed more than 2000000 bytes and was killed'],
    ['prints nothing', 'true', 'kube-linter gave no answer: it printed nothing (exit code 0)'],
    ['prints garbage', 'echo hello', 'kube-linter gave no answer: its output is no JSON (exit code 0)'],
    [
      'prints half of it',
      `printf '{"Checks":[{"name":"a"'`,
      'kube-linter gave no answer: its output ends in the middle (exit code 0)',
    ],
    [
      'prints other JSON',
      `echo '{"Reports":[]}'`,
      'kube-linter gave no answer: its output has another form: Checks: Invalid input: expected array, received undefined (exit code 0)',
    ],
    [
      'says that all is clean',
      `echo '{"Checks":[],"Reports":null}'`,
      'kube-linter gave no answer about an object of ours',
    ],
    [
      'does not know our options',
      'echo "Error: unknown flag: --fail-on-invalid-resource" >&2; exit 1',
      'kube-linter gave no answer: it printed nothing (exit code 1): unknown flag: --fail-on-invalid-resource',
    ],
  ]
  it.each(cases)('%s', async (name, commands, message) => {
    const program = scene.script(name.replaceAll(' ', '-'), answering + commands)
    const failure = await failureOf(scene.engine({ program, limits: quick }))
    expect(failure).toBeInstanceOf(InfrastructureError)
    expect(failure).toMatchObject({ message, hint: kubeLinterHint })
  })

  it('is another program', async () => {
    const program = scene.script('other', 'echo "usage: other [-h]"')
    expect(await failureOf(scene.engine({ program }))).toMatchObject({
      name: 'InfrastructureError',
      message: 'kube-linter does not tell its version',
    })
  })

  it('is gone', async () => {
    const failure = await failureOf(scene.engine({ program: `${scene.folder}/none` }))
    expect(failure).toBeInstanceOf(InfrastructureError)
    expect(String(failure)).toMatch(/none cannot be started: it is gone/)
  })

  it('does not accept the settings of the repository', async () => {
    const failure = await failureOf(
      scene.engine({ settings: { file: '.kube-linter.yaml', include: ['no-such-check'] } }),
    )
    expect(failure).toBeInstanceOf(UserError)
    expect(String(failure)).toBe(
      'UserError: .kube-linter.yaml: kube-linter does not accept it: enabled checks validation error: check "no-such-check" not found',
    )
    const custom = { name: 'own', description: '', remediation: '', template: 'no-such', params: {} }
    expect(
      String(await failureOf(scene.engine({ settings: { file: 'k.yaml', customChecks: [custom] } }))),
    ).toMatch(/^UserError: k\.yaml: .*template "no-such" not found/)
  })
})

describe('a unit that ends the run', () => {
  const good = Array.from({ length: 5 }, (_, index) => unit(`g${index}`, pod(`g${index}`)))
  const units = [...good.slice(0, 2), unit('bad', `${pod('bad')}# CULPRIT\n`), ...good.slice(2)]
  const cases: [string, string, string][] = [
    ['crashes it', 'kill -SEGV $$', 'kube-linter was ended by SIGSEGV'],
    ['makes it exit 2', 'echo "panic: secret: hunter2" >&2; exit 2', 'kube-linter crashed (exit code 2)'],
    ['makes it hang', 'sleep 300', 'kube-linter did not end within 3 s and was killed'],
    [
      'makes it print garbage',
      'echo "[1, 2"; exit 1',
      'kube-linter gave no answer: its output is no JSON (exit code 1)',
    ],
    [
      'makes it give up',
      'echo "Error: loading: hunter2" >&2; exit 1',
      'kube-linter gave no answer: it printed nothing (exit code 1)',
    ],
  ]
  it.each(cases)('since it %s', async (name, commands, because) => {
    const program = scene.script(`unit-${name.replaceAll(' ', '-')}`, unlessWord('CULPRIT', commands))
    const engine = await scene.engine({ program, limits: quick })
    const { judged, findings, unjudged } = await engine.judge(units)
    expect(unjudged).toEqual([{ unit: 'bad', because }])
    expect(judged.map((object) => object.unit)).toEqual(good.map(({ id }) => id))
    expect(findings).toHaveLength(4 * good.length)
  })

  it('costs a bounded number of runs', async () => {
    const log = `${scene.folder}/runs`
    const program = scene.script('always', `echo run >> ${log}\n${unlessWord('image', 'exit 2')}`)
    const engine = await scene.engine({ program, limits: { ...quick, runs: 5 } })
    const { judged, unjudged } = await engine.judge(good)
    expect(judged).toEqual([])
    expect(unjudged.map((one) => one.unit)).toEqual(good.map(({ id }) => id))
    expect(unjudged.at(-1)!.because).toBe(
      'kube-linter failed again and again; it was not asked about this after 5 runs',
    )
  })

  it('is not blamed where kube-linter itself no longer works', async () => {
    const broken = `${scene.folder}/broken`
    const program = scene.script(
      'breaks',
      `if [ -e ${broken} ]; then exit 2; fi\n${unlessWord('image', `touch ${broken}; exit 2`)}`,
    )
    const engine = await scene.engine({ program, limits: quick })
    const failure = await failureOf(engine.judge(good))
    expect(failure).toBeInstanceOf(InfrastructureError)
    expect(String(failure)).toMatch(/kube-linter crashed \(exit code 2\)/)
  })

  it('is unjudged where the reports are about another file', async () => {
    const commands = `${kubeLinter} "$@" | sed "s#/c0001/#/c0002/#g"; exit 1`
    const program = scene.script('elsewhere', unlessWord('image', commands))
    const engine = await scene.engine({ program, limits: quick })
    const { unjudged, judged } = await engine.judge(good.slice(0, 1))
    expect(judged).toEqual([])
    expect(unjudged).toEqual([
      { unit: 'g0', because: 'kube-linter gave an answer about files that it was not given' },
    ])
  })
})
