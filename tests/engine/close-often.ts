import { pathToFileURL } from 'node:url'
import { startApiEngine } from '../../src/adapters/api-engine.ts'

/*
 * Run as a program of its own, by thread.test.ts: closes engines while answers are on their way, and says at the end that
 * it came so far. A process that nothing keeps alive any more ends without a word.
 */
const [entry = '', module = ''] = process.argv.slice(2)
for (let round = 0; round < 40; round++) {
  const engine = startApiEngine(pathToFileURL(entry), { module })
  await engine.ask({ op: 'create' }, ['first'])
  for (let question = 0; question < 4; question++)
    engine.ask({ op: 'create' }, [`${question}`]).catch(() => undefined)
  for (let turn = 0; turn < round % 8; turn++) await Promise.resolve()
  if (round % 2 === 1) await new Promise((resolve) => setImmediate(resolve))
  await engine.close()
}
console.log('done')
