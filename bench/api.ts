import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../scripts/package.ts'
import { toolVersion } from '../scripts/tools.ts'
import { startApiEngine } from '../src/adapters/api-engine.ts'
import { createEmbedded, type ApiServer } from '../src/cluster/index.ts'
import { openRealServer } from '../tests/cluster/server.ts'
import { perObject, readAll, type Sent } from './cluster.ts'
import type { Benchmark } from './main.ts'
import {
  cli,
  kubeLinterPass,
  manifests,
  median,
  peakMemory,
  requireCorpus,
  seconds,
  spread,
  table,
} from './measure.ts'

/**
 * Level `api`: how soon the embedded API server answers, how long it takes for one object, and what it adds to a scan,
 * beside one kube-linter pass over the same files. All that is compared takes turns.
 *
 *   npm run bench -- api [ROUNDS [OBJECTS]]
 */
export const api: Benchmark = async (print, args) => {
  const [rounds = 5, many = 100_000] = args.map(Number)
  const stack = requireCorpus('normalised/stack')
  const all = readAll()
  const temporary = mkdtempSync(join(tmpdir(), 'bench-'))
  const real = await openRealServer({ temporary })
  const engine = startApiEngine(pathToFileURL(join(root, 'src', 'main.ts')))
  try {
    const ten = spread(manifests(stack), 10)
    const one = join(temporary, 'one.yaml')
    writeFileSync(one, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n')
    const ready = repeated(rounds, () => cli('verify', one).wall)
    const cold = repeated(rounds, () => cli(...scan, ...ten).wall)

    const embedded = await createEmbedded(engine)
    const objects = all.map(({ object }) => object)
    await embedded.prepare(objects)
    await real.prepare(objects)
    const first = await times(embedded, all)
    const second = await times(embedded, all)
    const { ours, kubectl } = await perObject([embedded, real], all, temporary)
    const [inside = Number.NaN, overHttps = Number.NaN] = ours
    const { pass, full, policy, memory } = scans(stack, rounds)
    const grown = await memoryOver(embedded, all, many)

    print(
      `kube-apiserver ${toolVersion('kube-apiserver')}, embedded ${embedded.version}; kube-linter ${toolVersion('kube-linter')}, 31 default checks; medians of ${rounds} rounds; ${all.length} objects of normalised`,
    )
    print(
      table(
        ['', 'measured', 'limit'],
        [
          ['a process that asks about one object, from start to end', seconds(ready), '1.6 s (aim 1.2 s)'],
          ['10 files from cold start', seconds(cold), '2 s'],
          ['one object, first pass: median', milliseconds(median(first)), '0.5 ms'],
          ['one object, first pass: 95 % take less', milliseconds(percentile(first, 0.95)), '3 ms'],
          ['one object, second pass: median', milliseconds(median(second)), '0.5 ms'],
          ['one object, second pass: 95 % take less', milliseconds(percentile(second, 0.95)), '3 ms'],
          ['mean of 50 objects, embedded', milliseconds(inside), ''],
          ['the same, our own dry-run over HTTPS', milliseconds(overHttps), 'more'],
          ['the same, a kubectl apply --dry-run=server each', milliseconds(kubectl), ''],
          ['kubectl against embedded', `${(kubectl / inside).toFixed(0)} x`, '100 x'],
          ['one kube-linter pass over normalised/stack', seconds(pass), ''],
          ['scan --verify policy over the same', seconds(policy), ''],
          ['scan --verify api over the same', seconds(full), ''],
          ['ratio to kube-linter', `${(full / pass).toFixed(2)} x`, '10 x (aim 6 x)'],
          ['peak memory of that scan', `${memory.toFixed(0)} MiB`, '950 MB'],
        ],
      ),
    )
    print(
      `resident memory of this process while it asks about ${many} objects: ${grown.map((size) => `${size.toFixed(0)} MiB`).join(', ')}`,
    )
  } finally {
    await engine.close()
    await real.close()
    rmSync(temporary, { recursive: true })
  }
}

const scan = ['scan', '--verify', 'api', '--format', 'json', '--fail-on', 'never'] as const

/** Medians in milliseconds, and MiB. */
function scans(stack: string, rounds: number): Record<'pass' | 'full' | 'policy' | 'memory', number> {
  const walls: [pass: number, full: number, policy: number][] = []
  for (let round = 0; round < rounds; round++)
    walls.push([
      kubeLinterPass(stack).wall,
      cli(...scan, stack).wall,
      cli('scan', '--verify', 'policy', '--format', 'json', '--fail-on', 'never', stack).wall,
    ])
  return {
    pass: median(walls.map(([pass]) => pass)),
    full: median(walls.map(([, full]) => full)),
    policy: median(walls.map(([, , policy]) => policy)),
    memory: peakMemory(...scan, stack),
  }
}

/** Milliseconds that each object takes, asked about one at a time. */
async function times(server: ApiServer, all: readonly Sent[]): Promise<number[]> {
  const found: number[] = []
  for (const { manifest } of all) {
    const started = performance.now()
    await server.dryRun(manifest)
    found.push(performance.now() - started)
  }
  return found
}

/** MiB after each tenth of so many questions. */
async function memoryOver(server: ApiServer, all: readonly Sent[], many: number): Promise<number[]> {
  const found: number[] = []
  for (let asked = 1; asked <= many; asked++) {
    const sent = all[asked % all.length]
    if (sent !== undefined) await server.dryRun(sent.manifest)
    if (asked % Math.ceil(many / 10) === 0) found.push(process.memoryUsage().rss / 2 ** 20)
  }
  return found
}

function repeated(rounds: number, run: () => number): number {
  return median(Array.from({ length: rounds }, run))
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
}

function milliseconds(value: number): string {
  return `${value.toFixed(2)} ms`
}
