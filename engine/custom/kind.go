package custom

import (
	"fmt"
	"sort"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/crdserverscheme"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apimachinery/pkg/runtime/serializer/versioning"
	"k8s.io/apimachinery/pkg/version"
	"k8s.io/apiserver/pkg/admission"

	"k8s-autofix.dev/engine/seam"
)

// typer reads the kind of an unstructured object from the object.
var typer = crdserverscheme.NewUnstructuredObjectTyper()

// newKind is what getOrCreateServingInfoFor of upstream's handler makes of a version; nil where it is not served.
func newKind(definition *apiextensionsv1.CustomResourceDefinition, structural map[string]*structuralschema.Structural, name string) (*seam.Kind, error) {
	spec := definition.Spec
	var served *apiextensionsv1.CustomResourceDefinitionVersion
	stored := ""
	for index, version := range spec.Versions {
		if version.Storage {
			stored = version.Name
		}
		if version.Name == name && version.Served {
			served = &spec.Versions[index]
		}
	}
	if served == nil {
		return nil, nil
	}
	if spec.Conversion.Strategy != apiextensionsv1.NoneConverter {
		// A webhook cannot be asked here, so its objects are stored in the version that they come in.
		stored = name
	}
	id := schema.GroupVersionKind{Group: spec.Group, Version: name, Kind: spec.Names.Kind}
	kind := &seam.Kind{
		GroupVersionKind: id,
		Resource:         id.GroupVersion().WithResource(spec.Names.Plural),
		Namespaced:       spec.Scope == apiextensionsv1.NamespaceScoped,
		Deprecation:      deprecationOf(spec, *served),
	}
	if err := addStrategy(kind, *served, structural[name]); err != nil {
		return nil, err
	}
	addCodecs(kind, schemas{id: id.GroupKind(), byVersion: structural}, stored)
	return kind, nil
}

func addStrategy(kind *seam.Kind, served apiextensionsv1.CustomResourceDefinitionVersion, structural *structuralschema.Structural) error {
	whole, err := internalSchema(served.Schema)
	if err != nil {
		return err
	}
	validator, _, err := validation.NewSchemaValidator(whole)
	if err != nil {
		return err
	}
	var status *apiextensions.CustomResourceSubresourceStatus
	var scale *apiextensions.CustomResourceSubresourceScale
	if subresources := served.Subresources; subresources != nil {
		if subresources.Status != nil {
			status = &apiextensions.CustomResourceSubresourceStatus{}
		}
		if subresources.Scale != nil {
			scale = &apiextensions.CustomResourceSubresourceScale{}
			if err := apiextensionsv1.Convert_v1_CustomResourceSubresourceScale_To_apiextensions_CustomResourceSubresourceScale(subresources.Scale, scale, nil); err != nil {
				return err
			}
		}
	}
	// Only updates of the status itself, which nobody asks for here, need a validator of the status.
	strategy := customresource.NewStrategy(typer, kind.Namespaced, kind.GroupVersionKind, validator, nil, structural, status, scale, served.SelectableFields)
	kind.Create, kind.Update = strategy, strategy
	return nil
}

func addCodecs(kind *seam.Kind, schemas schemas, storageVersion string) {
	served := kind.GroupVersionKind
	kind.New = func() runtime.Object {
		object := &unstructured.Unstructured{}
		object.SetGroupVersionKind(served)
		return object
	}
	copying := runtime.UnsafeObjectConvertor(runtime.NewScheme())
	decoder := func(isYAML bool) runtime.Decoder {
		text := json.NewSerializerWithOptions(json.DefaultMetaFactory, creator{}, typer, json.SerializerOptions{Yaml: isYAML, Strict: true})
		coercing := coercingDecoder{delegate: text, coercer: coercer{schemas: schemas, isStrict: true}}
		return versioning.NewCodec(nil, coercing, copying, creator{}, typer, schemas, nil, served.GroupVersion(), "custom request")
	}
	fromJSON, fromYAML := decoder(false), decoder(true)
	kind.Decode = func(body []byte, mediaType string) (runtime.Object, *schema.GroupVersionKind, error) {
		decoder := fromYAML
		if mediaType == runtime.ContentTypeJSON {
			decoder = fromJSON
		}
		expected := served
		object, actual, err := decoder.Decode(body, &expected, kind.New())
		if err == nil {
			// A patch may change what the object says it is. It is unstructured all the same, and for the strategy to judge.
			actual = &expected
		}
		return object, actual, err
	}
	encoder := json.NewSerializerWithOptions(json.DefaultMetaFactory, creator{}, typer, json.SerializerOptions{})
	kind.Encode = func(object runtime.Object) ([]byte, error) { return runtime.Encode(encoder, object) }

	convert := converter{coercer: coercer{schemas: schemas}}
	reading := coercingDecoder{delegate: unstructured.UnstructuredJSONScheme, coercer: coercer{schemas: schemas, isReading: true}}
	storage := versioning.NewCodec(unstructured.UnstructuredJSONScheme, reading, convert, creator{}, typer, schemas,
		schema.GroupVersion{Group: served.Group, Version: storageVersion}, served.GroupVersion(), "custom storage")
	kind.Store = func(object runtime.Object) (runtime.Object, error) {
		text, err := runtime.Encode(storage, object)
		if err != nil {
			return nil, err
		}
		stored := kind.New()
		return stored, runtime.DecodeInto(storage, text, stored)
	}

	equivalents := runtime.NewEquivalentResourceRegistry()
	for version := range schemas.byVersion {
		group := schema.GroupVersion{Group: served.Group, Version: version}
		equivalents.RegisterKindFor(group.WithResource(kind.Resource.Resource), "", group.WithKind(served.Kind))
	}
	kind.Objects = &admission.RuntimeObjectInterfaces{
		ObjectCreater:            creator{},
		ObjectTyper:              typer,
		ObjectDefaulter:          schemas,
		ObjectConvertor:          convert,
		EquivalentResourceMapper: equivalents,
	}
}

// deprecationOf is the warning of every request to a version. Without words of the definition's own it is upstream's
// defaultDeprecationWarning.
func deprecationOf(spec apiextensionsv1.CustomResourceDefinitionSpec, served apiextensionsv1.CustomResourceDefinitionVersion) string {
	if !served.Deprecated {
		return ""
	}
	if served.DeprecationWarning != nil {
		return *served.DeprecationWarning
	}
	warning := fmt.Sprintf("%s/%s %s is deprecated", spec.Group, served.Name, spec.Names.Kind)
	var better []string
	for _, other := range spec.Versions {
		if other.Served && !other.Deprecated && version.CompareKubeAwareVersionStrings(served.Name, other.Name) < 0 {
			better = append(better, other.Name)
		}
	}
	if len(better) == 0 {
		return warning
	}
	sort.Slice(better, func(i, j int) bool { return version.CompareKubeAwareVersionStrings(better[i], better[j]) > 0 })
	return fmt.Sprintf("%s; use %s/%s %s", warning, spec.Group, better[0], spec.Names.Kind)
}
