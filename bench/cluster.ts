import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tool, toolVersion } from '../scripts/tools.ts'
import type { ApiServer, Cluster, Manifest } from '../src/cluster/index.ts'
import type { DryRun, JsonObject } from '../src/model/index.ts'
import { killAtRandomMoments, processesIn } from '../tests/cluster/kill.ts'
import { manifestOf, objectOf, openRealServer, realBinaries } from '../tests/cluster/server.ts'
import type { Benchmark } from './main.ts'
import { corpus, manifests, median, requireCorpus, table } from './measure.ts'

/** One object of the corpora, as it is sent. */
export interface Sent {
  file: string
  object: JsonObject
  manifest: Manifest
}

const inFlight = 4

/**
 * The API server that the program starts: how fast it is there, how many dry-runs it answers, what one kubectl process
 * for each object costs instead, whether memory stays flat, and whether anything outlives it.
 *
 *   npm run bench -- cluster [CYCLES [KILLS]]
 */
export const cluster: Benchmark = async (print, args) => {
  const [cycles = 100, kills = 50] = args.map(Number)
  const { apiserver, etcd } = realBinaries()
  const all = readAll()
  const ready: number[] = []
  for (let round = 0; round < 7; round++) {
    const started = performance.now()
    const server = await openRealServer()
    ready.push(performance.now() - started)
    await server.close()
  }

  const temporary = mkdtempSync(join(tmpdir(), 'bench-'))
  const server = await openRealServer({ temporary })
  const pids = serversIn(temporary)
  try {
    const preparing = performance.now()
    const { assumed, refused } = await server.prepare(all.map(({ object }) => object))
    const prepared = performance.now() - preparing
    const passes: { rate: number; rss: number }[] = []
    let outcomes: DryRun[] = []
    let requests = 0
    // The first pass warms the server up.
    while (requests < 10_000 + all.length) {
      const started = performance.now()
      outcomes = await dryRunAll(server, all)
      requests += all.length
      passes.push({ rate: all.length / ((performance.now() - started) / 1000), rss: residentMemory(pids) })
    }
    const rates = passes.map(({ rate }) => rate)
    const {
      ours: [one = Number.NaN],
      kubectl,
    } = await perObject([server], all, temporary)

    print(
      `kube-apiserver ${toolVersion('kube-apiserver')}, etcd ${toolVersion('etcd')}, kubectl ${toolVersion('kubectl')}`,
    )
    print(`${all.length} objects; ${assumed.length} assumed, ${refused.length} refused by the server`)
    print(
      table(
        ['', 'measured', 'limit'],
        [
          ['ready, median of 7 starts', `${(median(ready) / 1000).toFixed(2)} s`, '6 s'],
          ['ready, slowest', `${(Math.max(...ready) / 1000).toFixed(2)} s`, '6 s'],
          ['prepare (seeding and discovery)', `${(prepared / 1000).toFixed(2)} s`, ''],
          [`dry-runs a second, ${inFlight} in flight, median of passes`, median(rates).toFixed(0), '600'],
          ['dry-runs a second, first pass', (rates[0] ?? 0).toFixed(0), ''],
          ['one dry-run, one in flight', `${one.toFixed(2)} ms`, ''],
          ['one kubectl apply --dry-run=server', `${kubectl.toFixed(0)} ms`, ''],
          ['ratio, both one at a time', `${(kubectl / one).toFixed(0)} x`, '50 x'],
          ['ratio, 4 in flight', `${(kubectl / (1000 / median(rates))).toFixed(0)} x`, '50 x'],
        ],
      ),
    )
    print(
      `resident memory of both servers after each pass of ${all.length}: ${passes.map(({ rss }) => `${rss.toFixed(0)} MiB`).join(', ')}`,
    )
    print('')
    print(outcomeTable(outcomes))
  } finally {
    await server.close()
    rmSync(temporary, { recursive: true })
  }
  print('')
  print(await manyCycles(cycles))
  const { left, slowest } = await killAtRandomMoments({ apiserver, etcd, kills, seed: 1 })
  print(
    `${kills} owners killed with SIGKILL: ${left.length} left something behind after 10 s; slowest clean-up ${slowest.toFixed(0)} ms`,
  )
  if (left.length > 0) throw new Error(left.join('\n'))
}

/** Every object of the normalised corpora. */
export function readAll(): Sent[] {
  return ['normalised/stack', 'normalised/artifacthub'].flatMap((folder) =>
    manifests(requireCorpus(folder)).flatMap((path) => {
      const text = readFileSync(path, 'utf8')
      try {
        return [{ file: path.slice(corpus.length + 1), object: objectOf(text), manifest: manifestOf(text) }]
      } catch {
        return []
      }
    }),
  )
}

