import { existsSync } from 'node:fs'
import { stateFile, updateState } from '../../src/adapters/state-file.ts'
import { emptyState, type State } from '../../src/schedule/index.ts'

/*
 * A process that writes a state file many times. Arguments: `save` or `update`, the file, a number of its own, how often,
 * and a file that says go, so that several begin together.
 */
const [verb, file = '', number = '', times = '', go = ''] = process.argv.slice(2)
while (!existsSync(go)) await new Promise((resolve) => setImmediate(resolve))
for (let time = 0; time < Number(times); time++) {
  const add = (state: State): State => ({
    ...state,
    suppressed: new Map([...state.suppressed, [`${number}-${time}`.padStart(11, '_'), { at: time }]]),
  })
  const { trouble } =
    verb === 'update' ? await updateState(file, add) : await stateFile(file).save(add(emptyState))
  if (trouble !== undefined) throw new Error(trouble)
}
