package admission

import (
	"context"
	"sync"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/controller/openapi/builder"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/client-go/applyconfigurations"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"sigs.k8s.io/structured-merge-diff/v6/typed"
)

// converters know the schemas that apply configurations are merged by. The server takes both kinds from its own OpenAPI;
// those of the built-in types are compiled into the client library as well, as a text of 0.4 MB that is only parsed when a
// policy applies a configuration.
type converters struct {
	seeder  *seeder
	objects []*unstructured.Unstructured
	customs map[schema.GroupVersionKind]managedfields.TypeConverter
}

var builtinConverter = sync.OnceValue(func() managedfields.TypeConverter {
	return applyconfigurations.NewTypeConverter(legacyscheme.Scheme)
})

// Run would fetch schemas in the background.
func (c *converters) Run(context.Context) {}

// GetTypeConverter is nil for a kind without a schema: upstream has the words for that.
func (c *converters) GetTypeConverter(id schema.GroupVersionKind) managedfields.TypeConverter {
	if legacyscheme.Scheme.Recognizes(id) {
		return lazyConverter{}
	}
	converter, ok := c.customs[id]
	if !ok {
		if c.customs == nil {
			c.customs = map[schema.GroupVersionKind]managedfields.TypeConverter{}
		}
		converter = c.convertCustom(id)
		c.customs[id] = converter
	}
	return converter
}

func (c *converters) convertCustom(id schema.GroupVersionKind) managedfields.TypeConverter {
	for _, object := range c.objects {
		if object.GroupVersionKind().GroupKind() != apiextensionsv1.Kind("CustomResourceDefinition") {
			continue
		}
		group, _, _ := unstructured.NestedString(object.Object, "spec", "group")
		kind, _, _ := unstructured.NestedString(object.Object, "spec", "names", "kind")
		if group != id.Group || kind != id.Kind {
			continue
		}
		served, created, err := c.seeder.create(object)
		if err != nil {
			continue
		}
		definition := &apiextensionsv1.CustomResourceDefinition{}
		if err := served.Objects.GetObjectConvertor().Convert(created, definition, nil); err != nil {
			continue
		}
		openapi, err := builder.BuildOpenAPIV3(definition, id.Version, builder.Options{V2: false})
		if err != nil {
			continue
		}
		if converter, err := managedfields.NewTypeConverter(openapi.Components.Schemas, false); err == nil {
			return converter
		}
	}
	return nil
}

// lazyConverter parses the schemas when the first of them is needed: JSON patches want a converter and never use it.
type lazyConverter struct{}

func (lazyConverter) ObjectToTyped(object runtime.Object, options ...typed.ValidationOptions) (*typed.TypedValue, error) {
	return builtinConverter().ObjectToTyped(object, options...)
}

func (lazyConverter) TypedToObject(value *typed.TypedValue) (runtime.Object, error) {
	return builtinConverter().TypedToObject(value)
}
