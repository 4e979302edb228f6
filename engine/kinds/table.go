package kinds

import (
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/registry/rest"

	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingadmissionpolicy"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingadmissionpolicybinding"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/resolver"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicy"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicybinding"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/apps/controllerrevision"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/certificates/certificates"
	"k8s.io/kubernetes/pkg/registry/coordination/lease"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/endpoint"
	"k8s.io/kubernetes/pkg/registry/core/event"
	"k8s.io/kubernetes/pkg/registry/core/limitrange"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/node"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolume"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/podtemplate"
	"k8s.io/kubernetes/pkg/registry/core/replicationcontroller"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/discovery/endpointslice"
	"k8s.io/kubernetes/pkg/registry/flowcontrol/flowschema"
	"k8s.io/kubernetes/pkg/registry/flowcontrol/prioritylevelconfiguration"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/ingressclass"
	"k8s.io/kubernetes/pkg/registry/networking/ipaddress"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/networking/servicecidr"
	"k8s.io/kubernetes/pkg/registry/node/runtimeclass"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
	"k8s.io/kubernetes/pkg/registry/resource/deviceclass"
	"k8s.io/kubernetes/pkg/registry/resource/resourceclaimtemplate"
	"k8s.io/kubernetes/pkg/registry/resource/resourceslice"
	"k8s.io/kubernetes/pkg/registry/scheduling/priorityclass"
	"k8s.io/kubernetes/pkg/registry/storage/csidriver"
	"k8s.io/kubernetes/pkg/registry/storage/csinode"
	"k8s.io/kubernetes/pkg/registry/storage/csistoragecapacity"
	"k8s.io/kubernetes/pkg/registry/storage/storageclass"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattachment"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattributesclass"

	claims "k8s.io/kubernetes/pkg/api/persistentvolumeclaim"
	api "k8s.io/kubernetes/pkg/apis/core"
)

// row is one resource of the API: where it is served, and the strategy that its storage has upstream.
type row struct {
	group    string
	versions []string
	kind     string
	resource string
	strategy strategy
	// extra adds what the storage does beside the strategy.
	extra func(*hooks)
}

type strategy interface {
	rest.RESTCreateStrategy
	rest.RESTUpdateStrategy
}

var v1 = []string{"v1"}

