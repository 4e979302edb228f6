import { isObject, property, type JsonValue } from '../model/index.ts'
import type { Labels } from './facts.ts'

export function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** A number or a name of a port; undefined where nothing is said. */
export function portOf(value: JsonValue | undefined): number | string | undefined {
  return (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0)
    ? value
    : undefined
}

/** What a port speaks: TCP where nothing is written. */
export function protocolOf(port: JsonValue): string {
  return textOf(property(port, 'protocol')) || 'TCP'
}

/** A map of texts; empty where nothing is written, undefined where it holds anything else, which the API refuses. */
export function labelsOf(value: JsonValue | undefined): Labels | undefined {
  if (value === undefined || value === null) return {}
  if (!isObject(value)) return undefined
  const texts: [string, string][] = []
  for (const [key, text] of Object.entries(value)) {
    if (text === null) continue
    if (typeof text !== 'string') return undefined
    texts.push([key, text])
  }
  return Object.fromEntries(texts)
}

/** The texts of a list; what else stands in it is left out. */
export function textsOf(value: JsonValue | undefined): string[] {
  return itemsOf(value).filter((item) => typeof item === 'string')
}
