import type { JudgedPatch, JudgedResource, Judgement } from '../model/index.ts'
import { renderPatch, showPatch, type TextChange } from './patch.ts'
import { createStyle, type Style } from './style.ts'
import { count, visible } from './text.ts'

export interface JudgementOptions {
  color: boolean
  /** What the patch makes of the file, where it is accepted. */
  change: TextChange | undefined
}

/** What `verify` says, for people: one line for each complaint, then for each object, then the patch. */
export function renderJudgement(judgement: Judgement, { color, change }: JudgementOptions): string {
  const style = createStyle(color)
  const { resources, patch, kubernetes, unread } = judgement
  const lines = resources.flatMap((one) => resourceLines(one, kubernetes, style))
  for (const { file, reason, line, column } of unread)
    lines.push(
      `${style.failed('error:')} ${visible([file, line, column].filter(Boolean).join(':'))}: ${visible(reason.text)}`,
    )
  if (patch !== undefined) lines.push('', ...patchLines(patch, kubernetes, style))
  if (change !== undefined) lines.push(showPatch(renderPatch([change], { prefix: '' }), style).trimEnd())
  if (resources.length === 0) lines.push(`${style.failed('error:')} no Kubernetes object was read`)
  else if (patch === undefined) lines.push('', closing(resources, kubernetes))
  return `${lines.join('\n')}\n`
}

function resourceLines(
  { resource, location, verdict, errors, warnings }: JudgedResource,
  kubernetes: string,
  style: Style,
): string[] {
  const name = [resource.namespace, resource.name].filter((part) => part !== '').join('/')
  const at = ({ file, line, column }: JudgedResource['location']): string =>
    visible(`${file}:${line}:${column}: ${resource.kind} ${name}`.trimEnd())
  const words = { accepted: 'ok', rejected: 'error', unknown: 'unknown', unanswered: 'error' } as const
  const word = `${words[verdict]}:`
  const lines =
    verdict === 'accepted'
      ? [`${style.passed(word)} ${at(location)}: Kubernetes ${kubernetes} accepts it`]
      : errors.map((error) => `${style.failed(word)} ${at(error.location)}: ${visible(error.text)}`)
  return [...lines, ...warnings.map((text) => `${style.bold('warning:')} ${at(location)}: ${visible(text)}`)]
}

function patchLines(patch: JudgedPatch, kubernetes: string, style: Style): string[] {
  const { accepted, level, gates, reason, because, recreate } = patch
  const passed = gates.filter((gate) => gate.passed).length
  const lines = accepted
    ? [
        `${style.passed('patch accepted')}, proven to level ${level}${level === 'api' ? ` (Kubernetes ${kubernetes})` : ''}; ${count(passed, 'gate')} passed`,
      ]
    : [
        `${style.failed('patch refused')}: ${visible(reason?.text ?? 'it does not apply')} (${reason?.code ?? 'unprovable'}); ${count(passed, 'gate')} passed before`,
      ]
  if (because !== undefined) lines.push(`  not proven further: ${visible(because)}`)
  if (recreate !== undefined)
    lines.push(`  a live object has to be deleted and created again: ${visible(recreate)}`)
  return lines
}

function closing(resources: readonly JudgedResource[], kubernetes: string): string {
  const of = (verdict: JudgedResource['verdict']): number =>
    resources.filter((one) => one.verdict === verdict).length
  const parts = (['accepted', 'rejected', 'unknown', 'unanswered'] as const)
    .filter((verdict) => of(verdict) > 0)
    .map((verdict) => `${of(verdict)} ${verdict}`)
  return `${count(resources.length, 'object')} for Kubernetes ${kubernetes}: ${parts.join(', ')}`
}
