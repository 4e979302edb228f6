module go.etcd.io/etcd/client/v3

go 1.26.0

require go.etcd.io/etcd/api/v3 v3.6.8
