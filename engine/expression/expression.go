// Package expression evaluates CEL as Kubernetes does: in its environment, with its limit of cost for one call.
package expression

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/google/cel-go/cel"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/utils/lru"
	kjson "sigs.k8s.io/json"
)

// Result is what became of one expression: a value or an error.
type Result struct {
	Value any
	Error string
}

func (r Result) MarshalJSON() ([]byte, error) {
	if r.Error != "" {
		return marshal(map[string]any{"error": r.Error})
	}
	return marshal(map[string]any{"value": r.Value})
}

// What is compiled once is kept; the same expressions are asked about one object after another.
var (
	programs     = lru.New(2000)
	environments = lru.New(50)
)

type compiled struct {
	program cel.Program
	err     error
}

// Evaluate evaluates expressions over variables: the keys of a JSON object, of any type each.
func Evaluate(expressions []string, body []byte) []Result {
	results := make([]Result, len(expressions))
	variables := map[string]any{}
	// Whole numbers are integers, as in the server's own objects.
	if err := kjson.UnmarshalCaseSensitivePreserveInts(body, &variables); err != nil {
		for index := range results {
			results[index].Error = fmt.Sprintf("the variables are no JSON object: %v", err)
		}
		return results
	}
	names := make([]string, 0, len(variables))
	for name := range variables {
		names = append(names, name)
	}
	sort.Strings(names)
	for index, expression := range expressions {
		value, err := evaluate(expression, names, variables)
		if err != nil {
			results[index].Error = err.Error()
		} else {
			results[index].Value = value
		}
	}
	return results
}

func evaluate(expression string, names []string, variables map[string]any) (value any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	program, err := compile(expression, names)
	if err != nil {
		return nil, err
	}
	result, _, err := program.ContextEval(context.Background(), variables)
	if err != nil {
		return nil, err
	}
	size := largestValue
	return toJSON(result, &size)
}

func compile(expression string, names []string) (cel.Program, error) {
	// No name of a variable that can be used holds a NUL.
	key := strings.Join(append([]string{expression}, names...), "\x00")
	if known, ok := programs.Get(key); ok {
		found := known.(compiled)
		return found.program, found.err
	}
	program, err := build(expression, names)
	programs.Add(key, compiled{program, err})
	return program, err
}

func build(expression string, names []string) (cel.Program, error) {
	env, err := environmentOf(names)
	if err != nil {
		return nil, err
	}
	ast, issues := env.Compile(expression)
	if issues.Err() != nil {
		return nil, errors.New("compilation failed: " + issues.Err().Error())
	}
	return env.Program(ast,
		cel.CostLimit(celconfig.PerCallLimit),
		cel.InterruptCheckFrequency(celconfig.CheckFrequency),
	)
}

func environmentOf(names []string) (*cel.Env, error) {
	key := strings.Join(names, "\x00")
	if known, ok := environments.Get(key); ok {
		return known.(*cel.Env), nil
	}
	options := make([]cel.EnvOption, len(names))
	for index, name := range names {
		options[index] = cel.Variable(name, cel.DynType)
	}
	base, err := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()).Extend(environment.StrictCostOpt)
	if err != nil {
		return nil, err
	}
	env, err := base.NewExpressionsEnv().Extend(options...)
	if err != nil {
		return nil, err
	}
	environments.Add(key, env)
	return env, nil
}
