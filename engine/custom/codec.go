package custom

import (
	"fmt"

	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	structuraldefaulting "k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	schemaobjectmeta "k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	structuralpruning "k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// The types of this file are those of upstream's pkg/apiserver/customresource_handler.go, which does not export them:
// schemaCoercingDecoder, schemaCoercingConverter, unstructuredSchemaCoercer, unstructuredDefaulter, unstructuredCreator.
// The definitions of today always prune (spec.preserveUnknownFields must be false), so that is not asked here.

// schemas are the schemas of one group and kind.
type schemas struct {
	id        schema.GroupKind
	byVersion map[string]*structuralschema.Structural
}

func (s schemas) has(id schema.GroupVersionKind) bool {
	_, ok := s.byVersion[id.Version]
	return ok && id.Group == s.id.Group
}

// Default fills in the defaults of the object's version.
func (s schemas) Default(object runtime.Object) {
	content, ok := object.(runtime.Unstructured)
	if !ok || content.GetObjectKind().GroupVersionKind().GroupKind() != s.id {
		return
	}
	structuraldefaulting.Default(content.UnstructuredContent(), s.byVersion[content.GetObjectKind().GroupVersionKind().Version])
}

// coercer does to unstructured objects what decoding into Go's structs does to others: it validates and prunes metadata,
// prunes what the schema does not know, and removes nulls where nothing may be null and no default stands.
type coercer struct {
	schemas schemas
	// isReading is set for what comes out of the storage: metadata that cannot be read is dropped, and the generation is
	// mended. Otherwise unknown fields are told.
	isReading bool
	isStrict  bool
}

func (c coercer) apply(object *unstructured.Unstructured) (unknown []string, err error) {
	content := object.UnstructuredContent()
	kind, hasKind, err := unstructured.NestedString(content, "kind")
	if err != nil {
		return nil, err
	}
	apiVersion, hasVersion, err := unstructured.NestedString(content, "apiVersion")
	if err != nil {
		return nil, err
	}
	objectMeta, hasMeta, unknown, err := schemaobjectmeta.GetObjectMetaWithOptions(object.Object, schemaobjectmeta.ObjectMetaOptions{
		DropMalformedFields:     c.isReading,
		ReturnUnknownFieldPaths: c.isStrict,
	})
	if err != nil {
		return nil, err
	}
	version, err := schema.ParseGroupVersion(apiVersion)
	if err != nil {
		return nil, err
	}
	if version.Group == c.schemas.id.Group && kind == c.schemas.id.Kind {
		structural := c.schemas.byVersion[version.Version]
		pruned := structuralpruning.PruneWithOptions(object.Object, structural, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: c.isStrict})
		unknown = append(unknown, pruned...)
		structuraldefaulting.PruneNonNullableNullsWithoutDefaults(object.Object, structural)
		err, embedded := schemaobjectmeta.CoerceWithOptions(nil, object.Object, structural, false, schemaobjectmeta.CoerceOptions{
			DropInvalidFields:       c.isReading,
			ReturnUnknownFieldPaths: c.isStrict,
		})
		if err != nil {
			return nil, err
		}
		unknown = append(unknown, embedded...)
		if c.isReading && objectMeta.Generation == 0 {
			objectMeta.Generation = 1
		}
	}
	// A schema need not name these, so they may have been pruned.
	if hasKind {
		object.SetKind(kind)
	}
	if hasVersion {
		object.SetAPIVersion(apiVersion)
	}
	if hasMeta {
		if err := schemaobjectmeta.SetObjectMeta(object.Object, objectMeta); err != nil {
			return nil, err
		}
	}
	return unknown, nil
}

// coercingDecoder coerces what another decoder has read.
type coercingDecoder struct {
	delegate runtime.Decoder
	coercer  coercer
}

func (d coercingDecoder) Decode(data []byte, defaults *schema.GroupVersionKind, into runtime.Object) (runtime.Object, *schema.GroupVersionKind, error) {
	var strict []error
	object, id, err := d.delegate.Decode(data, defaults, into)
	if err != nil {
		strictError, ok := runtime.AsStrictDecodingError(err)
		if !ok || object == nil {
			return nil, id, err
		}
		strict = strictError.Errors()
	}
	if content, ok := object.(*unstructured.Unstructured); ok {
		unknown, err := d.coercer.apply(content)
		if err != nil {
			return nil, id, err
		}
		for _, field := range unknown {
			strict = append(strict, fmt.Errorf(`unknown field "%s"`, field))
		}
	}
	if d.coercer.isStrict && len(strict) > 0 {
		return object, id, runtime.NewStrictDecodingError(strict)
	}
	return object, id, nil
}

// converter makes one version of another by its name alone, as the strategy None has it, and coerces what comes out.
type converter struct {
	coercer coercer
}

func (c converter) Convert(in, out, _ any) error {
	from, isFrom := in.(*unstructured.Unstructured)
	to, isTo := out.(*unstructured.Unstructured)
	if !isFrom || !isTo {
		return fmt.Errorf("%T cannot be converted to %T", in, out)
	}
	converted, err := c.ConvertToVersion(from, to.GroupVersionKind().GroupVersion())
	if err != nil {
		return err
	}
	to.SetUnstructuredContent(converted.(*unstructured.Unstructured).UnstructuredContent())
	return nil
}

func (c converter) ConvertToVersion(in runtime.Object, target runtime.GroupVersioner) (runtime.Object, error) {
	from := in.GetObjectKind().GroupVersionKind()
	to, ok := target.KindForGroupVersionKinds([]schema.GroupVersionKind{from})
	if !ok {
		return nil, fmt.Errorf("%v is unstructured and is not suitable for converting to %q", from.String(), target)
	}
	if !c.coercer.schemas.has(to) {
		return nil, fmt.Errorf("request to convert CR to an invalid group/version: %s", to.GroupVersion())
	}
	if !c.coercer.schemas.has(from) {
		return nil, fmt.Errorf("request to convert CR from an invalid group/version: %s", from.GroupVersion())
	}
	out := in.DeepCopyObject()
	out.GetObjectKind().SetGroupVersionKind(to.GroupVersion().WithKind(from.Kind))
	if object, ok := out.(*unstructured.Unstructured); ok {
		if _, err := c.coercer.apply(object); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (converter) ConvertFieldLabel(_ schema.GroupVersionKind, label, _ string) (string, string, error) {
	return "", "", fmt.Errorf("field label not supported: %s", label)
}

// creator makes empty objects of any kind.
type creator struct{}

func (creator) New(kind schema.GroupVersionKind) (runtime.Object, error) {
	object := &unstructured.Unstructured{}
	object.SetGroupVersionKind(kind)
	return object, nil
}
