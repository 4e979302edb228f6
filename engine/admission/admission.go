// Package admission judges objects as the admission plug-ins do that a kube-apiserver runs by default.
//
// The plug-ins are upstream's own. What they look up in a cluster (namespaces, service accounts, limit ranges, classes,
// policies and their parameters) they find among the objects of the context, through stand-ins for listers: nothing runs in
// the background. What no object of the context describes, exists: an empty namespace or service account, a class that
// nobody knows anything of.
package admission

import (
	"context"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apiserver/pkg/admission"

	"k8s-autofix.dev/engine/seam"
)

// chain is all plug-ins in the server's order.
type chain []admission.Interface

// New makes the chain for a context. It also names the objects of the context that the chain looks up, and those that the
// server would have refused: these take no part.
func New(objects []*unstructured.Unstructured, customs seam.CustomKinds) (seam.Admission, []string, []seam.Refusal) {
	world := newWorld()
	made := newChain(world)
	// What the context holds is itself judged, except by policies: their parameters are there before them.
	seeder := &seeder{customs: customs, chain: made}
	world.fill(seeder, objects)
	mutating, validating := newPolicies(seeder, world, objects)
	if mutating != nil {
		made = append(made, mutating)
	}
	if validating != nil {
		made = append(made, validating)
	}
	return made, seeder.made, seeder.refused
}

// Mutate runs the plug-ins that change the object. They run a second time when a policy has changed it after them.
func (c chain) Mutate(ctx context.Context, attributes seam.Attributes) error {
	if err := c.admit(ctx, attributes); err != nil {
		return err
	}
	again := attributes.GetReinvocationContext()
	if !again.ShouldReinvoke() {
		return nil
	}
	again.SetIsReinvoke()
	return c.admit(ctx, attributes)
}

func (c chain) admit(ctx context.Context, attributes seam.Attributes) error {
	for _, plugin := range c {
		if mutator, ok := plugin.(admission.MutationInterface); ok && plugin.Handles(attributes.GetOperation()) {
			if err := mutator.Admit(ctx, attributes.Attributes, attributes.Objects); err != nil {
				return err
			}
		}
	}
	return nil
}

// Validate runs the plug-ins that only refuse and warn.
func (c chain) Validate(ctx context.Context, attributes seam.Attributes) error {
	for _, plugin := range c {
		if validator, ok := plugin.(admission.ValidationInterface); ok && plugin.Handles(attributes.GetOperation()) {
			if err := validator.Validate(ctx, attributes.Attributes, attributes.Objects); err != nil {
				return err
			}
		}
	}
	return nil
}
