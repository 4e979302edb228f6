import type { JsonObject } from '../../../src/model/index.ts'
import { repository, type Handlers } from './call.ts'
import { record, word } from './json.ts'
import { demand, Refusal } from './model.ts'

export const checkHandlers: Handlers = {
  [`POST ${repository}/check-runs`]: ({ store, token, body, next }) => {
    demand(token, 'checks', 'write')
    const head = word(body['head_sha'])
    if (store.repository.commitOf(head) === undefined)
      throw new Refusal(422, `No commit found for SHA: ${head}`)
    const { annotations, title } = outputOf(body)
    const run = { id: next(), head, conclusion: word(body['conclusion']), annotations, title }
    store.checkRuns.push(run)
    return { status: 201, body: { id: run.id, head_sha: head } }
  },
  [`PATCH ${repository}/check-runs/{check_run_id}`]: ({ store, token, parameters, body }) => {
    demand(token, 'checks', 'write')
    const run = store.checkRuns.find(({ id }) => id === Number(parameters['check_run_id']))
    if (run === undefined) throw new Refusal(404, 'Not Found')
    // Annotations of an update join those that are there.
    run.annotations += outputOf(body).annotations
    if (body['conclusion'] !== undefined) run.conclusion = word(body['conclusion'])
    return { status: 200, body: { id: run.id, head_sha: run.head } }
  },
}

/** 50 annotations a request and 65,535 characters in `summary` and `text`: the contract has refused what is more. */
function outputOf(body: JsonObject): { annotations: number; title: string } {
  const output = record(body['output'])
  const annotations = Array.isArray(output['annotations']) ? output['annotations'] : []
  return { annotations: annotations.length, title: word(output['title']) }
}
