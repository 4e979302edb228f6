interface Kinds {
  namespaced: readonly string[]
  clusterWide: readonly string[]
}

/**
 * The kinds that Kubernetes has of itself and that files hold, by group: those that live in namespaces, and those that
 * do not.
 */
export const builtInKinds: ReadonlyMap<string, Kinds> = new Map<string, Kinds>(
  Object.entries({
    '': {
      namespaced: [
        'ConfigMap',
        'Endpoints',
        'Event',
        'LimitRange',
        'PersistentVolumeClaim',
        'Pod',
        'PodTemplate',
        'ReplicationController',
        'ResourceQuota',
        'Secret',
        'Service',
        'ServiceAccount',
      ],
      clusterWide: ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
    },
    'admissionregistration.k8s.io': {
      namespaced: [],
      clusterWide: [
        'MutatingWebhookConfiguration',
        'ValidatingAdmissionPolicy',
        'ValidatingAdmissionPolicyBinding',
        'ValidatingWebhookConfiguration',
      ],
    },
    'apiextensions.k8s.io': { namespaced: [], clusterWide: ['CustomResourceDefinition'] },
    'apiregistration.k8s.io': { namespaced: [], clusterWide: ['APIService'] },
    apps: {
      namespaced: ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
      clusterWide: [],
    },
    autoscaling: { namespaced: ['HorizontalPodAutoscaler'], clusterWide: [] },
    batch: { namespaced: ['CronJob', 'Job'], clusterWide: [] },
    'certificates.k8s.io': { namespaced: [], clusterWide: ['CertificateSigningRequest'] },
    'coordination.k8s.io': { namespaced: ['Lease'], clusterWide: [] },
    'discovery.k8s.io': { namespaced: ['EndpointSlice'], clusterWide: [] },
    'events.k8s.io': { namespaced: ['Event'], clusterWide: [] },
    'flowcontrol.apiserver.k8s.io': {
      namespaced: [],
      clusterWide: ['FlowSchema', 'PriorityLevelConfiguration'],
    },
    'networking.k8s.io': {
      namespaced: ['Ingress', 'NetworkPolicy'],
      clusterWide: ['IPAddress', 'IngressClass', 'ServiceCIDR'],
    },
    'node.k8s.io': { namespaced: [], clusterWide: ['RuntimeClass'] },
    policy: { namespaced: ['PodDisruptionBudget'], clusterWide: [] },
    'rbac.authorization.k8s.io': {
      namespaced: ['Role', 'RoleBinding'],
      clusterWide: ['ClusterRole', 'ClusterRoleBinding'],
    },
    'resource.k8s.io': {
      namespaced: ['ResourceClaim', 'ResourceClaimTemplate'],
      clusterWide: ['DeviceClass', 'ResourceSlice'],
    },
    'scheduling.k8s.io': { namespaced: [], clusterWide: ['PriorityClass'] },
    'storage.k8s.io': {
      namespaced: ['CSIStorageCapacity'],
      clusterWide: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
    },
  }),
)
