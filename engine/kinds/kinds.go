// Package kinds knows the built-in kinds: how each is decoded, and the strategy of its storage.
//
// The strategies are upstream's own. Their packages also hold the storage, whose etcd client does not compile for
// wasip1; stubs/ stands in for that.
package kinds

import (
	"context"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/capabilities"

	"k8s-autofix.dev/engine/seam"
)

// Table finds the built-in kinds.
type Table struct {
	kinds      map[schema.GroupVersionKind]*Kind
	ordered    []*Kind
	namespaces *namespaceLabels
}

// Kind is a built-in kind at one version.
type Kind struct {
	seam.Kind
	// Versioned makes an empty object of the version, which knows whether the version is deprecated.
	Versioned func() runtime.Object
}

// hooks is what a storage does beside its strategy.
type hooks struct {
	beginCreate func(ctx context.Context, object runtime.Object) error
	beginUpdate func(ctx context.Context, object, old runtime.Object) error
	decorate    func(object runtime.Object)
}

func New() *Table {
	// As --allow-privileged=true: what a namespace allows is for admission to say.
	capabilities.Setup(true, 0)
	table := &Table{kinds: map[schema.GroupVersionKind]*Kind{}, namespaces: &namespaceLabels{}}
	for _, row := range rows(namespaceClient{labels: table.namespaces}) {
		var extra hooks
		if row.extra != nil {
			row.extra(&extra)
		}
		for _, version := range row.versions {
			// The first version is the one that is stored.
			stored := schema.GroupVersion{Group: row.group, Version: row.versions[0]}
			// An older Kubernetes may not have it yet.
			if !legacyscheme.Scheme.Recognizes(stored.WithKind(row.kind)) {
				continue
			}
			kind := newKind(legacyscheme.Scheme, legacyscheme.Codecs, schema.GroupVersion{Group: row.group, Version: version}, stored, row.kind, row.resource)
			kind.Namespaced = row.strategy.(interface{ NamespaceScoped() bool }).NamespaceScoped()
			kind.Create, kind.Update = row.strategy, row.strategy
			kind.BeginCreate, kind.BeginUpdate, kind.Decorate = extra.beginCreate, extra.beginUpdate, extra.decorate
			table.add(kind)
		}
	}
	for _, review := range reviews() {
		kind := newKind(legacyscheme.Scheme, legacyscheme.Codecs, review.version, review.version, review.kind, review.resource)
		kind.Namespaced, kind.Review = review.namespaced, review.review
		table.add(kind)
	}
	for _, kind := range delegates() {
		table.add(kind)
	}
	return table
}

func (t *Table) add(kind *Kind) {
	t.kinds[kind.GroupVersionKind] = kind
	t.ordered = append(t.ordered, kind)
}

func (t *Table) Lookup(kind schema.GroupVersionKind) (*Kind, bool) {
	found, ok := t.kinds[kind]
	return found, ok
}

// All lists the kinds in the order of the table.
func (t *Table) All() []*Kind { return t.ordered }

// newKind is all that follows from a scheme; the caller adds scope and strategies.
func newKind(scheme *runtime.Scheme, codecs serializer.CodecFactory, version, storageVersion schema.GroupVersion, kind, resource string) *Kind {
	hub := schema.GroupVersion{Group: version.Group, Version: runtime.APIVersionInternal}
	fresh := func(group schema.GroupVersion) func() runtime.Object {
		return func() runtime.Object {
			object, err := scheme.New(group.WithKind(kind))
			if err != nil {
				panic(err)
			}
			return object
		}
	}
	info := func(mediaType string) runtime.SerializerInfo {
		info, ok := runtime.SerializerInfoForMediaType(codecs.SupportedMediaTypes(), mediaType)
		if !ok {
			panic("no serializer for " + mediaType)
		}
		return info
	}
	decoders := map[string]runtime.Decoder{}
	for _, mediaType := range []string{runtime.ContentTypeJSON, runtime.ContentTypeYAML} {
		decoders[mediaType] = codecs.DecoderToVersion(info(mediaType).StrictSerializer, hub)
	}
	encoder := codecs.EncoderForVersion(info(runtime.ContentTypeJSON).Serializer, version)
	made := &Kind{Versioned: fresh(version)}
	made.GroupVersionKind = version.WithKind(kind)
	made.Resource = version.WithResource(resource)
	made.New = fresh(hub)
	made.Decode = func(body []byte, mediaType string) (runtime.Object, *schema.GroupVersionKind, error) {
		expected := made.GroupVersionKind
		decoder, ok := decoders[mediaType]
		if !ok {
			decoder = decoders[runtime.ContentTypeYAML]
		}
		return decoder.Decode(body, &expected, made.New())
	}
	made.Encode = func(object runtime.Object) ([]byte, error) { return runtime.Encode(encoder, object) }
	if protobuf, ok := runtime.SerializerInfoForMediaType(codecs.SupportedMediaTypes(), runtime.ContentTypeProtobuf); ok {
		storage := codecs.CodecForVersions(protobuf.Serializer, protobuf.Serializer, storageVersion, hub)
		made.Store = func(object runtime.Object) (runtime.Object, error) {
			text, err := runtime.Encode(storage, object)
			if err != nil {
				return nil, err
			}
			stored := made.New()
			return stored, runtime.DecodeInto(storage, text, stored)
		}
	}
	made.Objects = admission.NewObjectInterfacesFromScheme(scheme)
	return made
}
