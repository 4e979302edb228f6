package expression

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
)

// largestValue is how many parts a result may have. Lists of the same list cost CEL next to nothing and grow without end.
const largestValue = 1_000_000

var errLarge = errors.New("the result is too large to be told")

// toJSON is a value as JSON has it: numbers as they are, bytes in base64, all that JSON has no word for as CEL's text of it.
func toJSON(value ref.Val, left *int) (any, error) {
	if *left--; *left < 0 {
		return nil, errLarge
	}
	switch value := value.(type) {
	case types.Null:
		return nil, nil
	case types.Bool:
		return bool(value), nil
	case types.Int:
		return int64(value), nil
	case types.Uint:
		return uint64(value), nil
	case types.Double:
		if number := float64(value); math.IsNaN(number) || math.IsInf(number, 0) {
			return strconv.FormatFloat(number, 'g', -1, 64), nil
		}
		return float64(value), nil
	case types.String:
		return text(string(value), left)
	case types.Bytes:
		return text(base64.StdEncoding.EncodeToString(value), left)
	case *types.Err:
		return nil, value.Unwrap()
	case *types.Unknown:
		return nil, fmt.Errorf("unknown: %v", value)
	case *types.Optional:
		if !value.HasValue() {
			return nil, nil
		}
		return toJSON(value.GetValue(), left)
	case traits.Mapper:
		return object(value, left)
	case traits.Lister:
		return list(value, left)
	}
	if converted := value.ConvertToType(types.StringType); !types.IsError(converted) {
		if told, ok := converted.Value().(string); ok {
			return text(told, left)
		}
	}
	if typed, ok := value.(*types.Type); ok {
		return typed.TypeName(), nil
	}
	return text(fmt.Sprint(value.Value()), left)
}

func text(value string, left *int) (any, error) {
	if *left -= len(value) / 8; *left < 0 {
		return nil, errLarge
	}
	return value, nil
}

func list(values traits.Lister, left *int) (any, error) {
	items := []any{}
	for iterator := values.Iterator(); iterator.HasNext() == types.True; {
		item, err := toJSON(iterator.Next(), left)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

func object(values traits.Mapper, left *int) (any, error) {
	members := map[string]any{}
	for iterator := values.Iterator(); iterator.HasNext() == types.True; {
		key := iterator.Next()
		member, err := toJSON(values.Get(key), left)
		if err != nil {
			return nil, err
		}
		members[fmt.Sprint(key.Value())] = member
	}
	return members, nil
}

func marshal(value any) ([]byte, error) { return json.Marshal(value) }
