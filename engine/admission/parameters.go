package admission

import (
	"cmp"
	"fmt"
	"slices"

	v1 "k8s.io/api/admissionregistration/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"

	"k8s-autofix.dev/engine/seam"
)

// parameters are the objects of the context that policies may be given.
type parameters struct {
	seeder  *seeder
	objects []*unstructured.Unstructured
	found   map[schema.GroupVersionKind]parameterLister
}

// find gives the parameters of one kind. Its error is upstream's, where the kind is not served.
func (p *parameters) find(paramKind *v1.ParamKind) (informers.GenericInformer, meta.RESTScope, error) {
	if paramKind == nil {
		return nil, nil, nil
	}
	id := schema.FromAPIVersionAndKind(paramKind.APIVersion, paramKind.Kind)
	kind, ok := p.seeder.lookup(id)
	if !ok {
		return nil, nil, fmt.Errorf("failed to find resource referenced by paramKind: '%v'", id)
	}
	scope := meta.RESTScopeRoot
	if kind.Namespaced {
		scope = meta.RESTScopeNamespace
	}
	lister, ok := p.found[id]
	if !ok {
		lister = p.list(kind)
		if p.found == nil {
			p.found = map[schema.GroupVersionKind]parameterLister{}
		}
		p.found[id] = lister
	}
	return informer[cache.GenericLister]{lister}, scope, nil
}

func (p *parameters) list(kind *seam.Kind) parameterLister {
	lister := parameterLister{resource: kind.Resource.GroupResource()}
	known := map[string]*unstructured.Unstructured{}
	for _, object := range p.objects {
		if object.GroupVersionKind().GroupKind() != kind.GroupVersionKind.GroupKind() {
			continue
		}
		created, _, ok := p.seeder.seed("policy parameter", object)
		if !ok {
			continue
		}
		parameter := &unstructured.Unstructured{}
		text, err := kind.Encode(created)
		if err == nil {
			err = parameter.UnmarshalJSON(text)
		}
		if err != nil {
			p.seeder.refused = append(p.seeder.refused, seam.Refusal{What: "policy parameter " + object.GetName(), Message: err.Error()})
			continue
		}
		parameter.SetGroupVersionKind(kind.GroupVersionKind)
		known[keyOf(parameter.GetNamespace(), parameter.GetName())] = parameter
	}
	for _, parameter := range known {
		lister.objects = append(lister.objects, parameter)
	}
	slices.SortFunc(lister.objects, func(a, b *unstructured.Unstructured) int {
		return cmp.Or(cmp.Compare(a.GetNamespace(), b.GetNamespace()), cmp.Compare(a.GetName(), b.GetName()))
	})
	return lister
}

func keyOf(namespace, name string) string { return namespace + "/" + name }

// parameterLister lists in the order of names; upstream's order is that of a map. With a namespace it is a lister of that
// alone.
type parameterLister struct {
	resource  schema.GroupResource
	namespace string
	objects   []*unstructured.Unstructured
}

func (l parameterLister) List(selector labels.Selector) ([]runtime.Object, error) {
	var listed []runtime.Object
	for _, object := range l.objects {
		if (l.namespace == "" || object.GetNamespace() == l.namespace) && selector.Matches(labels.Set(object.GetLabels())) {
			listed = append(listed, object)
		}
	}
	return listed, nil
}

func (l parameterLister) Get(name string) (runtime.Object, error) {
	for _, object := range l.objects {
		if object.GetNamespace() == l.namespace && object.GetName() == name {
			return object, nil
		}
	}
	return nil, apierrors.NewNotFound(l.resource, name)
}

func (l parameterLister) ByNamespace(namespace string) cache.GenericNamespaceLister {
	l.namespace = namespace
	return l
}
