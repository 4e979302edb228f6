package admission

import (
	"context"

	"k8s.io/apiserver/pkg/admission"
	api "k8s.io/kubernetes/pkg/apis/core"
)

// described is a plug-in that completes a new pod by a class, and has nothing to say where the pod names a class that
// nobody has described.
type described struct {
	admission.Interface
	describes func(pod *api.Pod) bool
}

func (d described) Admit(ctx context.Context, attributes admission.Attributes, objects admission.ObjectInterfaces) error {
	mutator, ok := d.Interface.(admission.MutationInterface)
	if !ok || d.isSilent(attributes) {
		return nil
	}
	return mutator.Admit(ctx, attributes, objects)
}

func (d described) Validate(ctx context.Context, attributes admission.Attributes, objects admission.ObjectInterfaces) error {
	validator, ok := d.Interface.(admission.ValidationInterface)
	if !ok || d.isSilent(attributes) {
		return nil
	}
	return validator.Validate(ctx, attributes, objects)
}

func (d described) isSilent(attributes admission.Attributes) bool {
	pod, ok := attributes.GetObject().(*api.Pod)
	return ok && attributes.GetOperation() == admission.Create && !d.describes(pod)
}
