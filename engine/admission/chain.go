package admission

import (
	"io"

	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/initializer"
	"k8s.io/apiserver/pkg/storage/names"
	"k8s.io/apiserver/pkg/util/compatibility"
	"k8s.io/apiserver/pkg/util/feature"
	api "k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/plugin/pkg/admission/certificates/subjectrestriction"
	"k8s.io/kubernetes/plugin/pkg/admission/defaulttolerationseconds"
	"k8s.io/kubernetes/plugin/pkg/admission/limitranger"
	"k8s.io/kubernetes/plugin/pkg/admission/nodetaint"
	"k8s.io/kubernetes/plugin/pkg/admission/priority"
	"k8s.io/kubernetes/plugin/pkg/admission/runtimeclass"
	"k8s.io/kubernetes/plugin/pkg/admission/security/podsecurity"
	"k8s.io/kubernetes/plugin/pkg/admission/serviceaccount"
)

// newChain makes the plug-ins that are on by default, all but those of policies, which are the last, in the order of AllOrderedPlugins in upstream's
// pkg/kubeapiserver/options/plugins.go. Left out are those
//   - that only a cluster can answer: ResourceQuota, the webhooks, NodeDeclaredFeatureValidator;
//   - that act on subresources alone: CertificateApproval, CertificateSigning, PodResizeValidator, PodTopologyLabels;
//   - whose kinds or feature gates are off: ClusterTrustBundleAttest, PodGroupProtection, PodGroupWorkloadExists,
//     JobValidation;
//   - that look for a default among classes which no context holds: DefaultStorageClass, DefaultIngressClass;
//   - that nothing reaches: PersistentVolumeClaimResize asks about bound claims, and a new one is not bound.
func newChain(world *world) chain {
	registry := admission.NewPlugins()
	registry.Register(limitranger.PluginName, func(io.Reader) (admission.Interface, error) {
		return limitranger.NewLimitRanger(limits{world: world})
	})
	registry.Register(serviceaccount.PluginName, func(io.Reader) (admission.Interface, error) {
		return newServiceAccount(), nil
	})
	nodetaint.Register(registry)
	podsecurity.Register(registry)
	priority.Register(registry)
	defaulttolerationseconds.Register(registry)
	runtimeclass.Register(registry)
	subjectrestriction.Register(registry)
	cluster := initializer.New(client{}, nil, informerFactory{world: world}, nil, feature.DefaultFeatureGate, compatibility.DefaultBuildEffectiveVersion(), nil, nil)
	upstream := func(name string) admission.Interface {
		plugin, err := registry.InitPlugin(name, nil, cluster)
		if err != nil {
			panic(err)
		}
		// What there is to be known is known from the start.
		if late, ok := plugin.(interface{ SetReadyFunc(admission.ReadyFunc) }); ok {
			late.SetReadyFunc(nil)
		}
		return plugin
	}

	return chain{
		namespaceLifecycle{},
		upstream(limitranger.PluginName),
		upstream(serviceaccount.PluginName),
		upstream(nodetaint.PluginName),
		upstream(podsecurity.PluginName),
		described{upstream(priority.PluginName), func(pod *api.Pod) bool { return world.describesPriorityClass(pod.Spec.PriorityClassName) }},
		upstream(defaulttolerationseconds.PluginName),
		storageProtection{},
		described{upstream(runtimeclass.PluginName), func(pod *api.Pod) bool { return world.describesRuntimeClass(pod.Spec.RuntimeClassName) }},
		upstream(subjectrestriction.PluginName),
	}
}

// newServiceAccount makes upstream's plug-in with a generator of names that leaves nothing to chance.
func newServiceAccount() admission.Interface {
	random := names.SimpleNameGenerator
	defer func() { names.SimpleNameGenerator = random }()
	names.SimpleNameGenerator = fixedNames{}
	return serviceaccount.NewServiceAccount()
}

type fixedNames struct{}

func (fixedNames) GenerateName(base string) string { return base + "xxxxx" }
