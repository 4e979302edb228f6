package admission

import (
	"cmp"
	"slices"

	corev1 "k8s.io/api/core/v1"
	nodev1 "k8s.io/api/node/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	internalscheduling "k8s.io/kubernetes/pkg/apis/scheduling/v1"
)

// world is what plug-ins look up.
type world struct {
	namespaces      map[string]*corev1.Namespace
	accounts        map[types.NamespacedName]*corev1.ServiceAccount
	limitRanges     map[string][]*corev1.LimitRange
	priorityClasses map[string]*schedulingv1.PriorityClass
	runtimeClasses  map[string]*nodev1.RuntimeClass
}

func newWorld() *world {
	made := &world{
		namespaces:      map[string]*corev1.Namespace{},
		accounts:        map[types.NamespacedName]*corev1.ServiceAccount{},
		limitRanges:     map[string][]*corev1.LimitRange{},
		priorityClasses: map[string]*schedulingv1.PriorityClass{},
		runtimeClasses:  map[string]*nodev1.RuntimeClass{},
	}
	// A server makes these two itself.
	for _, class := range internalscheduling.SystemPriorityClasses() {
		legacyscheme.Scheme.Default(class)
		made.priorityClasses[class.Name] = class
	}
	return made
}

// fill makes the objects that plug-ins look up.
func (w *world) fill(seeder *seeder, objects []*unstructured.Unstructured) {
	for _, object := range objects {
		switch object.GroupVersionKind().GroupKind() {
		case schema.GroupKind{Kind: "Namespace"}:
			if namespace, ok := seedAs(seeder, "namespace", object, &corev1.Namespace{}); ok {
				w.namespaces[namespace.Name] = namespace
			}
		case schema.GroupKind{Kind: "ServiceAccount"}:
			if account, ok := seedAs(seeder, "service account", object, &corev1.ServiceAccount{}); ok {
				w.accounts[types.NamespacedName{Namespace: account.Namespace, Name: account.Name}] = account
			}
		case schema.GroupKind{Kind: "LimitRange"}:
			if limits, ok := seedAs(seeder, "limit range", object, &corev1.LimitRange{}); ok {
				w.addLimitRange(limits)
			}
		case schema.GroupKind{Group: schedulingv1.GroupName, Kind: "PriorityClass"}:
			if class, ok := seedAs(seeder, "priority class", object, &schedulingv1.PriorityClass{}); ok {
				w.priorityClasses[class.Name] = class
			}
		case schema.GroupKind{Group: nodev1.GroupName, Kind: "RuntimeClass"}:
			if class, ok := seedAs(seeder, "runtime class", object, &nodev1.RuntimeClass{}); ok {
				w.runtimeClasses[class.Name] = class
			}
		}
	}
}

// addLimitRange keeps those of a namespace sorted. Of two with one name, the later counts.
func (w *world) addLimitRange(limits *corev1.LimitRange) {
	byName := func(a, b *corev1.LimitRange) int { return cmp.Compare(a.Name, b.Name) }
	known := w.limitRanges[limits.Namespace]
	at, found := slices.BinarySearchFunc(known, limits, byName)
	if found {
		known[at] = limits
		return
	}
	w.limitRanges[limits.Namespace] = slices.Insert(known, at, limits)
}

// namespace finds a namespace, or makes up what a server would hold of one that nobody has described.
func (w *world) namespace(name string) *corev1.Namespace {
	if known, ok := w.namespaces[name]; ok {
		return known
	}
	return &corev1.Namespace{
		ObjectMeta: metav1.ObjectMeta{
			Name:              name,
			UID:               uid,
			ResourceVersion:   "1",
			CreationTimestamp: creationTime,
			Labels:            map[string]string{corev1.LabelMetadataName: name},
		},
		Spec:   corev1.NamespaceSpec{Finalizers: []corev1.FinalizerName{corev1.FinalizerKubernetes}},
		Status: corev1.NamespaceStatus{Phase: corev1.NamespaceActive},
	}
}

func (w *world) account(namespace, name string) *corev1.ServiceAccount {
	if known, ok := w.accounts[types.NamespacedName{Namespace: namespace, Name: name}]; ok {
		return known
	}
	return &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name}}
}

// describesPriorityClass also holds for a pod that names none: it gets the default.
func (w *world) describesPriorityClass(name string) bool {
	return name == "" || w.priorityClasses[name] != nil
}

func (w *world) describesRuntimeClass(name *string) bool {
	return name == nil || w.runtimeClasses[*name] != nil
}
