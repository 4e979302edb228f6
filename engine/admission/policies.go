package admission

import (
	"cmp"
	"context"
	"slices"

	v1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/policy/generic"
	"k8s.io/apiserver/pkg/admission/plugin/policy/matching"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/kubernetes/pkg/kubeapiserver/admission/exclusion"
)

// validatingPolicies is ValidatingAdmissionPolicy: upstream's dispatcher over the policies of the context.
type validatingPolicies struct {
	generic.Dispatcher[validating.PolicyHook]
	hooks []validating.PolicyHook
}

func (p *validatingPolicies) Handles(admission.Operation) bool { return true }

func (p *validatingPolicies) Validate(ctx context.Context, attributes admission.Attributes, objects admission.ObjectInterfaces) error {
	if unjudged.Has(attributes.GetResource().GroupResource()) {
		return nil
	}
	return p.Dispatch(ctx, attributes, newReadOnly(withEquivalents(objects)), p.hooks)
}

// unjudged are the resources that policies are never asked about: themselves, and questions about access.
var unjudged = sets.New(append(exclusion.Excluded(),
	schema.GroupResource{Group: v1.GroupName, Resource: "validatingadmissionpolicies"},
	schema.GroupResource{Group: v1.GroupName, Resource: "validatingadmissionpolicybindings"},
	schema.GroupResource{Group: v1.GroupName, Resource: "mutatingadmissionpolicies"},
	schema.GroupResource{Group: v1.GroupName, Resource: "mutatingadmissionpolicybindings"},
)...)

// newPolicies finds the policies that are bound: those that mutate, and those that validate. Nil where there are none.
func newPolicies(seeder *seeder, world *world, objects []*unstructured.Unstructured) (admission.MutationInterface, *validatingPolicies) {
	validations := map[string]*v1.ValidatingAdmissionPolicy{}
	validationBindings := map[string]*v1.ValidatingAdmissionPolicyBinding{}
	for _, object := range objects {
		switch object.GroupVersionKind().GroupKind() {
		case schema.GroupKind{Group: v1.GroupName, Kind: "ValidatingAdmissionPolicy"}:
			add(seeder, validations, policyNoun, object, &v1.ValidatingAdmissionPolicy{})
		case schema.GroupKind{Group: v1.GroupName, Kind: "ValidatingAdmissionPolicyBinding"}:
			add(seeder, validationBindings, bindingNoun, object, &v1.ValidatingAdmissionPolicyBinding{})
		}
	}
	parameters := &parameters{seeder: seeder, objects: objects}
	matcher := matching.NewMatcher(namespaceLister{world: world}, client{})
	// The requester may do everything, and the server that we compare with lets everyone.
	authorizer := authorizerfactory.NewAlwaysAllowAuthorizer()

	var validates *validatingPolicies
	if hooks := bind(parameters, validations, validationBindings, validating.NewValidatingAdmissionPolicyAccessor, validating.NewValidatingAdmissionPolicyBindingAccessor, compileValidating); len(hooks) > 0 {
		validates = &validatingPolicies{validating.NewDispatcher(authorizer, generic.NewPolicyMatcher(matcher)), hooks}
	}
	return newMutations(parameters, matcher, authorizer), validates
}

const (
	policyNoun  = "admission policy"
	bindingNoun = "admission policy binding"
)

func add[T runtime.Object](seeder *seeder, known map[string]T, noun string, object *unstructured.Unstructured, into T) {
	if made, ok := seedAs(seeder, noun, object, into); ok {
		known[object.GetName()] = made
	}
}

// bind pairs policies with their bindings, both in the order of their names (upstream's is that of a map), and compiles
// those that are bound.
func bind[P, B runtime.Object, E generic.Evaluator](parameters *parameters, policies map[string]P, bindings map[string]B, policyAccessor func(P) generic.PolicyAccessor, bindingAccessor func(B) generic.BindingAccessor, compile func(P) E) []generic.PolicyHook[P, B, E] {
	bound := map[string][]B{}
	for _, binding := range bindings {
		name := bindingAccessor(binding).GetPolicyName().Name
		bound[name] = append(bound[name], binding)
	}
	var hooks []generic.PolicyHook[P, B, E]
	for name, bindings := range bound {
		policy, ok := policies[name]
		if !ok {
			continue
		}
		slices.SortFunc(bindings, func(a, b B) int {
			return cmp.Compare(bindingAccessor(a).GetName(), bindingAccessor(b).GetName())
		})
		informer, scope, err := parameters.find(policyAccessor(policy).GetParamKind())
		hooks = append(hooks, generic.PolicyHook[P, B, E]{
			Policy:             policy,
			Bindings:           bindings,
			ParamInformer:      informer,
			ParamScope:         scope,
			Evaluator:          compile(policy),
			ConfigurationError: err,
		})
	}
	slices.SortFunc(hooks, func(a, b generic.PolicyHook[P, B, E]) int {
		return cmp.Compare(policyAccessor(a.Policy).GetName(), policyAccessor(b.Policy).GetName())
	})
	return hooks
}
