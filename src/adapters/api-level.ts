import { admit, createSettling } from '../admit.ts'
import type { ApiServer } from '../cluster/index.ts'
import { policiesOf } from '../kyverno/index.ts'
import { createAnalyser, type FileResult, type Request } from '../pipeline.ts'
import { readSource, type SourceFile } from '../resources/index.ts'
import { createBatchAnalyser, type FileText } from './analysis.ts'

/**
 * Level `api`, in the thread that has analysed the files: while the embedded server answers for one batch, other
 * threads analyse the next.
 */
export function createApiLevel(
  request: Request,
  milliseconds: number,
  server: Promise<ApiServer>,
): (files: readonly FileText[]) => Promise<FileResult[]> {
  const read = rememberingReader()
  const analyser = createAnalyser(request, policiesOf(request.config), () => performance.now(), read.source)
  const analyse = createBatchAnalyser(request, milliseconds, analyser)
  const settling = createSettling()
  return async (files) => {
    const analysed = analyse(files)
    const started = analysed.filter(({ isContext }) => !isContext)
    const admitted = await admit(started, new Map(files.map(({ file, text }) => [file, text])), {
      level: 'api',
      server,
      analyse: async (some) => analyse(some),
      analyser,
      read: read.source,
      settling,
      progress: () => undefined,
    })
    read.forget(files)
    const judged = admitted.results.map((result) => ({
      ...result,
      invalid: [
        ...result.invalid,
        ...admitted.invalid.filter(({ location }) => location.file === result.file),
      ],
      troubles: [...result.troubles, ...(result === admitted.results[0] ? admitted.troubles : [])],
      // Only those who judge in another thread need it, and it is as long as the file.
      proven: request.beside ? result.proven : undefined,
    }))
    return [...judged, ...analysed.filter(({ isContext }) => isContext)]
  }
}

/** Reads each file of a batch once: those who detect and those who ask the server look at the same objects. */
function rememberingReader(): { source: typeof readSource; forget(files: readonly FileText[]): void } {
  const known = new Map<string, SourceFile>()
  return {
    source: (file, text) => {
      const found = known.get(file)
      // Parts of a file are read under its name as well.
      if (found?.text === text) return found
      const source = readSource(file, text)
      if (found === undefined) known.set(file, source)
      return source
    },
    forget: (files) => {
      for (const { file } of files) known.delete(file)
    },
  }
}
