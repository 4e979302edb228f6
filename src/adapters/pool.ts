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

type Question = { analyse: readonly FileText[] } | { locate: readonly FilePlaces[] }
type Reply =
  { results: FileResult[] } | { locations: Location[][] } | { error: { message: string; stack: string } }

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

/** Worker threads that run the same entry file as this process; see src/main.ts. */
export function workerPool(
  entry: URL,
  jobs: number,
  request: Request,
  milliseconds: number,
  api: Informed | undefined,
): Pool {
  const settings: WorkerSettings = { request, milliseconds }
  const idle: Worker[] = []
  const waiting: ((worker: Worker) => void)[] = []
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
  const free = (worker: Worker): void => {
    const next = waiting.shift()
    if (next === undefined) idle.push(worker)
    else next(worker)
  }
  const take = async (): Promise<Worker> => {
    const worker = idle.pop()
    if (worker !== undefined) return worker
    if (all.size < jobs) return start(usualLimits)
    return new Promise((resolve) => waiting.push(resolve))
  }
  const analyse = async (files: readonly FileText[]): Promise<FileResult[]> => {
    const worker = await take()
    try {
      const reply = await ask(worker, { analyse: files })
      keepYoungGeneration()
      free(worker)
      return resultsOf(reply)
    } catch (error) {
      if (!(error instanceof WorkerEnded)) throw error
      all.delete(worker)
      free(start(usualLimits))
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
  const places = async (files: readonly FilePlaces[]): Promise<Location[][]> => {
    const worker = await take()
    const reply = await ask(worker, { locate: files })
    free(worker)
    if ('locations' in reply) return reply.locations
    throw failureOf(reply)
  }
  return {
    analyse,
    locate: places,
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

async function ask(worker: Worker, question: Question): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const onMessage = (reply: Reply | ApiRequest): void => {
      if ('api' in reply) return
      worker.off('message', onMessage)
      worker.off('error', onError)
      worker.off('exit', onExit)
      resolve(reply)
    }
    const onError = (error: Error): void => {
      worker.off('message', onMessage)
      worker.off('exit', onExit)
      reject(new WorkerEnded(error.message))
    }
    const onExit = (code: number): void => {
      worker.off('message', onMessage)
      worker.off('error', onError)
      reject(new WorkerEnded(`exit code ${code}`))
    }
    worker.on('message', onMessage)
    worker.once('error', onError)
    worker.once('exit', onExit)
    worker.postMessage(question)
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
    try {
      return 'locate' in question
        ? { locations: locate(question.locate) }
        : { results: await analyse(question.analyse) }
    } catch (error) {
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
      return { error: { message, stack } }
    }
  }
  port.on('message', (message: Question | ApiAnswer) => {
    if ('api' in message) waiting.get(message.api)?.(message)
    else void replyTo(message).then((reply) => port.postMessage(reply))
  })
}
