/** kube-linter passes over larger files without a word (maxFileSizeBytes in parse_yaml.go, v0.8.3). */
export const maximumBytes = 10 * 1024 * 1024

/**
 * Why a text is not given to kube-linter at all: it would pass over it in silence, or end the whole run for all others.
 * What is not foreseen here is found by running in parts.
 */
export function refusalOf(text: string): string | undefined {
  // Never more bytes than three for each UTF-16 unit: most texts need no counting.
  if (text.length * 3 > maximumBytes && Buffer.byteLength(text) > maximumBytes)
    return 'it is larger than 10 MiB, which kube-linter passes over'
  // apimachinery's YAMLReader allows nothing but a comment behind the separator, and its error ends the run.
  if (/(?:^|\n)---[^\S\n]*[^\s#]/.test(text))
    return 'kube-linter reads nothing that stands on the line of a --- separator'
  return undefined
}
