// etcd's server as etcd builds it (server/main.go), so that it can be pinned by go.sum.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	etcdmain.Main(os.Args)
}
