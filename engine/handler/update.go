package handler

import (
	"bytes"
	"fmt"
	"net/http"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/registry/generic/registry"
	"k8s.io/apiserver/pkg/registry/rest"
	kjson "sigs.k8s.io/json"

	"k8s-autofix.dev/engine/seam"
)

// mostOperations is the server's maxJSONPatchOperations.
const mostOperations = 10000

// Update creates the body, then answers what a JSON Patch of it by
// `PATCH …?dryRun=All&fieldValidation=Strict` would be told.
func (h *Handler) Update(mediaType string, body, patch []byte) []byte {
	created := h.create(mediaType, body, false)
	if created.err == nil && created.kind.Update == nil {
		created.err = apierrors.NewMethodNotSupported(created.kind.Resource.GroupResource(), "patch")
	}
	if created.err != nil {
		var answer bytes.Buffer
		answer.WriteString(`{"code":0,"original":`)
		answer.Write(created.write())
		answer.WriteByte('}')
		return answer.Bytes()
	}
	result := &outcome{code: http.StatusOK, warnings: newRecorder()}
	result.warnings.AddWarning("", created.deprecated)
	updated, err := h.update(created, patch, result.warnings)
	if err == nil {
		result.object, err = encode(created.kind, updated)
	}
	result.err = err
	return result.write()
}

func (h *Handler) update(created *creation, patch []byte, warnings *recorder) (runtime.Object, error) {
	kind, name, namespace := created.kind, created.name, created.namespace
	ctx := requestContext(kind, "patch", namespace, name, warnings)
	current := created.stored
	object, err := applyPatch(kind, current, patch)
	if err != nil {
		return nil, err
	}
	objectMeta, err := meta.Accessor(object)
	if err != nil {
		return nil, apierrors.NewInternalError(err)
	}
	if err := rest.EnsureObjectNamespaceMatchesRequestNamespace(rest.ExpectedNamespaceForResource(namespace, kind.Resource), objectMeta); err != nil {
		return nil, err
	}
	if objectMeta.GetName() == "" {
		return nil, apierrors.NewBadRequest(fmt.Sprintf("the name of the object (%s based on URL) was undeterminable: name must be provided", name))
	}
	if objectMeta.GetName() != name {
		return nil, apierrors.NewBadRequest(fmt.Sprintf("the name of the object (%s) does not match the name on the URL (%s)", objectMeta.GetName(), name))
	}
	attributes := seam.Attributes{
		Attributes: admission.NewAttributesRecord(object, current, kind.GroupVersionKind, namespace, name, kind.Resource, "", admission.Update, &metav1.UpdateOptions{DryRun: []string{metav1.DryRunAll}}, true, requester),
		Objects:    kind.Objects,
	}
	if err := h.admission.Mutate(ctx, attributes); err != nil {
		return nil, err
	}
	dedupOwnerReferences(ctx, object, duplicateOwnersAfterAdmission)

	// From here on as the storage does it: (*registry.Store).Update.
	switch version := objectMeta.GetResourceVersion(); {
	case version == "" && kind.Update.AllowUnconditionalUpdate():
		objectMeta.SetResourceVersion(resourceVersion)
	case version == "" || version == "0":
		resource := kind.Resource.GroupResource()
		return nil, apierrors.NewInvalid(schema.GroupKind{Group: resource.Group, Kind: resource.Resource}, name, field.ErrorList{
			field.Invalid(field.NewPath("metadata").Child("resourceVersion"), uint64(0), "must be specified for an update"),
		})
	case version != resourceVersion:
		return nil, apierrors.NewConflict(kind.Resource.GroupResource(), name, fmt.Errorf(registry.OptimisticLockErrorMsg))
	}
	if kind.BeginUpdate != nil {
		if err := kind.BeginUpdate(ctx, object, current); err != nil {
			return nil, err
		}
	}
	if err := rest.BeforeUpdate(orderlyUpdate{kind.Update}, ctx, object, current); err != nil {
		return nil, err
	}
	if err := h.admission.Validate(ctx, attributes); err != nil {
		return nil, err
	}
	return store(kind, object)
}

// applyPatch is applyPatchToCurrentObject of the server's jsonPatcher.
func applyPatch(kind *seam.Kind, current runtime.Object, patch []byte) (runtime.Object, error) {
	text, err := kind.Encode(current)
	if err != nil {
		return nil, err
	}
	var operations []struct {
		Op    string `json:"op"`
		Path  string `json:"path"`
		From  string `json:"from"`
		Value any    `json:"value"`
	}
	strictErrors, err := kjson.UnmarshalStrict(patch, &operations)
	if err != nil {
		return nil, apierrors.NewBadRequest(fmt.Sprintf("error decoding patch: %v", err))
	}
	for index, strictError := range strictErrors {
		strictErrors[index] = fmt.Errorf("json patch %v", strictError)
	}
	decoded, err := jsonpatch.DecodePatch(patch)
	if err != nil {
		return nil, apierrors.NewBadRequest(err.Error())
	}
	if len(decoded) > mostOperations {
		return nil, apierrors.NewRequestEntityTooLargeError(fmt.Sprintf("The allowed maximum operations in a JSON patch is %d, got %d", mostOperations, len(decoded)))
	}
	patched, err := decoded.Apply(text)
	if err != nil {
		return nil, apierrors.NewGenericServerResponse(http.StatusUnprocessableEntity, "", noResource, "", err.Error(), 0, false)
	}
	refuse := func(cause error) error {
		return apierrors.NewInvalid(schema.GroupKind{}, "", field.ErrorList{field.Invalid(field.NewPath("patch"), string(patched), cause.Error())})
	}
	object, actual, err := kind.Decode(patched, runtime.ContentTypeJSON)
	if strict, ok := runtime.AsStrictDecodingError(err); ok {
		return nil, refuse(runtime.NewStrictDecodingError(append(strictErrors, strict.Errors()...)))
	}
	if err != nil {
		return nil, refuse(err)
	}
	if len(strictErrors) > 0 {
		return nil, refuse(runtime.NewStrictDecodingError(strictErrors))
	}
	if actual != nil && actual.GroupKind() != kind.GroupVersionKind.GroupKind() {
		return nil, refuse(fmt.Errorf("unable to decode %s into %s", actual, kind.GroupVersionKind))
	}
	return object, nil
}
