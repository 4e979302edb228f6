import { styleText } from 'node:util'
import type { Severity } from '../model/index.ts'

type Format = Parameters<typeof styleText>[0]

/** Colours, all in one place; without colour every function gives its text back. */
export interface Style {
  severity: (severity: Severity, text: string) => string
  bold: (text: string) => string
  dim: (text: string) => string
  accent: (text: string) => string
  added: (text: string) => string
  removed: (text: string) => string
  failed: (text: string) => string
  passed: (text: string) => string
}

const severityFormats: Readonly<Record<Severity, Format>> = {
  critical: ['bold', 'red'],
  high: ['bold', 'red'],
  medium: ['bold', 'yellow'],
  low: ['bold', 'cyan'],
}

export function createStyle(color: boolean): Style {
  const paint = (format: Format, text: string): string =>
    color && text !== '' ? styleText(format, text, { validateStream: false }) : text
  return {
    severity: (severity, text) => paint(severityFormats[severity], text),
    bold: (text) => paint('bold', text),
    dim: (text) => paint('dim', text),
    accent: (text) => paint('blue', text),
    added: (text) => paint('green', text),
    removed: (text) => paint('red', text),
    failed: (text) => paint(['bold', 'red'], text),
    passed: (text) => paint('green', text),
  }
}
