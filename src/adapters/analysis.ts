import { catalogue } from '../policies/index.ts'
import { createAnalyser, type FileResult, type Request } from '../pipeline.ts'
import { DeadlineExceeded, withDeadline } from './deadline.ts'

/** A file and its text, on the way to a worker thread. */
export interface FileText {
  file: string
  text: string
}

/** Analyses files in this thread, each within a deadline: what takes longer is listed as unread. */
export function createBatchAnalyser(
  request: Request,
  milliseconds: number,
): (files: readonly FileText[]) => FileResult[] {
  const analyser = createAnalyser(request, catalogue, () => performance.now())
  const analyse = ({ file, text }: FileText): FileResult => analyser.analyse(file, text)
  const alone = (one: FileText): FileResult => {
    try {
      return withDeadline(milliseconds, () => analyse(one))
    } catch (error) {
      if (!(error instanceof DeadlineExceeded)) throw error
      return failed(
        one.file,
        'timeout',
        `was not judged within ${milliseconds / 1000} s; raise --timeout or leave it out`,
      )
    }
  }
  return (files) => {
    if (files.length === 1) return files.map(alone)
    // Setting the deadline costs more than judging a small file, so a batch shares one while all goes well.
    try {
      return withDeadline(milliseconds, () => files.map(analyse))
    } catch (error) {
      if (!(error instanceof DeadlineExceeded)) throw error
      return files.map(alone)
    }
  }
}

/** The result of a file that could not be judged. */
export function failed(file: string, code: string, text: string): FileResult {
  return {
    file,
    sha256: '',
    documents: 0,
    resources: 0,
    findings: [],
    invalid: [],
    unread: [{ file, reason: { code, text }, broken: true }],
    change: undefined,
    timings: {},
  }
}
