package admission

import (
	"context"
	"fmt"
	"sync"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	upstream "k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"

	"k8s-autofix.dev/engine/kinds"
	"k8s-autofix.dev/engine/seam"
)

// What the storage fills in. Policies can see it, so it must not change from one run to the next.
var creationTime = metav1.Unix(1767225600, 0)

const uid = "00000000-0000-4000-8000-000000000000"

var requester = &user.DefaultInfo{Name: "k8s-autofix", UID: "k8s-autofix", Groups: []string{user.SystemPrivilegedGroup, user.AllAuthenticated}}

// builtin is made for the first context that has anything to be created.
var builtin = sync.OnceValue(kinds.New)

// seeder makes objects of the context, as a server does before others are judged by them.
type seeder struct {
	customs seam.CustomKinds
	chain   chain
	made    []string
	refused []seam.Refusal
}

func (s *seeder) lookup(id schema.GroupVersionKind) (*seam.Kind, bool) {
	if kind, ok := builtin().Lookup(id); ok {
		return &kind.Kind, true
	}
	return s.customs.Lookup(id)
}

// seed makes an object and notes how that went. The noun is what the object is to the reader of the report.
func (s *seeder) seed(noun string, object *unstructured.Unstructured) (runtime.Object, *seam.Kind, bool) {
	what := noun + " " + object.GetName()
	if namespace := object.GetNamespace(); namespace != "" {
		what = noun + " " + namespace + "/" + object.GetName()
	}
	kind, created, err := s.create(object)
	if err != nil {
		s.refused = append(s.refused, seam.Refusal{What: what, Message: err.Error()})
		return nil, nil, false
	}
	s.made = append(s.made, what)
	return created, kind, true
}

// create is a POST without dry-run. Unknown fields are dropped, as fieldValidation=Warn has it.
func (s *seeder) create(object *unstructured.Unstructured) (kind *seam.Kind, created runtime.Object, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	id := object.GroupVersionKind()
	kind, ok := s.lookup(id)
	if !ok {
		return nil, nil, fmt.Errorf("the server does not serve %s %s", object.GetAPIVersion(), id.Kind)
	}
	text, err := object.MarshalJSON()
	if err != nil {
		return nil, nil, err
	}
	created, _, err = kind.Decode(text, runtime.ContentTypeJSON)
	if err != nil && (created == nil || !runtime.IsStrictDecodingError(err)) {
		return nil, nil, apierrors.NewBadRequest(err.Error())
	}
	objectMeta, err := meta.Accessor(created)
	if err != nil {
		return nil, nil, err
	}
	namespace := ""
	switch {
	case kind.Namespaced:
		if namespace = objectMeta.GetNamespace(); namespace == "" {
			namespace = metav1.NamespaceDefault
		}
	case kind.Resource.Resource == "namespaces" && kind.Resource.Group == "":
		namespace = objectMeta.GetName()
	}
	if err := rest.EnsureObjectNamespaceMatchesRequestNamespace(rest.ExpectedNamespaceForResource(namespace, kind.Resource), objectMeta); err != nil {
		return nil, nil, err
	}
	objectMeta.SetManagedFields(nil)
	rest.WipeObjectMetaSystemFields(objectMeta)
	ctx := createContext(kind, namespace)
	attributes := seam.Attributes{
		Attributes: upstream.NewAttributesRecord(created, nil, kind.GroupVersionKind, namespace, objectMeta.GetName(), kind.Resource, "", upstream.Create, &metav1.CreateOptions{}, false, requester),
		Objects:    kind.Objects,
	}
	if err := s.chain.Mutate(ctx, attributes); err != nil {
		return nil, nil, err
	}
	objectMeta.SetCreationTimestamp(creationTime)
	objectMeta.SetUID(uid)
	if kind.Create != nil {
		if err := rest.BeforeCreate(kind.Create, ctx, created); err != nil {
			return nil, nil, err
		}
	}
	if err := s.chain.Validate(ctx, attributes); err != nil {
		return nil, nil, err
	}
	objectMeta.SetResourceVersion("1")
	if kind.Store != nil {
		created, err = kind.Store(created)
	}
	return kind, created, err
}

func createContext(kind *seam.Kind, namespace string) context.Context {
	ctx := request.WithNamespace(context.Background(), namespace)
	ctx = request.WithUser(ctx, requester)
	return request.WithRequestInfo(ctx, &request.RequestInfo{
		IsResourceRequest: true,
		Verb:              "create",
		APIPrefix:         "apis",
		APIGroup:          kind.Resource.Group,
		APIVersion:        kind.Resource.Version,
		Namespace:         namespace,
		Resource:          kind.Resource.Resource,
	})
}

// seedAs makes an object and gives it in a version of the built-in API.
func seedAs[T runtime.Object](s *seeder, noun string, object *unstructured.Unstructured, into T) (T, bool) {
	created, _, ok := s.seed(noun, object)
	if !ok {
		return into, false
	}
	if err := legacyscheme.Scheme.Convert(created, into, nil); err != nil {
		s.refused = append(s.refused, seam.Refusal{What: noun + " " + object.GetName(), Message: err.Error()})
		return into, false
	}
	return into, true
}
