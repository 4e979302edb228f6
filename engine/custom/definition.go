package custom

import (
	"context"
	"errors"
	"fmt"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	structuraldefaulting "k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"

	"k8s-autofix.dev/engine/seam"
)

// definition is a CustomResourceDefinition of the context: outlined at first, decoded when it is needed.
type definition struct {
	object      *unstructured.Unstructured
	name, group string
	names       apiextensionsv1.CustomResourceDefinitionNames
	// refusal is why it serves nothing.
	refusal *seam.Refusal
	// decoded is the definition as it is read from the storage, once it has been checked.
	decoded *apiextensionsv1.CustomResourceDefinition
	schemas map[string]*structuralschema.Structural
	// kinds are those of its versions that were asked for; nil where a version is not served.
	kinds map[string]*seam.Kind
}

func (d *definition) what() string { return "custom resource definition " + d.name }

func (d *definition) refuse(err error) {
	d.refusal = &seam.Refusal{What: d.what(), Message: err.Error()}
}

// check finds out whether the server would take the definition. The first time only this does any work.
func (d *definition) check() bool {
	if d.refusal != nil {
		return false
	}
	if d.decoded != nil {
		return true
	}
	d.attempt(func() error {
		decoded, err := create(d.object)
		if err != nil {
			return err
		}
		if d.schemas, err = structuralSchemas(decoded); err != nil {
			return err
		}
		d.decoded, d.kinds = decoded, map[string]*seam.Kind{}
		return nil
	})
	// It is known now, or will not be needed again.
	d.object = nil
	return d.refusal == nil
}

// attempt refuses the definition when upstream's code fails over it, in whatever way.
func (d *definition) attempt(work func() error) {
	defer func() {
		if cause := recover(); cause != nil {
			d.refuse(fmt.Errorf("the definition cannot be worked with: %v", cause))
		}
	}()
	if err := work(); err != nil {
		d.refuse(err)
	}
}

// kind is one version of the definition. Its validators are compiled when the version is first asked for.
func (d *definition) kind(version string) (*seam.Kind, bool) {
	kind, ok := d.kinds[version]
	if !ok {
		d.attempt(func() (err error) {
			kind, err = newKind(d.decoded, d.schemas, version)
			return err
		})
		d.kinds[version] = kind
	}
	return kind, kind != nil
}

// How definitions are decoded, judged and stored.
var (
	scheme = func() *runtime.Scheme {
		scheme := runtime.NewScheme()
		install.Install(scheme)
		return scheme
	}()
	codecs   = serializer.NewCodecFactory(scheme)
	strategy = customresourcedefinition.NewStrategy(scheme)
	creating = request.WithRequestInfo(request.WithNamespace(context.Background(), metav1.NamespaceNone), &request.RequestInfo{
		IsResourceRequest: true,
		Verb:              "create",
		APIGroup:          apiextensions.GroupName,
		APIVersion:        apiextensionsv1.SchemeGroupVersion.Version,
		Resource:          "customresourcedefinitions",
	})
)

// create is a POST of a definition. Unknown fields are dropped, as without strict field validation: whoever judges the
// definition itself is told of them, and its resources can be judged without them.
func create(object *unstructured.Unstructured) (*apiextensionsv1.CustomResourceDefinition, error) {
	if object.GetAPIVersion() != apiextensionsv1.SchemeGroupVersion.String() {
		return nil, fmt.Errorf("the server does not serve %s %s", object.GetAPIVersion(), object.GetKind())
	}
	if cost := ruleCost(object.Object); cost > mostRuleCost {
		return nil, errors.New("its validation rules are too long to be compiled here")
	}
	text, err := object.MarshalJSON()
	if err != nil {
		return nil, err
	}
	hub := schema.GroupVersion{Group: apiextensions.GroupName, Version: runtime.APIVersionInternal}
	json, protobuf := serializerFor(runtime.ContentTypeJSON), serializerFor(runtime.ContentTypeProtobuf)
	decoded, err := runtime.Decode(codecs.DecoderToVersion(json, hub), text)
	if err != nil {
		return nil, apierrors.NewBadRequest(fmt.Sprintf("%[1]s in version %[2]q cannot be handled as a %[1]s: %[3]v", object.GetKind(), apiextensionsv1.SchemeGroupVersion.Version, err))
	}
	objectMeta, err := meta.Accessor(decoded)
	if err != nil {
		return nil, err
	}
	rest.FillObjectMetaSystemFields(objectMeta)
	if err := rest.BeforeCreate(strategy, creating, decoded); err != nil {
		return nil, err
	}
	// Written and read again: what is empty is gone.
	stored, err := runtime.Encode(codecs.EncoderForVersion(protobuf, apiextensionsv1.SchemeGroupVersion), decoded)
	if err != nil {
		return nil, err
	}
	read, err := runtime.Decode(protobuf, stored)
	if err != nil {
		return nil, err
	}
	result, ok := read.(*apiextensionsv1.CustomResourceDefinition)
	if !ok {
		return nil, fmt.Errorf("a definition was stored as %T", read)
	}
	scheme.Default(result)
	return result, nil
}

// mostRuleCost is reached by a rule of 16,384 characters. The time that CEL's type checker takes may grow with the square of
// a rule's length, and nothing can interrupt it. Those of the definitions that people write cost less than a thousandth of this.
const mostRuleCost = 1 << 28

func ruleCost(value any) int {
	cost := 0
	switch value := value.(type) {
	case map[string]any:
		for key, member := range value {
			if text, ok := member.(string); ok && (key == "rule" || key == "messageExpression") {
				cost += len(text) * len(text)
			}
			cost += ruleCost(member)
		}
	case []any:
		for _, item := range value {
			cost += ruleCost(item)
		}
	}
	return cost
}

func serializerFor(mediaType string) runtime.Serializer {
	info, ok := runtime.SerializerInfoForMediaType(codecs.SupportedMediaTypes(), mediaType)
	if !ok {
		panic("no serializer for " + mediaType)
	}
	return info.Serializer
}

// structuralSchemas are those of every version that has one.
func structuralSchemas(definition *apiextensionsv1.CustomResourceDefinition) (map[string]*structuralschema.Structural, error) {
	schemas := map[string]*structuralschema.Structural{}
	for _, version := range definition.Spec.Versions {
		validation, err := internalSchema(version.Schema)
		if err != nil {
			return nil, err
		}
		if validation == nil {
			continue
		}
		structural, err := structuralschema.NewStructural(validation)
		if err != nil {
			return nil, err
		}
		// Its defaults are the definition's own until then.
		structural = structural.DeepCopy()
		if err := structuraldefaulting.PruneDefaults(structural); err != nil {
			return nil, err
		}
		schemas[version.Name] = structural
	}
	return schemas, nil
}

var errNoSchema = errors.New("the definition has a version without a schema")

func internalSchema(version *apiextensionsv1.CustomResourceValidation) (*apiextensions.JSONSchemaProps, error) {
	if version == nil {
		return nil, nil
	}
	internal := &apiextensions.CustomResourceValidation{}
	if err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(version, internal, nil); err != nil {
		return nil, err
	}
	if internal.OpenAPIV3Schema == nil {
		return nil, errNoSchema
	}
	return internal.OpenAPIV3Schema, nil
}
