import { Scalar, type ScalarTag, type Tags } from 'yaml'

/** Deeper than any real manifest, and shallow enough for every recursive reader behind us. */
export const maximumDepth = 500

/**
 * Plain scalars as kubectl and the API server read them. Both use a fork of go-yaml v2 (sigs.k8s.io/yaml), which is
 * neither YAML 1.1 nor 1.2: `yes` and `y` are booleans, `0644` is octal, `12:30` and `2020-01-01` stay strings.
 * The regular expressions follow `resolve` in sigs.k8s.io/yaml/goyaml.v2/resolve.go.
 */
const plainNull: ScalarTag = {
  identify: (value) => value === null,
  createNode: () => new Scalar(null),
  default: true,
  tag: 'tag:yaml.org,2002:null',
  test: /^(?:~|null|Null|NULL)?$/,
  resolve: () => new Scalar(null),
  stringify: () => 'null',
}

const plainTrue: ScalarTag = {
  identify: (value) => value === true,
  default: true,
  tag: 'tag:yaml.org,2002:bool',
  test: /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/,
  resolve: () => true,
  stringify: () => 'true',
}

const plainFalse: ScalarTag = {
  identify: (value) => value === false,
  default: true,
  tag: 'tag:yaml.org,2002:bool',
  test: /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/,
  resolve: () => false,
  stringify: () => 'false',
}

function integer(text: string): number {
  const plain = text.replaceAll('_', '')
  const sign = plain.startsWith('-') ? -1 : 1
  const digits = plain.replace(/^[-+]/, '')
  if (/^0[0-7]+$/.test(digits)) return sign * Number.parseInt(digits, 8)
  return sign * Number(digits)
}

const plainInteger: ScalarTag = {
  identify: (value) => typeof value === 'number' && Number.isInteger(value),
  default: true,
  tag: 'tag:yaml.org,2002:int',
  // Decimal, 0x, 0o, 0b and the old octal with a bare leading zero. `08` is no octal: it falls through to float.
  test: /^[-+]?(?:0|0_*[0-7][0-7_]*|[1-9][0-9_]*|0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+)$/,
  resolve: integer,
  stringify: ({ value }) => String(value),
}

const plainFloat: ScalarTag = {
  identify: (value) => typeof value === 'number',
  default: true,
  tag: 'tag:yaml.org,2002:float',
  test: /^[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/,
  resolve: (text) => Number(text.replaceAll('_', '')),
  stringify: ({ value }) => String(value),
}

// `.inf` and `.nan` are numbers to go-yaml, and JSON cannot hold them: kubectl ends with an error. So do we.
const notJson: ScalarTag = {
  identify: () => false,
  default: true,
  tag: 'tag:yaml.org,2002:float',
  test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  resolve: (text, onError) => {
    onError(`${text} has no JSON form; kubectl refuses it`)
    return text
  },
}

const scalarTags: Tags = [plainNull, plainTrue, plainFalse, plainInteger, plainFloat, notJson]

const plainTags = [plainNull, plainTrue, plainFalse, plainInteger, plainFloat]

/** What a plain scalar without a tag means, where it is no string: undefined for a string. */
export function plainValue(source: string): number | boolean | null | undefined {
  const tag = plainTags.find(({ test }) => test?.test(source) === true)
  if (tag === undefined || tag === plainNull) return tag === undefined ? undefined : null
  const value: unknown = tag.resolve(source, () => undefined, {})
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

/** Parse options of the `yaml` package that make it read documents as kubectl reads them. */
export const kubernetesYaml = {
  schema: 'failsafe',
  customTags: [...scalarTags, 'merge'] as Tags,
  merge: true,
  logLevel: 'silent',
  keepSourceTokens: true,
  uniqueKeys: true,
  strict: true,
  prettyErrors: false,
  stringKeys: false,
} as const
