import type { RepositoryName } from './forge.ts'

/** `owner/name`. */
export function fullName({ owner, name }: RepositoryName): string {
  return `${owner}/${name}`
}
