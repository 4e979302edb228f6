package admission

import (
	"context"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission"
	api "k8s.io/kubernetes/pkg/apis/core"
)

// namespaceLifecycle is NamespaceLifecycle as far as it needs no cluster: every namespace exists whose name could exist.
type namespaceLifecycle struct{}

func (namespaceLifecycle) Handles(operation admission.Operation) bool {
	return operation == admission.Create
}

func (namespaceLifecycle) Admit(_ context.Context, attributes admission.Attributes, _ admission.ObjectInterfaces) error {
	namespace := attributes.GetNamespace()
	isNamespace := attributes.GetKind().GroupKind() == schema.GroupKind{Kind: "Namespace"}
	// Questions about access are answered for namespaces that do not exist, too.
	isAccessReview := attributes.GetResource().GroupResource() == schema.GroupResource{Group: "authorization.k8s.io", Resource: "localsubjectaccessreviews"}
	if namespace == "" || isNamespace || isAccessReview || len(validation.ValidateNamespaceName(namespace, false)) == 0 {
		return nil
	}
	return apierrors.NewNotFound(api.Resource("namespaces"), namespace)
}
