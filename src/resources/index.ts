export {
  containerLists,
  podBearingKinds,
  podOf,
  templatePointerOf,
  type ContainerList,
  type ContainerView,
  type PodView,
} from './pod.ts'
export { subjectOf, type Subject } from './resource.ts'
export { mayHoldObjects, readSource, type ReadProblem, type Resource, type SourceFile } from './read.ts'
export {
  chartFolders,
  chartRole,
  isKustomization,
  kustomizeGroup,
  kustomizationRoles,
  sourceRoleTexts,
  type SourceRole,
} from './sources.ts'
