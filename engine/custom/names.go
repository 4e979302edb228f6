package custom

import (
	"fmt"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// outline reads what can be known of a definition without decoding it.
func outline(object *unstructured.Unstructured) *definition {
	text := func(path ...string) string {
		found, _, _ := unstructured.NestedString(object.Object, path...)
		return found
	}
	one := &definition{object: object, name: text("metadata", "name"), group: text("spec", "group")}
	one.names = apiextensionsv1.CustomResourceDefinitionNames{
		Plural:   text("spec", "names", "plural"),
		Singular: text("spec", "names", "singular"),
		Kind:     text("spec", "names", "kind"),
		ListKind: text("spec", "names", "listKind"),
	}
	one.names.ShortNames, _, _ = unstructured.NestedStringSlice(object.Object, "spec", "names", "shortNames")
	// As SetDefaults_CustomResourceDefinitionSpec has it.
	if one.names.Singular == "" {
		one.names.Singular = strings.ToLower(one.names.Kind)
	}
	if one.names.ListKind == "" {
		one.names.ListKind = one.names.Kind + "List"
	}
	return one
}

// isNamed says whether objects can be found to be of its kind, in a version that exists.
func (d *definition) isNamed() bool {
	return d.object.GetAPIVersion() == apiextensionsv1.SchemeGroupVersion.String() && d.group != "" && d.names.Kind != "" &&
		d.name == d.names.Plural+"."+d.group
}

// claims says which definition has a name of a group: resources by "group/name", kinds by "group Kind".
type claims map[string]*definition

// claim takes a definition's names, as upstream's naming controller does (calculateNamesAndConditions): a name of another
// definition of the group is refused, and with it the definition, which keeps its other names.
func (c claims) claim(one *definition) {
	var conflict error
	take := func(names ...string) {
		var free []string
		for _, name := range names {
			owner := c[name]
			// Who is refused by the server has no names. This is rare, so it may cost.
			if owner != nil && owner != one && (owner.decoded != nil || owner.check()) {
				conflict = fmt.Errorf("%q is already in use", name[strings.LastIndexAny(name, "/ ")+1:])
				continue
			}
			free = append(free, name)
		}
		if len(free) == len(names) {
			for _, name := range free {
				c[name] = one
			}
		}
	}
	take(one.group + "/" + one.names.Plural)
	take(one.group + "/" + one.names.Singular)
	shortNames := make([]string, len(one.names.ShortNames))
	for index, name := range one.names.ShortNames {
		shortNames[index] = one.group + "/" + name
	}
	take(shortNames...)
	take(one.group + " " + one.names.Kind)
	take(one.group + " " + one.names.ListKind)
	// One that is no good in itself says so, and never had a name.
	if conflict != nil && one.check() {
		one.refuse(fmt.Errorf("its names are taken: %w", conflict))
	}
}