async function dryRunAll(server: Cluster, all: readonly Sent[]): Promise<DryRun[]> {
  const outcomes: DryRun[] = []
  const queue = all.entries()
  const worker = async (): Promise<void> => {
    for (const [index, { manifest }] of queue) outcomes[index] = await server.dryRun(manifest)
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return outcomes
}

/**
 * Mean milliseconds for one object, of 50 spread over the corpus: a dry-run by each of our servers, and by a kubectl
 * process of its own that asks the one that runs below `temporary`; turn by turn, so that all see the same machine.
 */
export async function perObject(
  servers: readonly Pick<ApiServer, 'dryRun'>[],
  all: readonly Sent[],
  temporary: string,
): Promise<{ ours: number[]; kubectl: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const data = join(temporary, readdirSync(temporary)[0] ?? '')
  try {
    const [token = ''] = readFileSync(join(data, 'tokens.csv'), 'utf8').split(',')
    const config = join(folder, 'config')
    const cache = join(folder, 'cache')
    const file = join(folder, 'object.yaml')
    writeFileSync(config, kubeconfig(portOf(data), join(data, 'certs', 'apiserver.crt'), token))
    mkdirSync(cache)
    const binary = tool('kubectl')
    const apply = ['apply', '--dry-run=server', '-f', file, '--cache-dir', cache]
    const ours = servers.map((): number[] => [])
    const kubectls: number[] = []
    for (let i = 0; i < 50; i++) {
      const sent = all[Math.floor(((i + 0.5) * all.length) / 50)]
      if (sent === undefined) continue
      writeFileSync(file, sent.manifest.body)
      const started = performance.now()
      spawnSync(binary, apply, { env: { KUBECONFIG: config } })
      kubectls.push(performance.now() - started)
      for (const [index, server] of servers.entries()) {
        const asked = performance.now()
        for (let repetition = 0; repetition < 5; repetition++) await server.dryRun(sent.manifest)
        ours[index]?.push((performance.now() - asked) / 5)
      }
    }
    return { ours: ours.map(mean), kubectl: mean(kubectls) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function kubeconfig(port: string, certificateAuthority: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'bench',
    clusters: [
      {
        name: 'bench',
        cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority': certificateAuthority },
      },
    ],
    users: [{ name: 'bench', user: { token } }],
    contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'bench' } }],
  })
}

function portOf(folder: string): string {
  const ports = processesIn(folder).flatMap(({ command }) => /--secure-port=(\d+)/.exec(command)?.[1] ?? [])
  if (ports[0] === undefined) throw new Error(`no server runs in ${folder}`)
  return ports[0]
}

/** Process ids of etcd and kube-apiserver. */
function serversIn(folder: string): number[] {
  return processesIn(folder).flatMap(({ pid, command }) =>
    command.includes('internal:watchdog') ? [] : [pid],
  )
}

function residentMemory(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const kibibytes = /^VmRSS:\s+(?<size>\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return sum + Number(kibibytes?.groups?.['size'] ?? 0) / 1024
  }, 0)
}

function outcomeTable(outcomes: readonly DryRun[]): string {
  const counts = new Map<string, number>()
  for (const outcome of outcomes) {
    const name =
      outcome.outcome === 'accepted'
        ? outcome.warnings.length > 0
          ? 'accepted, with warnings'
          : 'accepted'
        : outcome.outcome === 'rejected'
          ? `rejected: ${outcome.rejection} (${outcome.code})`
          : `unanswered: ${outcome.fault}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return table(
    ['outcome', 'objects'],
    [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => [name, count]),
  )
}

/** Starts and stops a server again and again, and counts what is left at the end. */
async function manyCycles(cycles: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const ports = new Set<string>()
  const stops: number[] = []
  for (let cycle = 0; cycle < cycles; cycle++) {
    const server = await openRealServer({ temporary: folder })
    ports.add(portOf(folder))
    const started = performance.now()
    await server.close()
    stops.push(performance.now() - started)
  }
  const processes = processesIn(folder).length
  const files = readdirSync(folder).length
  const open = [...ports].filter((port) => listens(Number(port))).length
  rmSync(folder, { recursive: true })
  if (processes + files + open > 0)
    throw new Error(`after ${cycles} cycles: ${processes} processes, ${files} files, ${open} ports are left`)
  return `${cycles} start/stop cycles left 0 processes, 0 files, 0 open ports; stop takes ${median(stops).toFixed(0)} ms (median)`
}

/** Local ports in state LISTEN, from /proc/net/tcp. */
function listens(port: number): boolean {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .some((line) => line.includes(` ${local} `) && / 0A /.test(line))
}
