package admission

import (
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	eventsv1 "k8s.io/api/events/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission"
)

// equivalents are the built-in resources that are served under more than one name. The server finds them by where they are
// stored, which is the resource's name.
var equivalents = func() runtime.EquivalentResourceRegistry {
	registry := runtime.NewEquivalentResourceRegistryWithIdentity(func(resource schema.GroupResource) string { return resource.Resource })
	for resource, kind := range map[schema.GroupVersionResource]string{
		autoscalingv2.SchemeGroupVersion.WithResource("horizontalpodautoscalers"): "HorizontalPodAutoscaler",
		autoscalingv1.SchemeGroupVersion.WithResource("horizontalpodautoscalers"): "HorizontalPodAutoscaler",
		corev1.SchemeGroupVersion.WithResource("events"):                          "Event",
		eventsv1.SchemeGroupVersion.WithResource("events"):                        "Event",
	} {
		registry.RegisterKindFor(resource, "", resource.GroupVersion().WithKind(kind))
	}
	return registry
}()

// equivalentsToo adds the built-in equivalents to what a kind knows of its own.
type equivalentsToo struct{ admission.ObjectInterfaces }

func withEquivalents(objects admission.ObjectInterfaces) admission.ObjectInterfaces {
	return equivalentsToo{objects}
}

func (o equivalentsToo) GetEquivalentResourceMapper() runtime.EquivalentResourceMapper {
	return mapper{o.ObjectInterfaces.GetEquivalentResourceMapper()}
}

type mapper struct {
	own runtime.EquivalentResourceMapper
}

func (m mapper) EquivalentResourcesFor(resource schema.GroupVersionResource, subresource string) []schema.GroupVersionResource {
	if own := m.own.EquivalentResourcesFor(resource, subresource); len(own) > 0 {
		return own
	}
	if equivalents.KindFor(resource, subresource).Empty() {
		return nil
	}
	return equivalents.EquivalentResourcesFor(resource, subresource)
}

func (m mapper) KindFor(resource schema.GroupVersionResource, subresource string) schema.GroupVersionKind {
	if own := m.own.KindFor(resource, subresource); !own.Empty() {
		return own
	}
	return equivalents.KindFor(resource, subresource)
}
