import { z } from 'zod'

/**
 * Why a finding has no written fix, or a file was not read. The code is for machines and stays stable;
 * the text is for the person who has to act on it.
 */
export const reasonSchema = z.object({ code: z.string(), text: z.string() })
export type Reason = z.infer<typeof reasonSchema>

/** What the editor cannot do exactly, it refuses with one of these. */
export const editRefusals = {
  'alias-on-path': 'the value is written through an alias (*name); edit the anchor or write the value out',
  'anchor-in-use': 'the value carries an anchor (&name) that an alias elsewhere still uses',
  'merge-key': 'the map takes keys from a merge (<<), so a key here may shadow or lose another',
  'template-marker': 'the text holds an unquoted template marker ({{ ... }}), so it is not plain YAML',
  'explicit-tag': 'the value carries an explicit tag (!...) that the new value does not fit',
  'block-scalar': 'the edit would change the value of the block scalar beside it',
  'duplicate-key': 'the map names the same key twice; which one counts depends on the reader',
  'path-not-found': 'nothing stands at the place the patch names',
  'test-failed': 'the document no longer holds what the patch relies on',
  'document-root': 'the patch replaces or removes the whole document',
  'invalid-document': 'the document does not parse as YAML',
  'complex-key': 'a key on the path is not a plain scalar',
  unprovable: 'the edited text could not be proven equal to the patched object',
} as const
export type EditRefusalCode = keyof typeof editRefusals
