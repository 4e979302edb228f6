/**
 * Writes the published JSON Schemas from the zod schemas that the code reads with.
 *
 *   scripts/node scripts/write-schemas.ts            writes schemas/
 *   scripts/node scripts/write-schemas.ts --check    compares; exit 1 when schemas/ is not what src/model says
 */
import { z } from 'zod'
import {
  configFileSchema,
  judgementSchema,
  policySchema,
  queueSchema,
  reportSchema,
} from '../src/model/index.ts'
import { settle } from './generated.ts'

const published = [
  {
    file: 'config.schema.json',
    title: 'k8s-autofix configuration',
    description: '.k8s-autofix.yaml or .github/k8s-autofix.yaml',
    schema: configFileSchema,
  },
  {
    file: 'policy.schema.json',
    title: 'k8s-autofix policy',
    description:
      'One policy: what is wrong, why, where it applies, how it is fixed, and examples that run as tests',
    schema: policySchema,
  },
  {
    file: 'queue.schema.json',
    title: 'k8s-autofix queue',
    description: 'What queue list and queue next print with --format json: k8s-autofix/queue/v1',
    schema: queueSchema,
  },
  {
    file: 'report.schema.json',
    title: 'k8s-autofix report',
    description: 'What --format json writes: k8s-autofix/report/v1',
    schema: reportSchema,
  },
  {
    file: 'verify.schema.json',
    title: 'k8s-autofix verify',
    description: 'What verify --format json writes: k8s-autofix/verify/v1',
    schema: judgementSchema,
  },
]

/** The text of every published schema by its file name. */
export function schemaTexts(): Map<string, string> {
  return new Map(
    published.map(({ file, title, description, schema }) => {
      // As written: defaults may be left out, and a report may gain keys without breaking its readers.
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' })
      return [file, `${JSON.stringify({ $schema, $id: file, title, description, ...rest }, null, 2)}\n`]
    }),
  )
}

if (import.meta.main) settle(new Map([...schemaTexts()].map(([file, text]) => [`schemas/${file}`, text])))
