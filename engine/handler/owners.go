package handler

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/endpoints/handlers"
	"k8s.io/apiserver/pkg/warning"
)

const (
	duplicateOwners               = handlers.DuplicateOwnerReferencesWarningFormat
	duplicateOwnersAfterAdmission = handlers.DuplicateOwnerReferencesAfterMutatingAdmissionWarningFormat
)

// dedupOwnerReferences drops owners that are named twice, with a warning, as the server's handlers do.
func dedupOwnerReferences(ctx context.Context, object runtime.Object, format string) {
	objectMeta, err := meta.Accessor(object)
	if err != nil {
		return
	}
	var kept []metav1.OwnerReference
	var dropped []string
	for _, owner := range objectMeta.GetOwnerReferences() {
		if contains(kept, owner) {
			dropped = append(dropped, string(owner.UID))
		} else {
			kept = append(kept, owner)
		}
	}
	if len(dropped) > 0 {
		warning.AddWarning(ctx, "", fmt.Sprintf(format, strings.Join(dropped, ", ")))
		objectMeta.SetOwnerReferences(kept)
	}
}

func contains(owners []metav1.OwnerReference, wanted metav1.OwnerReference) bool {
	for _, owner := range owners {
		if reflect.DeepEqual(owner, wanted) {
			return true
		}
	}
	return false
}
