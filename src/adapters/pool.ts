import { setFlagsFromString } from 'node:v8'
import { Worker, parentPort, workerData, type ResourceLimits } from 'node:worker_threads'
import { createEmbedded, RequestFault, type ApiServer, type EmbeddedEngine } from '../cluster/index.ts'
import type { Informed } from '../context.ts'
import type { FileResult, Request } from '../pipeline.ts'
import { InfrastructureError, messageOf, type Location } from '../model/index.ts'
import { createBatchAnalyser, failed, locate, type FilePlaces, type FileText } from './analysis.ts'
import { createApiLevel } from './api-level.ts'

/** What analyses batches of files, in this thread or in others. */
export interface Pool {
  analyse(files: readonly FileText[]): Promise<FileResult[]>
  /** The lines of places; of files that were analysed before, so that none of them ends a thread. */
  locate(files: readonly FilePlaces[]): Promise<Location[][]>
  close(): Promise<void>
}

interface WorkerSettings {
  request: Request
  milliseconds: number
}

/** Both ends of the channel are this file, so a glance is enough: what arrives is what workerPool has sent. */
function isWorkerSettings(value: unknown): value is WorkerSettings {
  return typeof value === 'object' && value !== null && 'request' in value && 'milliseconds' in value
}

/** A worker may have several at once. */
type Question = { id: number } & Unnumbered
type Unnumbered = { analyse: readonly FileText[] } | { locate: readonly FilePlaces[] }
type Reply = { id: number } & (
  { results: FileResult[] } | { locations: Location[][] } | { error: { message: string; stack: string } }
)

/** What a worker asks the embedded API server, which lives in a thread that this one looks after; and what it says. */
interface ApiRequest {
  api: number
  header: Readonly<Record<string, unknown>>
  bodies: readonly string[]
}
type ApiAnswer = { api: number } & (
  { answer: string } | { fault: RequestFault['fault']; message: string } | { failed: string }
)

export function inlinePool(request: Request, milliseconds: number, api: Informed | undefined): Pool {
  compileLess()
  const analyse = createAnalysis(request, milliseconds, api?.server)
  return {
    analyse,
    locate: async (files) => locate(files),
    close: async () => undefined,
  }
}

/**
 * A file that eats memory ends its worker, not this process. The bounds also keep the garbage collector at work: left
 * alone it lets a worker grow to several times what it needs.
 */
const usualLimits: ResourceLimits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 }
/** For a file that has ended a worker once: it is tried again alone, with room. */
const widerLimits: ResourceLimits = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 32 }

/**
 * What thousands of results leave behind would make the young generation of this thread grow to 96 MB, which it never
 * gives back. Once the first results are here the workers have grown theirs as far as they may, and nobody grows any more.
 */
function keepYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

/**
 * A run is over before the slowest of V8's compilers has earned what it costs, but for functions that are called without
 * end. Of effect in all threads.
 */
function compileLess(): void {
  setFlagsFromString('--invocation-count-for-turbofan=100000')
}

