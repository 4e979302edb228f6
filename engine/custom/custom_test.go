package custom_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"k8s-autofix.dev/engine/custom"
	"k8s-autofix.dev/engine/handler"
	"k8s-autofix.dev/engine/kinds"
	"k8s-autofix.dev/engine/seam"
)

var table = kinds.New()

// definition is a definition of the kind Widget with one version of the given schema (YAML) and fields of the version.
func definition(schema, more string) string {
	indent := func(text, by string) string { return strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n"+by) }
	return fmt.Sprintf(`apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions:
    - name: v1
      served: true
      storage: true
      %s
      schema:
        openAPIV3Schema:
          %s
`, indent(more, "      "), indent(schema, "          "))
}

// spec is a schema whose property spec has the given properties.
func spec(properties string) string {
	return "type: object\nproperties:\n  status: {type: object, x-kubernetes-preserve-unknown-fields: true}\n  spec:\n    type: object\n    properties:\n      " +
		strings.ReplaceAll(strings.TrimSpace(properties), "\n", "\n      ")
}

type answered struct {
	Code        int            `json:"code"`
	Object      map[string]any `json:"object"`
	Warnings    []string       `json:"warnings"`
	UnknownKind bool           `json:"unknownKind"`
	Refused     *seam.Refusal  `json:"refused"`
	Original    *answered      `json:"original"`
	Status      struct {
		Message string `json:"message"`
	} `json:"status"`
}

type engine struct {
	t       testing.TB
	handler *handler.Handler
	made    []string
	refused []seam.Refusal
}

// start is an engine whose context is the given documents.
func start(t testing.TB, documents ...string) *engine {
	t.Helper()
	bodies := make([][]byte, len(documents))
	for index, document := range documents {
		body, err := yaml.YAMLToJSON([]byte(document))
		if err != nil {
			t.Fatal(err)
		}
		bodies[index] = body
	}
	made := &engine{t: t, handler: handler.New(table, nil, custom.New)}
	made.made, made.refused = made.handler.SetContext(bodies)
	return made
}

func (e *engine) read(text []byte) answered {
	e.t.Helper()
	var answer answered
	if err := json.Unmarshal(text, &answer); err != nil {
		e.t.Fatalf("no JSON: %v: %s", err, text)
	}
	return answer
}

func (e *engine) create(body string) answered {
	e.t.Helper()
	return e.read(e.handler.Create("application/yaml", []byte(body), false))
}

func (e *engine) update(body, patch string) answered {
	e.t.Helper()
	return e.read(e.handler.Update("application/yaml", []byte(body), []byte(patch)))
}

func widget(spec string) string {
	return "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: " + spec + "\n"
}

func (e *engine) expect(answer answered, code int, words ...string) {
	e.t.Helper()
	if answer.Code != code {
		e.t.Fatalf("code %d and not %d: %s %v", answer.Code, code, answer.Status.Message, answer.Refused)
	}
	for _, word := range words {
		if !strings.Contains(answer.Status.Message, word) {
			e.t.Errorf("%q is not in: %s", word, answer.Status.Message)
		}
	}
}

func (e *engine) expectJSON(value any, expected string) {
	e.t.Helper()
	text, err := json.Marshal(value)
	if err != nil || string(text) != expected {
		e.t.Errorf("%s (%v) and not %s", text, err, expected)
	}
}

func TestDefaultsAndCoercion(t *testing.T) {
	e := start(t, definition(spec(`
size: {type: integer, default: 3}
door:
  type: object
  default: {}
  properties: {open: {type: boolean, default: false}}
note: {type: string, nullable: true, default: x}
text: {type: string}
`), ""))
	answer := e.create(widget("{note: null, text: null}"))
	e.expect(answer, 201)
	e.expectJSON(answer.Object["spec"], `{"door":{"open":false},"note":null,"size":3}`)
	e.expectJSON(answer.Object["metadata"], `{"generation":1,"name":"a","namespace":"default"}`)
	e.expect(e.create("apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a, labels: {a: 1}}\n"), 400, "cannot unmarshal number into Go struct field ObjectMeta.labels of type string")
}

func TestStrictDecoding(t *testing.T) {
	e := start(t, definition(spec(`
a: {type: object, properties: {b: {type: string}}}
free: {type: object, x-kubernetes-preserve-unknown-fields: true}
pod: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
`), ""))
	e.expect(e.create(widget("{a: {b: x, c: 1}, free: {any: 1}, d: 1}")+"top: 1\n"), 400,
		`Widget in version "v1" cannot be handled as a Widget: strict decoding error: `, `unknown field "spec.a.c"`, `unknown field "spec.d"`, `unknown field "top"`)
	e.expect(e.create(widget("{a: {b: x, b: y}}")), 400, `strict decoding error: yaml: unmarshal errors:`, `key "b" already set in map`)
	e.expect(e.read(e.handler.Create("application/json", []byte(`{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":{},"spec":{}}`), false)), 400, `duplicate field "spec"`)
	e.expect(e.create(widget("{pod: {apiVersion: v1, kind: Pod, metadata: {name: a, foo: b}, spec: {any: 1}}}")), 400, `unknown field "spec.pod.metadata.foo"`)
	e.expect(e.create(widget("{pod: {kind: Pod, metadata: {name: A_}}}")), 422, "spec.pod.apiVersion: Required value")
	e.expect(e.create(widget("{pod: {apiVersion: v1, kind: Pod, metadata: {name: a, labels: {'a b': c}}}}")), 422, "spec.pod.metadata.labels: Invalid value")
	e.expect(e.create(widget("{free: {any: {thing: [1, {}]}}}")), 201)
}

func TestValidation(t *testing.T) {
	e := start(t, definition(spec(`
fuel: {type: string, enum: [gas, wood]}
size: {type: integer, minimum: 1}
name: {type: string, pattern: "^[a-z]+$"}
port: {x-kubernetes-int-or-string: true}
tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
rows:
  type: array
  x-kubernetes-list-type: map
  x-kubernetes-list-map-keys: [key]
  items: {type: object, required: [key], properties: {key: {type: string}}}
`)+"\n    required: [fuel]", ""))
	e.expect(e.create(widget("{}")), 422, "spec.fuel: Required value")
	e.expect(e.create(widget("{fuel: coal, size: 0, name: A, port: 1.5}")), 422, `spec.fuel: Unsupported value: "coal": supported values: "gas", "wood"`,
		"spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1", "spec.name in body should match", "spec.port in body must be of type integer,string")
	e.expect(e.create(widget("{fuel: gas, tags: [a, b, a], rows: [{key: a}, {key: a}]}")), 422, `spec.tags[2]: Duplicate value: "a"`, `spec.rows[1]: Duplicate value: {"key":"a"}`)
	e.expect(e.create(widget("{fuel: gas, port: http, tags: [a, b], rows: [{key: a}, {key: b}]}")), 201)
}

func TestRules(t *testing.T) {
	e := start(t, definition(spec(`
low: {type: integer, default: 1}
high: {type: integer, default: 9}
fixed:
  type: string
  maxLength: 10
  x-kubernetes-validations: [{rule: self == oldSelf, message: fixed is immutable}]
word:
  type: string
  maxLength: 10
  default: none
`)+"\n    x-kubernetes-validations:\n      - {rule: self.low <= self.high, messageExpression: \"'low with ' + self.word\"}", ""))
	e.expect(e.create(widget("{low: 10}")), 422, "low with none")
	e.expect(e.create(widget("{low: 10, word: 5}")), 422, "some validation rules were not checked because the object was invalid")
	e.expect(e.create(widget("{fixed: a}")), 201)
	e.expect(e.update(widget("{fixed: a}"), `[{"op":"replace","path":"/spec/fixed","value":"b"}]`), 422, `spec.fixed: Invalid value: "b": fixed is immutable`)
	changed := e.update(widget("{fixed: a}"), `[{"op":"replace","path":"/spec/low","value":2}]`)
	e.expect(changed, 200)
	e.expectJSON(changed.Object["metadata"], `{"generation":2,"name":"a","namespace":"default"}`)
	e.expect(e.update(widget("{}"), `[{"op":"add","path":"/spec/none","value":2}]`), 422, `unknown field "spec.none"`)
	e.expect(e.update(widget("{}"), `[{"op":"replace","path":"/kind","value":"Other"}]`), 422, `kind: Invalid value: "Other": must be Widget`)
	if refused := e.update(widget("{low: 10}"), `[]`); refused.Code != 0 || refused.Original == nil || refused.Original.Code != 422 {
		t.Errorf("the original is refused and the answer is %+v", refused)
	}
}

func TestRuleBudget(t *testing.T) {
	e := start(t, definition(spec(`
rows:
  type: array
  maxItems: 60
  items: {type: string, maxLength: 2}
  x-kubernetes-validations:
    - {rule: "self.all(a, self.all(b, !self.exists(c, c == a + b)))"}
`), ""))
	rows := strings.Repeat("x,", 60)
	started := time.Now()
	e.expect(e.create(widget("{rows: ["+rows+"]}")), 422, "cost limit exceeded")
	if spent := time.Since(started); spent > 10*time.Second {
		t.Errorf("took %v", spent)
	}
}

func TestSubresources(t *testing.T) {
	schema := spec("replicas: {type: integer}")
	plain := start(t, definition(schema, ""))
	kept := plain.create(widget("{replicas: -1}") + "status: {a: 1}\n")
	plain.expect(kept, 201)
	plain.expectJSON(kept.Object["status"], `{"a":1}`)

	e := start(t, definition(schema, "subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}"))
	dropped := e.create(widget("{}") + "status: {a: 1}\n")
	e.expect(dropped, 201)
	e.expectJSON(dropped.Object["status"], `null`)
	unchanged := e.update(widget("{}"), `[{"op":"add","path":"/status","value":{"a":1}}]`)
	e.expect(unchanged, 200)
	e.expectJSON(unchanged.Object["status"], `null`)
	e.expect(e.create(widget("{replicas: -1}")), 422, "should be a non-negative integer")
}

const versions = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gadgets.example.com}
spec:
  group: example.com
  scope: Cluster
  names: {plural: gadgets, kind: Gadget}
  versions:
    - {name: v1alpha1, served: true, storage: false, deprecated: true, schema: {openAPIV3Schema: {type: object, properties: {old: {type: string}, size: {type: integer, default: 1}}}}}
    - {name: v1beta1, served: true, storage: false, deprecated: true, deprecationWarning: words of its own, schema: {openAPIV3Schema: {type: object}}}
    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {size: {type: integer, default: 2}, new: {type: string, default: x}}}}}
    - {name: v2, served: false, storage: false, schema: {openAPIV3Schema: {type: object}}}
