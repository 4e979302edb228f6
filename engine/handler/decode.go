package handler

import (
	"encoding/hex"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	kjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"

	"k8s-autofix.dev/engine/seam"
)

// decode finds out what a body is and reads it as that. The error is unserved where nothing serves it.
//
// A client of the server reads the body too, to know where to send it. Then the server reads YAML twice, for what it says
// and for duplicate keys, which is most of the work. Here it is read once, and what is wrong with it in any way is read
// again, as the server does it, for the server's words.
func (h *Handler) decode(mediaType string, body []byte) (*seam.Kind, runtime.Object, string, error) {
	text, err := toJSON(mediaType, body)
	if err == nil {
		if id, err := interpret(text); err == nil {
			kind, deprecated, ok := h.lookup(id)
			if !ok && id.Kind != "" && id.Version != "" {
				return nil, nil, "", h.unserved(id)
			}
			if ok {
				object, _, err := kind.Decode(text, runtime.ContentTypeJSON)
				if err == nil {
					return kind, object, deprecated, nil
				}
			}
		}
	}
	if err != nil {
		text, err = yaml.YAMLToJSON(body)
	}
	id, err := readKind(text, body, err)
	if err != nil {
		return nil, nil, "", err
	}
	kind, deprecated, ok := h.lookup(id)
	if !ok {
		return nil, nil, "", h.unserved(id)
	}
	object, actual, err := kind.Decode(body, mediaType)
	if err != nil {
		return kind, nil, deprecated, decodeError(kind, err, actual, body)
	}
	if actual.GroupVersion() != id.GroupVersion() {
		return kind, nil, deprecated, apierrors.NewBadRequest(fmt.Sprintf("the API version in the data (%s) does not match the expected API version (%v)", actual.GroupVersion(), id.GroupVersion()))
	}
	return kind, object, deprecated, nil
}

// unserved says that nothing serves a kind, and which definition would if it were in order.
type unserved struct{ refused *seam.Refusal }

func (unserved) Error() string { return "nothing serves the kind" }

func (h *Handler) unserved(id schema.GroupVersionKind) error {
	if refusal, ok := h.customs.Refused(id); ok {
		return unserved{&refusal}
	}
	return unserved{}
}

func toJSON(mediaType string, body []byte) ([]byte, error) {
	if mediaType == runtime.ContentTypeJSON {
		return body, nil
	}
	return yaml.YAMLToJSONStrict(body)
}

// readKind reads a body as far as its kind. text is the body as JSON, unless err says that it has none.
func readKind(text, body []byte, err error) (schema.GroupVersionKind, error) {
	var none, id schema.GroupVersionKind
	if err == nil {
		id, err = interpret(text)
	}
	if err != nil {
		return none, apierrors.NewBadRequest(fmt.Sprintf("the object provided is unrecognized: %v (%s)", err, summarize(body)))
	}
	if id.Kind == "" {
		return none, apierrors.NewBadRequest(runtime.NewMissingKindErr(string(shortened(text))).Error())
	}
	if id.Version == "" {
		return none, apierrors.NewBadRequest(runtime.NewMissingVersionErr(string(shortened(text))).Error())
	}
	return id, nil
}

// interpret is what a client does. The server's own interpreter also takes `ApiVersion` for the version.
func interpret(text []byte) (schema.GroupVersionKind, error) {
	var typed metav1.TypeMeta
	if err := kjson.UnmarshalCaseSensitivePreserveInts(text, &typed); err != nil {
		// In the server's words.
		if _, theirs := json.DefaultMetaFactory.Interpret(text); theirs != nil {
			err = theirs
		}
		return schema.GroupVersionKind{}, err
	}
	version, err := schema.ParseGroupVersion(typed.APIVersion)
	return version.WithKind(typed.Kind), err
}

// decodeError and summarize are transformDecodeError and summarizeData of the server's handlers.
func decodeError(kind *seam.Kind, err error, actual *schema.GroupVersionKind, body []byte) error {
	into := kind.GroupVersionKind.Kind
	if actual != nil && actual.Kind != "" {
		return apierrors.NewBadRequest(fmt.Sprintf("%s in version %q cannot be handled as a %s: %v", actual.Kind, actual.Version, into, err))
	}
	return apierrors.NewBadRequest(fmt.Sprintf("the object provided is unrecognized (must be of type %s): %v (%s)", into, err, summarize(body)))
}

const summaryLength = 30

func summarize(data []byte) string {
	summary := func(text []byte) string { return string(text) }
	if len(data) == 0 {
		return "<empty>"
	}
	if data[0] != '{' {
		summary = hex.EncodeToString
	}
	if len(data) > summaryLength {
		return summary(data[:summaryLength]) + " ..."
	}
	return summary(data)
}

func shortened(text []byte) []byte {
	if len(text) > 200 {
		return append(append([]byte{}, text[:200]...), "..."...)
	}
	return text
}
