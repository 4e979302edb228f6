package expression

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

const body = `{"object":{"spec":{"replicas":3,"ratio":0.5,"name":"web","list":["a","b"],"none":null,"big":9007199254740993}},"other":1}`

func TestValues(t *testing.T) {
	for expression, expected := range map[string]string{
		`object.spec.replicas + 1`:                `4`,
		`object.spec.big`:                         `9007199254740993`,
		`object.spec.replicas == 3 && other == 1`: `true`,
		`object.spec.ratio`:                       `0.5`,
		`double(object.spec.replicas)`:            `3`,
		`0.0 / 0.0`:                               `"NaN"`,
		`18446744073709551615u`:                   `18446744073709551615`,
		`object.spec.name + '!'`:                  `"web!"`,
		`object.spec.none`:                        `null`,
		`b'abc'`:                                  `"YWJj"`,
		`object.spec.list.map(x, x + x)`:          `["aa","bb"]`,
		`{'a': dyn([dyn(1), dyn(2u), dyn(true)]), 'b': dyn({})}`: `{"a":[1,2,true],"b":{}}`,
		`{dyn(1): 'a', dyn(true): 'b'}`:                          `{"1":"a","true":"b"}`,
		`object`:                                                 `{"spec":{"big":9007199254740993,"list":["a","b"],"name":"web","none":null,"ratio":0.5,"replicas":3}}`,
		`duration('90m')`:                                        `"5400s"`,
		`timestamp('2024-01-01T00:00:00Z')`:                      `"2024-01-01T00:00:00Z"`,
		`type(1)`:                                                `"int"`,
		`object.spec.?missing.orValue('none')`:                   `"none"`,
		`object.spec.?missing`:                                   `null`,
		`object.spec.?name`:                                      `"web"`,
		`quantity('1Gi').isGreaterThan(quantity('1M'))`:          `true`,
		`ip('10.0.0.1')`:                                         `"10.0.0.1"`,
		`cidr('10.0.0.0/8')`:                                     `"10.0.0.0/8"`,
		`url('https://a.b/c').getHost()`:                         `"a.b"`,
		`semver('1.2.3').minor()`:                                `2`,
		`'a-b'.split('-').isSorted()`:                            `true`,
		`sets.contains([1, 2], [1])`:                             `true`,
		`'abc'.find('b.*')`:                                      `"bc"`,
		`{'a': 1}.transformList(k, v, k + string(v))`:            `["a1"]`,
		`format.dns1123Label().validate('A_').hasValue()`:        `true`,
		`has(object.spec.name) && !has(object.spec.nothing)`:     `true`,
		`object.spec.list.exists(x, x == 'b') ? 'yes' : 'no'`:    `"yes"`,
	} {
		text, err := json.Marshal(Evaluate([]string{expression}, []byte(body)))
		if err != nil || string(text) != `[{"value":`+expected+`}]` {
			t.Errorf("%s: %s (%v) and not %s", expression, text, err, expected)
		}
	}
}

func TestQuantityIsToldAsText(t *testing.T) {
	text, err := json.Marshal(Evaluate([]string{`quantity('1500m')`}, []byte(`{}`)))
	if err != nil || string(text) != `[{"value":"1500m"}]` {
		t.Errorf("%s (%v)", text, err)
	}
}

