// Package handler answers creates and updates as the API server's request handlers do (k8s.io/apiserver/pkg/endpoints/
// handlers, k8s.io/apiserver/pkg/registry/generic/registry), step for step, without a request and without a storage.
package handler

import (
	"context"
	"encoding/json"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"

	"k8s-autofix.dev/engine/kinds"
	"k8s-autofix.dev/engine/seam"
)

type Handler struct {
	table          *kinds.Table
	newAdmission   seam.NewAdmission
	newCustomKinds seam.NewCustomKinds
	admission      seam.Admission
	customs        seam.CustomKinds
}

// New makes a handler with an empty context. Both constructors may be nil.
func New(table *kinds.Table, newAdmission seam.NewAdmission, newCustomKinds seam.NewCustomKinds) *Handler {
	handler := &Handler{table: table, newAdmission: newAdmission, newCustomKinds: newCustomKinds}
	handler.SetContext(nil)
	return handler
}

// BeQuiet drops errors that upstream logs and goes on from. Its handlers also sleep, against floods.
func BeQuiet() { utilruntime.ErrorHandlers = nil }

// SetContext replaces the objects of the repository that others are judged by.
func (h *Handler) SetContext(bodies [][]byte) (made []string, refused []seam.Refusal) {
	made, refused = []string{}, []seam.Refusal{}
	objects := make([]*unstructured.Unstructured, 0, len(bodies))
	namespaces := map[string]map[string]string{}
	for index, body := range bodies {
		object := &unstructured.Unstructured{}
		if err := object.UnmarshalJSON(body); err != nil {
			refused = append(refused, seam.Refusal{What: fmt.Sprintf("object %d", index), Message: err.Error()})
			continue
		}
		if object.GroupVersionKind() == corev1.SchemeGroupVersion.WithKind("Namespace") {
			namespaces[object.GetName()] = object.GetLabels()
		}
		objects = append(objects, object)
	}
	h.table.SetNamespaces(namespaces)
	h.customs, h.admission = noKinds{}, noAdmission{}
	add := func(more []string, less []seam.Refusal) {
		made, refused = append(made, more...), append(refused, less...)
	}
	if h.newCustomKinds != nil {
		customs, more, less := h.newCustomKinds(objects)
		h.customs = customs
		add(more, less)
	}
	if h.newAdmission != nil {
		admission, more, less := h.newAdmission(objects, h.customs)
		h.admission = admission
		add(more, less)
	}
	return made, refused
}

type description struct {
	Group      string `json:"group"`
	Version    string `json:"version"`
	Kind       string `json:"kind"`
	Resource   string `json:"resource"`
	Namespaced bool   `json:"namespaced"`
}

// Describe lists the built-in kinds.
func (h *Handler) Describe() []description {
	described := []description{}
	for _, kind := range h.table.All() {
		id := kind.GroupVersionKind
		described = append(described, description{id.Group, id.Version, id.Kind, kind.Resource.Resource, kind.Namespaced})
	}
	return described
}

// lookup finds a kind, and the warning that comes with every request to its version.
func (h *Handler) lookup(id schema.GroupVersionKind) (*seam.Kind, string, bool) {
	if kind, ok := h.table.Lookup(id); ok {
		return &kind.Kind, deprecationOf(kind), true
	}
	if h.isBuiltIn(id.Group) {
		return nil, "", false
	}
	kind, ok := h.customs.Lookup(id)
	if !ok {
		return nil, "", false
	}
	return kind, kind.Deprecation, true
}

// isBuiltIn says whether a group has built-in kinds: paths below such a group never get as far as a definition's.
func (h *Handler) isBuiltIn(group string) bool {
	for _, kind := range h.table.All() {
		if kind.GroupVersionKind.Group == group {
			return true
		}
	}
	return false
}

type noKinds struct{}

func (noKinds) Lookup(schema.GroupVersionKind) (*seam.Kind, bool) { return nil, false }
func (noKinds) Refused(schema.GroupVersionKind) (seam.Refusal, bool) {
	return seam.Refusal{}, false
}

type noAdmission struct{}

func (noAdmission) Mutate(context.Context, seam.Attributes) error   { return nil }
func (noAdmission) Validate(context.Context, seam.Attributes) error { return nil }

func marshal(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}
