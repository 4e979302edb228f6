package admission

import (
	corev1 "k8s.io/api/core/v1"
	nodev1 "k8s.io/api/node/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	coreinformers "k8s.io/client-go/informers/core"
	coreinformersv1 "k8s.io/client-go/informers/core/v1"
	nodeinformers "k8s.io/client-go/informers/node"
	nodeinformersv1 "k8s.io/client-go/informers/node/v1"
	schedulinginformers "k8s.io/client-go/informers/scheduling"
	schedulinginformersv1 "k8s.io/client-go/informers/scheduling/v1"
	"k8s.io/client-go/kubernetes"
	nodeclient "k8s.io/client-go/kubernetes/typed/node/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	nodelisters "k8s.io/client-go/listers/node/v1"
	schedulinglisters "k8s.io/client-go/listers/scheduling/v1"
	"k8s.io/client-go/tools/cache"
)

// The types of this file stand in for informers: they hand out listers that read the world. Each embeds the interface that
// it stands in for, and has the methods of it that a plug-in of the chain calls.

type informerFactory struct {
	informers.SharedInformerFactory
	world *world
}

func (f informerFactory) Core() coreinformers.Interface { return coreGroup{world: f.world} }
func (f informerFactory) Node() nodeinformers.Interface { return nodeGroup{world: f.world} }
func (f informerFactory) Scheduling() schedulinginformers.Interface {
	return schedulingGroup{world: f.world}
}

type coreGroup struct {
	coreinformers.Interface
	world *world
}

func (g coreGroup) V1() coreinformersv1.Interface { return coreVersion{world: g.world} }

type coreVersion struct {
	coreinformersv1.Interface
	world *world
}

func (v coreVersion) Namespaces() coreinformersv1.NamespaceInformer {
	return informer[corelisters.NamespaceLister]{namespaceLister{world: v.world}}
}

func (v coreVersion) ServiceAccounts() coreinformersv1.ServiceAccountInformer {
	return informer[corelisters.ServiceAccountLister]{accountLister{world: v.world}}
}

func (v coreVersion) LimitRanges() coreinformersv1.LimitRangeInformer {
	return informer[corelisters.LimitRangeLister]{limitRangeLister{world: v.world}}
}

func (v coreVersion) Pods() coreinformersv1.PodInformer {
	return informer[corelisters.PodLister]{podLister{}}
}

type nodeGroup struct {
	nodeinformers.Interface
	world *world
}

func (g nodeGroup) V1() nodeinformersv1.Interface { return nodeVersion{world: g.world} }

type nodeVersion struct {
	nodeinformersv1.Interface
	world *world
}

func (v nodeVersion) RuntimeClasses() nodeinformersv1.RuntimeClassInformer {
	return informer[nodelisters.RuntimeClassLister]{runtimeClassLister{world: v.world}}
}

type schedulingGroup struct {
	schedulinginformers.Interface
	world *world
}

func (g schedulingGroup) V1() schedulinginformersv1.Interface {
	return schedulingVersion{world: g.world}
}

type schedulingVersion struct {
	schedulinginformersv1.Interface
	world *world
}

func (v schedulingVersion) PriorityClasses() schedulinginformersv1.PriorityClassInformer {
	return informer[schedulinglisters.PriorityClassLister]{priorityClassLister{world: v.world}}
}

// informer never runs: its lister knows everything already.
type informer[L any] struct{ lister L }

func (i informer[L]) Lister() L                           { return i.lister }
func (i informer[L]) Informer() cache.SharedIndexInformer { return synced{} }

type synced struct{ cache.SharedIndexInformer }

func (synced) HasSynced() bool { return true }

type namespaceLister struct {
	corelisters.NamespaceLister
	world *world
}

func (l namespaceLister) Get(name string) (*corev1.Namespace, error) {
	return l.world.namespace(name), nil
}

type accountLister struct {
	corelisters.ServiceAccountLister
	world *world
}

func (l accountLister) ServiceAccounts(namespace string) corelisters.ServiceAccountNamespaceLister {
	return namespacedAccountLister{world: l.world, namespace: namespace}
}

type namespacedAccountLister struct {
	corelisters.ServiceAccountNamespaceLister
	world     *world
	namespace string
}

func (l namespacedAccountLister) Get(name string) (*corev1.ServiceAccount, error) {
	return l.world.account(l.namespace, name), nil
}

type limitRangeLister struct {
	corelisters.LimitRangeLister
	world *world
}

func (l limitRangeLister) LimitRanges(namespace string) corelisters.LimitRangeNamespaceLister {
	return namespacedLimitRangeLister{world: l.world, namespace: namespace}
}

type namespacedLimitRangeLister struct {
	corelisters.LimitRangeNamespaceLister
	world     *world
	namespace string
}

func (l namespacedLimitRangeLister) List(labels.Selector) ([]*corev1.LimitRange, error) {
	return l.world.limitRanges[l.namespace], nil
}

// podLister knows no pods: the namespace that gets new labels is empty.
type podLister struct{ corelisters.PodLister }

func (podLister) Pods(string) corelisters.PodNamespaceLister { return namespacedPodLister{} }

type namespacedPodLister struct{ corelisters.PodNamespaceLister }

func (namespacedPodLister) List(labels.Selector) ([]*corev1.Pod, error) { return nil, nil }

type runtimeClassLister struct {
	nodelisters.RuntimeClassLister
	world *world
}

func (l runtimeClassLister) Get(name string) (*nodev1.RuntimeClass, error) {
	if class, ok := l.world.runtimeClasses[name]; ok {
		return class, nil
	}
	return nil, apierrors.NewNotFound(nodev1.Resource("runtimeclasses"), name)
}

type priorityClassLister struct {
	schedulinglisters.PriorityClassLister
	world *world
}

func (l priorityClassLister) Get(name string) (*schedulingv1.PriorityClass, error) {
	if class, ok := l.world.priorityClasses[name]; ok {
		return class, nil
	}
	return nil, apierrors.NewNotFound(schedulingv1.Resource("priorityclasses"), name)
}

func (l priorityClassLister) List(labels.Selector) ([]*schedulingv1.PriorityClass, error) {
	classes := make([]*schedulingv1.PriorityClass, 0, len(l.world.priorityClasses))
	for _, class := range l.world.priorityClasses {
		classes = append(classes, class)
	}
	return classes, nil
}

// client stands in for a client, which plug-ins want and only ask where their lister does not know.
type client struct{ kubernetes.Interface }

func (client) NodeV1() nodeclient.NodeV1Interface { return nodeClient{} }

type nodeClient struct{ nodeclient.NodeV1Interface }

func (nodeClient) RuntimeClasses() nodeclient.RuntimeClassInterface { return runtimeClassClient{} }

type runtimeClassClient struct {
	nodeclient.RuntimeClassInterface
}
