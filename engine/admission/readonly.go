package admission

import (
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission"
)

// readOnly converts an object into the form that expressions read, once for all policies. Upstream does so for each list of
// expressions of each policy, which is most of what judging costs. Validation changes nothing, so they can share it.
type readOnly struct {
	admission.ObjectInterfaces
	converted map[conversion]map[string]any
}

type conversion struct {
	from runtime.Object
	to   schema.GroupVersionKind
}

func newReadOnly(objects admission.ObjectInterfaces) readOnly {
	return readOnly{objects, map[conversion]map[string]any{}}
}

func (o readOnly) GetObjectCreater() runtime.ObjectCreater     { return readOnlyCreater{} }
func (o readOnly) GetObjectConvertor() runtime.ObjectConvertor { return readOnlyConvertor{o} }

type readOnlyCreater struct{}

func (readOnlyCreater) New(id schema.GroupVersionKind) (runtime.Object, error) {
	made := &unstructured.Unstructured{}
	made.SetGroupVersionKind(id)
	return made, nil
}

type readOnlyConvertor struct{ readOnly }

// Convert fills what the creater has made.
func (c readOnlyConvertor) Convert(from, into, context any) error {
	target := into.(*unstructured.Unstructured)
	key := conversion{from.(runtime.Object), target.GroupVersionKind()}
	content, ok := c.converted[key]
	if !ok {
		typed, err := c.ObjectInterfaces.GetObjectCreater().New(key.to)
		if err != nil {
			return err
		}
		if err := c.ObjectInterfaces.GetObjectConvertor().Convert(from, typed, context); err != nil {
			return err
		}
		typed.GetObjectKind().SetGroupVersionKind(key.to)
		if content, err = runtime.DefaultUnstructuredConverter.ToUnstructured(typed); err != nil {
			return err
		}
		c.converted[key] = content
	}
	target.Object = content
	return nil
}

func (c readOnlyConvertor) ConvertToVersion(from runtime.Object, into runtime.GroupVersioner) (runtime.Object, error) {
	return c.ObjectInterfaces.GetObjectConvertor().ConvertToVersion(from, into)
}

func (c readOnlyConvertor) ConvertFieldLabel(id schema.GroupVersionKind, label, value string) (string, string, error) {
	return c.ObjectInterfaces.GetObjectConvertor().ConvertFieldLabel(id, label, value)
}
