package admission

import (
	"slices"
	"sync"

	v1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	"k8s.io/apiserver/pkg/cel/environment"
)

// compileValidating is compilePolicy of k8s.io/apiserver/pkg/admission/plugin/policy/validating.
func compileValidating(policy *v1.ValidatingAdmissionPolicy) validating.Validator {
	return lazyValidator{sync.OnceValue(func() validating.Validator { return newValidator(policy) })}
}

func newValidator(policy *v1.ValidatingAdmissionPolicy) validating.Validator {
	spec := policy.Spec
	withAuthorizer := cel.OptionalVariableDeclarations{HasParams: spec.ParamKind != nil, HasAuthorizer: true}
	without := cel.OptionalVariableDeclarations{HasParams: spec.ParamKind != nil}
	compiler, err := newCompiler(spec.Variables, withAuthorizer)
	if err != nil {
		return uncompiled(spec.FailurePolicy, err)
	}
	conditions := func(accessors []cel.ExpressionAccessor, options cel.OptionalVariableDeclarations) cel.ConditionEvaluator {
		if !slices.ContainsFunc(accessors, func(accessor cel.ExpressionAccessor) bool { return accessor != nil }) {
			return noExpressions{}
		}
		return compiler.CompileCondition(accessors, options, environment.StoredExpressions)
	}
	validations := make([]cel.ExpressionAccessor, len(spec.Validations))
	messages := make([]cel.ExpressionAccessor, len(spec.Validations))
	for index, validation := range spec.Validations {
		validations[index] = &validating.ValidationCondition{Expression: validation.Expression, Message: validation.Message, Reason: validation.Reason}
		if validation.MessageExpression != "" {
			messages[index] = &validating.MessageExpressionCondition{MessageExpression: validation.MessageExpression}
		}
	}
	annotations := make([]cel.ExpressionAccessor, len(spec.AuditAnnotations))
	for index, annotation := range spec.AuditAnnotations {
		annotations[index] = &validating.AuditAnnotationCondition{Key: annotation.Key, ValueExpression: annotation.ValueExpression}
	}
	return compiled(
		conditions(validations, withAuthorizer),
		matchConditions(compiler, spec.MatchConditions, withAuthorizer, spec.FailurePolicy, policy.Name),
		conditions(annotations, withAuthorizer),
		conditions(messages, without),
		spec.FailurePolicy,
	)
}

// plainCompiler compiles for all policies without variables. Making a compiler costs more than most expressions do.
var plainCompiler = sync.OnceValues(func() (*cel.CompositedCompiler, error) {
	return cel.NewCompositedCompiler(environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()))
})

// newCompiler makes a compiler whose expressions can use the variables.
func newCompiler(variables []v1.Variable, options cel.OptionalVariableDeclarations) (*cel.CompositedCompiler, error) {
	if len(variables) == 0 {
		return plainCompiler()
	}
	compiler, err := cel.NewCompositedCompiler(environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()))
	if err != nil {
		return nil, err
	}
	named := make([]cel.NamedExpressionAccessor, len(variables))
	for index, variable := range variables {
		named[index] = &validating.Variable{Name: variable.Name, Expression: variable.Expression}
	}
	compiler.CompileAndStoreVariables(named, options, environment.StoredExpressions)
	return compiler, nil
}

// matchConditions is nil where there are none.
func matchConditions(compiler *cel.CompositedCompiler, conditions []v1.MatchCondition, options cel.OptionalVariableDeclarations, failurePolicy *v1.FailurePolicyType, name string) matchconditions.Matcher {
	if len(conditions) == 0 {
		return nil
	}
	accessors := make([]cel.ExpressionAccessor, len(conditions))
	for index := range conditions {
		accessors[index] = (*matchconditions.MatchCondition)(&conditions[index])
	}
	return matchconditions.NewMatcher(compiler.CompileCondition(accessors, options, environment.StoredExpressions), failurePolicy, "policy", "validate", name)
}
