//go:build kubernetes_1_35

package kinds

import (
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/kubernetes/pkg/registry/resource/resourceclaim"
)

func resourceClaims(namespaces namespaceClient, _ authorizer.Authorizer) strategy {
	return resourceclaim.NewStrategy(namespaces)
}
