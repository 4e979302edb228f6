package admission

import (
	"context"

	v1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/authorization/authorizer"
)

// lazyValidator compiles a policy when it first has to judge: milliseconds that a policy does not cost whose resources are
// not among the objects.
type lazyValidator struct {
	compiled func() validating.Validator
}

func (v lazyValidator) Validate(ctx context.Context, resource schema.GroupVersionResource, attributes *admission.VersionedAttributes, parameter runtime.Object, namespace *corev1.Namespace, budget int64, authorizer authorizer.Authorizer) validating.ValidateResult {
	return v.compiled().Validate(ctx, resource, attributes, parameter, namespace, budget, authorizer)
}

// noExpressions evaluates none, without preparing their variables.
type noExpressions struct{}

func (noExpressions) ForInput(_ context.Context, _ *admission.VersionedAttributes, _ *v1.AdmissionRequest, _ cel.OptionalVariableBindings, _ *corev1.Namespace, budget int64) ([]cel.EvaluationResult, int64, error) {
	return nil, budget, nil
}

func (noExpressions) CompilationErrors() []error { return nil }
