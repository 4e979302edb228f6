import type { RepositoryName } from './forge.ts'

/** All branches of ours begin with this. */
export const ourBranches = 'k8s-autofix/'

/** `owner/name`. */
export function fullName({ owner, name }: RepositoryName): string {
  return `${owner}/${name}`
}
