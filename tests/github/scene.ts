import { zipSync } from 'fflate'
import type { Program } from '../support/program.ts'
import { runStepBeside, type Job, type Step } from '../support/runner.ts'
import {
  applySuggestion,
  GitHub,
  pullRequestEvent,
  type Content,
  type Pull,
  type Store,
  type Token,
} from '../support/github/index.ts'

/** A Deployment of which nearly everything can be said. */
export function deployment(
  name: string,
  { image = 'registry.example/shop/api:1.4.2', extra = '' } = {},
): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${name}
          image: ${image}
          ports:
            - containerPort: 8080
${extra}`
}

type PullRequestAction = Parameters<typeof pullRequestEvent>[2]

export const writes: Token['permissions'] = { contents: 'read', pull_requests: 'write' }

/** One pull request, and what the Action says to it. */
export class Scene {
  readonly github: GitHub
  readonly store: Store
  private readonly program: Program

  private constructor(program: Program, github: GitHub, store: Store) {
    this.program = program
    this.github = github
    this.store = store
  }

  static async open(program: Program, files: Readonly<Record<string, Content>>): Promise<Scene> {
    const github = await GitHub.start()
    return new Scene(program, github, github.repository('acme', 'shop', files))
  }

  /** A branch with changes, and a pull request from it. */
  pull(files: Readonly<Record<string, Content>>, branch = 'feature'): Pull {
    this.store.repository.commit(branch, files, { from: 'main' })
    return this.github.openPull(this.store, { head: branch })
  }

  /** A run for a pull request, which was opened or has changed. */
  async review(
    pull: Pull,
    { action, ...job }: Job & { permissions?: Token['permissions']; action?: PullRequestAction } = {},
  ): Promise<Step> {
    return this.run({ event: pullRequestEvent(this.store, pull, action), ...job })
  }

  async run({ permissions = writes, ...job }: Job & { permissions?: Token['permissions'] }): Promise<Step> {
    return runStepBeside(this.program, {
      token: this.github.token(permissions),
      server: this.github.url,
      repository: `${this.store.owner}/${this.store.name}`,
      ...job,
      // Level `api` takes a second to start: scenarios that are about it ask for it (an empty input is the default).
      inputs: { verify: 'policy', ...job.inputs },
    })
  }

  /** The comments that stand in a pull request and are not folded. */
  open(pull: Pull): { path: string; startLine: number; line: number; body: string }[] {
    return pull.threads
      .filter(({ isResolved }) => !isResolved)
      .flatMap(({ comments: [first] }) =>
        first === undefined || first.isMinimised || first.line === null
          ? []
          : [
              {
                path: first.path,
                startLine: first.startLine ?? first.line,
                line: first.line,
                body: first.body,
              },
            ],
      )
  }

  /** Takes suggestions as GitHub does: their lines become the text of the fence, verbatim. Gives the new texts. */
  taken(pull: Pull): Map<string, string> {
    const texts = new Map<string, string>()
    for (const { path, startLine, line, body } of this.open(pull).toSorted((a, b) => b.line - a.line)) {
      const text = texts.get(path) ?? this.store.repository.text(pull.headSha, path) ?? ''
      texts.set(path, applySuggestion(text, startLine, line, body))
    }
    return texts
  }

  get summaries(): string[] {
    return this.store.issueComments.map(({ body }) => body)
  }

  get writes(): string[] {
    return this.github.requests
      .filter(({ method, body }) => method !== 'GET' && !body.startsWith('{"query":"query'))
      .map(({ method, path }) => `${method} ${path.replace(/^\/api\/v3\/repos\/acme\/shop/, '')}`)
  }

  /** Leaves an artifact as actions/upload-artifact does. */
  artifact(run: number, files: Readonly<Record<string, string>>): void {
    const entries = Object.entries(files).map(
      ([name, text]) => [name, new TextEncoder().encode(text)] as const,
    )
    this.store.artifacts.push({
      id: this.github.next(),
      run,
      name: 'k8s-autofix',
      zip: Buffer.from(zipSync(Object.fromEntries(entries))),
      expired: false,
    })
  }

  async close(): Promise<void> {
    await this.github.stop()
  }
}
