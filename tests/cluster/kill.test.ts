import { expect, it } from 'vitest'
import { killAtRandomMoments } from './kill.ts'
import { realBinaries } from './server.ts'

it('an owner killed with SIGKILL at any moment leaves no server, no etcd and no folder', async () => {
  const { left } = await killAtRandomMoments({ ...realBinaries(), kills: 8, seed: 4 })
  expect(left).toEqual([])
})
