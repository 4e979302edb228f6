//go:build kubernetes_1_35

package admission

import (
	v1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/matching"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	"k8s.io/apiserver/pkg/authorization/authorizer"
)

// newMutations is nil: Kubernetes 1.35 has MutatingAdmissionPolicy in beta, and serves no beta unless it is told to.
func newMutations(*parameters, *matching.Matcher, authorizer.Authorizer) admission.MutationInterface {
	return nil
}

// compiled is a validator of upstream's.
func compiled(validations cel.ConditionEvaluator, matcher matchconditions.Matcher, annotations, messages cel.ConditionEvaluator, failurePolicy *v1.FailurePolicyType) validating.Validator {
	return validating.NewValidator(validations, matcher, annotations, messages, failurePolicy)
}

// uncompiled ends as upstream does where it cannot make a compiler.
func uncompiled(_ *v1.FailurePolicyType, err error) validating.Validator { panic(err) }
