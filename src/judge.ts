import type { FileText } from './adapters/analysis.ts'
import { becauseOf, composed, gatesOf, placeOfError } from './admit.ts'
import { manifestOf } from './bodies.ts'
import type { ApiServer, Manifest } from './cluster/index.ts'
import { settingsFor, type Config } from './config/index.ts'
import { detect, locationOf, referenceOf } from './detect/index.ts'
import { applyLineEdits } from './edit/index.ts'
import {
  UserError,
  type DryRun,
  type JsonPatch,
  type JudgedPatch,
  type JudgedResource,
  type Judgement,
  type Policy,
} from './model/index.ts'
import { isOn, unreadOf, valuesOf } from './pipeline.ts'
import { createJudge } from './policies/index.ts'
import { applied, type FixGroup } from './propose/index.ts'
import { readSource, type Resource, type SourceFile } from './resources/index.ts'
import { inBrief, invalidErrors, settle, verifyGroup } from './verify/index.ts'

/*
 * `verify`: what an API server would say to a manifest as it stands, and whether any JSON Patch passes all gates that
 * our own fixes pass.
 */

/** One file to judge, and a patch to one of its resources, where there is one. */
export interface JudgeRequest extends FileText {
  patch: JsonPatch | undefined
  /** Index of the document that the patch is for; undefined = the only one. */
  document: number | undefined
  config: Config
}

export interface JudgePorts {
  server: ApiServer
  policies: readonly Policy[]
  version: string
}

export interface FileJudgement {
  judgement: Judgement
  /** The text with the patch, where it is accepted. */
  after: string | undefined
}

export async function judgeFile(request: JudgeRequest, ports: JudgePorts): Promise<FileJudgement> {
  const { server, version } = ports
  const source = readSource(request.file, request.text)
  const target = request.patch && targetOf(source, request.document)
  const resources: JudgedResource[] = []
  for (const resource of source.resources)
    resources.push(judgeResource(source, resource, await server.dryRun(manifestOf(source, resource))))
  const patched =
    request.patch && target && (await judgePatch(source, target, request.patch, request.config, ports))
  return {
    judgement: {
      schema: 'k8s-autofix/verify/v1',
      tool: { name: 'k8s-autofix', version },
      kubernetes: server.version,
      resources,
      ...(patched && { patch: patched.verdict }),
      unread: unreadOf(source),
    },
    after: patched?.after,
  }
}

function targetOf(source: SourceFile, document: number | undefined): Resource {
  const found = source.resources.filter((one) => document === undefined || one.document === document)
  const [first] = found
  const { file } = source
  if (first === undefined)
    throw new UserError(
      document === undefined
        ? `${file}: holds no Kubernetes object`
        : `${file}: its document ${document} holds no Kubernetes object (documents count from 0)`,
    )
  if (found.length > 1)
    throw new UserError(
      `${file}: holds ${found.length} objects, and a patch is for one of them`,
      'name its document, counted from 0: --document 1',
    )
  return first
}

function judgeResource(source: SourceFile, resource: Resource, answer: DryRun): JudgedResource {
  const whole = locationOf(resource, source.lines, '')
  const judged = {
    resource: referenceOf(resource),
    location: whole,
    warnings: answer.outcome === 'unanswered' ? [] : answer.warnings.map(inBrief),
  }
  switch (answer.outcome) {
    case 'accepted':
      return { ...judged, verdict: 'accepted', errors: [] }
    case 'unanswered':
      return { ...judged, verdict: 'unanswered', errors: [{ text: answer.message, location: whole }] }
    case 'rejected': {
      const errors = invalidErrors(answer, resource.object).map((error) => ({
        text: error.text,
        location: placeOfError(source, resource, error),
      }))
      // Of what it does not know, a server says nothing but that.
      if (errors.length === 0)
        return { ...judged, verdict: 'unknown', errors: [{ text: inBrief(answer.message), location: whole }] }
      return { ...judged, verdict: 'rejected', errors }
    }
  }
}

async function judgePatch(
  source: SourceFile,
  resource: Resource,
  patch: JsonPatch,
  config: Config,
  { server, policies }: JudgePorts,
): Promise<{ verdict: JudgedPatch; after: string | undefined }> {
  const settings = settingsFor(config, source.file)
  const judge = createJudge(
    policies.filter((policy) => isOn(policy, settings, { only: undefined })),
    { params: settings.params, values: valuesOf(settings) },
  )
  const reference = referenceOf(resource)
  const patched = applied(resource.object, patch)
  if (patched === undefined)
    return {
      verdict: {
        resource: reference,
        accepted: false,
        level: 'text',
        gates: [],
        reason: {
          code: 'path-not-found',
          text: 'the patch does not apply: a path leads nowhere, or a test fails',
        },
        edits: [],
      },
      after: undefined,
    }
  const { detected, errors } = detect(judge, resource)
  // A group as our own fixes form it, but for what nobody has found: there is no target that has to be gone.
  const group: FixGroup = {
    owners: [],
    members: [],
    plans: [],
    patch,
    patched,
    breakage: { probability: 0, because: '' },
    values: [],
  }
  const judged = {
    judge,
    resource,
    detected,
    before: new Set(detected.map(({ key }) => key)),
    silent: new Set(errors.map(({ policy: id }) => id)),
    allowRemoval: new Set(settings.allowRemoval),
    mayChange: new Set<string>(),
    excepted: [],
  }
  const { accepted, level, gates, reason, edits } = verifyGroup(judged, source, group, 'policy')
  const verdict: JudgedPatch = {
    resource: reference,
    accepted,
    level,
    gates,
    edits,
    ...(reason && { reason }),
  }
  if (!accepted) return { verdict, after: undefined }
  const after = applyLineEdits(source.text, edits)
  const settled = await settle<Manifest, FixGroup>(
    {
      dryRun: async (one) => server.dryRun(one),
      tryUpdate: async (original, change) => server.tryUpdate(original, change),
    },
    {
      object: resource.object,
      manifest: manifestOf(source, resource),
      groups: [group],
      compose: () => composed(resource, readSource(source.file, after), resource),
    },
  )
  const said = settled.groups.get(group)
  if (said === undefined) return { verdict, after }
  if (said.verdict === 'rejected')
    return {
      verdict: {
        ...verdict,
        accepted: false,
        gates: [...gates, ...gatesOf(said.gates, 'api')],
        reason: { ...said.reason, code: 'verifier-rejected:api' },
        edits: [],
      },
      after: undefined,
    }
  if (said.verdict === 'accepted') {
    verdict.level = 'api'
    verdict.gates = [...gates, ...gatesOf(said.gates, 'api')]
  } else verdict.because = becauseOf(said)
  if (said.immutable !== undefined) verdict.recreate = said.immutable
  return { verdict, after }
}
