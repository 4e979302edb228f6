import { page, repository, type Handlers } from './call.ts'
import { demand, Refusal } from './model.ts'

const actions = `${repository}/actions`

/** Runs of workflows, and what they have left. */
export const actionHandlers: Handlers = {
  [`GET ${actions}/runs/{run_id}`]: ({ store, token, parameters }) => {
    demand(token, 'actions', 'read')
    const run = store.workflowRuns.find(({ id }) => id === Number(parameters['run_id']))
    if (run === undefined) throw new Refusal(404, 'Not Found')
    const { id, event, headSha, headBranch, head } = run
    return {
      status: 200,
      body: {
        id,
        event,
        head_sha: headSha,
        head_branch: headBranch,
        head_repository: { name: head.name, full_name: `${head.owner}/${head.name}` },
      },
    }
  },
  [`GET ${actions}/runs/{run_id}/artifacts`]: (call) => {
    const { store, token, parameters, query } = call
    demand(token, 'actions', 'read')
    const found = store.artifacts.filter(
      ({ run, name }) => run === Number(parameters['run_id']) && (query.get('name') ?? name) === name,
    )
    const { items, headers } = page(call, found)
    const artifacts = items.map(({ id, name, expired, zip }) => ({
      id,
      name,
      expired,
      size_in_bytes: zip.length,
    }))
    return { status: 200, headers, body: { total_count: found.length, artifacts } }
  },
  // A link to where artifacts are kept, which is a secret of its own: the token must not follow it there.
  [`GET ${actions}/artifacts/{artifact_id}/{archive_format}`]: ({ store, token, parameters, blobs }) => {
    demand(token, 'actions', 'read')
    const found = store.artifacts.find(({ id }) => id === Number(parameters['artifact_id']))
    if (found === undefined) throw new Refusal(404, 'Not Found')
    if (found.expired) throw new Refusal(410, 'Artifact has expired')
    return { status: 302, headers: { location: `${blobs}/${found.id}` } }
  },
}
