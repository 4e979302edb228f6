package admission_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"k8s-autofix.dev/engine/admission"
	"k8s-autofix.dev/engine/handler"
	"k8s-autofix.dev/engine/kinds"
	"k8s-autofix.dev/engine/seam"
)

type answer struct {
	Code     int      `json:"code"`
	Warnings []string `json:"warnings"`
	Status   struct {
		Message string `json:"message"`
		Reason  string `json:"reason"`
	} `json:"status"`
	Object unstructured.Unstructured `json:"object"`
	text   string
}

// example is a file of testdata: documents to judge, and those that they are judged by.
type example struct {
	context, judged [][]byte
	names           []string
	// isCustom holds where definitions are needed, which are another package's.
	isCustom bool
}

func read(t testing.TB, path string) example {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var found example
	for _, document := range bytes.Split(text, []byte("\n---\n")) {
		converted, err := yaml.YAMLToJSON(document)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		object := &unstructured.Unstructured{}
		if err := object.UnmarshalJSON(converted); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		found.isCustom = found.isCustom || object.GetKind() == "CustomResourceDefinition"
		if object.GetAnnotations()["k8s-autofix.dev/judge"] == "true" {
			found.judged = append(found.judged, converted)
			found.names = append(found.names, object.GetName())
		} else {
			found.context = append(found.context, converted)
		}
	}
	return found
}

var engine = handler.New(kinds.New(), admission.New, nil)

// judge gives the answers by the objects' names, and what the context was refused.
func (e example) judge(t testing.TB) (map[string]answer, []seam.Refusal) {
	t.Helper()
	_, refused := engine.SetContext(e.context)
	answers := map[string]answer{}
	for index, body := range e.judged {
		one := create(t, string(body))
		answers[e.names[index]] = one
	}
	return answers, refused
}

func create(t testing.TB, body string) answer {
	t.Helper()
	text := engine.Create("application/yaml", []byte(body), false)
	one := answer{text: string(text)}
	if err := json.Unmarshal(text, &one); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return one
}

const examples = "../testdata"

func TestExamples(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(examples, "*.yaml"))
	if err != nil || len(paths) < 100 {
		t.Fatalf("%d examples: %v", len(paths), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		t.Run(name, func(t *testing.T) {
			found := read(t, path)
			if found.isCustom {
				t.Skip("has definitions")
			}
			if len(found.judged) == 0 {
				t.Fatal("nothing to judge")
			}
			answers, refused := found.judge(t)
			wantsRefusal := strings.Contains(name, "-refused-") || name == "security-invalid-labels"
			if wantsRefusal != (len(refused) > 0) {
				t.Errorf("refused: %v", refused)
			}
			again, _ := found.judge(t)
			for object, one := range answers {
				switch one.Code {
				case 201, 403, 413, 422:
				default:
					t.Errorf("%s: got %s", object, one.text)
				}
				if one.text != again[object].text {
					t.Errorf("%s: got %s, then %s", object, one.text, again[object].text)
				}
			}
		})
	}
}

