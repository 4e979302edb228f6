package handler

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/registry/rest"
)

// mostErrors is how many errors of one object are told. Upstream's message takes time by the square of their number; those
// that are said twice cost nothing.
const mostErrors = 1000

// orderlyCreate and orderlyUpdate are strategies whose words are the same for the same object: upstream walks over maps, in
// an order that changes from one walk to the next.
type orderlyCreate struct{ rest.RESTCreateStrategy }

// PrepareForCreate leaves nothing to chance either: a LimitRange without a name gets a drawn one.
func (o orderlyCreate) PrepareForCreate(ctx context.Context, object runtime.Object) {
	objectMeta, err := meta.Accessor(object)
	isUnnamed := err == nil && objectMeta.GetName() == ""
	o.RESTCreateStrategy.PrepareForCreate(ctx, object)
	if isUnnamed && objectMeta.GetName() != "" {
		objectMeta.SetName(string(uid))
	}
}

func (o orderlyCreate) Validate(ctx context.Context, object runtime.Object) field.ErrorList {
	return orderlyErrors(object, o.RESTCreateStrategy.Validate(ctx, object))
}

func (o orderlyCreate) WarningsOnCreate(ctx context.Context, object runtime.Object) []string {
	return orderlyWarnings(o.RESTCreateStrategy.WarningsOnCreate(ctx, object))
}

type orderlyUpdate struct{ rest.RESTUpdateStrategy }

func (o orderlyUpdate) ValidateUpdate(ctx context.Context, object, old runtime.Object) field.ErrorList {
	return orderlyErrors(object, o.RESTUpdateStrategy.ValidateUpdate(ctx, object, old))
}

func (o orderlyUpdate) WarningsOnUpdate(ctx context.Context, object, old runtime.Object) []string {
	return orderlyWarnings(o.RESTUpdateStrategy.WarningsOnUpdate(ctx, object, old))
}

func orderlyErrors(object runtime.Object, errs field.ErrorList) field.ErrorList {
	if _, ok := object.(runtime.Unstructured); ok {
		sortByField(errs)
	} else {
		sortEntries(errs, func(err *field.Error) entry {
			switch {
			case isMap.MatchString(err.Field):
				return entry{err.Field, fmt.Sprint(err.BadValue)}
			case ofNeighbours[err.Detail]:
				dot := strings.LastIndexByte(err.Field, '.')
				return entry{err.Field[:max(dot, 0)], err.Field[dot+1:]}
			}
			return entryAt(err.Field)
		})
	}
	told := sets.New[string]()
	for index, err := range errs {
		if told.Insert(err.Error()).Len() > mostErrors {
			return errs[:index]
		}
	}
	return errs
}

// sortByField is for custom resources: all of them is maps. What is said of no field comes last.
func sortByField(errs field.ErrorList) {
	slices.SortStableFunc(errs, func(a, b *field.Error) int {
		return cmp.Or(
			cmp.Compare(strings.Count(a.Field, noField), strings.Count(b.Field, noField)),
			cmp.Compare(a.Field, b.Field),
			cmp.Compare(a.Error(), b.Error()),
		)
	})
}

// noField is what a path of nothing is written as.
var noField = (*field.Path)(nil).String()

func orderlyWarnings(warnings []string) []string {
	sortEntries(warnings, func(warning string) entry {
		path, _, _ := strings.Cut(warning, ": ")
		return entryAt(path)
	})
	return warnings
}

// entry is where something stands in a map: the path of the map, or of the object that holds several, and the key.
type entry struct{ parent, key string }

// sortEntries sorts neighbours of one parent by their keys. What is said of one key keeps its order.
func sortEntries[T any](items []T, place func(T) entry) {
	type placed struct {
		entry
		item T
	}
	all := make([]placed, len(items))
	for index, item := range items {
		all[index] = placed{place(item), item}
	}
	for start := 0; start < len(all); {
		end := start + 1
		for all[start].parent != "" && end < len(all) && all[end].parent == all[start].parent {
			end++
		}
		slices.SortStableFunc(all[start:end], func(a, b placed) int { return strings.Compare(a.key, b.key) })
		start = end
	}
	for index, one := range all {
		items[index] = one.item
	}
}

var (
	// mapKey is where a path goes into a map: it names a key, no number.
	mapKey = regexp.MustCompile(`\.\w+\[([^\]]*[^\]0-9][^\]]*|)\]`)
	// isMap tells paths of maps whose entries are complained of under the map's own path.
	isMap = regexp.MustCompile(`(?i)(?:labels|annotations|selector)$`)
)

// ofNeighbours is what is said of fields that upstream finds by way of a map.
var ofNeighbours = map[string]bool{
	"must populate the given metric source only":         true,
	"Limit must be set for non overcommitable resources": true,
}

func entryAt(path string) entry {
	if place := mapKey.FindStringSubmatchIndex(path); place != nil {
		return entry{path[:place[0]], path[place[2]:place[3]]}
	}
	return entry{}
}
