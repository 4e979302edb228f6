package kinds

import (
	"context"
	"net"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilnet "k8s.io/apimachinery/pkg/util/net"
	"k8s.io/apiserver/pkg/registry/generic"
	"k8s.io/apiserver/pkg/storage"
	"k8s.io/apiserver/pkg/storage/storagebackend"
	"k8s.io/apiserver/pkg/storage/storagebackend/factory"
	"k8s.io/client-go/tools/cache"
	api "k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/registry/core/service/ipallocator"
	"k8s.io/kubernetes/pkg/registry/core/service/portallocator"
	services "k8s.io/kubernetes/pkg/registry/core/service/storage"
)

// The ranges of the server that we compare with: addresses as kubeadm sets them, ports by default.
const addressRange = "10.96.0.0/12"

var portRange = utilnet.PortRange{Base: 30000, Size: 2768}

// allocateAddresses lets upstream's storage of Services do its part: addresses, families and node ports, as in a dry-run,
// so that nothing is taken.
func allocateAddresses(hooks *hooks) {
	_, subnet, err := net.ParseCIDR(addressRange)
	if err != nil {
		panic(err)
	}
	addresses, err := ipallocator.NewInMemory(subnet)
	if err != nil {
		panic(err)
	}
	ports, err := portallocator.NewInMemory(portRange)
	if err != nil {
		panic(err)
	}
	store, _, _, err := services.NewREST(nowhere{}, api.IPv4Protocol, map[api.IPFamily]ipallocator.Interface{api.IPv4Protocol: addresses}, ports, nil, nil, nil)
	if err != nil {
		panic(err)
	}
	hooks.beginCreate = func(ctx context.Context, object runtime.Object) error {
		_, err := store.BeginCreate(ctx, object, &metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}})
		return err
	}
	hooks.beginUpdate = func(ctx context.Context, object, old runtime.Object) error {
		_, err := store.BeginUpdate(ctx, object, old, &metav1.UpdateOptions{DryRun: []string{metav1.DryRunAll}})
		return err
	}
	hooks.decorate = store.Decorator
}

// nowhere is where the storage would keep its objects.
type nowhere struct{}

func (nowhere) GetRESTOptions(resource schema.GroupResource, _ runtime.Object) (generic.RESTOptions, error) {
	return generic.RESTOptions{
		StorageConfig:  &storagebackend.ConfigForResource{GroupResource: resource},
		ResourcePrefix: resource.Resource,
		Decorator: func(*storagebackend.ConfigForResource, string, func(runtime.Object) (string, error), func() runtime.Object, func() runtime.Object, storage.AttrFunc, storage.IndexerFuncs, *cache.Indexers) (storage.Interface, factory.DestroyFunc, error) {
			return nil, func() {}, nil
		},
	}, nil
}
