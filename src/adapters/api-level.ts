import { admit, createSettling } from '../admit.ts'
import type { ApiServer } from '../cluster/index.ts'
import { createAnalyser, type FileResult, type Request } from '../pipeline.ts'
import { catalogue } from '../policies/index.ts'
import type { FileText } from './analysis.ts'

/**
 * Level `api`, in the thread that has analysed the files: while the embedded server answers for one batch, other
 * threads analyse the next.
 */
export function createApiLevel(
  request: Request,
  analyse: (files: readonly FileText[]) => FileResult[],
  server: Promise<ApiServer>,
): (files: readonly FileText[]) => Promise<FileResult[]> {
  const analyser = createAnalyser(request, catalogue, () => performance.now())
  const settling = createSettling()
  return async (files) => {
    const started = analyse(files)
    const admitted = await admit(started, new Map(files.map(({ file, text }) => [file, text])), {
      level: 'api',
      server,
      analyse: async (some) => analyse(some),
      analyser,
      settling,
      progress: () => undefined,
    })
    return admitted.results.map((result) => ({
      ...result,
      invalid: [
        ...result.invalid,
        ...admitted.invalid.filter(({ location }) => location.file === result.file),
      ],
      troubles: [...result.troubles, ...(result === admitted.results[0] ? admitted.troubles : [])],
      // Only those who judge in another thread need it, and it is as long as the file.
      proven: request.beside ? result.proven : undefined,
    }))
  }
}