func TestVerdicts(t *testing.T) {
	vap := func(name, words string) string {
		return fmt.Sprintf("ValidatingAdmissionPolicy '%s' with binding '%s' denied request: %s", name, name, words)
	}
	mutating := func(name, words string) string {
		return fmt.Sprintf("policy '%s' with binding '%s' denied request: %s", name, name, words)
	}
	for file, wanted := range map[string]map[string]struct {
		code    int
		message string
	}{
		"validating-basic":                    {"one": {201, ""}, "two": {422, `configmaps "two" is forbidden: ` + vap("basic", "failed expression: size(object.data) <= 1")}},
		"validating-message-expression":       {"two": {422, vap("message-expression", "the limit is 1, and two has 2")}},
		"validating-message-expression-error": {"two": {422, vap("message-expression-error", "the fallback")}},
		"validating-reasons":                  {"forbidden": {403, ""}, "large": {413, ""}, "invalid": {422, ""}, "none": {201, ""}},
		"validating-failure-fail":             {"none": {422, "resulted in error: no such key: level"}, "low": {422, "failed expression"}, "high": {201, ""}},
		"validating-failure-ignore":           {"none": {201, ""}, "low": {422, "failed expression"}},
		"validating-cost-limit":               {"short": {201, ""}, "long": {422, "cost"}},
		"validating-refused-policy":           {"any": {201, ""}},
		"validating-match-conditions":         {"lax": {201, ""}, "strict": {422, "failed expression"}, "good": {201, ""}},
		"validating-namespace-selector":       {"a": {422, ""}, "b": {201, ""}, "c": {201, ""}},
		"validating-match-policy-equivalent":  {"many": {422, "as autoscaling/v1 of v1, asked as v2"}, "few": {201, ""}},
		"validating-match-policy-exact":       {"many": {201, ""}, "many-old": {422, "as autoscaling/v1 of v1, asked as v1"}},
		"validating-exclude-rules":            {"any": {201, ""}},
		"validating-params-selector":          {"one": {201, ""}, "three": {422, "at most 2"}},
		"validating-params-missing-deny":      {"one": {422, "no params found for policy binding with `Deny` parameterNotFoundAction"}},
		"validating-params-missing-allow":     {"three": {201, ""}},
		"validating-params-unknown-kind":      {"any": {422, "failed to find resource referenced by paramKind: 'nobody.example.com/v1, Kind=Nothing'"}},
		"validating-variables-error":          {"none": {422, `composited variable "composed" fails to evaluate`}, "some": {201, ""}},
		"validating-namespace-object":         {"orphan": {422, "namespace-object is production and Active"}, "owned": {201, ""}},
		"validating-pod-after-admission":      {"pod": {422, "no token"}},
		"validating-unbound":                  {"any": {201, ""}},
		"mutating-json-patch":                 {"all": {201, ""}, "no-c": {403, mutating("mutating-json-patch", "JSON Patch: error in move for path: 'c'")}},
		"mutating-apply-unknown-field":        {"web": {403, ".spec.nothing: field not declared in schema"}},
		"mutating-apply-atomic":               {"web": {403, "may not mutate atomic arrays, maps or structs"}},
		"mutating-then-validating":            {"owned": {201, ""}, "orphan": {422, "nobody owns it"}},
		"mutating-match-policy":               {"new": {403, "converting (v1.HorizontalPodAutoscaler) to (v2.HorizontalPodAutoscaler): unknown conversion"}},
		"mutating-makes-invalid":              {"any": {422, "metadata.labels: Invalid value"}},
		"security-enforce-baseline":           {"plain": {201, ""}, "privileged": {403, `violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true), privileged (container "c" must not set securityContext.privileged=true)`}, "controller": {201, ""}},
		"limits-containers":                   {"large": {403, "maximum cpu usage per Container is 1, but limit is 2"}, "defaulted": {201, ""}},
		"accounts":                            {"strict-volume": {403, "service account strict does not reference that secret"}, "mirror-account": {403, "a mirror pod may not reference service accounts"}},
		"classes":                             {"wrong-value": {403, "computed 1000 from the given PriorityClass name"}, "vm-conflict": {403, "conflict: runtimeClass.scheduling.nodeSelector[vm]"}, "vm": {201, ""}},
	} {
		t.Run(file, func(t *testing.T) {
			answers, _ := read(t, filepath.Join(examples, file+".yaml")).judge(t)
			for name, want := range wanted {
				if got := answers[name]; got.Code != want.code || !strings.Contains(got.Status.Message, want.message) {
					t.Errorf("%s: got %d %q", name, got.Code, got.Status.Message)
				}
			}
		})
	}
}

func TestMutations(t *testing.T) {
	for file, wanted := range map[string]struct{ name, fragment string }{
		"mutating-apply-labels":       {"labelled", `"labels":{"mine":"x","name":"labelled","owner":"policy"}`},
		"mutating-apply-sidecar":      {"web", `"restartPolicy":"Always"`},
		"mutating-apply-pod":          {"pod", `"name":"late"`},
		"mutating-json-patch":         {"all", `"data":{"a":"w","b":"w","d":"z"}`},
		"mutating-two-mutations":      {"any", `"data":{"a":"x","first":"1","second":"12","third":"123"}`},
		"mutating-reinvocation":       {"any", `"first":"after the second"`},
		"mutating-params":             {"any", `"labels":{"stage":"b","team":"a"}`},
		"limits-containers":           {"defaulted", `"resources":{"limits":{"cpu":"500m","memory":"256Mi"},"requests":{"cpu":"100m","memory":"256Mi"}}`},
		"accounts":                    {"default", `"imagePullSecrets":[{"name":"registry"}]`},
		"classes":                     {"vm", `"overhead":{"memory":"64Mi"}`},
		"mutating-apply-defaults":     {"portless", `"ports":[{"protocol":"TCP","port":8080,"targetPort":8080}]`},
		"mutating-json-patch-ignored": {"none", `"data":{"a":"x"}`},
	} {
		answers, _ := read(t, filepath.Join(examples, file+".yaml")).judge(t)
		if got := answers[wanted.name]; got.Code != 201 || !strings.Contains(got.text, wanted.fragment) {
			t.Errorf("%s: got %s", file, got.text)
		}
	}
	// What other plug-ins do to a pod, they do to a container as well that a policy has added after them.
	answers, _ := read(t, filepath.Join(examples, "mutating-apply-pod.yaml")).judge(t)
	if got := strings.Count(answers["pod"].text, `"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"`); got != 2 {
		t.Errorf("got %d mounts: %s", got, answers["pod"].text)
	}
}

