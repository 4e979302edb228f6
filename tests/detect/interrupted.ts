/** Runs the engine over one pod until it is interrupted: node interrupted.ts PROGRAM TEMPORARY-FOLDER */
import { createKubeLinter } from '../../src/adapters/kube-linter.ts'
import { toolRunner } from '../../src/adapters/tool-runner.ts'
import { defaultSettings } from '../../src/detect/index.ts'

const [program = '', temporaryFolder = '', how = ''] = process.argv.slice(2)
const engine = await createKubeLinter({
  program,
  settings: defaultSettings,
  runner: toolRunner,
  temporaryFolder,
})
if (how === 'handled') process.on('SIGINT', () => process.exit(3))
if (how === 'exit') setTimeout(() => process.exit(4), 1000)
await engine.judge([{ id: 'a', context: 'a', text: 'image: CULPRIT' }])
