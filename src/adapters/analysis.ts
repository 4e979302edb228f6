import { locationAt } from '../detect/index.ts'
import type { Place } from '../inventory/index.ts'
import { policiesOf } from '../kyverno/index.ts'
import type { Location } from '../model/index.ts'
import { createAnalyser, type Analyser, type FileResult, type Given, type Request } from '../pipeline.ts'
import { readSource } from '../resources/index.ts'
import { DeadlineExceeded, withDeadline } from './deadline.ts'

/** A file and its text, on the way to a worker thread. */
export interface FileText {
  file: string
  text: string
  given?: Given
  /** Lines that stand above the text in its file. */
  above?: number
}

/** Analyses files in this thread, each within a deadline: what takes longer is listed as unread. */
export function createBatchAnalyser(
  request: Request,
  milliseconds: number,
  analyser: Analyser = createAnalyser(request, policiesOf(request.config), () => performance.now()),
): (files: readonly FileText[]) => FileResult[] {
  const analyse = ({ file, text, given, above }: FileText): FileResult =>
    analyser.analyse(file, text, given, above)
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

/** Places of a file whose lines are asked for. */
export interface FilePlaces extends FileText {
  places: readonly Place[]
}

/** The lines of places, one list for each file. */
export function locate(files: readonly FilePlaces[]): Location[][] {
  return files.map(({ file, text, places }) => {
    const source = readSource(file, text)
    return places.map((place) => locationAt(source, place))
  })
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
    troubles: [],
    proven: undefined,
    offers: [],
    isContext: false,
    given: {},
    facts: [],
    exceptions: [],
    timings: {},
  }
}
