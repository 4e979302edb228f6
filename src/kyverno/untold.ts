/** Why a policy is not turned into one of ours: something in it cannot be said exactly. */
export class Untold extends Error {
  override readonly name = 'Untold'
}