`

func gadget(version string) string {
	return "apiVersion: example.com/" + version + "\nkind: Gadget\nmetadata: {name: a}\n"
}

func TestVersions(t *testing.T) {
	e := start(t, versions)
	alpha := e.create(gadget("v1alpha1") + "old: a\n")
	e.expect(alpha, 201)
	e.expectJSON(alpha.Warnings, `["example.com/v1alpha1 Gadget is deprecated; use example.com/v1 Gadget"]`)
	// It is stored in v1, where there is no such field.
	e.expectJSON(alpha.Object, `{"apiVersion":"example.com/v1alpha1","kind":"Gadget","metadata":{"generation":1,"name":"a"},"size":1}`)
	e.expectJSON(e.create(gadget("v1beta1")).Warnings, `["words of its own"]`)
	e.expectJSON(e.update(gadget("v1beta1"), `[]`).Warnings, `["words of its own"]`)
	stable := e.create(gadget("v1"))
	e.expectJSON(stable.Warnings, `[]`)
	e.expectJSON(stable.Object["size"], `2`)
	for _, version := range []string{"v2", "v3"} {
		if answer := e.create(gadget(version)); !answer.UnknownKind || answer.Code != 404 || answer.Refused != nil {
			t.Errorf("%s: %+v", version, answer)
		}
	}
}

// Its other versions would be asked of a webhook, so they are stored as they are.
func TestConversionWebhook(t *testing.T) {
	webhook := strings.Replace(versions, "  scope:", "  conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: {url: 'https://a.example.com/convert'}}}\n  scope:", 1)
	e := start(t, webhook)
	alpha := e.create(gadget("v1alpha1") + "old: a\n")
	e.expect(alpha, 201)
	e.expectJSON(alpha.Object["old"], `"a"`)
}

func TestScopes(t *testing.T) {
	e := start(t, versions, definition(spec("a: {type: string}"), ""))
	inCluster := e.create("apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: a, namespace: b}\n")
	e.expect(inCluster, 201)
	e.expectJSON(inCluster.Object["metadata"], `{"generation":1,"name":"a"}`)
	elsewhere := e.create("apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a, namespace: b}\n")
	e.expectJSON(elsewhere.Object["metadata"], `{"generation":1,"name":"a","namespace":"b"}`)
	if answer := e.create("apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n"); !answer.UnknownKind {
		t.Errorf("nothing defines it: %+v", answer)
	}
}

// Nothing that a definition adds to a group of the server itself is served.
func TestGroupsOfTheServer(t *testing.T) {
	added := strings.ReplaceAll(versions, "example.com", "networking.k8s.io")
	added = strings.Replace(added, "metadata: {", "metadata: {annotations: {api-approved.kubernetes.io: unapproved}, ", 1)
	e := start(t, added)
	if answer := e.create(strings.Replace(gadget("v1"), "example.com", "networking.k8s.io", 1)); !answer.UnknownKind {
		t.Errorf("it is served: %+v", answer)
	}
}

func TestNames(t *testing.T) {
	other := func(name, plural, kind, more string) string {
		return fmt.Sprintf("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: %s}\nspec: {group: example.com, scope: Cluster, names: {plural: %s, kind: %s%s}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}\n", name, plural, kind, more)
	}
	e := start(t, versions, other("things.example.com", "things", "Gadget", ""), other("parts.example.com", "parts", "Part", ", shortNames: [gadgets]"), other("gears.example.com", "gears", "Gear", ""))
	e.expectJSON(e.made, `["custom resource definition gadgets.example.com","custom resource definition gears.example.com"]`)
	e.expectJSON(e.refused, `[{"what":"custom resource definition things.example.com","message":"its names are taken: \"GadgetList\" is already in use"},{"what":"custom resource definition parts.example.com","message":"its names are taken: \"gadgets\" is already in use"}]`)
	e.expect(e.create(gadget("v1")), 201)
	if answer := e.create("apiVersion: example.com/v1\nkind: Part\nmetadata: {name: a}\n"); answer.Refused == nil || !strings.Contains(answer.Refused.Message, "taken") {
		t.Errorf("its names are taken: %+v", answer)
	}

	// One that is refused itself takes no names.
	invalid := strings.Replace(versions, "scope: Cluster", "scope: Nowhere", 1)
	e = start(t, invalid, other("things.example.com", "things", "Gadget", ""))
	e.expectJSON(e.made, `["custom resource definition things.example.com"]`)
	if len(e.refused) != 1 || !strings.Contains(e.refused[0].Message, "Nowhere") {
		t.Errorf("refused: %v", e.refused)
	}
	e.expect(e.create(gadget("v1")), 201)

	// The last one of a name stands.
	e = start(t, invalid, versions)
	e.expectJSON(e.made, `["custom resource definition gadgets.example.com"]`)
	e.expect(e.create(gadget("v1")), 201)
}

func TestRefusedDefinitions(t *testing.T) {
	for name, one := range map[string]struct{ definition, words string }{
		"default of a wrong type": {definition(spec("a: {type: string, default: 1}"), ""), "spec.validation.openAPIV3Schema.properties[spec].properties[a].default: Invalid value"},
		"no structural schema":    {definition("type: object\nproperties: {a: {}}", ""), "type: Required value: must not be empty for specified object fields"},
		"rule of no boolean":      {definition(spec("a: {type: string, x-kubernetes-validations: [{rule: self}]}"), ""), "cel expression must evaluate to a bool"},
		"rule that is no CEL":     {definition(spec("a: {type: string, x-kubernetes-validations: [{rule: 'self ==='}]}"), ""), "compilation failed"},
		"expensive rule":          {definition(spec("a: {type: array, items: {type: string}, x-kubernetes-validations: [{rule: 'self.all(x, self.all(y, x.contains(y)))'}]}"), ""), "exceeds budget"},
		"bad pattern":             {definition(spec("a: {type: string, pattern: '(['}"), ""), "must be a valid regular expression"},
		"no storage version":      {strings.Replace(definition(spec("a: {type: string}"), ""), "storage: true", "storage: false", 1), "must have exactly one version marked as storage version"},
		"wrong scope":             {strings.Replace(definition(spec("a: {type: string}"), ""), "Namespaced", "Everywhere", 1), `spec.scope: Unsupported value: "Everywhere"`},
		"protected group":         {strings.ReplaceAll(definition(spec("a: {type: string}"), ""), "example.com", "example.k8s.io"), "protected groups must have approval annotation"},
		"long rules":              {definition(spec("a: {type: string, maxLength: 1, x-kubernetes-validations: [{rule: \""+strings.Repeat("self=='a'||", 2000)+"true\"}]}"), ""), "too long to be compiled"},
		"wrong JSON":              {definition(spec("a: {type: [string]}"), ""), "cannot unmarshal array"},
	} {
		t.Run(name, func(t *testing.T) {
			e := start(t, one.definition)
			answer := e.create(strings.Replace(widget("{}"), "example.com", map[bool]string{true: "example.k8s.io", false: "example.com"}[name == "protected group"], 1))
			if answer.Code != 404 || !answer.UnknownKind || answer.Refused == nil {
				t.Fatalf("it is served: %+v", answer)
			}
			if !strings.Contains(answer.Refused.Message, one.words) {
				t.Errorf("%q is not in: %s", one.words, answer.Refused.Message)
			}
		})
	}
}

// What nothing can be looked up in is refused at once.
func TestRefusedAtOnce(t *testing.T) {
	base := definition(spec("a: {type: string}"), "")
	for name, text := range map[string]string{
		"another name":  strings.Replace(base, "widgets.example.com", "others.example.com", 1),
		"no kind":       strings.Replace(base, ", kind: Widget", "", 1),
		"kind 1":        strings.Replace(base, "kind: Widget", "kind: 1", 1),
		"old version":   strings.Replace(base, "k8s.io/v1", "k8s.io/v1beta1", 1),
		"spec is text":  base[:strings.Index(base, "spec:")] + "spec: text\n",
		"spec is null":  base[:strings.Index(base, "spec:")] + "spec:\n",
		"metadata null": strings.Replace(base, "metadata: {name: widgets.example.com}", "metadata:", 1),
		"names a list":  strings.Replace(base, "{plural: widgets, kind: Widget}", "[a]", 1),
	} {
		t.Run(name, func(t *testing.T) {
			e := start(t, text)
			if len(e.made) != 0 || len(e.refused) != 1 || e.refused[0].Message == "" {
				t.Errorf("made %v, refused %v", e.made, e.refused)
			}
		})
	}
}

// Nothing of this may panic, or take its time.
func TestHostileDefinitions(t *testing.T) {
	nested := func(depth int, open, inner, end string) string {
		return strings.Repeat(open, depth) + inner + strings.Repeat(end, depth)
	}
	ors := func(depth int) string {
		schema := "{type: object}"
		for range depth {
			schema = "{type: object, properties: {a: " + schema + "}, anyOf: [{required: [a]}, {required: [b]}], not: {required: [c]}}"
		}
		return schema
	}
	for name, one := range map[string]struct{ schema, value string }{
		"deep schema":        {nested(300, "{type: object, properties: {a: ", "{type: string}", "}}"), nested(299, "{a: ", "x", "}")},
		"deeper schema":      {nested(3000, `{"type":"object","properties":{"a":`, `{"type":"string"}`, "}}"), `{a: {}}`},
		"deep defaults":      {"{type: object, default: " + nested(1000, `{"a":`, "1", "}") + ", x-kubernetes-preserve-unknown-fields: true}", "{}"},
		"many alternatives":  {ors(60), nested(59, "{a: ", "{}", "}")},
		"deep free value":    {"{type: object, x-kubernetes-preserve-unknown-fields: true}", nested(3000, `{"a":`, "1", "}")},
		"slow pattern":       {"{type: object, properties: {a: {type: string, pattern: '^(((a+)+)+)+$'}}}", "{a: " + strings.Repeat("a", 5000) + "!}"},
		"large pattern":      {"{type: object, properties: {a: {type: string, pattern: '((a{100}){100}){100}'}}}", "{a: b}"},
		"nested rule":        {"{type: object, properties: {a: {type: array, maxItems: 3, items: {type: string, maxLength: 3}, x-kubernetes-validations: [{rule: '" + nested(40, "self.all(x, ", "true", ")") + "'}]}}}", "{a: [a, b, c]}"},
		"long rule":          {"{type: object, properties: {a: {type: string, maxLength: 3, x-kubernetes-validations: [{rule: \"" + strings.Repeat("self == 'a' || ", 900) + "true\"}]}}}", "{a: a}"},
		"longer rule":        {"{type: object, properties: {a: {type: string, maxLength: 3, x-kubernetes-validations: [{rule: \"" + strings.Repeat("self=='a'||", 9000) + "true\"}]}}}", "{a: a}"},
		"parentheses":        {"{type: object, properties: {a: {type: string, maxLength: 3, x-kubernetes-validations: [{rule: \"" + nested(1000, "(", "true", ")") + "\"}]}}}", "{a: a}"},
		"matches in a rule":  {"{type: object, properties: {a: {type: string, maxLength: 10000, x-kubernetes-validations: [{rule: \"self.matches('^(a+)+$')\"}]}}}", "{a: " + strings.Repeat("a", 9000) + "!}"},
		"wrong node":         {"[1, 2]", "{}"},
		"null":               {"null", "{}"},
		"unknown type":       {"{type: thing}", "{}"},
		"reference":          {"{type: object, properties: {a: {$ref: '#/definitions/a'}}}", "{a: 1}"},
		"negative limits":    {"{type: object, properties: {a: {type: string, maxLength: -1, minLength: -5}}}", "{a: x}"},
		"preserve and items": {"{type: array, items: {type: string}}", "[a]"},
	} {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			e := start(t, definition("type: object\nproperties: {spec: "+one.schema+"}", ""))
			answer := e.create(widget(one.value))
			if answer.Code == 500 || answer.Code == 0 {
				t.Errorf("%+v", answer)
			}
			if answer.Refused != nil && strings.Contains(answer.Refused.Message, "cannot be worked with") {
				t.Errorf("upstream panics: %s", answer.Refused.Message)
			}
			if spent := time.Since(started); spent > 5*time.Second {
				t.Errorf("took %v: %d %.100s", spent, answer.Code, answer.Status.Message)
			}
		})
	}
}

func TestManyDefinitions(t *testing.T) {
	text := definition(spec("a: {type: string, maxLength: 5, x-kubernetes-validations: [{rule: self != 'b'}]}"), "")
	objects := make([]*unstructured.Unstructured, 1000)
	for index := range objects {
		object := &unstructured.Unstructured{}
		if err := yaml.Unmarshal([]byte(strings.ReplaceAll(text, "example.com", fmt.Sprintf("g%d.example.com", index))), &object.Object); err != nil {
			t.Fatal(err)
		}
		objects[index] = object
	}
	started := time.Now()
	_, made, refused := custom.New(objects)
	if spent := time.Since(started); spent > time.Second || len(made) != 1000 || len(refused) != 0 {
		t.Errorf("took %v, made %d, refused %v", spent, len(made), refused)
	}
}
