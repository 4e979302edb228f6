import type { RepositoryCheck } from './repository.ts'

/** A pod that runs as a service account which the repository does not create. */
export const nonExistentServiceAccount: RepositoryCheck = {
  find(place) {
    const account = place.facts.pods?.account
    if (account === undefined || nonExistentServiceAccount.met(place).length > 0) return []
    return [
      {
        key: '',
        at: account.at,
        message: `the repository creates no service account called "${account.name}"`,
      },
    ]
  },
  met: ({ facts: { pods, reference }, inventory }) =>
    pods?.account === undefined
      ? []
      : inventory.named('/ServiceAccount', pods.account.name, reference.namespace),
}
