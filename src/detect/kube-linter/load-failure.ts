/**
 * Why kube-linter did not load a document, for a person. Its own messages print whole objects and values, a Secret's
 * among them, so only shapes that are known to hold none are taken over.
 */
export function describeLoadFailure(message: string): string {
  // What matters stands in front; behind it there may be the whole document.
  const front = message.slice(0, 500)
  for (const [pattern, describe] of known) {
    const match = pattern.exec(front)
    if (match !== null) return describe(match[1] ?? '', match[2] ?? '', match[3] ?? '')
  }
  return 'kube-linter cannot load it'
}

type Describe = (first: string, second: string, third: string) => string

const known: readonly [RegExp, Describe][] = [
  [
    /^failed to decode: json: cannot unmarshal (\w+)(?: [^"]*?)? into Go struct field ([\w.[\]]+) of type ([\w.*[\]]+)/,
    (found, field, type) =>
      `kube-linter cannot load it: ${field} is a ${found} and should be of type ${type}`,
  ],
  [
    /^failed to decode: json: cannot unmarshal/,
    () => 'kube-linter cannot load it: a value has the wrong type',
  ],
  [
    /^decoding item (\d+) in the list: no kind /,
    (index) =>
      `kube-linter cannot load it: it does not know the kind of item ${index}, and then leaves out the whole list`,
  ],
  [
    /^decoding item (\d+) in the list/,
    (index) =>
      `kube-linter cannot load it: item ${index} cannot be decoded, and then it leaves out the whole list`,
  ],
  [
    /^object was not a k8s object: &(\w+)\{/,
    (kind) => `kube-linter does not read objects of the kind ${kind}`,
  ],
  [/^failed to decode: Object 'Kind' is missing/, () => 'kube-linter finds no object in it: kind is missing'],
  [
    /^failed to decode: Object 'apiVersion' is missing/,
    () => 'kube-linter finds no object in it: apiVersion is missing',
  ],
  [
    /^failed to decode: yaml: (?:(line \d+): )?(exceeded max depth of \d+|document contains excessive aliasing|control characters are not allowed|invalid leading UTF-8 octet|did not find expected [\w -]+|mapping values are not allowed in this context|found character that cannot start any token|could not find expected ':'|found duplicate key)/,
    (line, problem) => `kube-linter cannot read it as YAML: ${line === '' ? '' : `${line}: `}${problem}`,
  ],
  [
    /^failed to decode: couldn't get version\/kind; json parse error: /,
    () => 'kube-linter cannot load it: it takes a text that begins with { for JSON, and this is none',
  ],
  [/^failed to decode: yaml: /, () => 'kube-linter cannot read it as YAML'],
]

/**
 * Whether a document failed to load because nothing stands in it, as the licence text before a first `---`: no object,
 * so nothing to judge. kube-linter prints the document, then what it means as JSON, which is text of the manifest as
 * well, but ends so only where all of it is null.
 */
export function isEmptyDocument(message: string): boolean {
  return message.endsWith(": Object 'Kind' is missing in 'null'")
}