func TestWarnings(t *testing.T) {
	answers, _ := read(t, filepath.Join(examples, "validating-warn.yaml")).judge(t)
	want := "Validation failed for ValidatingAdmissionPolicy 'warn' with binding 'warn': a is missing"
	if got := answers["neither"]; got.Code != 201 || len(got.Warnings) != 3 || got.Warnings[0] != want {
		t.Errorf("got %d %q", got.Code, got.Warnings)
	}
	answers, _ = read(t, filepath.Join(examples, "security-warn.yaml")).judge(t)
	if got := answers["privileged"].Warnings; len(got) != 1 || !strings.HasPrefix(got[0], `would violate PodSecurity "restricted:latest": host namespaces`) {
		t.Errorf("got %q", got)
	}
}

const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {%s containers: [{name: c, image: x, resources: {limits: {cpu: 9, memory: 9Gi, ephemeral-storage: 9Gi}}}]}\n"

func TestWhatNobodyDescribesExists(t *testing.T) {
	engine.SetContext(nil)
	for _, fields := range []string{"priorityClassName: any,", "priorityClassName: any, priority: 7,", "runtimeClassName: any,", "runtimeClassName: any, overhead: {memory: 1Mi},", "serviceAccountName: any,"} {
		if got := create(t, fmt.Sprintf(pod, fields)); got.Code != 201 || !strings.Contains(got.text, `"name":"kube-api-access-xxxxx"`) {
			t.Errorf("%s got %s", fields, got.text)
		}
	}
}

func TestSeveralLimitsAreToldInOneOrder(t *testing.T) {
	limits := `{"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"a"},"spec":{"limits":[{"type":"Container","max":{"cpu":"1","memory":"1Gi","ephemeral-storage":"1Gi"}}]}}`
	engine.SetContext([][]byte{[]byte(limits)})
	want := `pods "a" is forbidden: [maximum cpu usage per Container is 1, but limit is 9, maximum ephemeral-storage usage per Container is 1Gi, but limit is 9Gi, maximum memory usage per Container is 1Gi, but limit is 9Gi]`
	for range 20 {
		if got := create(t, fmt.Sprintf(pod, "")); got.Status.Message != want {
			t.Fatalf("got %q", got.Status.Message)
		}
	}
}

func TestMalformedContext(t *testing.T) {
	for _, body := range []string{
		`{"apiVersion":"v1","kind":"Namespace","metadata":{"name":7}}`,
		`{"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"a"},"spec":"none"}`,
		`{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"A B"}}`,
		`{"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingAdmissionPolicy","metadata":{"name":"a"},"spec":{"validations":{}}}`,
		`{"apiVersion":"admissionregistration.k8s.io/v1beta1","kind":"ValidatingAdmissionPolicy","metadata":{"name":"a"}}`,
		`{"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"a"},"value":2000000000}`,
	} {
		made, refused := engine.SetContext([][]byte{[]byte(body)})
		if len(made) != 0 || len(refused) != 1 || refused[0].Message == "" {
			t.Errorf("%s: made %v, refused %v", body, made, refused)
		}
	}
}

func BenchmarkEmptyContext(b *testing.B) {
	for b.Loop() {
		admission.New(nil, nil)
	}
}

func policies(count int) [][]byte {
	var objects [][]byte
	for index := range count {
		name := fmt.Sprintf("policy-%d", index)
		objects = append(objects,
			[]byte(`{"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingAdmissionPolicy","metadata":{"name":"`+name+`"},"spec":{"matchConstraints":{"resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["pods"]}]},"variables":[{"name":"containers","expression":"object.spec.containers"}],"validations":[{"expression":"variables.containers.all(c, c.name != '`+name+`')","messageExpression":"string(object.metadata.name)"},{"expression":"!has(object.spec.hostNetwork)"}]}}`),
			[]byte(`{"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingAdmissionPolicyBinding","metadata":{"name":"`+name+`"},"spec":{"policyName":"`+name+`","validationActions":["Deny"]}}`))
	}
	return objects
}

func BenchmarkFiftyPolicies(b *testing.B) {
	if _, refused := engine.SetContext(policies(50)); len(refused) > 0 {
		b.Fatal(refused)
	}
	body := []byte(fmt.Sprintf(pod, ""))
	for b.Loop() {
		engine.Create("application/yaml", body, false)
	}
}

func BenchmarkContextOfFiftyPolicies(b *testing.B) {
	context := policies(50)
	for b.Loop() {
		engine.SetContext(context)
	}
}
