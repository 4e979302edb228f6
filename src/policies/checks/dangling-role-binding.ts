import type { RepositoryCheck } from './repository.ts'

/** A binding to a role of its namespace that the repository does not have. Cluster roles come with many programs. */
export const danglingRoleBinding: RepositoryCheck = {
  find(place) {
    const { binding } = place.facts
    if (binding?.kind !== 'Role' || isBuiltIn(binding.name)) return []
    if (danglingRoleBinding.met(place).length > 0) return []
    return [{ key: '', at: binding.at, message: `the repository has no role called "${binding.name}"` }]
  },
  met: ({ facts: { binding, reference }, inventory }) =>
    binding === undefined
      ? []
      : inventory.named(`rbac.authorization.k8s.io/${binding.kind}`, binding.name, reference.namespace),
}

/** Roles that every cluster has in kube-system and kube-public. */
function isBuiltIn(name: string): boolean {
  return name.startsWith('system:') || name === 'extension-apiserver-authentication-reader'
}
