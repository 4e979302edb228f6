export { curvesSvg, curvesText, type Curve } from './curves.ts'
export { renderAnnotations } from './annotations.ts'
export { renderSarif, type SarifPolicy } from './sarif.ts'
export { standardsText } from './standards.ts'
export { prose } from './layout.ts'
export { renderFixBody, type FixBody } from './fix-body.ts'
export { exceptionProblems } from './exceptions.ts'
export { brokenText, partialText } from './closing.ts'
export type { PolicyText, PrettyOptions } from './context.ts'
export { renderJudgement, type JudgementOptions } from './judgement.ts'
export { jsonText, renderJson } from './json.ts'
export { renderPatch, showPatch, type PatchOptions, type TextChange } from './patch.ts'
export { momentText, renderGiven, renderQueue, type QueueOptions } from './queue.ts'
export { renderMarkdown, summaryBytes, type MarkdownOptions } from './markdown.ts'
export { code, plain } from './markup.ts'
export { renderFinding, renderPretty } from './pretty.ts'
export { partsText, severityText, signed, worstFirst } from './risk.ts'
export { isAboutSecrets, maskLines, secretRanges, withoutSecretLines } from './secrets.ts'
export { createStyle, type Style } from './style.ts'
export {
  bodyCharacters,
  fenced,
  proofText,
  renderSuggestion,
  whereText,
  type SuggestionText,
} from './suggestion.ts'
export { count, cut, quote, visible, widthOf } from './text.ts'
