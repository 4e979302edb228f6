// Package custom serves the resources of CustomResourceDefinitions as k8s.io/apiextensions-apiserver does.
//
// The definitions' strategy, the schemas with all that is checked against them, and the resources' strategy are upstream's
// own. What upstream keeps to itself (pkg/apiserver/customresource_handler.go, the naming controller, conversion) is
// written again here, as short as it gets without a cluster.
//
// A repository may hold a thousand definitions and use few of them, and to validate one costs milliseconds. So New reads
// no more than their names; a definition is decoded, validated and compiled for the first object of its kind. One that the
// server would refuse serves nothing, and Refused says why.
package custom

import (
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"k8s-autofix.dev/engine/seam"
)

type kinds map[schema.GroupKind]*definition

// New takes the definitions among the objects. Refused are those whose fault shows without their schemas; the others are
// made, until the first object of their kind shows a fault of theirs.
func New(objects []*unstructured.Unstructured) (seam.CustomKinds, []string, []seam.Refusal) {
	made, refused := []string{}, []seam.Refusal{}
	found := kinds{}
	var served []*definition
	taken := claims{}
	for _, one := range standing(objects) {
		if !one.isNamed() {
			// Nothing can be looked up in it, so its fault would never show.
			one.check()
		}
		if one.refusal == nil {
			taken.claim(one)
		}
		served = append(served, one)
	}
	// A definition can still lose its names to the one after it, when it turns out to be refused itself.
	for _, one := range served {
		if one.refusal != nil {
			refused = append(refused, *one.refusal)
			continue
		}
		made = append(made, one.what())
	}
	for _, one := range served {
		id := schema.GroupKind{Group: one.group, Kind: one.names.Kind}
		if other := found[id]; other == nil || other.refusal != nil {
			found[id] = one
		}
	}
	return found, made, refused
}

// standing are the definitions that are left when all objects have been applied, one after the other: the last one of a
// name takes the place of those before.
func standing(objects []*unstructured.Unstructured) []*definition {
	var definitions []*definition
	places := map[string]int{}
	for _, object := range objects {
		id := object.GroupVersionKind()
		if id.Group != apiextensions.GroupName || id.Kind != "CustomResourceDefinition" {
			continue
		}
		one := outline(object)
		if place, ok := places[one.name]; ok && one.name != "" {
			definitions[place] = one
			continue
		}
		places[one.name] = len(definitions)
		definitions = append(definitions, one)
	}
	return definitions
}

func (k kinds) Lookup(id schema.GroupVersionKind) (*seam.Kind, bool) {
	definition, ok := k[id.GroupKind()]
	if !ok || !definition.check() {
		return nil, false
	}
	return definition.kind(id.Version)
}

func (k kinds) Refused(id schema.GroupVersionKind) (seam.Refusal, bool) {
	definition, ok := k[id.GroupKind()]
	if !ok || definition.check() {
		return seam.Refusal{}, false
	}
	return *definition.refusal, true
}
