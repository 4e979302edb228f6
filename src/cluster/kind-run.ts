import { execa } from 'execa'
import { createInterface } from 'node:readline'
import { InfrastructureError } from '../model/index.ts'
import { tailOf, type Environment } from './kubeconfig-exec.ts'

/**
 * What kind and the container engine behind it need. KUBECONFIG is not among them: the user's own is never written to.
 */
const passedOn =
  /^(?:PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TMPDIR|TEMP|TMP|XDG_\w+|DOCKER_\w+|CONTAINER_HOST|KIND_EXPERIMENTAL_\w+|(?:HTTPS?|NO)_PROXY|https?_proxy|no_proxy|SYSTEMROOT|SystemRoot|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PATHEXT)$/

export interface KindProgram {
  /** Absolute path. */
  path: string
  environment: Environment
}

/**
 * Runs kind and gives what it printed to standard output. Its progress, told on standard error, goes to `progress` line
 * by line. An `InfrastructureError` ends with the tail of it, and with a hint where the reason is a known one.
 */
export async function runKind(
  { path, environment }: KindProgram,
  words: readonly string[],
  /** Milliseconds. */
  timeout: number,
  progress: (text: string) => void = () => undefined,
  /** Ends kind early. */
  signal?: AbortSignal,
): Promise<string> {
  const subprocess = execa(path, words, {
    extendEnv: false,
    env: Object.fromEntries(
      Object.entries(environment).flatMap(([name, value]) =>
        value !== undefined && passedOn.test(name) ? [[name, value]] : [],
      ),
    ),
    stdin: 'ignore',
    // What deletes a cluster is out of the reach of the Ctrl-C that may have made us delete it, and of our own end.
    detached: words[0] === 'delete',
    timeout,
    forceKillAfterDelay: 2000,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
    maxBuffer: 4 * 1024 * 1024,
    reject: false,
  })
  const lines = createInterface({ input: subprocess.stderr })
  lines.on('line', (line) => {
    const text = line
      .replaceAll(/[^\p{L}\p{N}\p{P} =@+]/gu, '')
      .replace(/^[•\s]+/u, '')
      .trim()
    if (text !== '') progress(`kind: ${text}`)
  })
  const result = await subprocess
  lines.close()
  const command = `kind ${words.slice(0, 2).join(' ')}`
  if (result.isCanceled) throw new InfrastructureError(`${command} was interrupted`)
  if (result.timedOut)
    throw new InfrastructureError(
      `${command} did not end within ${timeout / 1000} s${tailOf(result.stderr)}`,
      hintFor(result.stderr),
    )
  if (result.failed)
    throw new InfrastructureError(
      result.exitCode === undefined
        ? `${path} cannot be run: ${result.shortMessage}`
        : `${command} failed with exit code ${result.exitCode}${tailOf(result.stderr)}`,
      hintFor(result.stderr),
    )
  return result.stdout
}

/** What to do, by the words of kind and Docker. */
function hintFor(stderr: string): string | undefined {
  if (/permission denied.*(?:docker|podman)|dial unix .*permission denied/is.test(stderr))
    return 'This user may not use Docker; add it to the group docker, or use --cluster apiserver.'
  if (/Cannot connect to the Docker daemon|docker daemon.*running/i.test(stderr))
    return 'Start Docker, or use --cluster apiserver, which needs none.'
  if (/"?(?:docker|podman|nerdctl)"?: executable file not found/i.test(stderr))
    return 'Install Docker, or use --cluster apiserver, which needs none.'
  if (/no space left on device/i.test(stderr)) return 'Free disk space: a node image takes some 1.5 GB.'
  if (/failed to pull image|pull access denied|TLS handshake timeout|i\/o timeout/i.test(stderr))
    return 'The node image cannot be downloaded; check the network, or load it into Docker first.'
  return undefined
}
