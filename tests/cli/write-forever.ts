import { writeFiles } from '../../src/adapters/write.ts'

/** Replaces a file by one text and the other until it is killed. Arguments: path, bytes. */
const [path = '', bytes = '0'] = process.argv.slice(2)
const texts = ['a', 'b'].map((letter) => letter.repeat(Number(bytes)))
for (let round = 0; ; round++) {
  const [before = '', after = ''] = round % 2 === 0 ? texts : texts.toReversed()
  const [result] = await writeFiles([{ file: path, path, before, after }])
  if (result?.error !== undefined) throw result.error
  if (round === 0) process.stdout.write('started\n')
}
