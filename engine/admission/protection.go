package admission

import (
	"context"
	"slices"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apiserver/pkg/admission"
	api "k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/apis/storage"
)

// storageProtection is StorageObjectInUseProtection. Upstream's imports all volume drivers, for the names of these
// finalizers.
type storageProtection struct{}

func (storageProtection) Handles(operation admission.Operation) bool {
	return operation == admission.Create
}

func (storageProtection) Admit(_ context.Context, attributes admission.Attributes, _ admission.ObjectInterfaces) error {
	var finalizer string
	switch attributes.GetObject().(type) {
	case *api.PersistentVolume:
		finalizer = "kubernetes.io/pv-protection"
	case *api.PersistentVolumeClaim:
		finalizer = "kubernetes.io/pvc-protection"
	case *storage.VolumeAttributesClass:
		finalizer = "kubernetes.io/vac-protection"
	default:
		return nil
	}
	objectMeta, err := meta.Accessor(attributes.GetObject())
	if err == nil && !slices.Contains(objectMeta.GetFinalizers(), finalizer) {
		objectMeta.SetFinalizers(append(objectMeta.GetFinalizers(), finalizer))
	}
	return err
}
