package kinds

import (
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/install"
	"k8s.io/kube-aggregator/pkg/registry/apiservice"
)

// delegates are the kinds of the two servers that a kube-apiserver holds beside its own, each with a scheme of its own.
func delegates() []*Kind {
	extensions := runtime.NewScheme()
	apiextensions.Install(extensions)
	extensionsV1 := schema.GroupVersion{Group: "apiextensions.k8s.io", Version: "v1"}
	definition := newKind(extensions, serializer.NewCodecFactory(extensions), extensionsV1, extensionsV1, "CustomResourceDefinition", "customresourcedefinitions")
	definitions := customresourcedefinition.NewStrategy(extensions)
	definition.Create, definition.Update = definitions, definitions

	registration := runtime.NewScheme()
	apiregistration.Install(registration)
	registrationV1 := schema.GroupVersion{Group: "apiregistration.k8s.io", Version: "v1"}
	service := newKind(registration, serializer.NewCodecFactory(registration), registrationV1, registrationV1, "APIService", "apiservices")
	services := apiservice.NewStrategy(registration)
	service.Create, service.Update = services, services

	return []*Kind{definition, service}
}
