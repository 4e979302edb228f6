import type { Policy } from '../model/index.ts'

const standardNames = {
  pss: 'PSS',
  'cis-1.12': 'CIS',
  nsa: 'NSA',
  'owasp-k8s': 'OWASP',
  attack: 'ATT&CK',
  'nist-800-190': 'NIST 800-190',
} as const

/** `PSS restricted · CIS 5.2.6`, of all standards or of some. */
export function standardsText(
  standards: Policy['standards'],
  only: readonly string[] = Object.keys(standardNames),
): string {
  return Object.entries(standardNames)
    .filter(([key]) => only.includes(key))
    .flatMap(([key, name]) => {
      const value: unknown = standards === undefined ? undefined : Reflect.get(standards, key)
      if (typeof value === 'string') return [`${name} ${value}`]
      return Array.isArray(value) && value.length > 0 ? [`${name} ${value.map(String).join(', ')}`] : []
    })
    .join(' · ')
}
