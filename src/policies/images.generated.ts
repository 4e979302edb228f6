// Written by scripts/compile-images.ts from knowledge/images.yaml. Do not edit.
import type { ImageKnowledge } from '../model/index.ts'

export const images: readonly ImageKnowledge[] = [
 {
  "names": [
   "alpine"
  ],
  "from": "3.6",
  "through": "3.20",
  "user": {
   "id": 0,
   "source": "https://github.com/alpinelinux/docker-alpine/blob/v3.20/x86_64/Dockerfile"
  }
 },
 {
  "names": [
   "bitnami/nginx"
  ],
  "from": "1.25",
  "through": "1.25",
  "variants": [
   "debian"
  ],
  "user": {
   "id": 1001,
   "source": "https://github.com/bitnami/containers/blob/08cc60a9c8fd/bitnami/nginx/1.25/debian-12/Dockerfile"
  }
 },
 {
  "names": [
   "bitnami/postgresql"
  ],
  "from": "16",
  "through": "16",
  "variants": [
   "debian"
  ],
  "user": {
   "id": 1001,
   "source": "https://github.com/bitnami/containers/blob/0191828691cc/bitnami/postgresql/16/debian-12/Dockerfile"
  }
 },
 {
  "names": [
   "bitnami/redis"
  ],
  "from": "7.2",
  "through": "7.2",
  "variants": [
   "debian"
  ],
  "user": {
   "id": 1001,
   "source": "https://github.com/bitnami/containers/blob/0ae6fd522afe/bitnami/redis/7.2/debian-12/Dockerfile"
  }
 },
 {
  "names": [
   "busybox"
  ],
  "from": "1.24",
  "through": "1.37",
  "variants": [
   "glibc",
   "musl",
   "uclibc"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/docker-library/busybox/blob/9c2087811429/latest-1/glibc/amd64/image-config.json"
  }
 },
 {
  "names": [
   "gcr.io/cloud-sql-connectors/cloud-sql-proxy"
  ],
  "from": "2.0",
  "through": "2.25",
  "user": {
   "id": 65532,
   "source": "https://github.com/GoogleCloudPlatform/cloud-sql-proxy/blob/v2.25.3/Dockerfile"
  }
 },
 {
  "names": [
   "gcr.io/cloudsql-docker/gce-proxy"
  ],
  "from": "1.18",
  "through": "1.33",
  "user": {
   "id": 65532,
   "source": "https://github.com/GoogleCloudPlatform/cloud-sql-proxy/blob/v1.33.0/Dockerfile"
  }
 },
 {
  "names": [
   "ghcr.io/dexidp/dex",
   "dexidp/dex",
   "quay.io/dexidp/dex"
  ],
  "from": "2.16",
  "through": "2.44",
  "variants": [
   "alpine"
  ],
  "user": {
   "id": 1001,
   "source": "https://github.com/dexidp/dex/blob/v2.44.0/Dockerfile"
  }
 },
 {
  "names": [
   "ghcr.io/fluxcd/kustomize-controller",
   "fluxcd/kustomize-controller"
  ],
  "from": "0.20",
  "through": "1.9",
  "user": {
   "id": 65534,
   "source": "https://github.com/fluxcd/kustomize-controller/blob/v1.9.4/Dockerfile"
  },
  "writable": {
   "paths": [
    "/tmp"
   ],
   "source": "https://github.com/fluxcd/kustomize-controller/blob/v1.9.4/config/manager/deployment.yaml#L31"
  }
 },
 {
  "names": [
   "ghcr.io/fluxcd/source-controller",
   "fluxcd/source-controller"
  ],
  "from": "0.21",
  "through": "1.9",
  "user": {
   "id": 65534,
   "source": "https://github.com/fluxcd/source-controller/blob/v1.9.1/Dockerfile"
  },
  "writable": {
   "paths": [
    "/data",
    "/tmp"
   ],
   "source": "https://github.com/fluxcd/source-controller/blob/v1.9.1/config/manager/deployment.yaml#L33"
  }
 },
 {
  "names": [
   "ghost"
  ],
  "from": "1.0",
  "through": "6",
  "variants": [
   "alpine",
   "bookworm"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/docker-library/ghost/blob/7edb45d66a15/6/bookworm/Dockerfile"
  }
 },
 {
  "names": [
   "grafana/grafana"
  ],
  "from": "8.5",
  "through": "13.0",
  "writable": {
   "paths": [
    "/tmp",
    "/var/lib/grafana"
   ],
   "source": "https://github.com/prometheus-operator/kube-prometheus/blob/v0.18.0/manifests/grafana-deployment.yaml#L54"
  }
 },
 {
  "names": [
   "grafana/loki"
  ],
  "from": "2.7",
  "through": "3.7",
  "user": {
   "id": 10001,
   "source": "https://github.com/grafana/loki/blob/v3.7.6/cmd/loki/Dockerfile"
  }
 },
 {
  "names": [
   "haproxy"
  ],
  "from": "2.4",
  "through": "3.4",
  "variants": [
   "alpine",
   "bookworm",
   "bullseye",
   "buster",
   "jessie",
   "slim",
   "stretch",
   "trixie"
  ],
  "user": {
   "id": 99,
   "name": "haproxy",
   "source": "https://github.com/docker-library/haproxy/blob/ec437dd2a365/3.4/Dockerfile"
  }
 },
 {
  "names": [
   "hashicorp/http-echo"
  ],
  "from": "1.0",
  "through": "1.0",
  "user": {
   "id": 65532,
   "source": "https://github.com/hashicorp/http-echo/blob/v1.0.0/Dockerfile"
  }
 },
 {
  "names": [
   "httpd"
  ],
  "from": "2.2",
  "through": "2.4",
  "variants": [
   "alpine",
   "bookworm",
   "bullseye",
   "buster",
   "jessie",
   "slim",
   "stretch",
   "trixie"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/docker-library/httpd/blob/9b63b37c9be3/2.4/Dockerfile"
  }
 },
 {
  "names": [
   "influxdb"
  ],
  "from": "1.7",
  "through": "2.7",
  "variants": [
   "alpine"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/influxdata/influxdata-docker/blob/d457cb936353/influxdb/2.7/Dockerfile"
  }
 },
 {
  "names": [
   "jaegertracing/jaeger"
  ],
  "from": "2.0",
  "through": "2.20",
  "user": {
   "id": 10001,
   "source": "https://github.com/jaegertracing/jaeger/blob/v2.20.0/cmd/jaeger/Dockerfile"
  }
 },
 {
  "names": [
   "kiwigrid/k8s-sidecar",
   "ghcr.io/kiwigrid/k8s-sidecar",
   "quay.io/kiwigrid/k8s-sidecar"
  ],
  "from": "1.0",
  "through": "2.10",
  "user": {
   "id": 65534,
   "source": "https://github.com/kiwigrid/k8s-sidecar/blob/2.10.1/Dockerfile"
  }
 },
 {
  "names": [
   "mariadb"
  ],
  "from": "5.5",
  "through": "12.2",
  "variants": [
   "bionic",
   "focal",
   "jammy",
   "noble",
   "xenial"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/MariaDB/mariadb-docker/blob/1b6429ba3544/12.2/Dockerfile"
  }
 },
 {
  "names": [
   "mccutchen/go-httpbin",
   "ghcr.io/mccutchen/go-httpbin"
  ],
  "from": "2.19",
  "through": "2.25",
  "user": {
   "id": 65532,
   "source": "https://github.com/mccutchen/go-httpbin/blob/v2.25.0/Dockerfile"
  }
 },
 {
  "names": [
   "memcached"
  ],
  "from": "1.5.11",
  "through": "1.6",
  "variants": [
   "alpine",
   "bookworm",
   "bullseye",
   "buster",
   "jessie",
   "slim",
   "stretch",
   "trixie"
  ],
  "user": {
   "id": 11211,
   "name": "memcache",
   "source": "https://github.com/docker-library/memcached/blob/53ac0ecb0bf8/1/debian/Dockerfile"
  }
 },
 {
  "names": [
   "mongo"
  ],
  "from": "3.0",
  "through": "8.2",
  "variants": [
   "bionic",
   "focal",
   "jammy",
   "noble",
   "xenial"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/docker-library/mongo/blob/2c69a57b939a/8.2/Dockerfile"
  }
 },
 {
  "names": [
   "mysql"
  ],
  "from": "5.5",
  "through": "9.7",
  "variants": [
   "debian",
   "oracle",
   "oraclelinux"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/docker-library/mysql/blob/7f30fdb07380/9.7/Dockerfile.oracle"
  }
 },
 {
  "names": [
   "nats"
  ],
  "from": "2.1",
  "through": "2.12",
  "variants": [
   "alpine",
   "linux",
   "scratch"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/nats-io/nats-docker/blob/aa0caa57b71c/2.12.x/scratch/Dockerfile"
  }
 },
 {
  "names": [
   "nginx"
  ],
  "from": "1.7",
  "through": "1.18",
  "variants": [
   "alpine",
   "alpine-perl",
   "perl"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/nginxinc/docker-nginx/blob/b430becb8f0f/stable/debian/Dockerfile"
  }
 },
 {
  "names": [
   "nginx"
  ],
  "from": "1.19",
  "through": "1.27",
  "variants": [
   "alpine",
   "alpine-perl",
   "alpine-slim",
   "bookworm",
   "bookworm-perl",
   "bullseye",
   "bullseye-perl",
   "perl"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/nginxinc/docker-nginx/blob/b430becb8f0f/stable/debian/Dockerfile"
  },
  "writable": {
   "paths": [
    "/run",
    "/var/cache/nginx"
   ],
   "source": "https://github.com/docker-library/docs/blob/c4a9ba414434/nginx/content.md"
  }
 },
 {
  "names": [
   "nginxinc/nginx-unprivileged",
   "ghcr.io/nginxinc/nginx-unprivileged"
  ],
  "from": "1.22.1",
  "through": "1.27",
  "variants": [
   "alpine",
   "alpine-perl",
   "alpine-slim",
   "bookworm",
   "bullseye",
   "perl"
  ],
  "user": {
   "id": 101,
   "source": "https://github.com/nginxinc/docker-nginx-unprivileged/blob/8ead5cede31b/stable/debian/Dockerfile"
  },
  "writable": {
   "paths": [
    "/tmp"
   ],
   "source": "https://github.com/nginxinc/docker-nginx-unprivileged/blob/8ead5cede31b/README.md"
  }
 },
 {
  "names": [
   "oliver006/redis_exporter",
   "quay.io/oliver006/redis_exporter"
  ],
  "from": "1.65",
  "through": "1.88",
  "variants": [
   "alpine"
  ],
  "user": {
   "id": 59000,
   "source": "https://github.com/oliver006/redis_exporter/blob/v1.88.0/Dockerfile"
  }
 },
 {
  "names": [
   "otel/opentelemetry-collector",
   "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector"
  ],
  "from": "0.42",
  "through": "0.159",
  "user": {
   "id": 10001,
   "source": "https://github.com/open-telemetry/opentelemetry-collector-releases/blob/ceccc19da2df/distributions/otelcol/Dockerfile"
  }
 },
 {
  "names": [
   "otel/opentelemetry-collector-contrib",
   "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib"
  ],
  "from": "0.42",
  "through": "0.159",
  "user": {
   "id": 10001,
   "source": "https://github.com/open-telemetry/opentelemetry-collector-releases/blob/ceccc19da2df/distributions/otelcol-contrib/Dockerfile"
  }
 },
 {
  "names": [
   "postgres"
  ],
  "from": "9.0",
  "through": "18",
  "variants": [
   "alpine",
   "bookworm",
   "bullseye",
   "buster",
   "jessie",
   "slim",
   "stretch",
   "trixie"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/docker-library/postgres/blob/6edb0a8c4def/18/trixie/Dockerfile"
  }
 },
 {
  "names": [
   "prom/alertmanager",
   "quay.io/prometheus/alertmanager"
  ],
  "from": "0.16",
  "through": "0.23",
  "user": {
   "id": 65534,
   "name": "nobody",
   "source": "https://github.com/prometheus/alertmanager/blob/v0.23.0/Dockerfile"
  }
 },
 {
  "names": [
   "prom/alertmanager",
   "quay.io/prometheus/alertmanager"
  ],
  "from": "0.24",
  "through": "0.33",
  "user": {
   "id": 65534,
   "name": "nobody",
   "source": "https://github.com/prometheus/alertmanager/blob/v0.33.0/Dockerfile"
  },
  "writable": {
   "paths": [
    "/alertmanager"
   ],
   "source": "https://github.com/prometheus-operator/prometheus-operator/blob/v0.93.0/pkg/alertmanager/statefulset.go#L717"
  }
 },
 {
  "names": [
   "prom/blackbox-exporter",
   "quay.io/prometheus/blackbox-exporter"
  ],
  "from": "0.21",
  "through": "0.28",
  "user": {
   "id": 0,
   "source": "https://github.com/prometheus/blackbox_exporter/blob/v0.28.0/Dockerfile"
  },
  "writable": {
   "paths": [],
   "source": "https://github.com/prometheus-operator/kube-prometheus/blob/v0.18.0/manifests/blackboxExporter-deployment.yaml#L50"
  }
 },
 {
  "names": [
   "prom/mysqld-exporter",
   "quay.io/prometheus/mysqld-exporter"
  ],
  "from": "0.12",
  "through": "0.20",
  "user": {
   "id": 65534,
   "name": "nobody",
   "source": "https://github.com/prometheus/mysqld_exporter/blob/v0.20.0/Dockerfile"
  }
 },
 {
  "names": [
   "prom/node-exporter",
   "quay.io/prometheus/node-exporter"
  ],
  "from": "0.15",
  "through": "1.2",
  "user": {
   "id": 65534,
   "name": "nobody",
   "source": "https://github.com/prometheus/node_exporter/blob/v1.2.0/Dockerfile"
  }
 },
 {
  "names": [
   "prom/node-exporter",
   "quay.io/prometheus/node-exporter"
  ],
  "from": "1.3",
  "through": "1.11",
  "user": {
   "id": 65534,
   "name": "nobody",
   "source": "https://github.com/prometheus/node_exporter/blob/v1.11.1/Dockerfile"
  },
  "writable": {
   "paths": [],
   "source": "https://github.com/prometheus-operator/kube-prometheus/blob/v0.18.0/manifests/nodeExporter-daemonset.yaml#L57"
  }
 },
 {
  "names": [
   "prom/prometheus",
   "quay.io/prometheus/prometheus"
  ],
  "from": "2.0",
  "through": "2.35",
  "user": {
   "id": 65534,
   "name": "nobody",
   "source": "https://github.com/prometheus/prometheus/blob/v2.35.0/Dockerfile"
  }
 },
 {
  "names": [
   "prom/prometheus",
   "quay.io/prometheus/prometheus"
  ],
  "from": "2.36",
  "through": "3.12",
  "user": {
   "id": 65534,
   "name": "nobody",
   "source": "https://github.com/prometheus/prometheus/blob/v3.12.0/Dockerfile"
  },
  "writable": {
   "paths": [
    "/prometheus"
   ],
   "source": "https://github.com/prometheus-operator/prometheus-operator/blob/v0.93.0/pkg/prometheus/server/statefulset.go#L348"
  }
 },
 {
  "names": [
   "prom/pushgateway",
   "quay.io/prometheus/pushgateway"
  ],
  "from": "0.8",
  "through": "1.11",
  "user": {
   "id": 65534,
   "source": "https://github.com/prometheus/pushgateway/blob/v1.11.3/Dockerfile"
  }
 },
 {
  "names": [
   "python"
  ],
  "from": "3.6",
  "through": "3.14",
  "variants": [
   "alpine",
   "bookworm",
   "bullseye",
   "buster",
   "jessie",
   "slim",
   "slim-bookworm",
   "slim-bullseye",
   "slim-buster",
   "slim-trixie",
   "stretch",
   "trixie"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/docker-library/python/blob/4f07059567fa/3.14/slim-bookworm/Dockerfile"
  }
 },
 {
  "names": [
   "quay.io/argoproj/argocd"
  ],
  "from": "2.0",
  "through": "3.5",
  "user": {
   "id": 999,
   "source": "https://github.com/argoproj/argo-cd/blob/v3.5.1/Dockerfile"
  }
 },
 {
  "names": [
   "quay.io/brancz/kube-rbac-proxy"
  ],
  "from": "0.7",
  "through": "0.11",
  "user": {
   "id": 65532,
   "source": "https://github.com/brancz/kube-rbac-proxy/blob/v0.11.0/Dockerfile"
  }
 },
 {
  "names": [
   "quay.io/brancz/kube-rbac-proxy"
  ],
  "from": "0.12",
  "through": "0.21",
  "user": {
   "id": 65532,
   "source": "https://github.com/brancz/kube-rbac-proxy/blob/v0.21.0/Dockerfile"
  },
  "writable": {
   "paths": [],
   "source": "https://github.com/prometheus-operator/kube-prometheus/blob/v0.18.0/manifests/kubeStateMetrics-deployment.yaml#L49"
  }
 },
 {
  "names": [
   "quay.io/jetstack/cert-manager-cainjector"
  ],
  "from": "1.14",
  "through": "1.21",
  "writable": {
   "paths": [],
   "source": "https://github.com/cert-manager/cert-manager/blob/v1.21.0/deploy/charts/cert-manager/values.yaml#L437"
  }
 },
 {
  "names": [
   "quay.io/jetstack/cert-manager-controller"
  ],
  "from": "1.14",
  "through": "1.21",
  "writable": {
   "paths": [],
   "source": "https://github.com/cert-manager/cert-manager/blob/v1.21.0/deploy/charts/cert-manager/values.yaml#L437"
  }
 },
 {
  "names": [
   "quay.io/jetstack/cert-manager-webhook"
  ],
  "from": "1.14",
  "through": "1.21",
  "writable": {
   "paths": [],
   "source": "https://github.com/cert-manager/cert-manager/blob/v1.21.0/deploy/charts/cert-manager/values.yaml#L437"
  }
 },
 {
  "names": [
   "quay.io/keycloak/keycloak"
  ],
  "from": "22.0",
  "through": "22.0",
  "user": {
   "id": 1000,
   "source": "https://github.com/keycloak/keycloak/blob/0463815bc93a/quarkus/container/Dockerfile"
  }
 },
 {
  "names": [
   "quay.io/oauth2-proxy/oauth2-proxy"
  ],
  "from": "7.0",
  "through": "7.2",
  "user": {
   "id": 2000,
   "source": "https://github.com/oauth2-proxy/oauth2-proxy/blob/v7.2.1/Dockerfile"
  }
 },
 {
  "names": [
   "quay.io/oauth2-proxy/oauth2-proxy"
  ],
  "from": "7.3",
  "through": "7.3",
  "user": {
   "id": 65532,
   "source": "https://github.com/oauth2-proxy/oauth2-proxy/blob/v7.3.0/Dockerfile"
  }
 },
 {
  "names": [
   "quay.io/oauth2-proxy/oauth2-proxy"
  ],
  "from": "7.4",
  "through": "7.5",
  "user": {
   "id": 65532,
   "source": "https://github.com/oauth2-proxy/oauth2-proxy/blob/v7.5.0/Dockerfile"
  },
  "writable": {
   "paths": [],
   "source": "https://github.com/oauth2-proxy/manifests/blob/fe328b0b3fca/helm/oauth2-proxy/values.yaml#L490"
  }
 },
 {
  "names": [
   "quay.io/prometheus-operator/prometheus-config-reloader",
   "ghcr.io/prometheus-operator/prometheus-config-reloader"
  ],
  "from": "0.53",
  "through": "0.92",
  "user": {
   "id": 65534,
   "name": "nobody",
   "source": "https://github.com/prometheus-operator/prometheus-operator/blob/v0.92.0/cmd/prometheus-config-reloader/Dockerfile"
  }
 },
 {
  "names": [
   "quay.io/prometheus-operator/prometheus-operator",
   "ghcr.io/prometheus-operator/prometheus-operator"
  ],
  "from": "0.57",
  "through": "0.92",
  "user": {
   "id": 65534,
   "source": "https://github.com/prometheus-operator/prometheus-operator/blob/v0.92.0/Dockerfile"
  },
  "writable": {
   "paths": [],
   "source": "https://github.com/prometheus-operator/kube-prometheus/blob/v0.18.0/manifests/prometheusOperator-deployment.yaml#L57"
  }
 },
 {
  "names": [
   "quay.io/prometheuscommunity/postgres-exporter"
  ],
  "from": "0.9",
  "through": "0.20",
  "user": {
   "id": 65534,
   "name": "nobody",
   "source": "https://github.com/prometheus-community/postgres_exporter/blob/v0.20.1/Dockerfile"
  }
 },
 {
  "names": [
   "rabbitmq"
  ],
  "from": "3.8",
  "through": "4.2",
  "variants": [
   "alpine",
   "management",
   "management-alpine"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/docker-library/rabbitmq/blob/9193c1de6d32/4.2/ubuntu/Dockerfile"
  }
 },
 {
  "names": [
   "redis"
  ],
  "from": "3.0",
  "through": "7.2",
  "variants": [
   "alpine",
   "bookworm",
   "bullseye",
   "buster",
   "jessie",
   "slim",
   "stretch",
   "trixie"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/docker-library/redis/blob/e92049967d6b/7.2/debian/Dockerfile"
  }
 },
 {
  "names": [
   "registry"
  ],
  "from": "2.0",
  "through": "3.0",
  "user": {
   "id": 0,
   "source": "https://github.com/distribution/distribution-library-image/blob/a829ed8cbcd8/Dockerfile"
  }
 },
 {
  "names": [
   "registry.k8s.io/coredns/coredns",
   "coredns/coredns",
   "k8s.gcr.io/coredns/coredns"
  ],
  "from": "1.1.4",
  "through": "1.10",
  "user": {
   "id": 0,
   "source": "https://github.com/coredns/coredns/blob/v1.10.1/Dockerfile"
  }
 },
 {
  "names": [
   "registry.k8s.io/coredns/coredns",
   "coredns/coredns",
   "k8s.gcr.io/coredns/coredns"
  ],
  "from": "1.11",
  "through": "1.11",
  "user": {
   "id": 65532,
   "name": "nonroot",
   "source": "https://github.com/coredns/coredns/blob/v1.11.0/Dockerfile"
  },
  "capabilities": {
   "names": [
    "NET_BIND_SERVICE"
   ],
   "source": "https://github.com/coredns/coredns/blob/v1.11.0/Dockerfile"
  }
 },
 {
  "names": [
   "registry.k8s.io/coredns/coredns",
   "coredns/coredns",
   "k8s.gcr.io/coredns/coredns"
  ],
  "from": "1.12",
  "through": "1.13",
  "user": {
   "id": 65532,
   "name": "nonroot",
   "source": "https://github.com/coredns/coredns/blob/v1.13.2/Dockerfile"
  },
  "capabilities": {
   "names": [
    "NET_BIND_SERVICE"
   ],
   "source": "https://github.com/coredns/coredns/blob/v1.13.2/Dockerfile"
  },
  "writable": {
   "paths": [],
   "source": "https://github.com/coredns/helm/blob/caac03169738/charts/coredns/values.yaml#L111"
  }
 },
 {
  "names": [
   "registry.k8s.io/external-dns/external-dns",
   "k8s.gcr.io/external-dns/external-dns"
  ],
  "from": "0.9",
  "through": "0.21",
  "writable": {
   "paths": [],
   "source": "https://github.com/kubernetes-sigs/external-dns/blob/2bf1bf8af2b7/charts/external-dns/values.yaml#L128"
  }
 },
 {
  "names": [
   "registry.k8s.io/kube-state-metrics/kube-state-metrics",
   "k8s.gcr.io/kube-state-metrics/kube-state-metrics"
  ],
  "from": "1.8",
  "through": "2.3",
  "user": {
   "id": 65534,
   "name": "nobody",
   "source": "https://github.com/kubernetes/kube-state-metrics/blob/v2.3.0/Dockerfile"
  }
 },
 {
  "names": [
   "registry.k8s.io/kube-state-metrics/kube-state-metrics",
   "k8s.gcr.io/kube-state-metrics/kube-state-metrics"
  ],
  "from": "2.4",
  "through": "2.20",
  "user": {
   "id": 65534,
   "name": "nobody",
   "source": "https://github.com/kubernetes/kube-state-metrics/blob/v2.20.0/Dockerfile"
  },
  "writable": {
   "paths": [],
   "source": "https://github.com/kubernetes/kube-state-metrics/blob/v2.20.0/examples/standard/deployment.yaml#L48"
  }
 },
 {
  "names": [
   "registry.k8s.io/metrics-server/metrics-server",
   "k8s.gcr.io/metrics-server/metrics-server"
  ],
  "from": "0.6",
  "through": "0.9",
  "user": {
   "id": 65534,
   "source": "https://github.com/kubernetes-sigs/metrics-server/blob/v0.9.0/Dockerfile"
  },
  "writable": {
   "paths": [
    "/tmp"
   ],
   "source": "https://github.com/kubernetes-sigs/metrics-server/blob/v0.9.0/manifests/base/deployment.yaml#L53"
  }
 },
 {
  "names": [
   "registry.k8s.io/nfd/node-feature-discovery"
  ],
  "from": "0.7",
  "through": "0.19",
  "variants": [
   "full",
   "minimal"
  ],
  "user": {
   "id": 65534,
   "source": "https://github.com/kubernetes-sigs/node-feature-discovery/blob/v0.19.0/Dockerfile"
  }
 },
 {
  "names": [
   "traefik"
  ],
  "from": "2.11",
  "through": "3.7",
  "user": {
   "id": 0,
   "source": "https://github.com/traefik/traefik-library-image/blob/697393828fd8/v3.7/alpine/Dockerfile"
  }
 },
 {
  "names": [
   "traefik/whoami"
  ],
  "from": "1.5",
  "through": "1.11",
  "user": {
   "id": 0,
   "source": "https://github.com/traefik/whoami/blob/8951300b46f1/Dockerfile"
  }
 },
 {
  "names": [
   "valkey/valkey"
  ],
  "from": "7.2",
  "through": "8.0",
  "variants": [
   "alpine",
   "bookworm"
  ],
  "user": {
   "id": 0,
   "source": "https://github.com/valkey-io/valkey-container/blob/ae6141ea5d62/8.0/debian/Dockerfile"
  }
 }
]
