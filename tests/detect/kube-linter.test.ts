import { readdirSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { InfrastructureError } from '../../src/model/index.ts'
import type { Engine, EngineAnswer } from '../../src/detect/index.ts'
import { failureOf, makeScene, pod, unit, type Scene } from './support.ts'

let scene: Scene
let engine: Engine
beforeAll(async () => {
  scene = makeScene()
  engine = await scene.engine()
})
afterEach(() => expect(readdirSync(scene.temporary)).toEqual([]))
afterAll(() => scene.remove())

async function judge(text: string): Promise<EngineAnswer> {
  return engine.judge([unit('it', text)])
}

async function because(text: string): Promise<string> {
  const { findings, judged, suppressed, unjudged } = await judge(text)
  expect({ findings, judged, suppressed }).toEqual({ findings: [], judged: [], suppressed: [] })
  expect(unjudged.map((one) => one.unit)).toEqual(['it'])
  return unjudged[0]!.because
}

describe('the engine kube-linter', () => {
  it('runs the 31 checks that are on by default, and tells what they are', () => {
    expect(engine.name).toBe('kube-linter')
    expect(engine.version).not.toBe('')
    expect(engine.rules).toHaveLength(31)
    expect(engine.rules.find(({ name }) => name === 'latest-tag')).toEqual({
      name: 'latest-tag',
      description:
        'Indicates when a deployment-like object is running a container with an invalid container image',
      remediation: 'Use a container image with a specific tag other than latest.',
    })
  })

  it('reports findings with object and container', async () => {
    const { findings, judged, unjudged } = await judge(pod('web'))
    expect(findings.map(({ rule }) => rule)).toEqual([
      'no-read-only-root-fs',
      'run-as-non-root',
      'unset-cpu-requirements',
      'unset-memory-requirements',
    ])
    expect(findings[0]).toEqual({
      unit: 'it',
      rule: 'no-read-only-root-fs',
      group: '',
      kind: 'Pod',
      namespace: '',
      name: 'web',
      container: 'main',
      message: 'container "main" does not have a read-only root file system',
      remediation: 'Set readOnlyRootFilesystem to true in the container securityContext.',
    })
    expect(judged).toEqual([{ unit: 'it', group: '', kind: 'Pod', namespace: '', name: 'web' }])
    expect(unjudged).toEqual([])
  })

  it('needs no unit', async () => {
    expect(await engine.judge([])).toEqual({ findings: [], judged: [], suppressed: [], unjudged: [] })
  })

  it('sees units of one context together, and others alone', async () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: a}}\n'
    const web = pod('web', '  labels: {app: a}\n')
    const dangling = async (context: string): Promise<number> => {
      const { findings } = await engine.judge([unit('s', service, 'one'), unit('p', web, context)])
      return findings.filter(({ rule }) => rule === 'dangling-service').length
    }
    expect([await dangling('one'), await dangling('two')]).toEqual([0, 1])
  })

  it('answers in the order of the units, and equal runs with equal answers', async () => {
    const units = ['b', 'a', 'c'].map((id) => unit(id, pod(id)))
    const first = await engine.judge(units)
    expect([...new Set(first.findings.map((finding) => finding.unit))]).toEqual(['b', 'a', 'c'])
    expect(first.judged.map((object) => object.unit)).toEqual(['b', 'a', 'c'])
    expect(await engine.judge(units)).toEqual(first)
  })

  it('judges kinds that it does not know, clean or not', async () => {
    const { judged, findings, unjudged } = await judge('apiVersion: a/v1\nkind: Own\nmetadata: {name: x}\n')
    expect(judged).toEqual([{ unit: 'it', group: 'a', kind: 'Own', namespace: '', name: 'x' }])
    expect({ findings, unjudged }).toEqual({ findings: [], unjudged: [] })
  })

  it('tells the objects of a List apart', async () => {
    const items = ['a', 'b'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'n' },
      spec: { containers: [{ name: 'c', image: 'x:1' }] },
    }))
    const { findings, judged } = await judge(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
    expect(judged.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(findings.filter(({ rule }) => rule === 'run-as-non-root').map(({ name }) => name)).toEqual([
      'a',
      'b',
    ])
  })

  it('counts two objects of one identity as two', async () => {
    const { judged, findings } = await judge(`${pod('same')}---\n${pod('same')}`)
    expect(judged).toHaveLength(2)
    expect(findings.filter(({ rule }) => rule === 'run-as-non-root')).toHaveLength(2)
    const apart = await engine.judge([unit('1', pod('same'), 'one'), unit('2', pod('same'), 'one')])
    expect(apart.judged.map((object) => object.unit)).toEqual(['1', '2'])
  })

  it('is not given names, and is not moved by them', async () => {
    const { judged } = await engine.judge([
      unit('../../etc/passwd', pod('a'), '/'),
      unit('Chart.yaml', pod('b'), '..'),
    ])
    expect(judged.map((object) => object.unit)).toEqual(['../../etc/passwd', 'Chart.yaml'])
  })

  it('takes no two units with one id', async () => {
    expect(String(await failureOf(engine.judge([unit('a', ''), unit('a', '')])))).toMatch(/two units/)
  })

  it('ends when it is told to, and leaves nothing behind', async () => {
    const controller = new AbortController()
    const running = failureOf(engine.judge([unit('a', pod('a'))], { signal: controller.signal }))
    controller.abort(new Error('enough'))
    expect(await running).toEqual(new Error('enough'))
  })

  it('fails as infrastructure where the temporary folder cannot be used', async () => {
    const failure = await failureOf(scene.engine({ program: '/bin/true' }).then(async () => 0))
    expect(failure).toBeInstanceOf(InfrastructureError)
    const gone = makeScene()
    const there = await gone.engine()
    gone.remove()
    const lost = await failureOf(there.judge([unit('a', pod('a'))]))
    expect(lost).toBeInstanceOf(InfrastructureError)
    expect(String(lost)).toMatch(/the temporary folder cannot be used/)
  })
})

