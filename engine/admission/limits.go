package admission

import (
	"errors"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/kubernetes/plugin/pkg/admission/limitranger"
)

// limits is what upstream's LimitRanger does by default, in an order that does not change from one call to the next.
type limits struct {
	limitranger.DefaultLimitRangerActions
	world *world
}

// SupportsAttributes also spares the plug-in a live lookup in namespaces without limits.
func (l limits) SupportsAttributes(attributes admission.Attributes) bool {
	return len(l.world.limitRanges[attributes.GetNamespace()]) > 0 && l.DefaultLimitRangerActions.SupportsAttributes(attributes)
}

func (l limits) MutateLimit(limitRange *corev1.LimitRange, resource string, object runtime.Object) error {
	return l.DefaultLimitRangerActions.MutateLimit(limitRange, resource, object)
}

// ValidateLimit sorts the violations: upstream finds them in the order of a map.
func (l limits) ValidateLimit(limitRange *corev1.LimitRange, resource string, object runtime.Object) error {
	err := l.DefaultLimitRangerActions.ValidateLimit(limitRange, resource, object)
	var several utilerrors.Aggregate
	if !errors.As(err, &several) {
		return err
	}
	violations := slices.SortedFunc(slices.Values(several.Errors()), func(a, b error) int {
		return strings.Compare(a.Error(), b.Error())
	})
	return utilerrors.NewAggregate(violations)
}

func (l limits) SupportsLimit(*corev1.LimitRange) bool { return true }
