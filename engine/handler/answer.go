package handler

import (
	"bytes"
	"fmt"
	"strconv"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/util/net"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apiserver/pkg/endpoints/deprecation"
	"k8s.io/apiserver/pkg/endpoints/handlers/responsewriters"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/component-base/version"

	"k8s-autofix.dev/engine/kinds"
	"k8s-autofix.dev/engine/seam"
)

// outcome is an answer before it is written.
type outcome struct {
	code int
	// object is JSON, or nothing where nobody asked for it.
	object      []byte
	err         error
	unknownKind bool
	// refused is the definition that would serve the kind.
	refused  *seam.Refusal
	warnings *recorder
}

// write makes JSON of it. By hand: the object is JSON already, and large.
func (o *outcome) write() []byte {
	var text bytes.Buffer
	if o.err != nil {
		status := responsewriters.ErrorToAPIStatus(o.err)
		text.WriteString(`{"code":` + strconv.Itoa(int(status.Code)))
		if o.unknownKind {
			text.WriteString(`,"unknownKind":true`)
		}
		if o.refused != nil {
			text.WriteString(`,"refused":`)
			text.Write(marshal(o.refused))
		}
		text.WriteString(`,"status":`)
		text.Write(marshal(status))
	} else {
		text.WriteString(`{"code":` + strconv.Itoa(o.code))
		if o.object != nil {
			text.WriteString(`,"object":`)
			text.Write(bytes.TrimSpace(o.object))
		}
	}
	text.WriteString(`,"warnings":`)
	text.Write(marshal(o.warnings.texts))
	text.WriteByte('}')
	return text.Bytes()
}

// warningCode is that of every warning of the server.
const warningCode = 299

// recorder keeps each warning once, in order, as the server's does. It does not cut them short.
type recorder struct {
	texts []string
	known sets.Set[string]
}

func newRecorder() *recorder { return &recorder{texts: []string{}, known: sets.New[string]()} }

func (r *recorder) AddWarning(_, text string) {
	if text == "" || r.known.Has(text) {
		return
	}
	// What no header can hold never reaches anyone.
	if _, err := net.NewWarningHeader(warningCode, "", text); err != nil {
		return
	}
	r.known.Insert(text)
	r.texts = append(r.texts, text)
}

var _ warning.Recorder = &recorder{}

// deprecationOf is the warning about the version of a kind, if it has one.
func deprecationOf(kind *kinds.Kind) string {
	var major, minor int
	if _, err := fmt.Sscanf(version.DefaultKubeBinaryVersion, "%d.%d", &major, &minor); err != nil {
		panic(err)
	}
	object := kind.Versioned()
	if !deprecation.IsDeprecated(object, major, minor) {
		return ""
	}
	object.GetObjectKind().SetGroupVersionKind(kind.GroupVersionKind)
	return deprecation.WarningMessage(object)
}

// unknownKind is the answer where no path exists to send the object to.
func unknownKind(refused *seam.Refusal, warnings *recorder) *outcome {
	return &outcome{
		err:         apierrors.NewGenericServerResponse(404, "create", noResource, "", "the server could not find the requested resource", 0, false),
		unknownKind: true,
		refused:     refused,
		warnings:    warnings,
	}
}
