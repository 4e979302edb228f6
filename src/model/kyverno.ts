/**
 * One policy of Kyverno that the user's configuration names under `policies`, as it is written: the text of one YAML
 * document, with where it stands. Plain data, so that it can be handed to a worker thread.
 */
export interface KyvernoPolicy {
  /** As reports name it. */
  file: string
  /** Of its first line in the file, from 1. */
  line: number
  apiVersion: string
  kind: string
  name: string
  text: string
}