describe('objects that their author excludes', () => {
  const ignoring = '  annotations: {kube-linter.io/ignore-all: "no"}\n'

  it('are suppressed, not unjudged and not clean', async () => {
    const answer = await judge(pod('web', ignoring))
    expect(answer).toEqual({
      findings: [],
      judged: [],
      suppressed: [{ unit: 'it', group: '', kind: 'Pod', namespace: '', name: 'web' }],
      unjudged: [],
    })
  })

  it('hide nothing of what stands beside them', async () => {
    const { judged, suppressed, findings } = await judge(`${pod('a', ignoring)}---\n${pod('b')}`)
    expect(judged.map(({ name }) => name)).toEqual(['b'])
    expect(suppressed.map(({ name }) => name)).toEqual(['a'])
    expect(new Set(findings.map(({ name }) => name))).toEqual(new Set(['b']))
  })

  it('are seen by checks across objects', async () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: a}}\n'
    const hidden = pod('web', `${ignoring}  labels: {app: a}\n`)
    const { findings } = await engine.judge([unit('s', service, 'one'), unit('p', hidden, 'one')])
    expect(findings).toEqual([])
  })

  it('may exclude one check alone', async () => {
    const { judged, findings } = await judge(
      pod('web', '  annotations: {ignore-check.kube-linter.io/run-as-non-root: "no"}\n'),
    )
    expect(judged).toHaveLength(1)
    expect(findings.map(({ rule }) => rule)).not.toContain('run-as-non-root')
  })

  it('are no way to hide a document that does not load', async () => {
    const text = pod('web', ignoring).replace('image: web:1.0', 'image: [3]')
    expect(await because(text)).toMatch(/should be of type/)
  })

  it('are unjudged where the annotation is written so that we cannot tell', async () => {
    const text = pod('web', '  annotations: {"kube-linter.io/ignore\\x2dall": "no"}\n')
    expect(await because(text)).toBe('kube-linter saw no object in it, and does not say why')
  })
})

