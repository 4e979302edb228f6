package handler

import (
	"context"
	"fmt"
	"net/http"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/storage/names"
	"k8s.io/apiserver/pkg/warning"

	"k8s-autofix.dev/engine/seam"
)

// largestBody is the server's MaxRequestBodyBytes.
const largestBody = 3 * 1024 * 1024

// What a storage fills in. Fixed, so that the same object gets the same answer; left out of answers.
const (
	uid             = types.UID("00000000-0000-4000-8000-000000000000")
	resourceVersion = "1"
	generatedSuffix = "xxxxx"
)

var (
	creationTime = metav1.Unix(1767225600, 0)
	noResource   = schema.GroupResource{}
	requester    = &user.DefaultInfo{Name: "k8s-autofix", UID: "k8s-autofix", Groups: []string{user.SystemPrivilegedGroup, user.AllAuthenticated}}
)

// Create answers what `POST …?dryRun=All&fieldValidation=Strict` would be told; a bare answer leaves out the object.
func (h *Handler) Create(mediaType string, body []byte, bare bool) []byte {
	created := h.create(mediaType, body, true)
	if created.err == nil {
		created.code = http.StatusCreated
		if !bare {
			created.object, created.err = encode(created.kind, created.stored)
		}
	}
	return created.write()
}

// creation is a create that went through, or its error.
type creation struct {
	outcome
	kind   *seam.Kind
	stored runtime.Object
	// deprecated is the warning about the kind's version.
	deprecated string
	// name and namespace are those of the path that reads it.
	name, namespace string
}

func (h *Handler) create(mediaType string, body []byte, judged bool) *creation {
	result := &creation{outcome: outcome{warnings: newRecorder()}}
	fail := func(err error) *creation {
		result.err = err
		return result
	}
	if len(body) > largestBody {
		return fail(apierrors.NewRequestEntityTooLargeError(fmt.Sprintf("limit is %d", largestBody)))
	}
	kind, object, deprecated, err := h.decode(mediaType, body)
	if unknown, ok := err.(unserved); ok {
		result.outcome = *unknownKind(unknown.refused, result.warnings)
		return result
	}
	result.warnings.AddWarning("", deprecated)
	result.deprecated = deprecated
	if err != nil {
		return fail(err)
	}
	result.kind = kind

	objectMeta, err := meta.Accessor(object)
	if err != nil {
		return fail(apierrors.NewInternalError(err))
	}
	name, namespace := objectMeta.GetName(), ""
	switch {
	case kind.Namespaced:
		if namespace = objectMeta.GetNamespace(); namespace == "" {
			namespace = metav1.NamespaceDefault
		}
	case kind.Resource.Resource == "namespaces" && kind.Resource.Group == "":
		namespace = name
	}
	ctx := requestContext(kind, "create", namespace, "", result.warnings)
	if err := ensureMetadata(kind, object, namespace); err != nil {
		return fail(err)
	}
	attributes := createAttributes(kind, object, namespace, name)
	dedupOwnerReferences(ctx, object, duplicateOwners)
	if err := h.admission.Mutate(ctx, attributes); err != nil {
		return fail(err)
	}
	dedupOwnerReferences(ctx, object, duplicateOwnersAfterAdmission)
	if kind.Review != nil {
		if err := kind.Review(ctx, object); err != nil {
			return fail(err)
		}
		if err := h.admission.Validate(ctx, attributes); err != nil {
			return fail(err)
		}
		result.stored = object
		return result
	}

	// From here on as the storage does it: (*registry.Store).Create.
	isUnnamed := objectMeta.GetGenerateName() != "" && objectMeta.GetName() == ""
	if isUnnamed {
		// The storage may have to try several names, each on a copy; what shared a map no longer does.
		object = object.DeepCopyObject()
		if objectMeta, err = meta.Accessor(object); err != nil {
			return fail(err)
		}
	}
	objectMeta.SetCreationTimestamp(creationTime)
	objectMeta.SetUID(uid)
	if isUnnamed {
		objectMeta.SetName(generateName(kind.Create, objectMeta.GetGenerateName()))
	}
	if kind.BeginCreate != nil {
		if err := kind.BeginCreate(ctx, object); err != nil {
			return fail(err)
		}
	}
	if err := rest.BeforeCreate(orderlyCreate{kind.Create}, ctx, object); err != nil {
		return fail(err)
	}
	if judged {
		if err := h.admission.Validate(ctx, createAttributes(kind, object, namespace, objectMeta.GetName())); err != nil {
			return fail(err)
		}
	}
	result.stored, result.err = store(kind, object)
	result.name, result.namespace = objectMeta.GetName(), namespace
	return result
}

func createAttributes(kind *seam.Kind, object runtime.Object, namespace, name string) seam.Attributes {
	options := &metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}}
	return seam.Attributes{
		Attributes: admission.NewAttributesRecord(object, nil, kind.GroupVersionKind, namespace, name, kind.Resource, "", admission.Create, options, true, requester),
		Objects:    kind.Objects,
	}
}

// store is an object as the storage gives it back.
func store(kind *seam.Kind, object runtime.Object) (runtime.Object, error) {
	objectMeta, err := meta.Accessor(object)
	if err != nil {
		return nil, err
	}
	objectMeta.SetResourceVersion(resourceVersion)
	if kind.Store != nil {
		if object, err = kind.Store(object); err != nil {
			return nil, err
		}
	}
	if kind.Decorate != nil {
		kind.Decorate(object)
	}
	return object, nil
}

// ensureMetadata wipes what the system sets, and wants the object's namespace to be that of the request.
func ensureMetadata(kind *seam.Kind, object runtime.Object, namespace string) error {
	objectMeta, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	rest.WipeObjectMetaSystemFields(objectMeta)
	// The server takes them over and writes its own; nobody here asks who owned which field.
	objectMeta.SetManagedFields(nil)
	return rest.EnsureObjectNamespaceMatchesRequestNamespace(rest.ExpectedNamespaceForResource(namespace, kind.Resource), objectMeta)
}

// generateName does what the strategy would, except for chance.
func generateName(generator names.NameGenerator, base string) string {
	if generated := generator.GenerateName(base); generated == base {
		return base
	}
	if len(base) > names.MaxGeneratedNameLength {
		base = base[:names.MaxGeneratedNameLength]
	}
	return base + generatedSuffix
}

// requestContext holds what the server's filters put into the context of a request.
func requestContext(kind *seam.Kind, verb, namespace, name string, warnings *recorder) context.Context {
	ctx := warning.WithWarningRecorder(context.Background(), warnings)
	ctx = request.WithUser(ctx, requester)
	prefix := "apis"
	if kind.Resource.Group == "" {
		prefix = "api"
	}
	ctx = request.WithRequestInfo(ctx, &request.RequestInfo{
		IsResourceRequest: true,
		Verb:              verb,
		APIPrefix:         prefix,
		APIGroup:          kind.Resource.Group,
		APIVersion:        kind.Resource.Version,
		Namespace:         namespace,
		Resource:          kind.Resource.Resource,
		Name:              name,
	})
	return request.WithNamespace(ctx, namespace)
}

// encode writes an object as it is answered: without what depends on the moment of its creation.
func encode(kind *seam.Kind, object runtime.Object) ([]byte, error) {
	objectMeta, err := meta.Accessor(object)
	if err != nil {
		return nil, err
	}
	objectMeta.SetUID("")
	objectMeta.SetCreationTimestamp(metav1.Time{})
	objectMeta.SetResourceVersion("")
	return kind.Encode(object)
}
