package kinds

import (
	"context"
	"fmt"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/validation/path"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/endpoints/request"
	authentication "k8s.io/kubernetes/pkg/apis/authentication"
	authorization "k8s.io/kubernetes/pkg/apis/authorization"
	authorizationvalidation "k8s.io/kubernetes/pkg/apis/authorization/validation"
	api "k8s.io/kubernetes/pkg/apis/core"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
)

// review is a kind that is a question to the server: it is checked and answered, never stored. What the answer would be
// depends on a cluster, so here it stays empty.
type review struct {
	version    schema.GroupVersion
	kind       string
	resource   string
	namespaced bool
	review     func(ctx context.Context, object runtime.Object) error
}

func reviews() []review {
	authorizationV1 := schema.GroupVersion{Group: "authorization.k8s.io", Version: "v1"}
	authenticationV1 := schema.GroupVersion{Group: "authentication.k8s.io", Version: "v1"}
	return []review{
		{schema.GroupVersion{Version: "v1"}, "Binding", "bindings", true, func(ctx context.Context, object runtime.Object) error {
			binding := object.(*api.Binding)
			if errs := corevalidation.ValidatePodBinding(binding); len(errs) != 0 {
				return errs.ToAggregate()
			}
			// What the storage says when it is to find a pod of that name; none waits here to be bound.
			if binding.Name == "" {
				return apierrors.NewBadRequest("Name parameter required.")
			}
			if messages := path.IsValidPathSegmentName(binding.Name); len(messages) != 0 {
				return apierrors.NewBadRequest(fmt.Sprintf("Name parameter invalid: %q: %s", binding.Name, strings.Join(messages, ";")))
			}
			return apierrors.NewNotFound(api.Resource("pods"), binding.Name)
		}},
		{authenticationV1, "SelfSubjectReview", "selfsubjectreviews", false, func(_ context.Context, object runtime.Object) error {
			*object.(*authentication.SelfSubjectReview) = authentication.SelfSubjectReview{}
			return nil
		}},
		{authenticationV1, "TokenReview", "tokenreviews", false, func(_ context.Context, object runtime.Object) error {
			if object.(*authentication.TokenReview).Spec.Token == "" {
				return apierrors.NewBadRequest("token is required for TokenReview in authentication")
			}
			return nil
		}},
		{authorizationV1, "LocalSubjectAccessReview", "localsubjectaccessreviews", true, func(ctx context.Context, object runtime.Object) error {
			review := object.(*authorization.LocalSubjectAccessReview)
			if err := invalid(review.Kind, authorizationvalidation.ValidateLocalSubjectAccessReview(review)); err != nil {
				return err
			}
			if namespace := request.NamespaceValue(ctx); namespace != review.Namespace {
				return apierrors.NewBadRequest(fmt.Sprintf("spec.resourceAttributes.namespace must match namespace: %v", namespace))
			}
			review.Status = authorization.SubjectAccessReviewStatus{}
			return nil
		}},
		{authorizationV1, "SelfSubjectAccessReview", "selfsubjectaccessreviews", false, func(_ context.Context, object runtime.Object) error {
			review := object.(*authorization.SelfSubjectAccessReview)
			review.Status = authorization.SubjectAccessReviewStatus{}
			return invalid(review.Kind, authorizationvalidation.ValidateSelfSubjectAccessReview(review))
		}},
		{authorizationV1, "SelfSubjectRulesReview", "selfsubjectrulesreviews", false, func(_ context.Context, object runtime.Object) error {
			review := object.(*authorization.SelfSubjectRulesReview)
			if review.Spec.Namespace == "" {
				return apierrors.NewBadRequest("no namespace on request")
			}
			*review = authorization.SelfSubjectRulesReview{}
			return nil
		}},
		{authorizationV1, "SubjectAccessReview", "subjectaccessreviews", false, func(_ context.Context, object runtime.Object) error {
			review := object.(*authorization.SubjectAccessReview)
			review.Status = authorization.SubjectAccessReviewStatus{}
			return invalid(review.Kind, authorizationvalidation.ValidateSubjectAccessReview(review))
		}},
	}
}

func invalid(kind string, errs field.ErrorList) error {
	if len(errs) == 0 {
		return nil
	}
	return apierrors.NewInvalid(authorization.Kind(kind), "", errs)
}
