import { createHash } from 'node:crypto'

/*
 * Lasting ids of what has happened, as hashes: a state names no repository, file, object or person. GitHub does not tell
 * small letters from capitals in the name of a repository, and people write it as they like.
 */

/** A suggestion: what of which change request was offered, and how. 11 characters, 64 bits. */
export function suggestionId(
  repository: string,
  change: number,
  fingerprint: string,
  /** Hash of the edit. */
  edit: string,
): string {
  return hashed(['suggestion', repository.toLowerCase(), change, fingerprint, edit], 11)
}

/** A change request. 6 characters, 36 bits. */
export function changeId(repository: string, change: number): string {
  return hashed(['change', repository.toLowerCase(), change], 6)
}

/** Where what somebody says of the backlog is kept: no change request has this number. */
export function backlogId(repository: string): string {
  return changeId(repository, 0)
}

/** A finding, wherever it is met. 11 characters. */
export function findingId(repository: string, fingerprint: string): string {
  return hashed(['finding', repository.toLowerCase(), fingerprint], 11)
}

/** A number from which chance is drawn, the same for the same words. */
export function seedOf(...words: readonly (string | number)[]): number {
  return createHash('sha256').update(JSON.stringify(words)).digest().readUInt32BE(0)
}

function hashed(value: unknown, characters: number): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, characters)
}