/** Worker threads that run the same entry file as this process; see src/main.ts. */
export function workerPool(
  entry: URL,
  jobs: number,
  request: Request,
  milliseconds: number,
  api: Informed | undefined,
): Pool {
  compileLess()
  const settings: WorkerSettings = { request, milliseconds }
  // While the embedded server answers for one batch, the worker analyses another.
  const most = api === undefined ? 1 : 2
  /** Questions that each worker has. */
  const loads = new Map<Worker, number>()
  const waiting: (() => void)[] = []
  const all = new Set<Worker>()
  const start = (limits: ResourceLimits): Worker => {
    const worker = new Worker(entry, { workerData: settings, resourceLimits: limits })
    all.add(worker)
    worker.on('message', (message: Reply | ApiRequest) => {
      if (api !== undefined && 'api' in message)
        void answerFor(api, message).then((answer) => worker.postMessage(answer))
    })
    return worker
  }
  /** The worker with least to do; a new one rather than one that has something to do. */
  const pick = (): Worker | undefined => {
    const [least] = [...loads].toSorted(([, a], [, b]) => a - b)
    if (least?.[1] !== 0 && loads.size < jobs) return start(usualLimits)
    return least !== undefined && least[1] < most ? least[0] : undefined
  }
  /** Asks whichever worker is free first. */
  const askOne = async (question: Unnumbered): Promise<Reply> => {
    let worker = pick()
    while (worker === undefined) {
      await new Promise<void>((resolve) => waiting.push(resolve))
      worker = pick()
    }
    loads.set(worker, (loads.get(worker) ?? 0) + 1)
    try {
      const reply = await ask(worker, question)
      loads.set(worker, (loads.get(worker) ?? 1) - 1)
      return reply
    } catch (error) {
      // It has ended; another takes its place when it is needed.
      loads.delete(worker)
      all.delete(worker)
      throw error
    } finally {
      waiting.shift()?.()
    }
  }
  const analyse = async (files: readonly FileText[]): Promise<FileResult[]> => {
    try {
      const reply = await askOne({ analyse: files })
      keepYoungGeneration()
      return resultsOf(reply)
    } catch (error) {
      if (!(error instanceof WorkerEnded)) throw error
      const results: FileResult[] = []
      for (const file of files) results.push(...(await alone(file)))
      return results
    }
  }
  const alone = async (file: FileText): Promise<FileResult[]> => {
    const worker = start(widerLimits)
    try {
      return resultsOf(await ask(worker, { analyse: [file] }))
    } catch (error) {
      if (!(error instanceof WorkerEnded)) throw error
      return [failed(file.file, 'analysis-ended', `judging it ended its worker thread: ${error.message}`)]
    } finally {
      all.delete(worker)
      await worker.terminate()
    }
  }
  return {
    analyse,
    locate: async (files) => {
      const reply = await askOne({ locate: files })
      if ('locations' in reply) return reply.locations
      throw failureOf(reply)
    },
    close: async () => {
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}

class WorkerEnded extends Error {}

function resultsOf(reply: Reply): FileResult[] {
  if ('results' in reply) return reply.results
  throw failureOf(reply)
}

function failureOf(reply: Reply): Error {
  if (!('error' in reply)) return new Error('a worker thread has answered another question')
  return Object.assign(new Error(reply.error.message), { stack: reply.error.stack })
}

let questions = 0

async function ask(worker: Worker, question: Unnumbered): Promise<Reply> {
  const id = ++questions
  return new Promise((resolve, reject) => {
    const done = (): void => {
      worker.off('message', onMessage)
      worker.off('error', onError)
      worker.off('exit', onExit)
    }
    const onMessage = (reply: Reply | ApiRequest): void => {
      if ('api' in reply || reply.id !== id) return
      done()
      resolve(reply)
    }
    const onError = (error: Error): void => {
      done()
      reject(new WorkerEnded(error.message))
    }
    const onExit = (code: number): void => {
      done()
      reject(new WorkerEnded(`exit code ${code}`))
    }
    worker.on('message', onMessage)
    worker.once('error', onError)
    worker.once('exit', onExit)
    worker.postMessage({ ...question, id } satisfies Question)
  })
}

async function answerFor(engine: Informed, { api, header, bodies }: ApiRequest): Promise<ApiAnswer> {
  try {
    return { api, answer: await engine.ask(header, bodies) }
  } catch (error) {
    if (error instanceof RequestFault) return { api, fault: error.fault, message: error.message }
    return { api, failed: messageOf(error) }
  }
}

/** Batches of files to the level that was asked for. */
function createAnalysis(
  request: Request,
  milliseconds: number,
  server: Promise<ApiServer> | undefined,
): (files: readonly FileText[]) => Promise<FileResult[]> {
  if (server !== undefined) return createApiLevel(request, milliseconds, server)
  const analyse = createBatchAnalyser(request, milliseconds)
  return async (files) => analyse(files)
}

/** The worker's side: answers each batch of files with its results. */
export function serveWorker(): void {
  const port = parentPort
  if (port === null) throw new Error('not in a worker thread')
  const settings: unknown = workerData
  if (!isWorkerSettings(settings)) throw new Error('started without the settings of a run')
  const waiting = new Map<number, (answer: ApiAnswer) => void>()
  let last = 0
  const ask: EmbeddedEngine['ask'] = async (header, bodies = []) => {
    const api = ++last
    const answer = await new Promise<ApiAnswer>((resolve) => {
      waiting.set(api, resolve)
      port.postMessage({ api, header, bodies } satisfies ApiRequest)
    })
    waiting.delete(api)
    if ('answer' in answer) return answer.answer
    throw 'fault' in answer
      ? new RequestFault(answer.fault, answer.message)
      : new InfrastructureError(answer.failed)
  }
  const server = settings.request.api ? createEmbedded({ ask }) : undefined
  // Whoever asks it gets the error.
  server?.catch(() => undefined)
  const analyse = createAnalysis(settings.request, settings.milliseconds, server)
  const replyTo = async (question: Question): Promise<Reply> => {
    const { id } = question
    try {
      return 'locate' in question
        ? { id, locations: locate(question.locate) }
        : { id, results: await analyse(question.analyse) }
    } catch (error) {
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
      return { id, error: { message, stack } }
    }
  }
  port.on('message', (message: Question | ApiAnswer) => {
    if ('api' in message) waiting.get(message.api)?.(message)
    else void replyTo(message).then((reply) => port.postMessage(reply))
  })
}
