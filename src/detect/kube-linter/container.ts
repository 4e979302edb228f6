/**
 * The container that a message of kube-linter v0.8.3 names, e.g. `container "web" is privileged`. Most templates write
 * the name with Go's %q, `writable-host-mount` plainly. The last one counts: the only text of the manifest that can come
 * before it without quotes is the name of an environment variable (`env-var`, `duplicate-env-var`). Messages may come
 * from anywhere, so compare what this gives with the containers that the object has.
 */
export function containerOf(message: string): string | undefined {
  const quoted = [...message.matchAll(/\bcontainer ("(?:[^"\\]|\\.)*")/g)].at(-1)?.[1]
  if (quoted !== undefined) return unquoted(quoted)
  return /^container (\S+) mounts path /.exec(message)?.[1]
}

/** Text of a Go string literal, where it is one of JSON as well; others name no container that the API would accept. */
function unquoted(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
