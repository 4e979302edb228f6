package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1
          ports: [{containerPort: 80}]
`

type answered struct {
	Code        int             `json:"code"`
	Panic       string          `json:"panic"`
	UnknownKind bool            `json:"unknownKind"`
	Warnings    []string        `json:"warnings"`
	Original    *answered       `json:"original"`
	Object      json.RawMessage `json:"object"`
	Status      struct {
		Reason  string `json:"reason"`
		Message string `json:"message"`
		Details struct {
			Causes []struct {
				Reason string `json:"reason"`
				Field  string `json:"field"`
			} `json:"causes"`
		} `json:"details"`
	} `json:"status"`
	Value json.RawMessage `json:"value"`
	Error string          `json:"error"`
}

func request(header map[string]any, bodies ...string) []byte {
	lengths := []int{}
	for _, body := range bodies {
		lengths = append(lengths, len(body))
	}
	header["bodies"] = lengths
	head := marshal(header)
	framed := binary.LittleEndian.AppendUint32(nil, uint32(len(head)))
	return append(append(framed, head...), strings.Join(bodies, "")...)
}

func ask(t testing.TB, header map[string]any, bodies ...string) answered {
	t.Helper()
	var answer answered
	text := reply(request(header, bodies...))
	if err := json.Unmarshal(text, &answer); err != nil {
		t.Fatalf("the answer is no JSON: %v: %.200s", err, text)
	}
	return answer
}

func create(t testing.TB, body string) answered {
	t.Helper()
	return ask(t, map[string]any{"op": "create", "type": "application/yaml"}, body)
}

func update(t testing.TB, body string, patch string) answered {
	t.Helper()
	return ask(t, map[string]any{"op": "update", "type": "application/yaml", "patch": json.RawMessage(patch)}, body)
}

func TestCreateDefaults(t *testing.T) {
	answer := create(t, deployment)
	if answer.Code != 201 || !strings.Contains(string(answer.Object), `"revisionHistoryLimit":10`) {
		t.Errorf("got %+v", answer)
	}
	for _, momentary := range []string{"uid", "creationTimestamp", "resourceVersion", "managedFields"} {
		if strings.Contains(string(answer.Object), `"`+momentary+`"`) {
			t.Errorf("the answer holds %s: %s", momentary, answer.Object)
		}
	}
}

func TestRefusals(t *testing.T) {
	pod := "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: x}]}\n"
	for name, test := range map[string]struct {
		body    string
		code    int
		message string
	}{
		"unknown field":     {strings.Replace(deployment, "image:", "imag:", 1), 400, `strict decoding error: unknown field "spec.template.spec.containers[0].imag"`},
		"duplicate key":     {strings.Replace(deployment, "kind: Deployment", "kind: Deployment\nkind: Deployment", 1), 400, `key "kind" already set in map`},
		"wrong type":        {strings.Replace(deployment, "spec:", "spec:\n  replicas: many", 1), 400, "cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32"},
		"selector":          {strings.Replace(deployment, "{app: web}", "{app: api}", 1), 422, "`selector` does not match template `labels`"},
		"no such namespace": {strings.Replace(pod, "name: a", "name: a, namespace: A_B", 1), 404, `namespaces "A_B" not found`},
		"no name":           {strings.Replace(pod, "name: a", "labels: {}", 1), 422, "name or generateName is required"},
		"node port":         {"apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {clusterIP: 1.2.3.4, ports: [{port: 80}]}\n", 422, "not in the valid range"},
		"priority":          {strings.Replace(pod, "spec: {", "spec: {priority: 7, ", 1), 403, "must not be provided in pod spec"},
	} {
		t.Run(name, func(t *testing.T) {
			answer := create(t, test.body)
			if answer.Code != test.code || !strings.Contains(answer.Status.Message, test.message) {
				t.Errorf("got %d %q", answer.Code, answer.Status.Message)
			}
		})
	}
}

func TestUnknownKinds(t *testing.T) {
	for _, body := range []string{
		"apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: a}\n",
		"apiVersion: v1\nkind: List\nitems: []\n",
		"apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: a}\n",
		"apiVersion: v1\nkind: DeleteOptions\n",
	} {
		if answer := create(t, body); answer.Code != 404 || !answer.UnknownKind {
			t.Errorf("%q: got %+v", body, answer)
		}
	}
}

func TestVersionIsReadByItsVeryName(t *testing.T) {
	body := `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"ApiVersion":"v2"}`
	answer := ask(t, map[string]any{"op": "create", "type": "application/json"}, body)
	if answer.Code != 400 || answer.UnknownKind {
		t.Errorf("got %+v", answer)
	}
}

func TestUpdateShowsWhatIsImmutable(t *testing.T) {
	refused := update(t, deployment, `[{"op":"replace","path":"/spec/selector/matchLabels/app","value":"api"},{"op":"replace","path":"/spec/template/metadata/labels/app","value":"api"}]`)
	if refused.Code != 422 || !strings.Contains(refused.Status.Message, "field is immutable") {
		t.Errorf("got %+v", refused)
	}
	if accepted := update(t, deployment, `[{"op":"add","path":"/spec/replicas","value":3}]`); accepted.Code != 200 {
		t.Errorf("got %+v", accepted)
	}
	if original := update(t, "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", `[]`); original.Code != 0 || original.Original == nil || original.Original.Code != 422 {
		t.Errorf("got %+v", original)
	}
	if missing := update(t, deployment, `[{"op":"remove","path":"/spec/nothing"}]`); missing.Code != 422 {
		t.Errorf("got %+v", missing)
	}
}

func TestKindIsReadAsTheServerReadsIt(t *testing.T) {
	// A text in a block scalar has lines that look like a kind; the decoder reads another one.
	body := "data:\n  a: |\n    x\n\"apiVersion\": v1\n\"kind\": ConfigMap\nmetadata: {name: a}\n"
	if answer := create(t, body); answer.Code != 201 {
		t.Errorf("got %+v", answer)
	}
	misleading := "--- |\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
	if answer := create(t, misleading); answer.Code != 400 {
		t.Errorf("got %+v", answer)
	}
}

func TestHostileBodies(t *testing.T) {
	head := "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
	for name, body := range map[string]string{
		"empty":           "",
		"NUL":             "\x00",
		"no UTF-8":        head + "data: {a: \"\xff\xfe\"}\n",
		"deep flow":       head + "data: " + strings.Repeat("[", 100_000),
		"deep JSON":       strings.Repeat(`{"a":`, 100_000),
		"deep and closed": head + "data: {a: " + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + "}\n",
		"large":           head + "data: {a: " + strings.Repeat("x", 5_000_000) + "}\n",
		"anchors":         head + "data: &a [" + strings.Repeat("*a,", 1000) + "]\n",
		"list":            "- a\n- b\n",
		"scalar":          "a",
		"null kind":       "apiVersion: v1\nkind:\n",
		"bad labels":      strings.Replace(head, "{name: a}", "{name: a, labels: {"+manyKeys(60_000)+"}}", 1),
		"duplicates":      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n" + strings.Repeat("  - {name: c, image: x}\n", 50_000),
	} {
		if answer := create(t, body); answer.Code < 400 || answer.Code > 500 {
			t.Errorf("%s: got %d", name, answer.Code)
		}
	}
	for name, framed := range map[string][]byte{"nothing": nil, "short": {9, 0, 0, 0, '{'}, "no JSON": {1, 0, 0, 0, '{'}} {
		if answer := string(reply(framed)); !strings.Contains(answer, `"code":500`) {
			t.Errorf("%s: got %s", name, answer)
		}
	}
}

// manyKeys are entries of a map that are all wrong, each in its own way.
func manyKeys(count int) string {
	var text strings.Builder
	for index := range count {
		fmt.Fprintf(&text, "\"k %d\": \"a b\", ", index)
	}
	return text.String()
}

func TestReadAsTheServerDoes(t *testing.T) {
	answer := ask(t, map[string]any{"op": "read"}, "mode: 0644\nyes: y\ntime: 2001-01-01\n")
	if string(answer.Value) != `{"mode":420,"time":"2001-01-01","true":"y"}` && string(answer.Value) != `{"mode":420,"time":"2001-01-01","true":true}` {
		t.Errorf("got %s", answer.Value)
	}
	if answer := ask(t, map[string]any{"op": "read"}, "a: ["); answer.Error == "" {
		t.Errorf("got %+v", answer)
	}
}

func TestAnswersRepeat(t *testing.T) {
	for _, body := range []string{
		"apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {type: NodePort, ports: [{port: 80}], selector: {a: b}}\n",
		"apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: j-}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: x}]}}}\n",
		"apiVersion: v1\nkind: LimitRange\nspec: {limits: []}\n",
		"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {" + manyKeys(10) + "}}\n",
		strings.Replace(deployment, "ports:", "resources: {limits: {"+manyKeys(10)+"}}\n          ports:", 1),
		strings.Replace(deployment, "      containers:", "      nodeSelector: {beta.kubernetes.io/os: a, node-role.kubernetes.io/master: b}\n      containers:", 1),
	} {
		ask := func() string {
			return string(reply(request(map[string]any{"op": "create", "type": "application/yaml"}, body)))
		}
		first := ask()
		for range 5 {
			if again := ask(); again != first {
				t.Fatalf("%s\nis not\n%s", again, first)
			}
		}
	}
}

func BenchmarkCreate(b *testing.B) {
	framed := request(map[string]any{"op": "create", "type": "application/yaml"}, deployment)
	for b.Loop() {
		reply(framed)
	}
}

func BenchmarkUpdate(b *testing.B) {
	framed := request(map[string]any{"op": "update", "type": "application/yaml", "patch": json.RawMessage(`[{"op":"add","path":"/spec/replicas","value":3}]`)}, deployment)
	for b.Loop() {
		reply(framed)
	}
}
