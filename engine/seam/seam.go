// Package seam is where the parts of the engine meet: what a kind is, and what admission is asked.
//
// Both are Kubernetes' own interfaces, so that upstream's strategies and admission plug-ins fit without adapters.
// Nothing here keeps state. One request is answered at a time; no part of the engine needs locks or goroutines.
package seam

import (
	"context"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/registry/rest"
)

// Kind is one served kind at one version: all that creating or updating an object of it needs. Built-in kinds come from
// package kinds, those of CustomResourceDefinitions from package custom; the handler treats both alike.
type Kind struct {
	GroupVersionKind schema.GroupVersionKind
	Resource         schema.GroupVersionResource
	Namespaced       bool
	// Deprecation is the warning of every request to this version of a custom resource, if there is one.
	Deprecation string

	// New makes an empty object of the type that Decode is to return (the internal version; unstructured for custom
	// resources).
	New func() runtime.Object
	// Decode reads a body strictly, as the API server's request handler does with fieldValidation=Strict: defaulted, in the
	// internal version (custom resources: pruned, defaulted, coerced unstructured). Its error is the decoder's own, e.g. a
	// strict decoding error; the handler makes a Status of it. mediaType is "application/json" or "application/yaml".
	// The handler compares the returned group, version and kind with the served ones.
	Decode func(body []byte, mediaType string) (runtime.Object, *schema.GroupVersionKind, error)
	// Encode writes an object as JSON in this kind's version.
	Encode func(object runtime.Object) ([]byte, error)

	// Store, where not nil, is what an object is after it was written to the storage and read again: defaults may come up
	// that only its completed form has, and empty lists are gone.
	Store func(object runtime.Object) (runtime.Object, error)

	// Create and Update are the strategies of the storage. Update is nil where the server offers no update.
	Create rest.RESTCreateStrategy
	Update rest.RESTUpdateStrategy
	// BeginCreate, where not nil, is what the storage does between mutating admission and rest.BeforeCreate (allocation of
	// a Service's addresses, for instance).
	BeginCreate func(ctx context.Context, object runtime.Object) error
	// Decorate, where not nil, completes an object as the storage does whenever it is read.
	Decorate func(object runtime.Object)
	// Review, where not nil, takes the place of all of the above on create: kinds that are answered, never stored.
	Review func(ctx context.Context, object runtime.Object) error
	// BeginUpdate is the same as BeginCreate between the update's mutating admission and rest.BeforeUpdate.
	BeginUpdate func(ctx context.Context, object, old runtime.Object) error

	// Objects converts, defaults and makes objects for admission plug-ins that look at the version of the request.
	Objects admission.ObjectInterfaces
}

// Attributes is one object on its way through admission. The embedded interface is what upstream's plug-ins take:
// GetObject is the internal version (mutate it in place), GetOldObject is nil on create, IsDryRun is true, GetUserInfo is
// a member of system:masters, GetKind and GetResource are those of the request (so no version is ever matched twice).
//
// Warnings are added with k8s.io/apiserver/pkg/warning.AddWarning(ctx, "", text): the context carries the recorder, and
// the RequestInfo and namespace of the request (k8s.io/apiserver/pkg/endpoints/request).
type Attributes struct {
	admission.Attributes
	Objects admission.ObjectInterfaces
}

// Admission is implemented by package admission. The order of one request is: decode and default, Mutate, strategy
// (PrepareForCreate, Validate, WarningsOnCreate), Validate.
type Admission interface {
	// Mutate changes attributes.GetObject() in place, or refuses. An error is a *errors.StatusError as the server would
	// send it (admission.NewForbidden and the like); any other error becomes a 500.
	Mutate(ctx context.Context, attributes Attributes) error
	// Validate refuses or warns; it changes nothing.
	Validate(ctx context.Context, attributes Attributes) error
}

// CustomKinds is implemented by package custom.
type CustomKinds interface {
	// Lookup finds a kind that a definition of the context serves.
	Lookup(kind schema.GroupVersionKind) (*Kind, bool)
	// Refused says why the definition of a kind serves nothing. Definitions are only validated when they are needed, so
	// it may have been among those made.
	Refused(kind schema.GroupVersionKind) (Refusal, bool)
}

// Refusal is an object of the context that cannot be used, and why.
type Refusal struct {
	What    string `json:"what"`
	Message string `json:"message"`
}

// The constructors that main calls on the operation `context`, with all objects of the context, whatever their kind:
//
//	admission.New(objects []*unstructured.Unstructured, customs CustomKinds) (chain Admission, made []string, refused []Refusal)
//	custom.New(objects []*unstructured.Unstructured) (customs CustomKinds, made []string, refused []Refusal)
//
// custom.New is called first. Both are also called once with no objects when the engine starts, and must be cheap then.
// Neither panics on malformed objects: those are refused.
type (
	NewAdmission   func(objects []*unstructured.Unstructured, customs CustomKinds) (Admission, []string, []Refusal)
	NewCustomKinds func(objects []*unstructured.Unstructured) (CustomKinds, []string, []Refusal)
)
