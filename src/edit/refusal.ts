import { editRefusals, pointerOf, type EditRefusal, type EditRefusalCode } from '../model/index.ts'

/** Thrown inside the editor alone, and turned into an `EditRefusal` at its door. */
export class Refused extends Error {
  readonly code: EditRefusalCode
  readonly pointer: string

  constructor(code: EditRefusalCode, pointer: string | readonly string[]) {
    super(code)
    this.code = code
    this.pointer = typeof pointer === 'string' ? pointer : pointerOf(pointer)
  }
}

export function refusal(code: EditRefusalCode, pointer: string): EditRefusal {
  return { refused: code, pointer, text: editRefusals[code] }
}

/** Runs a step of the editor; what it refuses becomes a value, what it does wrong stays an error. */
export function attempt<T>(step: () => T): T | EditRefusal {
  try {
    return step()
  } catch (error) {
    if (error instanceof Refused) return refusal(error.code, error.pointer)
    throw error
  }
}