describe('units that kube-linter cannot judge', () => {
  const cases: [string, string, RegExp][] = [
    ['empty text', '', /saw no object/],
    ['blanks', ' \n\n', /saw no object/],
    ['a comment', '# nothing\n', /saw no object/],
    ['no object', 'a: 1\n', /kind is missing/],
    ['no object, and words of kube-linter', `a: ": Object 'Kind' is missing in 'null'"\n`, /kind is missing/],
    ['NUL', 'apiVersion: v1\nkind: Pod\nmetadata: {name: "a\u0000b"}\n', /control characters/],
    ['broken YAML', 'apiVersion: v1\nkind: [\n', /as YAML: line 2: did not find expected node content/],
    [
      'a wrong type',
      'apiVersion: v1\nkind: Pod\nspec: {hostPID: hunter2}\n',
      /spec.hostPID is a string .* bool/,
    ],
    [
      'deep nesting',
      `apiVersion: v1\nkind: ConfigMap\ndata: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`,
      /exceeded max depth/,
    ],
    ['a YAML bomb', bomb(), /excessive aliasing/],
    [
      '11 MB',
      `apiVersion: v1\nkind: ConfigMap\ndata: {a: ${'x'.repeat(11_000_000)}}\n`,
      /larger than 10 MiB/,
    ],
    ['a flow map at the start', '{apiVersion: v1, kind: Pod, metadata: {name: hunter2}}', /for JSON/],
    ['text behind a separator', `--- {apiVersion: v1, kind: Pod}\n`, /on the line of a --- separator/],
    [
      'a typed list',
      'apiVersion: v1\nkind: SecretList\nitems: [{data: {a: aHVudGVyMg==}}]\n',
      /kind SecretList/,
    ],
    [
      'a list with an unknown kind',
      'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod}, {apiVersion: a/v1, kind: Own}]\n',
      /kind of item 1/,
    ],
  ]
  it.each(cases)('%s', async (_name, text, reason) => {
    const said = await because(text)
    expect(said).toMatch(reason)
    expect(said).not.toMatch(/hunter2|aHVudGVyMg/)
  })

  it('harm no other', async () => {
    const units = cases.map(([name, text]) => unit(name, text, 'together'))
    units.splice(5, 0, unit('good', pod('good'), 'together'))
    const { judged, findings, unjudged } = await engine.judge(units)
    expect(judged.map((object) => object.unit)).toEqual(['good'])
    expect(findings).toHaveLength(4)
    expect(unjudged.map((one) => one.unit)).toEqual(cases.map(([name]) => name))
  })

  it('are those of which one document alone is broken, with what is known of the rest', async () => {
    const { judged, unjudged } = await judge(`${pod('a')}---\nb: [\n---\n${pod('c')}`)
    expect(judged.map(({ name }) => name)).toEqual(['a', 'c'])
    expect(unjudged).toHaveLength(1)
  })

  it.each([
    ['CRLF', pod('web').replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${pod('web')}`],
    ['JSON', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"}}'],
    ['no line break at the end', pod('web').trimEnd()],
    ['a licence in front', `# (c)\n---\n${pod('web')}`],
    ['separators with comments', `--- # first\n${pod('web')}---\n`],
    [
      '9 MB on one line',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a: ${'x'.repeat(9_000_000)}}\n`,
    ],
  ])('but not one with %s', async (_name, text) => {
    const { judged, unjudged } = await judge(text)
    expect(unjudged).toEqual([])
    expect(judged.map(({ name }) => name)).toEqual(['web'])
  })
})

describe('units that are made to be dear', () => {
  it('with more findings than a call has arguments', async () => {
    const text = Array.from({ length: 40_000 }, (_, index) => pod(`p${index}`)).join('---\n')
    const { findings, judged, unjudged } = await judge(text)
    expect([findings.length, judged.length, unjudged.length]).toEqual([160_000, 40_000, 0])
  })

  it('with words of kube-linter in a document that is quoted as a whole', async () => {
    const words = ['json: cannot unmarshal a', 'object was not a k8s object: &hunter2{', 'yaml: line 3: ']
    for (const word of words)
      expect(await because(`a: '${word.repeat(100_000)}'\n`)).toMatch(/kind is missing$/)
  })
})

describe('inputs that end a run of the real kube-linter', () => {
  // A nil pointer in extract.HPAScaleTargetRefName of v0.8.3: exit 2, nothing on stdout.
  const budget =
    'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: p}\nspec: {minAvailable: 1, selector: {matchLabels: {a: b}}}\n'
  const scaled = 'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: s}\nspec: {}\n'
  const list = JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'p' },
        spec: { minAvailable: 1, selector: { matchLabels: { a: 'b' } } },
      },
      { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 's' }, spec: {} },
    ],
  })
  const others = Array.from({ length: 30 }, (_, index) => unit(`o${index}`, pod(`o${index}`)))

  it('are found and taken out, the rest is judged', async () => {
    const units = [...others.slice(0, 17), unit('bad', list), ...others.slice(17)]
    const { judged, unjudged } = await engine.judge(units)
    expect(judged.map((object) => object.unit)).toEqual(others.map(({ id }) => id))
    expect(unjudged).toEqual([
      {
        unit: 'bad',
        because:
          'kube-linter crashed (exit code 2, runtime error: invalid memory address or nil pointer dereference)',
      },
    ])
  })

  it('are found where only two of a context together do it', async () => {
    const together = others.map((other) => ({ ...other, context: 'one' }))
    const units = [unit('b', budget, 'one'), ...together, unit('s', scaled, 'one'), unit('alone', budget)]
    const { judged, unjudged } = await engine.judge(units)
    expect(judged.map((object) => object.unit)).toEqual([...others.map(({ id }) => id), 'alone'])
    expect(unjudged.map((one) => one.unit)).toEqual(['b', 's'])
    expect(unjudged[0]!.because).toMatch(
      /nil pointer dereference\), together with 1 other document beside it$/,
    )
  })
})

/** Nine levels of nine aliases each. */
function bomb(): string {
  const lines = [
    'apiVersion: v1',
    'kind: ConfigMap',
    'a: &a ["lol","lol","lol","lol","lol","lol","lol","lol","lol"]',
  ]
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi']) {
    lines.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(',')}]`)
  }
  return `${lines.join('\n')}\n`
}
