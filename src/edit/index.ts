export {
  editDocument,
  editFile,
  editStretches,
  type DocumentEdit,
  type EditOptions,
  type Stretch,
} from './edit.ts'
export { gateNames, textGates, type Expected, type Gate, type KnownDocuments } from './gates.ts'
export { documentText } from './new-document.ts'
export { applyLineEdits, lineEdits } from './line-edits.ts'
export { applySplices } from './splices.ts'
