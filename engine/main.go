// The engine: the API server's own decoding, defaulting, validation and admission, behind two functions.
//
// CONTRACT.md describes what is asked and answered. reactor.go is how a WebAssembly host asks, stdio.go how a test does.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/go-logr/logr"
	"k8s.io/klog/v2"
	"sigs.k8s.io/yaml"

	"k8s-autofix.dev/engine/expression"
	"k8s-autofix.dev/engine/handler"
	"k8s-autofix.dev/engine/kinds"
)

// engine is made when the module starts, so that the first object costs no more than the others.
var engine = func() *handler.Handler {
	klog.SetLogger(logr.Discard())
	handler.BeQuiet()
	// For what is allocated within one request; heap.go is for all others.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(700 << 20)
	// A stack that outgrows this ends the program whatever we do. Go's default for 32 bits is the same.
	debug.SetMaxStack(250 << 20)
	return handler.New(kinds.New(), newAdmission, newCustomKinds)
}()

// header is what precedes the bodies of a request.
type header struct {
	Operation   string          `json:"op"`
	Type        string          `json:"type"`
	Patch       json.RawMessage `json:"patch"`
	Bare        bool            `json:"bare"`
	Bodies      []int           `json:"bodies"`
	Expressions []string        `json:"expressions"`
}

// reply answers one request. Whatever happens, the answer is JSON and no panic leaves.
func reply(request []byte) (answer []byte) {
	defer func() {
		if cause := recover(); cause != nil {
			answer = marshal(map[string]any{"code": 500, "panic": fmt.Sprint(cause)})
		}
	}()
	asked, bodies, err := parse(request)
	if err != nil {
		return failure(err)
	}
	first := func() []byte {
		if len(bodies) == 0 {
			return nil
		}
		return bodies[0]
	}
	switch asked.Operation {
	case "create":
		return engine.Create(asked.Type, first(), asked.Bare)
	case "update":
		return engine.Update(asked.Type, first(), asked.Patch)
	case "context":
		made, refused := engine.SetContext(bodies)
		return marshal(map[string]any{"made": made, "refused": refused})
	case "read":
		return read(first())
	case "expressions":
		return marshal(map[string]any{"results": expression.Evaluate(asked.Expressions, first())})
	case "describe":
		return marshal(map[string]any{"kubernetes": kubernetesVersion(), "go": runtime.Version(), "kinds": engine.Describe()})
	}
	return failure(fmt.Errorf("no operation is called %q", asked.Operation))
}

// parse takes a request apart. The bodies are parts of the request, not copies.
func parse(request []byte) (header, [][]byte, error) {
	var asked header
	if len(request) < 4 {
		return asked, nil, fmt.Errorf("a request of %d bytes has no header", len(request))
	}
	size, rest := uint64(binary.LittleEndian.Uint32(request)), request[4:]
	if size > uint64(len(rest)) {
		return asked, nil, fmt.Errorf("the header ends %d bytes after the request", size-uint64(len(rest)))
	}
	if err := json.Unmarshal(rest[:size], &asked); err != nil {
		return asked, nil, fmt.Errorf("the header is no JSON: %w", err)
	}
	rest = rest[size:]
	bodies := make([][]byte, 0, len(asked.Bodies))
	for _, length := range asked.Bodies {
		if length < 0 || length > len(rest) {
			return asked, nil, fmt.Errorf("a body of %d bytes, and %d are left", length, len(rest))
		}
		bodies = append(bodies, rest[:length:length])
		rest = rest[length:]
	}
	return asked, bodies, nil
}

// read is what the server's YAML reader makes of a text, before it knows what the text is.
func read(body []byte) []byte {
	value, err := yaml.YAMLToJSON(body)
	if err != nil {
		return marshal(map[string]string{"error": err.Error()})
	}
	return append(append([]byte(`{"value":`), bytes.TrimSpace(value)...), '}')
}

// failure answers a request that the host should not have made.
func failure(err error) []byte {
	return marshal(map[string]any{"code": 500, "panic": err.Error()})
}

func marshal(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		return []byte(`{"code":500,"panic":"the answer cannot be written"}`)
	}
	return text
}

// kubernetesVersion is that of the module that is linked in, so it needs no constant of ours.
func kubernetesVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "k8s.io/kubernetes" {
				return module.Version
			}
		}
	}
	return "unknown"
}