func TestErrors(t *testing.T) {
	for expression, words := range map[string]string{
		`object.spec.missing`:           "no such key: missing",
		`1 / 0`:                         "division by zero",
		`object.spec.name + 1`:          "no such overload",
		`unknown`:                       "undeclared reference to 'unknown'",
		`1 +`:                           "Syntax error",
		``:                              "Syntax error",
		`'a' == 1`:                      "found no matching overload",
		`quantity('x')`:                 "quantities must match",
		`'a'.matches('(')`:              "invalid matches argument",
		`int('a')`:                      "type conversion error",
		`authorizer.group('')`:          "undeclared reference to 'authorizer'",
		strings.Repeat("(", 1000) + "1": "recursion",
		`[1,2,3,4,5,6,7,8,9,0].all(a,[1,2,3,4,5,6,7,8,9,0].all(b,[1,2,3,4,5,6,7,8,9,0].all(c,[1,2,3,4,5,6,7,8,9,0].all(d,[1,2,3,4,5,6,7,8,9,0].all(e,[1,2,3,4,5,6,7,8,9,0].all(f,a+b+c+d+e+f>=0))))))`: "cost limit exceeded",
	} {
		result := Evaluate([]string{expression}, []byte(body))[0]
		if !strings.Contains(result.Error, words) {
			t.Errorf("%.60s: %q (%v) and not %s", expression, result.Error, result.Value, words)
		}
	}
}

func TestVariables(t *testing.T) {
	for _, body := range []string{``, `[]`, `{"a":`, `1`} {
		if result := Evaluate([]string{"1"}, []byte(body))[0]; !strings.Contains(result.Error, "no JSON object") {
			t.Errorf("%s: %+v", body, result)
		}
	}
	// The same expression means another thing with other variables.
	for body, expected := range map[string]string{`{"a":1}`: `[{"value":2}]`, `{"a":"1"}`: `[{"error":"no such overload"}]`, `{"a":1.5}`: `[{"error":"no such overload"}]`, `{"a":2,"b":1}`: `[{"value":3}]`} {
		text, err := json.Marshal(Evaluate([]string{`a + 1`}, []byte(body)))
		if err != nil || string(text) != expected {
			t.Errorf("%s: %s (%v) and not %s", body, text, err, expected)
		}
	}
	// Whatever a key is called, others can be asked about.
	for _, name := range []string{"in", "true", "a b", "", "a.b", "ünï", "type", "int", "string", "\x00", "size"} {
		key, err := json.Marshal(name)
		if err != nil {
			t.Fatal(err)
		}
		if result := Evaluate([]string{"a"}, fmt.Appendf(nil, `{"a":1,%s:2}`, key))[0]; result.Error != "" && !strings.Contains(result.Error, "overlapping identifier") {
			t.Errorf("%q: %+v", name, result)
		}
	}
}

func TestHostile(t *testing.T) {
	doubled := `[object]`
	for index := range 40 {
		doubled += fmt.Sprintf(`.map(x%d, [x%d, x%d])`, index, index, index)
	}
	for name, expression := range map[string]string{
		"doubled lists": doubled,
		"doubled text":  `[1,2,3,4,5,6,7,8,9,0].map(a, 'x').map(a, a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a)`,
		"long sum":      strings.Repeat("1+", 50_000) + "1",
		"long text":     "'" + strings.Repeat("x", 200_000) + "'",
		"deep lists":    strings.Repeat("[", 300) + strings.Repeat("]", 300),
		"not UTF-8":     "'\xff\xfe'",
		"NUL":           "'\x00' + \x00",
		"regex":         `'` + strings.Repeat("a", 5000) + `!'.matches('^(a+)+$')`,
		"replace":       `'aaaaaaaaaa'.replace('a', 'aaaaaaaaaa').replace('a', 'aaaaaaaaaa').replace('a', 'aaaaaaaaaa').replace('a', 'aaaaaaaaaa').replace('a', 'aaaaaaaaaa').replace('a', 'aaaaaaaaaa')`,
	} {
		started := time.Now()
		result := Evaluate([]string{expression}, []byte(body))[0]
		text, err := json.Marshal(result)
		if err != nil || len(text) > 20_000_000 || strings.HasPrefix(result.Error, "panic") {
			t.Errorf("%s: %d bytes, %v, %.200s", name, len(text), err, result.Error)
		}
		if spent := time.Since(started); spent > 5*time.Second {
			t.Errorf("%s took %v: %.200s", name, spent, text)
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	for b.Loop() {
		if result := Evaluate([]string{`object.spec.replicas > 2`}, []byte(body))[0]; result.Value != true {
			b.Fatal(result)
		}
	}
}
