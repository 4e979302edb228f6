//go:build !kubernetes_1_35

package admission

import (
	"context"

	v1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/generic"
	"k8s.io/apiserver/pkg/admission/plugin/policy/matching"
	"k8s.io/apiserver/pkg/admission/plugin/policy/mutating"
	"k8s.io/apiserver/pkg/admission/plugin/policy/mutating/patch"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/cel/environment"
)

// mutatingPolicies is MutatingAdmissionPolicy: upstream's dispatcher over the policies of the context.
type mutatingPolicies struct {
	generic.Dispatcher[mutating.PolicyHook]
	hooks []mutating.PolicyHook
}

func (p *mutatingPolicies) Handles(admission.Operation) bool { return true }

func (p *mutatingPolicies) Admit(ctx context.Context, attributes admission.Attributes, objects admission.ObjectInterfaces) error {
	if unjudged.Has(attributes.GetResource().GroupResource()) {
		return nil
	}
	return p.Dispatch(ctx, attributes, withEquivalents(objects), p.hooks)
}

// newMutations finds the policies that are bound. Nil where there are none.
func newMutations(parameters *parameters, matcher *matching.Matcher, authorizer authorizer.Authorizer) admission.MutationInterface {
	seeder, objects := parameters.seeder, parameters.objects
	policies := map[string]*v1.MutatingAdmissionPolicy{}
	bindings := map[string]*v1.MutatingAdmissionPolicyBinding{}
	for _, object := range objects {
		switch object.GroupVersionKind().GroupKind() {
		case schema.GroupKind{Group: v1.GroupName, Kind: "MutatingAdmissionPolicy"}:
			add(seeder, policies, policyNoun, object, &v1.MutatingAdmissionPolicy{})
		case schema.GroupKind{Group: v1.GroupName, Kind: "MutatingAdmissionPolicyBinding"}:
			add(seeder, bindings, bindingNoun, object, &v1.MutatingAdmissionPolicyBinding{})
		}
	}
	hooks := bind(parameters, policies, bindings, mutating.NewMutatingAdmissionPolicyAccessor, mutating.NewMutatingAdmissionPolicyBindingAccessor, compileMutating)
	if len(hooks) == 0 {
		return nil
	}
	converters := &converters{seeder: seeder, objects: objects}
	return &mutatingPolicies{mutating.NewDispatcher(authorizer, matcher, converters), hooks}
}

// compileMutating is compilePolicy of k8s.io/apiserver/pkg/admission/plugin/policy/mutating.
func compileMutating(policy *v1.MutatingAdmissionPolicy) mutating.PolicyEvaluator {
	spec := policy.Spec
	options := cel.OptionalVariableDeclarations{HasParams: spec.ParamKind != nil, HasAuthorizer: true}
	compiler, err := newCompiler(spec.Variables, options)
	if err != nil {
		return mutating.PolicyEvaluator{Error: err}
	}
	matcher := matchConditions(compiler, spec.MatchConditions, options, spec.FailurePolicy, policy.Name)
	options.HasPatchTypes = true
	evaluator := func(accessor cel.ExpressionAccessor) cel.MutatingEvaluator {
		return compiler.CompileMutatingEvaluator(accessor, options, environment.StoredExpressions)
	}
	var patchers []patch.Patcher
	for _, mutation := range spec.Mutations {
		switch {
		case mutation.PatchType == v1.PatchTypeJSONPatch && mutation.JSONPatch != nil:
			patchers = append(patchers, patch.NewJSONPatcher(evaluator(&patch.JSONPatchCondition{Expression: mutation.JSONPatch.Expression})))
		case mutation.PatchType == v1.PatchTypeApplyConfiguration && mutation.ApplyConfiguration != nil:
			patchers = append(patchers, patch.NewApplyConfigurationPatcher(evaluator(&patch.ApplyConfigurationCondition{Expression: mutation.ApplyConfiguration.Expression})))
		}
	}
	return mutating.PolicyEvaluator{Matcher: matcher, Mutators: patchers, CompositedCompiler: compiler}
}

// compiled is a validator of upstream's.
func compiled(validations cel.ConditionEvaluator, matcher matchconditions.Matcher, annotations, messages cel.ConditionEvaluator, failurePolicy *v1.FailurePolicyType) validating.Validator {
	return validating.NewValidator(validations, matcher, annotations, messages, failurePolicy, nil)
}

// uncompiled is that of a policy that cannot be compiled.
func uncompiled(failurePolicy *v1.FailurePolicyType, err error) validating.Validator {
	return validating.NewValidator(nil, nil, nil, nil, failurePolicy, err)
}

func (v lazyValidator) CompileError() error { return v.compiled().CompileError() }
