export { kubernetesYaml } from './schema.ts'
export {
  isMergeKey,
  keyText,
  readDocuments,
  readDocumentsLazily,
  type YamlDocument,
  type YamlProblem,
} from './document.ts'
export { locate, locateKeys, type NodeLocation, type TextRange } from './locate.ts'
export { Lines } from './lines.ts'
export { isParsedNode, itemsOf, pairsOf, type ParsedPair } from './nodes.ts'
export { quickValue } from './quick.ts'