// rows is what a kube-apiserver serves by default: what controlplane.DefaultAPIResourceConfigSource enables. A test
// compares it with the discovery of a real one. Kinds that are answered and never stored are in reviews.go, those of the
// servers that are built in (definitions and API services) in delegates.go.
func rows(namespaces namespaceClient) []row {
	allow := authorizerfactory.NewAlwaysAllowAuthorizer()
	// Only asked for users who may not do everything.
	var nowhere resolver.ResourceResolverFunc
	return []row{
		{"", v1, "ConfigMap", "configmaps", configmap.Strategy, nil},
		{"", v1, "Endpoints", "endpoints", endpoint.Strategy, nil},
		{"", v1, "Event", "events", event.Strategy, nil},
		{"", v1, "LimitRange", "limitranges", limitrange.Strategy, nil},
		{"", v1, "Namespace", "namespaces", namespace.Strategy, nil},
		{"", v1, "Node", "nodes", node.Strategy, nil},
		{"", v1, "PersistentVolume", "persistentvolumes", persistentvolume.Strategy, nil},
		{"", v1, "PersistentVolumeClaim", "persistentvolumeclaims", persistentvolumeclaim.Strategy, func(hooks *hooks) {
			hooks.decorate = func(object runtime.Object) {
				if claim, ok := object.(*api.PersistentVolumeClaim); ok {
					claims.NormalizeDataSources(&claim.Spec)
				}
			}
		}},
		{"", v1, "Pod", "pods", pod.Strategy, nil},
		{"", v1, "PodTemplate", "podtemplates", podtemplate.Strategy, nil},
		{"", v1, "ReplicationController", "replicationcontrollers", replicationcontroller.Strategy, nil},
		{"", v1, "ResourceQuota", "resourcequotas", resourcequota.Strategy, nil},
		{"", v1, "Secret", "secrets", secret.Strategy, nil},
		{"", v1, "Service", "services", service.Strategy, allocateAddresses},
		{"", v1, "ServiceAccount", "serviceaccounts", serviceaccount.Strategy, nil},

		{"admissionregistration.k8s.io", v1, "MutatingAdmissionPolicy", "mutatingadmissionpolicies", mutatingadmissionpolicy.NewStrategy(allow, nowhere), nil},
		{"admissionregistration.k8s.io", v1, "MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings", mutatingadmissionpolicybinding.NewStrategy(allow, nil, nowhere), nil},
		{"admissionregistration.k8s.io", v1, "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", mutatingwebhookconfiguration.Strategy, nil},
		{"admissionregistration.k8s.io", v1, "ValidatingAdmissionPolicy", "validatingadmissionpolicies", validatingadmissionpolicy.NewStrategy(allow, nowhere), nil},
		{"admissionregistration.k8s.io", v1, "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", validatingadmissionpolicybinding.NewStrategy(allow, nil, nowhere), nil},
		{"admissionregistration.k8s.io", v1, "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", validatingwebhookconfiguration.Strategy, nil},

		{"apps", v1, "ControllerRevision", "controllerrevisions", controllerrevision.Strategy, nil},
		{"apps", v1, "DaemonSet", "daemonsets", daemonset.Strategy, nil},
		{"apps", v1, "Deployment", "deployments", deployment.Strategy, nil},
		{"apps", v1, "ReplicaSet", "replicasets", replicaset.Strategy, nil},
		{"apps", v1, "StatefulSet", "statefulsets", statefulset.Strategy, nil},

		{"autoscaling", []string{"v2", "v1"}, "HorizontalPodAutoscaler", "horizontalpodautoscalers", horizontalpodautoscaler.Strategy, nil},

		{"batch", v1, "CronJob", "cronjobs", cronjob.Strategy, nil},
		{"batch", v1, "Job", "jobs", job.Strategy, nil},

		{"certificates.k8s.io", v1, "CertificateSigningRequest", "certificatesigningrequests", certificates.Strategy, nil},

		{"coordination.k8s.io", v1, "Lease", "leases", lease.Strategy, nil},

		{"discovery.k8s.io", v1, "EndpointSlice", "endpointslices", endpointslice.Strategy, nil},

		{"events.k8s.io", v1, "Event", "events", event.Strategy, nil},

		{"flowcontrol.apiserver.k8s.io", v1, "FlowSchema", "flowschemas", flowschema.Strategy, nil},
		{"flowcontrol.apiserver.k8s.io", v1, "PriorityLevelConfiguration", "prioritylevelconfigurations", prioritylevelconfiguration.Strategy, nil},

		{"networking.k8s.io", v1, "Ingress", "ingresses", ingress.Strategy, nil},
		{"networking.k8s.io", v1, "IngressClass", "ingressclasses", ingressclass.Strategy, nil},
		{"networking.k8s.io", v1, "IPAddress", "ipaddresses", ipaddress.Strategy, nil},
		{"networking.k8s.io", v1, "NetworkPolicy", "networkpolicies", networkpolicy.Strategy, nil},
		{"networking.k8s.io", v1, "ServiceCIDR", "servicecidrs", servicecidr.Strategy, nil},

		{"node.k8s.io", v1, "RuntimeClass", "runtimeclasses", runtimeclass.Strategy, nil},

		{"policy", v1, "PodDisruptionBudget", "poddisruptionbudgets", poddisruptionbudget.Strategy, nil},

		// The user of the engine may do everything, so the check against escalation has nothing to say.
		{"rbac.authorization.k8s.io", v1, "ClusterRole", "clusterroles", clusterrole.Strategy, nil},
		{"rbac.authorization.k8s.io", v1, "ClusterRoleBinding", "clusterrolebindings", clusterrolebinding.Strategy, nil},
		{"rbac.authorization.k8s.io", v1, "Role", "roles", role.Strategy, nil},
		{"rbac.authorization.k8s.io", v1, "RoleBinding", "rolebindings", rolebinding.Strategy, nil},

		{"resource.k8s.io", v1, "DeviceClass", "deviceclasses", deviceclass.Strategy, nil},
		{"resource.k8s.io", v1, "ResourceClaim", "resourceclaims", resourceClaims(namespaces, allow), nil},
		{"resource.k8s.io", v1, "ResourceClaimTemplate", "resourceclaimtemplates", resourceclaimtemplate.NewStrategy(namespaces), nil},
		{"resource.k8s.io", v1, "ResourceSlice", "resourceslices", resourceslice.Strategy, nil},

		{"scheduling.k8s.io", v1, "PriorityClass", "priorityclasses", priorityclass.Strategy, nil},

		{"storage.k8s.io", v1, "CSIDriver", "csidrivers", csidriver.Strategy, nil},
		{"storage.k8s.io", v1, "CSINode", "csinodes", csinode.Strategy, nil},
		{"storage.k8s.io", v1, "CSIStorageCapacity", "csistoragecapacities", csistoragecapacity.Strategy, nil},
		{"storage.k8s.io", v1, "StorageClass", "storageclasses", storageclass.Strategy, nil},
		{"storage.k8s.io", v1, "VolumeAttachment", "volumeattachments", volumeattachment.Strategy, nil},
		{"storage.k8s.io", v1, "VolumeAttributesClass", "volumeattributesclasses", volumeattributesclass.Strategy, nil},
	}
}
