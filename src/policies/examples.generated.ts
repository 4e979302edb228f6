// Written by scripts/compile-policies.ts from policies/**/*.yaml. Do not edit.
import type { PolicyExample } from '../model/index.ts'

export const examples: Readonly<Record<string, readonly PolicyExample[]>> = {
 "access-to-create-pods": [
  {
   "name": "pods themselves",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "runner",
     "namespace": "ci"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "Role",
     "name": "runner"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "runner",
      "namespace": "ci"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "Role",
     "metadata": {
      "name": "runner",
      "namespace": "ci"
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "pods",
        "pods/log"
       ],
       "verbs": [
        "get",
        "list",
        "create"
       ]
      }
     ]
    }
   ],
   "advice": true
  },
  {
   "name": "what makes pods",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "scheduler"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "scheduler"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "scheduler",
      "namespace": "jobs"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "ClusterRole",
     "metadata": {
      "name": "scheduler"
     },
     "rules": [
      {
       "apiGroups": [
        "batch"
       ],
       "resources": [
        "jobs",
        "cronjobs"
       ],
       "verbs": [
        "*"
       ]
      }
     ]
    }
   ],
   "advice": true
  },
  {
   "name": "every resource of the group",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "operator"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "operator"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "operator",
      "namespace": "ops"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "ClusterRole",
     "metadata": {
      "name": "operator"
     },
     "rules": [
      {
       "apiGroups": [
        "apps"
       ],
       "resources": [
        "*"
       ],
       "verbs": [
        "create"
       ]
      }
     ]
    }
   ],
   "advice": true
  },
  {
   "name": "watching pods",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "watcher"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "watcher"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "watcher",
      "namespace": "ops"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "ClusterRole",
     "metadata": {
      "name": "watcher"
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "pods"
       ],
       "verbs": [
        "get",
        "list",
        "watch",
        "delete"
       ]
      }
     ]
    }
   ],
   "clean": true
  },
  {
   "name": "a resource of the same name in another group",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "metrics"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "metrics"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "metrics",
      "namespace": "ops"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "ClusterRole",
     "metadata": {
      "name": "metrics"
     },
     "rules": [
      {
       "apiGroups": [
        "metrics.k8s.io"
       ],
       "resources": [
        "pods"
       ],
       "verbs": [
        "create"
       ]
      }
     ]
    }
   ],
   "clean": true
  },
  {
   "name": "by name, which creates nothing",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "runner",
     "namespace": "ci"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "Role",
     "name": "runner"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "runner",
      "namespace": "ci"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "Role",
     "metadata": {
      "name": "runner",
      "namespace": "ci"
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "pods"
       ],
       "resourceNames": [
        "runner"
       ],
       "verbs": [
        "create",
        "delete"
       ]
      }
     ]
    }
   ],
   "clean": true
  }
 ],
 "access-to-secrets": [
  {
   "name": "reading secrets of the namespace",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "reader",
     "namespace": "shop"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "Role",
     "name": "reader"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "reader",
      "namespace": "shop"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "Role",
     "metadata": {
      "name": "reader",
      "namespace": "shop"
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "configmaps",
        "secrets"
       ],
       "verbs": [
        "get",
        "list",
        "watch"
       ]
      }
     ]
    }
   ],
   "advice": true
  },
  {
   "name": "every resource, in the whole cluster",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "operator"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "operator"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "operator",
      "namespace": "ops"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "ClusterRole",
     "metadata": {
      "name": "operator"
     },
     "rules": [
      {
       "apiGroups": [
        "*"
       ],
       "resources": [
        "*"
       ],
       "verbs": [
        "get"
       ]
      }
     ]
    }
   ],
   "advice": true
  },
  {
   "name": "a cluster role, bound in one namespace",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "reader",
     "namespace": "shop"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "reader"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "reader",
      "namespace": "shop"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "ClusterRole",
     "metadata": {
      "name": "reader"
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "secrets"
       ],
       "verbs": [
        "get"
       ]
      }
     ]
    }
   ],
   "advice": true
  },
  {
   "name": "through a role whose rules are taken over",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "monitoring"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "monitoring"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "monitoring",
      "namespace": "ops"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "ClusterRole",
     "metadata": {
      "name": "monitoring"
     },
     "aggregationRule": {
      "clusterRoleSelectors": [
       {
        "matchLabels": {
         "monitoring": "true"
        }
       }
      ]
     }
    },
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "ClusterRole",
     "metadata": {
      "name": "monitoring-secrets",
      "labels": {
       "monitoring": "true"
      }
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "secrets"
       ],
       "verbs": [
        "list"
       ]
      }
     ]
    }
   ],
   "advice": true
  },
  {
   "name": "one secret, by its name",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "reader",
     "namespace": "shop"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "Role",
     "name": "reader"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "reader",
      "namespace": "shop"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "Role",
     "metadata": {
      "name": "reader",
      "namespace": "shop"
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "secrets"
       ],
       "resourceNames": [
        "web-tls"
       ],
       "verbs": [
        "get"
       ]
      }
     ]
    }
   ],
   "clean": true
  },
  {
   "name": "every resource of another group",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "deployer",
     "namespace": "shop"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "Role",
     "name": "deployer"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "deployer",
      "namespace": "shop"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "Role",
     "metadata": {
      "name": "deployer",
      "namespace": "shop"
     },
     "rules": [
      {
       "apiGroups": [
        "apps"
       ],
       "resources": [
        "*"
       ],
       "verbs": [
        "*"
       ]
      }
     ]
    }
   ],
   "clean": true
  },
  {
   "name": "a role of another namespace",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "reader",
     "namespace": "shop"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "Role",
     "name": "reader"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "reader",
      "namespace": "shop"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "Role",
     "metadata": {
      "name": "reader",
      "namespace": "blog"
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "secrets"
       ],
       "verbs": [
        "get"
       ]
      }
     ]
    },
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "Role",
     "metadata": {
      "name": "reader",
      "namespace": "shop"
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "configmaps"
       ],
       "verbs": [
        "get"
       ]
      }
     ]
    }
   ],
   "clean": true
  },
  {
   "name": "a role that is not in the repository",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "viewers"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "view"
    },
    "subjects": [
     {
      "kind": "Group",
      "name": "developers",
      "apiGroup": "rbac.authorization.k8s.io"
     }
    ]
   },
   "clean": true
  }
 ],
 "added-capabilities": [
  {
   "name": "two of three are too much",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: vpn\nspec:\n  containers:\n    - name: vpn\n      image: vpn:1.0\n      securityContext:\n        capabilities:\n          add:\n            - NET_ADMIN   # tunnel device\n            - NET_BIND_SERVICE\n            - SYS_TIME\n",
   "safe": false,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: vpn\nspec:\n  containers:\n    - name: vpn\n      image: vpn:1.0\n      securityContext:\n        capabilities:\n          add:\n            - NET_BIND_SERVICE\n"
  },
  {
   "name": "all of them",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "vpn"
    },
    "spec": {
     "containers": [
      {
       "name": "vpn",
       "image": "vpn:1.0",
       "securityContext": {
        "capabilities": {
         "add": [
          "ALL"
         ],
         "drop": [
          "MKNOD"
         ]
        }
       }
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "vpn"
    },
    "spec": {
     "containers": [
      {
       "name": "vpn",
       "image": "vpn:1.0",
       "securityContext": {
        "capabilities": {
         "drop": [
          "MKNOD"
         ]
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "one of the default set",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "capabilities": {
         "add": [
          "CHOWN"
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "an empty list",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "capabilities": {
         "add": null,
         "drop": [
          "ALL"
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "anonymous-binding": [
  {
   "name": "the group",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "dashboard"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "view"
    },
    "subjects": [
     {
      "apiGroup": "rbac.authorization.k8s.io",
      "kind": "Group",
      "name": "system:unauthenticated"
     }
    ]
   },
   "advice": true
  },
  {
   "name": "the user, beside another",
   "before": "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: reader, namespace: shop}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}\nsubjects:\n- {kind: ServiceAccount, name: reader, namespace: shop}\n- kind: \"User\"\n  name: \"system:anonymous\"   # for the probe of the load balancer\n",
   "advice": true
  },
  {
   "name": "what Kubernetes itself shows to everybody",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "system:public-info-viewer"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "system:public-info-viewer"
    },
    "subjects": [
     {
      "apiGroup": "rbac.authorization.k8s.io",
      "kind": "Group",
      "name": "system:unauthenticated"
     }
    ]
   },
   "clean": true
  },
  {
   "name": "people with names",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "readers"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "view"
    },
    "subjects": [
     {
      "apiGroup": "rbac.authorization.k8s.io",
      "kind": "Group",
      "name": "developers"
     }
    ]
   },
   "clean": true
  }
 ],
 "apparmor": [
  {
   "name": "the field",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        appArmorProfile:\n          type: Unconfined\n",
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        appArmorProfile:\n          type: RuntimeDefault\n"
  },
  {
   "name": "the old annotation, of one container of two",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n    container.apparmor.security.beta.kubernetes.io/web: 'unconfined'\n    container.apparmor.security.beta.kubernetes.io/log: localhost/log\nspec:\n  containers:\n    - name: log\n      image: log:1.0\n    - name: web\n      image: web:1.0\n",
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n    container.apparmor.security.beta.kubernetes.io/web: 'runtime/default'\n    container.apparmor.security.beta.kubernetes.io/log: localhost/log\nspec:\n  containers:\n    - name: log\n      image: log:1.0\n    - name: web\n      image: web:1.0\n"
  },
  {
   "name": "field and annotation",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "annotations": {
      "container.apparmor.security.beta.kubernetes.io/web": "unconfined"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "appArmorProfile": {
         "type": "Unconfined"
        }
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "annotations": {
      "container.apparmor.security.beta.kubernetes.io/web": "runtime/default"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "appArmorProfile": {
         "type": "RuntimeDefault"
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "a profile of the node",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "appArmorProfile": {
         "type": "Localhost",
         "localhostProfile": "web"
        }
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "nothing written means the runtime's profile",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "automount-service-account-token": [
  {
   "name": "the default account",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n        - name: web\n          image: web:1.0\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n        - name: web\n          image: web:1.0\n      automountServiceAccountToken: false\n"
  },
  {
   "name": "an account of its own",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "serviceAccountName": "operator",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "serviceAccountName": "operator",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "automountServiceAccountToken": false
    }
   }
  },
  {
   "name": "asked for",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "automountServiceAccountToken": true,
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "none",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "automountServiceAccountToken": false,
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "an account that is given a role",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "serviceAccountName": "operator",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "RoleBinding",
     "metadata": {
      "name": "operator",
      "namespace": "shop"
     },
     "roleRef": {
      "apiGroup": "rbac.authorization.k8s.io",
      "kind": "Role",
      "name": "operator"
     },
     "subjects": [
      {
       "kind": "ServiceAccount",
       "name": "operator"
      }
     ]
    }
   ],
   "refused": "hazard:bound-account"
  },
  {
   "name": "an account that is made and given no role",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "serviceAccountName": "web",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "ServiceAccount",
     "metadata": {
      "name": "web",
      "namespace": "shop"
     }
    },
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "RoleBinding",
     "metadata": {
      "name": "web",
      "namespace": "blog"
     },
     "roleRef": {
      "apiGroup": "rbac.authorization.k8s.io",
      "kind": "Role",
      "name": "web"
     },
     "subjects": [
      {
       "kind": "ServiceAccount",
       "name": "web",
       "namespace": "blog"
      }
     ]
    }
   ],
   "safe": true,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "serviceAccountName": "web",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "automountServiceAccountToken": false
    }
   }
  },
  {
   "name": "kubectl",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {
     "name": "clean"
    },
    "spec": {
     "template": {
      "spec": {
       "restartPolicy": "Never",
       "containers": [
        {
         "name": "clean",
         "image": "registry.example/tools/kubectl:1.31.0",
         "args": [
          "get",
          "pods"
         ]
        }
       ]
      }
     }
    }
   },
   "refused": "hazard:reads-token"
  },
  {
   "name": "kubectl in a script",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "clean"
    },
    "spec": {
     "containers": [
      {
       "name": "clean",
       "image": "registry.example/tools:1.0",
       "args": [
        "sh",
        "-c",
        "kubectl get pods"
       ]
      }
     ]
    }
   },
   "refused": "hazard:reads-token"
  },
  {
   "name": "kubectl, before the program starts",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "initContainers": [
      {
       "name": "wait",
       "image": "registry.example/tools:1.0",
       "command": [
        "sh",
        "-c",
        "kubectl wait --for=condition=ready pod/db"
       ]
      }
     ],
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "refused": "hazard:reads-token-first"
  },
  {
   "name": "the agent of Vault",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "annotations": {
      "vault.hashicorp.com/agent-inject": "true"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "refused": "hazard:vault-agent"
  }
 ],
 "budget-without-room": [
  {
   "name": "the only pod must stay",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": 1,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "unhealthyPodEvictionPolicy": "AlwaysAllow"
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "selector": {
       "matchLabels": {
        "app": "web"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "web"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "a share that is rounded up to all of them",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": "75%",
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "unhealthyPodEvictionPolicy": "AlwaysAllow"
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "StatefulSet",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "replicas": 2,
      "selector": {
       "matchLabels": {
        "app": "web"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "web"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "the autoscaler goes down to as many",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": 2,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "unhealthyPodEvictionPolicy": "AlwaysAllow"
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "selector": {
       "matchLabels": {
        "app": "web"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "web"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    },
    {
     "apiVersion": "autoscaling/v2",
     "kind": "HorizontalPodAutoscaler",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "minReplicas": 2,
      "maxReplicas": 9,
      "scaleTargetRef": {
       "apiVersion": "apps/v1",
       "kind": "Deployment",
       "name": "web"
      }
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "the autoscaler keeps one more",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": 2,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "unhealthyPodEvictionPolicy": "AlwaysAllow"
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "selector": {
       "matchLabels": {
        "app": "web"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "web"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    },
    {
     "apiVersion": "autoscaling/v2",
     "kind": "HorizontalPodAutoscaler",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "minReplicas": 3,
      "maxReplicas": 9,
      "scaleTargetRef": {
       "apiVersion": "apps/v1",
       "kind": "Deployment",
       "name": "web"
      }
     }
    }
   ],
   "clean": true
  },
  {
   "name": "one of two",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": "50%",
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "unhealthyPodEvictionPolicy": "AlwaysAllow"
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "replicas": 2,
      "selector": {
       "matchLabels": {
        "app": "web"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "web"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "clean": true
  },
  {
   "name": "a daemon set has no number of pods",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "minAvailable": 1,
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "unhealthyPodEvictionPolicy": "AlwaysAllow"
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "DaemonSet",
     "metadata": {
      "name": "agent"
     },
     "spec": {
      "selector": {
       "matchLabels": {
        "app": "agent"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "agent"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "agent",
          "image": "agent:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "clean": true
  },
  {
   "name": "two workloads share the budget",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": 1,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "unhealthyPodEvictionPolicy": "AlwaysAllow"
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "blue"
     },
     "spec": {
      "selector": {
       "matchLabels": {
        "app": "web",
        "color": "blue"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "web",
         "color": "blue"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    },
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "green"
     },
     "spec": {
      "selector": {
       "matchLabels": {
        "app": "web",
        "color": "green"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "web",
         "color": "green"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.1"
         }
        ]
       }
      }
     }
    }
   ],
   "clean": true
  }
 ],
 "cluster-admin-role-binding": [
  {
   "name": "a service account",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "deployer"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "cluster-admin"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "deployer",
      "namespace": "ci"
     }
    ]
   },
   "advice": true
  },
  {
   "name": "without subjects it waits for them",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "deployer"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "cluster-admin"
    }
   },
   "advice": true
  },
  {
   "name": "another role",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "readers"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "view"
    },
    "subjects": [
     {
      "kind": "Group",
      "name": "developers",
      "apiGroup": "rbac.authorization.k8s.io"
     }
    ]
   },
   "clean": true
  },
  {
   "name": "no role named",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {
     "name": "empty"
    }
   },
   "clean": true
  }
 ],
 "container-port-name": [
  {
   "name": "too long",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "name": "administration-ui",
         "containerPort": 80
        }
       ]
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "capital letters",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "initContainers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "name": "HTTP",
         "containerPort": 80
        }
       ]
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "no letter",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "name": "8080",
         "containerPort": 8080
        }
       ]
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "two dashes",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "name": "web--ui",
         "containerPort": 80
        }
       ]
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "a dash at the end",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "name": "web-",
         "containerPort": 80
        }
       ]
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "fifteen characters",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "name": "grpc-web-admin1",
         "containerPort": 80
        }
       ]
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "no name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 80
        },
        {
         "name": "",
         "containerPort": 81
        }
       ]
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "cpu-limits": [
  {
   "name": "nothing known",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "a configured default above the request",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.0\n    resources:\n      requests: {cpu: 100m}   # measured\n",
   "values": {
    "resources": {
     "limits": {
      "cpu": "1"
     }
    }
   },
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.0\n    resources:\n      requests: {cpu: 100m}   # measured\n      limits:\n        cpu: \"1\"\n"
  },
  {
   "name": "a configured default below the request",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "resources": {
        "requests": {
         "cpu": 2
        }
       }
      }
     ]
    }
   },
   "values": {
    "resources": {
     "limits": {
      "cpu": "500m"
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "a limit",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "resources": {
        "limits": {
         "cpu": 2
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "cpu-requests": [
  {
   "name": "nothing known",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "a limit stands there",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.0\n    resources:\n      limits: {cpu: 500m, memory: 128Mi}\n      requests:\n        memory: 64Mi\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.0\n    resources:\n      limits: {cpu: 500m, memory: 128Mi}\n      requests:\n        memory: 64Mi\n        cpu: 500m\n"
  },
  {
   "name": "a configured default",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "resources": {}
      }
     ]
    }
   },
   "values": {
    "resources": {
     "requests": {
      "cpu": "100m"
     }
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "resources": {
        "requests": {
         "cpu": "100m"
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "a limit wins over the default",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "resources": {
        "limits": {
         "cpu": 0.5
        }
       }
      }
     ]
    }
   },
   "values": {
    "resources": {
     "requests": {
      "cpu": "1"
     }
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "resources": {
        "limits": {
         "cpu": 0.5
        },
        "requests": {
         "cpu": 0.5
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "already set",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "resources": {
        "requests": {
         "cpu": 1
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "cron-job-ttl": [
  {
   "name": "written",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {
     "name": "clean"
    },
    "spec": {
     "schedule": "@daily",
     "jobTemplate": {
      "spec": {
       "ttlSecondsAfterFinished": 100,
       "template": {
        "spec": {
         "containers": [
          {
           "name": "clean",
           "image": "clean:1.0"
          }
         ]
        }
       }
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "beside history limits",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {
     "name": "clean"
    },
    "spec": {
     "schedule": "@daily",
     "successfulJobsHistoryLimit": 5,
     "jobTemplate": {
      "spec": {
       "ttlSecondsAfterFinished": 0,
       "template": {
        "spec": {
         "containers": [
          {
           "name": "clean",
           "image": "clean:1.0"
          }
         ]
        }
       }
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "not written",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {
     "name": "clean"
    },
    "spec": {
     "schedule": "@daily",
     "jobTemplate": {
      "spec": {
       "template": {
        "spec": {
         "containers": [
          {
           "name": "clean",
           "image": "clean:1.0"
          }
         ]
        }
       }
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "a Job of its own",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {
     "name": "migrate"
    },
    "spec": {
     "ttlSecondsAfterFinished": 100,
     "template": {
      "spec": {
       "restartPolicy": "Never",
       "containers": [
        {
         "name": "migrate",
         "image": "migrate:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  }
 ],
 "dangling-autoscaler": [
  {
   "name": "nothing of that name",
   "before": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxReplicas": 3,
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "another kind has the name",
   "before": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxReplicas": 3,
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     }
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "StatefulSet",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "template": {
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "it is there",
   "before": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "maxReplicas": 3,
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     }
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "web",
      "namespace": "shop"
     },
     "spec": {
      "template": {
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "clean": true
  },
  {
   "name": "under another version of the API",
   "before": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxReplicas": 3,
     "scaleTargetRef": {
      "apiVersion": "apps/v1beta2",
      "kind": "Deployment",
      "name": "web"
     }
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "template": {
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "clean": true
  },
  {
   "name": "a kind that we do not know",
   "before": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxReplicas": 3,
     "scaleTargetRef": {
      "apiVersion": "argoproj.io/v1alpha1",
      "kind": "Rollout",
      "name": "web"
     }
    }
   },
   "clean": true
  },
  {
   "name": "the API version is missing",
   "before": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxReplicas": 3,
     "scaleTargetRef": {
      "kind": "Deployment",
      "name": "web"
     }
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "template": {
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "needs-value": true
  }
 ],
 "dangling-ingress": [
  {
   "name": "no such service",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "defaultBackend": {
      "service": {
       "name": "web",
       "port": {
        "number": 80
       }
      }
     }
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Service",
     "metadata": {
      "name": "website"
     },
     "spec": {
      "selector": {
       "app": "web"
      },
      "ports": [
       {
        "port": 80
       }
      ]
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "no such port",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "rules": [
      {
       "http": {
        "paths": [
         {
          "path": "/",
          "pathType": "Prefix",
          "backend": {
           "service": {
            "name": "web",
            "port": {
             "name": "http"
            }
           }
          }
         }
        ]
       }
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Service",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "selector": {
       "app": "web"
      },
      "ports": [
       {
        "name": "web",
        "port": 80
       }
      ]
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "the old form",
   "before": {
    "apiVersion": "networking.k8s.io/v1beta1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "rules": [
      {
       "http": {
        "paths": [
         {
          "backend": {
           "serviceName": "web",
           "servicePort": 80
          }
         }
        ]
       }
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "by number and by name",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "defaultBackend": {
      "service": {
       "name": "web",
       "port": {
        "number": 80
       }
      }
     },
     "rules": [
      {
       "http": {
        "paths": [
         {
          "path": "/admin",
          "pathType": "Prefix",
          "backend": {
           "service": {
            "name": "web",
            "port": {
             "name": "admin"
            }
           }
          }
         }
        ]
       }
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Service",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "selector": {
       "app": "web"
      },
      "ports": [
       {
        "name": "http",
        "port": 80
       },
       {
        "name": "admin",
        "port": 81
       }
      ]
     }
    }
   ],
   "clean": true
  },
  {
   "name": "a service that leads out of the cluster",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "defaultBackend": {
      "service": {
       "name": "web",
       "port": {
        "number": 80
       }
      }
     }
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Service",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "type": "ExternalName",
      "externalName": "example.org",
      "ports": [
       {
        "port": 80
       }
      ]
     }
    }
   ],
   "clean": true
  },
  {
   "name": "a backend that is no service",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "defaultBackend": {
      "resource": {
       "apiGroup": "k8s.example.org",
       "kind": "Bucket",
       "name": "pages"
      }
     }
    }
   },
   "clean": true
  }
 ],
 "dangling-network-policy": [
  {
   "name": "a renamed label",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "podSelector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "policyTypes": [
      "Ingress"
     ]
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "selector": {
       "matchLabels": {
        "app": "website"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "website"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "advice": true
  },
  {
   "name": "pods of another namespace",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "podSelector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "policyTypes": [
      "Ingress"
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "web",
      "namespace": "blog",
      "labels": {
       "app": "web"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "web",
        "image": "web:1.0"
       }
      ]
     }
    }
   ],
   "advice": true
  },
  {
   "name": "by an expression that no pod fits",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "podSelector": {
      "matchExpressions": [
       {
        "key": "tier",
        "operator": "In",
        "values": [
         "front",
         "middle"
        ]
       }
      ]
     },
     "policyTypes": [
      "Ingress"
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "web",
      "labels": {
       "tier": "back"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "web",
        "image": "web:1.0"
       }
      ]
     }
    }
   ],
   "advice": true
  },
  {
   "name": "by an expression that a pod fits",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "podSelector": {
      "matchLabels": {
       "app": "web"
      },
      "matchExpressions": [
       {
        "key": "tier",
        "operator": "Exists"
       },
       {
        "key": "legacy",
        "operator": "DoesNotExist"
       },
       {
        "key": "tier",
        "operator": "NotIn",
        "values": [
         "back"
        ]
       }
      ]
     },
     "policyTypes": [
      "Ingress"
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "web",
      "labels": {
       "app": "web",
       "tier": "front"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "web",
        "image": "web:1.0"
       }
      ]
     }
    }
   ],
   "clean": true
  },
  {
   "name": "all pods of the namespace, whatever they will be",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "default-deny"
    },
    "spec": {
     "podSelector": {},
     "policyTypes": [
      "Ingress",
      "Egress"
     ]
    }
   },
   "clean": true
  },
  {
   "name": "pods of a kind that we do not know",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "podSelector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "policyTypes": [
      "Ingress"
     ]
    }
   },
   "context": [
    {
     "apiVersion": "argoproj.io/v1alpha1",
     "kind": "Rollout",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "template": {
       "metadata": {
        "labels": {
         "app": "web"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "clean": true
  }
 ],
 "dangling-network-policy-peer": [
  {
   "name": "from pods that are not there",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "api"
    },
    "spec": {
     "podSelector": {
      "matchLabels": {
       "app": "api"
      }
     },
     "ingress": [
      {
       "from": [
        {
         "podSelector": {
          "matchLabels": {
           "app": "web"
          }
         }
        }
       ]
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "api",
      "labels": {
       "app": "api"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "api",
        "image": "api:1.0"
       }
      ]
     }
    }
   ],
   "advice": true
  },
  {
   "name": "to pods of another namespace",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "api",
     "namespace": "shop"
    },
    "spec": {
     "podSelector": {},
     "policyTypes": [
      "Egress"
     ],
     "egress": [
      {
       "to": [
        {
         "podSelector": {
          "matchLabels": {
           "app": "postgres"
          }
         }
        }
       ]
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "postgres",
      "namespace": "data",
      "labels": {
       "app": "postgres"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "postgres",
        "image": "postgres:17"
       }
      ]
     }
    }
   ],
   "advice": true
  },
  {
   "name": "both are there",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "api",
     "namespace": "shop"
    },
    "spec": {
     "podSelector": {},
     "ingress": [
      {
       "from": [
        {
         "podSelector": {
          "matchLabels": {
           "app": "web"
          }
         }
        }
       ]
      }
     ],
     "egress": [
      {
       "to": [
        {
         "podSelector": {
          "matchLabels": {
           "app": "postgres"
          }
         }
        }
       ]
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "postgres",
      "labels": {
       "app": "postgres"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "postgres",
        "image": "postgres:17"
       }
      ]
     }
    },
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "web",
      "namespace": "shop"
     },
     "spec": {
      "selector": {
       "matchLabels": {
        "app": "web"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "web"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "clean": true
  },
  {
   "name": "pods of namespaces whose labels nobody knows",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "api"
    },
    "spec": {
     "podSelector": {},
     "ingress": [
      {
       "from": [
        {
         "podSelector": {
          "matchLabels": {
           "app": "prometheus"
          }
         },
         "namespaceSelector": {
          "matchLabels": {
           "team": "monitoring"
          }
         }
        },
        {
         "namespaceSelector": {}
        },
        {
         "ipBlock": {
          "cidr": "10.0.0.0/8"
         }
        }
       ]
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "all pods of the namespace",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "api"
    },
    "spec": {
     "podSelector": {},
     "ingress": [
      {
       "from": [
        {
         "podSelector": {}
        }
       ]
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "dangling-role-binding": [
  {
   "name": "nothing creates it",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "reader",
     "namespace": "shop"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "Role",
     "name": "reader"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "reader",
      "namespace": "shop"
     }
    ]
   },
   "needs-value": true
  },
  {
   "name": "it is in another namespace",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "reader",
     "namespace": "shop"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "Role",
     "name": "reader"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "reader",
      "namespace": "shop"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "Role",
     "metadata": {
      "name": "reader",
      "namespace": "blog"
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "configmaps"
       ],
       "verbs": [
        "get"
       ]
      }
     ]
    }
   ],
   "needs-value": true
  },
  {
   "name": "it is a cluster role, and the binding says role",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "reader",
     "namespace": "shop"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "Role",
     "name": "reader"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "reader",
      "namespace": "shop"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "ClusterRole",
     "metadata": {
      "name": "reader"
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "configmaps"
       ],
       "verbs": [
        "get"
       ]
      }
     ]
    }
   ],
   "needs-value": true
  },
  {
   "name": "it is there",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "reader",
     "namespace": "shop"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "Role",
     "name": "reader"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "reader",
      "namespace": "shop"
     }
    ]
   },
   "context": [
    {
     "apiVersion": "rbac.authorization.k8s.io/v1",
     "kind": "Role",
     "metadata": {
      "name": "reader"
     },
     "rules": [
      {
       "apiGroups": [
        ""
       ],
       "resources": [
        "configmaps"
       ],
       "verbs": [
        "get"
       ]
      }
     ]
    }
   ],
   "clean": true
  },
  {
   "name": "a cluster role may come with the cluster or a program",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "viewers",
     "namespace": "shop"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "ClusterRole",
     "name": "view"
    },
    "subjects": [
     {
      "kind": "Group",
      "name": "developers",
      "apiGroup": "rbac.authorization.k8s.io"
     }
    ]
   },
   "clean": true
  },
  {
   "name": "a role that every cluster has",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {
     "name": "metrics-auth",
     "namespace": "kube-system"
    },
    "roleRef": {
     "apiGroup": "rbac.authorization.k8s.io",
     "kind": "Role",
     "name": "extension-apiserver-authentication-reader"
    },
    "subjects": [
     {
      "kind": "ServiceAccount",
      "name": "metrics",
      "namespace": "ops"
     }
    ]
   },
   "clean": true
  }
 ],
 "dangling-service": [
  {
   "name": "a renamed label",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "selector": {
       "matchLabels": {
        "app": "website"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "website"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "advice": true
  },
  {
   "name": "nothing else there",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "pods of another namespace",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "web",
      "namespace": "blog",
      "labels": {
       "app": "web"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "web",
        "image": "web:1.0"
       }
      ]
     }
    }
   ],
   "advice": true
  },
  {
   "name": "one of several labels",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web",
      "tier": "front"
     },
     "ports": [
      {
       "port": 80
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "web",
      "labels": {
       "app": "web"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "web",
        "image": "web:1.0"
       }
      ]
     }
    }
   ],
   "advice": true
  },
  {
   "name": "a pod with more labels",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "batch/v1",
     "kind": "CronJob",
     "metadata": {
      "name": "web",
      "namespace": "shop"
     },
     "spec": {
      "schedule": "0 3 * * *",
      "jobTemplate": {
       "spec": {
        "template": {
         "metadata": {
          "labels": {
           "app": "web",
           "version": "v1"
          }
         },
         "spec": {
          "containers": [
           {
            "name": "web",
            "image": "web:1.0"
           }
          ]
         }
        }
       }
      }
     }
    }
   ],
   "clean": true
  },
  {
   "name": "the workload leaves its namespace to whoever applies it",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "DaemonSet",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "selector": {
       "matchLabels": {
        "app": "web"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "web"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "clean": true
  },
  {
   "name": "pods of a kind that we do not know",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "argoproj.io/v1alpha1",
     "kind": "Rollout",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "template": {
       "metadata": {
        "labels": {
         "app": "web"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0"
         }
        ]
       }
      }
     }
    }
   ],
   "clean": true
  },
  {
   "name": "endpoints made by hand",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "database"
    },
    "spec": {
     "ports": [
      {
       "port": 5432
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "an external name",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "database"
    },
    "spec": {
     "type": "ExternalName",
     "externalName": "db.example.org",
     "selector": {
      "app": "database"
     }
    }
   },
   "clean": true
  }
 ],
 "dangling-service-monitor": [
  {
   "name": "the label is at the selector of the service alone",
   "before": {
    "apiVersion": "monitoring.coreos.com/v1",
    "kind": "ServiceMonitor",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "endpoints": [
      {
       "port": "metrics"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Service",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "selector": {
       "app": "web"
      },
      "ports": [
       {
        "name": "metrics",
        "port": 9090
       }
      ]
     }
    }
   ],
   "advice": true
  },
  {
   "name": "the service is in another namespace",
   "before": {
    "apiVersion": "monitoring.coreos.com/v1",
    "kind": "ServiceMonitor",
    "metadata": {
     "name": "web",
     "namespace": "monitoring"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "endpoints": [
      {
       "port": "metrics"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Service",
     "metadata": {
      "name": "web",
      "namespace": "shop",
      "labels": {
       "app": "web"
      }
     },
     "spec": {
      "selector": {
       "app": "web"
      },
      "ports": [
       {
        "name": "metrics",
        "port": 9090
       }
      ]
     }
    }
   ],
   "advice": true
  },
  {
   "name": "the namespace is named",
   "before": {
    "apiVersion": "monitoring.coreos.com/v1",
    "kind": "ServiceMonitor",
    "metadata": {
     "name": "web",
     "namespace": "monitoring"
    },
    "spec": {
     "namespaceSelector": {
      "matchNames": [
       "blog",
       "shop"
      ]
     },
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "endpoints": [
      {
       "port": "metrics"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Service",
     "metadata": {
      "name": "web",
      "namespace": "shop",
      "labels": {
       "app": "web"
      }
     },
     "spec": {
      "selector": {
       "app": "web"
      },
      "ports": [
       {
        "name": "metrics",
        "port": 9090
       }
      ]
     }
    }
   ],
   "clean": true
  },
  {
   "name": "any namespace",
   "before": {
    "apiVersion": "monitoring.coreos.com/v1",
    "kind": "ServiceMonitor",
    "metadata": {
     "name": "web",
     "namespace": "monitoring"
    },
    "spec": {
     "namespaceSelector": {
      "any": true
     },
     "selector": {
      "matchExpressions": [
       {
        "key": "app",
        "operator": "In",
        "values": [
         "web",
         "api"
        ]
       }
      ]
     },
     "endpoints": [
      {
       "port": "metrics"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Service",
     "metadata": {
      "name": "web",
      "namespace": "shop",
      "labels": {
       "app": "web"
      }
     },
     "spec": {
      "selector": {
       "app": "web"
      },
      "ports": [
       {
        "name": "metrics",
        "port": 9090
       }
      ]
     }
    }
   ],
   "clean": true
  },
  {
   "name": "every service",
   "before": {
    "apiVersion": "monitoring.coreos.com/v1",
    "kind": "ServiceMonitor",
    "metadata": {
     "name": "everything"
    },
    "spec": {
     "selector": {},
     "endpoints": [
      {
       "port": "metrics"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "dangling-target-port": [
  {
   "name": "a name that no container has",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80,
       "targetPort": "http"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "apps/v1",
     "kind": "Deployment",
     "metadata": {
      "name": "web"
     },
     "spec": {
      "selector": {
       "matchLabels": {
        "app": "web"
       }
      },
      "template": {
       "metadata": {
        "labels": {
         "app": "web"
        }
       },
       "spec": {
        "containers": [
         {
          "name": "web",
          "image": "web:1.0",
          "ports": [
           {
            "name": "web",
            "containerPort": 80
           }
          ]
         }
        ]
       }
      }
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "containers without ports",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80,
       "targetPort": "http"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "web",
      "labels": {
       "app": "web"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "web",
        "image": "web:1.0"
       }
      ]
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "the second container has it",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80,
       "targetPort": "http"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "web",
      "labels": {
       "app": "web"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "proxy",
        "image": "proxy:1.0",
        "ports": [
         {
          "name": "admin",
          "containerPort": 8081
         }
        ]
       },
       {
        "name": "web",
        "image": "web:1.0",
        "ports": [
         {
          "name": "http",
          "containerPort": 8080
         }
        ]
       }
      ]
     }
    }
   ],
   "clean": true
  },
  {
   "name": "a number need not be declared",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80,
       "targetPort": 8080
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "web",
      "labels": {
       "app": "web"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "web",
        "image": "web:1.0"
       }
      ]
     }
    }
   ],
   "clean": true
  },
  {
   "name": "without pods it is another finding",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80,
       "targetPort": "http"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "default-service-account": [
  {
   "name": "none is written",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "by its name in the old field, in a file as people write it",
   "before": "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent}\nspec:\n  selector: {matchLabels: {app: agent}}\n  template:\n    metadata:\n      labels: {app: agent}\n    spec:\n      serviceAccount:   default\n      automountServiceAccountToken: true\n      containers:\n        - image: agent:1.0\n          name: agent\n",
   "needs-value": true
  },
  {
   "name": "empty, beside the old field",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "serviceAccountName": "",
     "serviceAccount": "web",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "an account of its own",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "serviceAccountName": "web",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "without a token",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "automountServiceAccountToken": false,
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "dnsconfig-options": [
  {
   "name": "no options",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n      dnsConfig:\n        options:\n        - name: ndots\n          value: \"2\"\n"
  },
  {
   "name": "beside other options, search domains and servers, in a file as people write it",
   "before": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n    dnsPolicy: \"None\"\n    dnsConfig:\n        nameservers: [10.0.0.10]   # ours\n        options:\n        -   name: timeout\n            value: '1'\n        searches:\n        - shop.svc.cluster.local\n    containers: [{name: web, image: web:1.0}]\n",
   "after": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n    dnsPolicy: \"None\"\n    dnsConfig:\n        nameservers: [10.0.0.10]   # ours\n        options:\n        -   name: timeout\n            value: '1'\n        -   name: ndots\n            value: \"2\"\n        searches:\n        - shop.svc.cluster.local\n    containers: [{name: web, image: web:1.0}]\n"
  },
  {
   "name": "an image that looks up names another way",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0-alpine"
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0-alpine"
      }
     ],
     "dnsConfig": {
      "options": [
       {
        "name": "ndots",
        "value": "2"
       }
      ]
     }
    }
   }
  },
  {
   "name": "another number, by configuration",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "dnsConfig": {
      "options": []
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "params": {
    "ndots": 1
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "dnsConfig": {
      "options": [
       {
        "name": "ndots",
        "value": "1"
       }
      ]
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   }
  },
  {
   "name": "a number that someone wrote",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "dnsConfig": {
      "options": [
       {
        "name": "ndots",
        "value": "3"
       }
      ]
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "already set",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "dnsConfig": {
      "options": [
       {
        "name": "edns0"
       },
       {
        "name": "ndots",
        "value": "2"
       }
      ]
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "the resolver of the node",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "dnsPolicy": "Default",
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "in the network of the node",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "hostNetwork": true,
     "dnsPolicy": "ClusterFirstWithHostNet",
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0"
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "hostNetwork": true,
     "dnsPolicy": "ClusterFirstWithHostNet",
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0"
      }
     ],
     "dnsConfig": {
      "options": [
       {
        "name": "ndots",
        "value": "2"
       }
      ]
     }
    }
   }
  }
 ],
 "docker-sock": [
  {
   "name": "mounted by two containers",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "initContainers": [
      {
       "name": "init",
       "image": "init:1.0",
       "volumeMounts": [
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        },
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "data",
       "hostPath": {
        "path": "/var/run/docker.sock"
       }
      }
     ]
    }
   },
   "refused": "removes-data"
  },
  {
   "name": "the removal is allowed",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        },
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "data",
       "hostPath": {
        "path": "/var/run/docker.sock"
       }
      }
     ]
    }
   },
   "allow-removal": true,
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      }
     ]
    }
   }
  },
  {
   "name": "volumes that every cluster may use",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "volumes": [
      {
       "name": "settings",
       "configMap": {
        "name": "settings"
       }
      },
      {
       "name": "keys",
       "secret": {
        "secretName": "keys"
       }
      },
      {
       "name": "data",
       "persistentVolumeClaim": {
        "claimName": "data"
       }
      },
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "token",
       "projected": {
        "sources": []
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a volume of another policy",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "volumes": [
      {
       "name": "data",
       "hostPath": {
        "path": "/srv/data"
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "drop-all-capabilities": [
  {
   "name": "an image that is known to run as another user than root",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "alerts"
    },
    "spec": {
     "containers": [
      {
       "name": "alerts",
       "image": "prom/alertmanager:v0.27.0"
      }
     ]
    }
   },
   "safe": true,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "alerts"
    },
    "spec": {
     "containers": [
      {
       "name": "alerts",
       "image": "prom/alertmanager:v0.27.0",
       "securityContext": {
        "capabilities": {
         "drop": [
          "ALL"
         ]
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "a program that carries a capability",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "dns"
    },
    "spec": {
     "containers": [
      {
       "name": "dns",
       "image": "registry.k8s.io/coredns/coredns:v1.11.1"
      }
     ]
    }
   },
   "refused": "hazard:carried-capability"
  },
  {
   "name": "a program that is left what it carries",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "dns"
    },
    "spec": {
     "containers": [
      {
       "name": "dns",
       "image": "registry.k8s.io/coredns/coredns:v1.11.1",
       "securityContext": {
        "capabilities": {
         "add": [
          "NET_BIND_SERVICE"
         ]
        }
       }
      }
     ]
    }
   },
   "safe": true,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "dns"
    },
    "spec": {
     "containers": [
      {
       "name": "dns",
       "image": "registry.k8s.io/coredns/coredns:v1.11.1",
       "securityContext": {
        "capabilities": {
         "add": [
          "NET_BIND_SERVICE"
         ],
         "drop": [
          "ALL"
         ]
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "nothing written",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "capabilities": {
         "drop": [
          "ALL"
         ]
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "NET_RAW among others",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  securityContext: {runAsNonRoot: true}\n  containers:\n  - name: web\n    image: web:1.0\n    securityContext:\n      capabilities:\n        drop: [ \"NET_RAW\", MKNOD ]\n        add: [ NET_BIND_SERVICE ]\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  securityContext: {runAsNonRoot: true}\n  containers:\n  - name: web\n    image: web:1.0\n    securityContext:\n      capabilities:\n        drop: [ \"ALL\", MKNOD ]\n        add: [ NET_BIND_SERVICE ]\n"
  },
  {
   "name": "others only",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "capabilities": {
         "drop": [
          "MKNOD"
         ]
        }
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "capabilities": {
         "drop": [
          "MKNOD",
          "ALL"
         ]
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "already safe",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "capabilities": {
         "drop": [
          "ALL"
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a Windows pod has no capabilities",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "os": {
      "name": "windows"
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "drop-net-raw": [
  {
   "name": "one capability dropped, another added",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        capabilities:\n          add: [NET_BIND_SERVICE]\n          drop:\n          - MKNOD\n",
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        capabilities:\n          add: [NET_BIND_SERVICE]\n          drop:\n          - MKNOD\n          - NET_RAW\n"
  },
  {
   "name": "nothing written",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "capabilities": {
         "drop": [
          "NET_RAW"
         ]
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "asked for by name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "ping"
    },
    "spec": {
     "containers": [
      {
       "name": "ping",
       "image": "ping:1.0",
       "securityContext": {
        "capabilities": {
         "add": [
          "NET_ADMIN",
          "NET_RAW",
          "CHOWN"
         ]
        }
       }
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "ping"
    },
    "spec": {
     "containers": [
      {
       "name": "ping",
       "image": "ping:1.0",
       "securityContext": {
        "capabilities": {
         "add": [
          "NET_ADMIN",
          "CHOWN"
         ],
         "drop": [
          "NET_RAW"
         ]
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "all dropped",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "capabilities": {
         "drop": [
          "ALL"
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "duplicate-env-var": [
  {
   "name": "equal",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      env:\n        - name: MODE\n          value: fast\n        - name: URL\n          value: http://$(MODE).example.org\n        - value: \"fast\" # again\n          name: MODE\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      env:\n        - name: MODE\n          value: fast\n        - name: URL\n          value: http://$(MODE).example.org\n"
  },
  {
   "name": "three equal ones",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "A",
         "value": "1"
        },
        {
         "name": "A",
         "value": "1"
        },
        {
         "name": "B",
         "value": "1"
        },
        {
         "name": "A",
         "value": "1"
        }
       ]
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "A",
         "value": "1"
        },
        {
         "name": "B",
         "value": "1"
        }
       ]
      }
     ]
    }
   }
  },
  {
   "name": "different",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "MODE",
         "value": "fast"
        },
        {
         "name": "MODE",
         "value": "slow"
        }
       ]
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "a value that refers to others",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "URL",
         "value": "http://$(HOST)"
        },
        {
         "name": "HOST",
         "value": "example.org"
        },
        {
         "name": "URL",
         "value": "http://$(HOST)"
        }
       ]
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "each name once",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "A",
         "value": "1"
        },
        {
         "name": "B",
         "value": "1"
        }
       ]
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "env-value-from": [
  {
   "name": "no such config map",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "LEVEL",
         "valueFrom": {
          "configMapKeyRef": {
           "name": "web",
           "key": "level"
          }
         }
        }
       ]
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "ConfigMap",
     "metadata": {
      "name": "website"
     },
     "data": {
      "level": "info"
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "no such key",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "initContainers": [
        {
         "name": "setup",
         "image": "web:1.0",
         "env": [
          {
           "name": "TOKEN",
           "valueFrom": {
            "secretKeyRef": {
             "name": "web",
             "key": "token"
            }
           }
          }
         ]
        }
       ],
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Secret",
     "metadata": {
      "name": "web",
      "namespace": "shop"
     },
     "stringData": {
      "password": "x"
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "all of a config map of another namespace",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "envFrom": [
        {
         "configMapRef": {
          "name": "web"
         }
        }
       ]
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "ConfigMap",
     "metadata": {
      "name": "web",
      "namespace": "blog"
     },
     "data": {
      "level": "info"
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "a secret, where all of them are in the repository",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "envFrom": [
        {
         "secretRef": {
          "name": "web"
         }
        }
       ]
      }
     ]
    }
   },
   "params": {
    "secrets": true
   },
   "needs-value": true
  },
  {
   "name": "a secret that is kept elsewhere",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "TOKEN",
         "valueFrom": {
          "secretKeyRef": {
           "name": "web",
           "key": "token"
          }
         }
        }
       ]
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a secret that something makes",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "envFrom": [
        {
         "secretRef": {
          "name": "web"
         }
        }
       ]
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "external-secrets.io/v1",
     "kind": "ExternalSecret",
     "metadata": {
      "name": "from-the-vault"
     },
     "spec": {
      "target": {
       "name": "web"
      }
     }
    }
   ],
   "params": {
    "secrets": true
   },
   "clean": true
  },
  {
   "name": "kustomize generates it",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "LEVEL",
         "valueFrom": {
          "configMapKeyRef": {
           "name": "web",
           "key": "level"
          }
         }
        }
       ]
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "kustomize.config.k8s.io/v1beta1",
     "kind": "Kustomization",
     "configMapGenerator": [
      {
       "name": "web",
       "envs": [
        "web.env"
       ]
      }
     ]
    }
   ],
   "clean": true
  },
  {
   "name": "something fills it in",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "CA",
         "valueFrom": {
          "configMapKeyRef": {
           "name": "trusted",
           "key": "ca.crt"
          }
         }
        }
       ]
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "ConfigMap",
     "metadata": {
      "name": "trusted"
     }
    }
   ],
   "clean": true
  },
  {
   "name": "optional",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "LEVEL",
         "valueFrom": {
          "configMapKeyRef": {
           "name": "web",
           "key": "level",
           "optional": true
          }
         }
        }
       ],
       "envFrom": [
        {
         "configMapRef": {
          "name": "web",
          "optional": true
         }
        }
       ]
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "they are there",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "LEVEL",
         "valueFrom": {
          "configMapKeyRef": {
           "name": "web",
           "key": "level"
          }
         }
        },
        {
         "name": "LOGO",
         "valueFrom": {
          "configMapKeyRef": {
           "name": "web",
           "key": "logo"
          }
         }
        }
       ],
       "envFrom": [
        {
         "configMapRef": {
          "name": "web"
         }
        }
       ]
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "ConfigMap",
     "metadata": {
      "name": "web"
     },
     "data": {
      "level": "info"
     },
     "binaryData": {
      "logo": "AAAA"
     }
    }
   ],
   "clean": true
  }
 ],
 "env-var-secret": [
  {
   "name": "a literal value",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "CLIENT_SECRET",
         "value": "not-shown"
        }
       ]
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "by a configured name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "dbPassword",
         "value": "not-shown"
        }
       ]
      }
     ]
    }
   },
   "params": {
    "names": [
     "secret",
     "password"
    ]
   },
   "advice": true
  },
  {
   "name": "from a Secret",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "CLIENT_SECRET",
         "valueFrom": {
          "secretKeyRef": {
           "name": "web",
           "key": "client"
          }
         }
        }
       ]
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "empty, or of another name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "CLIENT_SECRET",
         "value": ""
        },
        {
         "name": "MODE",
         "value": "fast"
        }
       ]
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "exposed-services": [
  {
   "name": "a load balancer",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "type": "LoadBalancer",
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "a port of the nodes, in a file as people write it",
   "before": "kind: Service\napiVersion: v1\nmetadata: {name: web}\nspec:\n      \"type\":   'NodePort'\n      selector: {app: web}\n      ports:\n      - port: 80\n        nodePort: 30080\n",
   "advice": true
  },
  {
   "name": "by configuration",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "type": "ExternalName",
     "externalName": "web.example.org"
    }
   },
   "params": {
    "types": [
     "ExternalName"
    ]
   },
   "advice": true
  },
  {
   "name": "within the cluster",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "type": "ClusterIP",
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "no type",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "extensions-v1beta": [
  {
   "name": "a Deployment with a selector",
   "before": "apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n"
  },
  {
   "name": "a Deployment without one",
   "before": {
    "apiVersion": "extensions/v1beta1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "after": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     },
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     }
    }
   }
  },
  {
   "name": "a NetworkPolicy",
   "before": {
    "apiVersion": "extensions/v1beta1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "podSelector": {}
    }
   },
   "after": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "podSelector": {}
    }
   }
  },
  {
   "name": "an Ingress has other fields today",
   "before": {
    "apiVersion": "extensions/v1beta1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "backend": {
      "serviceName": "web",
      "servicePort": 80
     }
    }
   },
   "after": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "defaultBackend": {
      "service": {
       "name": "web",
       "port": {
        "number": 80
       }
      }
     }
    }
   }
  },
  {
   "name": "a roll-back that was asked for",
   "before": {
    "apiVersion": "extensions/v1beta1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "rollbackTo": {
      "revision": 3
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "the version of today",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  }
 ],
 "host-ipc": [
  {
   "name": "an ordinary workload",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      # reaches the node\n      hostIPC: true\n      containers:\n      - name: web\n        image: web:1.0\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      # reaches the node\n      containers:\n      - name: web\n        image: web:1.0\n"
  },
  {
   "name": "an agent of the node",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "hostIPC": true,
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   }
  },
  {
   "name": "switched off",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "hostIPC": false,
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "not written",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "host-network": [
  {
   "name": "an ordinary workload",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      # reaches the node\n      hostNetwork: true\n      containers:\n      - name: web\n        image: web:1.0\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      # reaches the node\n      containers:\n      - name: web\n        image: web:1.0\n"
  },
  {
   "name": "an agent of the node",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "hostNetwork": true,
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   }
  },
  {
   "name": "switched off",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "hostNetwork": false,
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "not written",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "host-path-volumes": [
  {
   "name": "mounted by two containers",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "initContainers": [
      {
       "name": "init",
       "image": "init:1.0",
       "volumeMounts": [
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        },
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "data",
       "hostPath": {
        "path": "/srv/data"
       }
      }
     ]
    }
   },
   "refused": "removes-data"
  },
  {
   "name": "the removal is allowed",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        },
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "data",
       "hostPath": {
        "path": "/srv/data"
       }
      }
     ]
    }
   },
   "allow-removal": true,
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      }
     ]
    }
   }
  },
  {
   "name": "volumes that every cluster may use",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "volumes": [
      {
       "name": "settings",
       "configMap": {
        "name": "settings"
       }
      },
      {
       "name": "keys",
       "secret": {
        "secretName": "keys"
       }
      },
      {
       "name": "data",
       "persistentVolumeClaim": {
        "claimName": "data"
       }
      },
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "token",
       "projected": {
        "sources": []
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a volume of another policy",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "volumes": [
      {
       "name": "data",
       "hostPath": {
        "path": "/proc"
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "host-pid": [
  {
   "name": "an ordinary workload",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      # reaches the node\n      hostPID: true\n      containers:\n      - name: web\n        image: web:1.0\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      # reaches the node\n      containers:\n      - name: web\n        image: web:1.0\n"
  },
  {
   "name": "an agent of the node",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "hostPID": true,
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   }
  },
  {
   "name": "switched off",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "hostPID": false,
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "not written",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "host-ports": [
  {
   "name": "one of two ports",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.0\n    ports:\n    - containerPort: 8080\n      hostPort: 80\n      name: http\n    - containerPort: 9090\n",
   "safe": false,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.0\n    ports:\n    - containerPort: 8080\n      name: http\n    - containerPort: 9090\n"
  },
  {
   "name": "in flow style",
   "before": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: \"web:1.0\", ports: [{containerPort: 80, hostPort: 80}]}]}\n",
   "after": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: \"web:1.0\", ports: [{containerPort: 80}]}]}\n"
  },
  {
   "name": "in the node's network",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "hostNetwork": true,
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 80,
         "hostPort": 80
        }
       ]
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 80
        }
       ]
      }
     ]
    }
   }
  },
  {
   "name": "no port of the node",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 80,
         "hostPort": 0
        }
       ]
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "host-probes": [
  {
   "name": "the loopback of the node",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: proxy\nspec:\n  containers:\n  - name: proxy\n    image: proxy:1.0\n    livenessProbe:\n      httpGet:\n        host: 127.0.0.1\n        path: /healthz\n        port: 10256\n",
   "safe": false,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: proxy\nspec:\n  containers:\n  - name: proxy\n    image: proxy:1.0\n    livenessProbe:\n      httpGet:\n        path: /healthz\n        port: 10256\n"
  },
  {
   "name": "several probes and a hook",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "tcpSocket": {
         "host": "db.example.org",
         "port": 5432
        }
       },
       "startupProbe": {
        "httpGet": {
         "host": "example.org",
         "path": "/",
         "port": 80
        }
       },
       "lifecycle": {
        "preStop": {
         "httpGet": {
          "host": "example.org",
          "path": "/bye",
          "port": 80
         }
        }
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "tcpSocket": {
         "port": 5432
        }
       },
       "startupProbe": {
        "httpGet": {
         "path": "/",
         "port": 80
        }
       },
       "lifecycle": {
        "preStop": {
         "httpGet": {
          "path": "/bye",
          "port": 80
         }
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "an empty host",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "httpGet": {
         "host": "",
         "path": "/",
         "port": 80
        }
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "the Host header is no host",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "httpGet": {
         "path": "/",
         "port": 80,
         "httpHeaders": [
          {
           "name": "Host",
           "value": "example.org"
          }
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "hpa-minimum-replicas": [
  {
   "name": "one is written",
   "before": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minReplicas": 1,
     "maxReplicas": 10,
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "none is written",
   "before": {
    "apiVersion": "autoscaling/v1",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxReplicas": 10,
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "none is written, and the configuration tells how many, in a file as people write it",
   "before": "apiVersion: autoscaling/v2\nkind: \"HorizontalPodAutoscaler\"\nmetadata: {name: web}\nspec:\n    scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n    maxReplicas: 10   # as the bill allows\n",
   "params": {
    "replicas": 3
   },
   "safe": true,
   "after": "apiVersion: autoscaling/v2\nkind: \"HorizontalPodAutoscaler\"\nmetadata: {name: web}\nspec:\n    scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n    maxReplicas: 10   # as the bill allows\n    minReplicas: 3\n"
  },
  {
   "name": "more than it may ever have",
   "before": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxReplicas": 2,
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     }
    }
   },
   "params": {
    "replicas": 3
   },
   "needs-value": true
  },
  {
   "name": "enough",
   "before": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minReplicas": 3,
     "maxReplicas": 10,
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     }
    }
   },
   "clean": true
  }
 ],
 "image-digest": [
  {
   "name": "a tag alone",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "nginx:1.27.3"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "a registry with a port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "registry:5000/shop/web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "a digest",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "nginx:1.27.3@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "no tag, and no image",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "a",
       "image": "nginx"
      },
      {
       "name": "b",
       "image": "registry:5000/web:latest"
      },
      {
       "name": "c"
      }
     ]
    }
   },
   "needs-value": true
  }
 ],
 "image-pull-policy": [
  {
   "name": "nothing written",
   "before": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - image: web:1.0   # ours\n    name: web\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - image: web:1.0   # ours\n    name: web\n    imagePullPolicy: Always\n"
  },
  {
   "name": "another policy",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "imagePullPolicy": "IfNotPresent"
      }
     ]
    }
   },
   "safe": true,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "imagePullPolicy": "Always"
      }
     ]
    }
   }
  },
  {
   "name": "an image of the node",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "imagePullPolicy": "Never"
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "imagePullPolicy": "Always"
      }
     ]
    }
   }
  },
  {
   "name": "no tag means Always",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "registry:5000/web"
      },
      {
       "name": "b",
       "image": "b:latest"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "image-tag": [
  {
   "name": "no tag",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "nginx"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "a version that the configuration names",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: docker.io/library/nginx:latest # the front\n  - {name: api, image: \"ghcr.io/acme/api\"}\n",
   "values": {
    "images": {
     "pins": {
      "docker.io/library/nginx": "1.27.3",
      "ghcr.io/acme/api": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
     }
    }
   },
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: docker.io/library/nginx:1.27.3 # the front\n  - {name: api, image: \"ghcr.io/acme/api@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}\n"
  },
  {
   "name": "latest, of a registry with a port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "registry:5000/web:latest"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "an environment's placeholder is no version",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: \"${REGISTRY}/web\"  # filled in by CI\n",
   "needs-value": true
  },
  {
   "name": "tags and digests",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "a",
       "image": "registry:5000/web:1.0"
      },
      {
       "name": "b",
       "image": "web@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      },
      {
       "name": "c",
       "image": "web:latest@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "no image is for the API server to refuse",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "ingress-tls": [
  {
   "name": "a host",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "rules": [
      {
       "host": "shop.example.org",
       "http": {
        "paths": [
         {
          "path": "/",
          "pathType": "Prefix",
          "backend": {
           "service": {
            "name": "web",
            "port": {
             "number": 80
            }
           }
          }
         }
        ]
       }
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "an empty list",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "tls": [],
     "defaultBackend": {
      "service": {
       "name": "web",
       "port": {
        "number": 80
       }
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "of an old version, as text",
   "before": "kind: Ingress\napiVersion: extensions/v1beta1\nmetadata: {name: web}\nspec: {backend: {serviceName: web, servicePort: 80}}   # behind the proxy\n",
   "needs-value": true
  },
  {
   "name": "with a certificate",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "tls": [
      {
       "hosts": [
        "shop.example.org"
       ],
       "secretName": "shop-tls"
      }
     ],
     "defaultBackend": {
      "service": {
       "name": "web",
       "port": {
        "number": 80
       }
      }
     }
    }
   },
   "clean": true
  }
 ],
 "job-ttl": [
  {
   "name": "not written",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {
     "name": "migrate"
    },
    "spec": {
     "template": {
      "spec": {
       "restartPolicy": "Never",
       "containers": [
        {
         "name": "migrate",
         "image": "migrate:1.0"
        }
       ]
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "written as null",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {
     "name": "migrate"
    },
    "spec": {
     "ttlSecondsAfterFinished": null,
     "template": {
      "spec": {
       "restartPolicy": "Never",
       "containers": [
        {
         "name": "migrate",
         "image": "migrate:1.0"
        }
       ]
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "at once",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {
     "name": "migrate"
    },
    "spec": {
     "ttlSecondsAfterFinished": 0,
     "template": {
      "spec": {
       "restartPolicy": "Never",
       "containers": [
        {
         "name": "migrate",
         "image": "migrate:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "made by a CronJob",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {
     "name": "report-29000000",
     "ownerReferences": [
      {
       "apiVersion": "batch/v1",
       "kind": "CronJob",
       "name": "report",
       "uid": "a",
       "controller": true
      }
     ]
    },
    "spec": {
     "template": {
      "spec": {
       "restartPolicy": "Never",
       "containers": [
        {
         "name": "report",
         "image": "report:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "a CronJob has its history limits",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {
     "name": "clean"
    },
    "spec": {
     "schedule": "@daily",
     "jobTemplate": {
      "spec": {
       "template": {
        "spec": {
         "containers": [
          {
           "name": "clean",
           "image": "clean:1.0"
          }
         ]
        }
       }
      }
     }
    }
   },
   "clean": true
  }
 ],
 "liveness-port": [
  {
   "name": "a number",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      livenessProbe:\n        httpGet:\n          path: /healthz\n          port: 8081\n      ports:\n        - containerPort: 8080\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      livenessProbe:\n        httpGet:\n          path: /healthz\n          port: 8081\n      ports:\n        - containerPort: 8080\n        - containerPort: 8081\n"
  },
  {
   "name": "no ports at all",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "tcpSocket": {
         "port": 9000
        }
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "tcpSocket": {
         "port": 9000
        }
       },
       "ports": [
        {
         "containerPort": 9000
        }
       ]
      }
     ]
    }
   }
  },
  {
   "name": "a name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "livenessProbe": {
        "httpGet": {
         "path": "/",
         "port": "web"
        }
       }
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "another container of the pod lists the port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "httpGet": {
         "path": "/",
         "port": 9901
        }
       }
      },
      {
       "name": "proxy",
       "image": "proxy:1.0",
       "ports": [
        {
         "containerPort": 9901,
         "protocol": ""
        }
       ]
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "a sidecar lists the port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "initContainers": [
      {
       "name": "proxy",
       "image": "proxy:1.0",
       "restartPolicy": "Always",
       "ports": [
        {
         "containerPort": 9901
        }
       ]
      }
     ],
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "grpc": {
         "port": 9901
        }
       }
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "two containers probe one port that neither lists",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "httpGet": {
         "path": "/",
         "port": 9901
        }
       }
      },
      {
       "name": "proxy",
       "image": "proxy:1.0",
       "readinessProbe": {
        "tcpSocket": {
         "port": 9901
        }
       }
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "another container lists the number for UDP, and probes another port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "tcpSocket": {
         "port": 53
        }
       }
      },
      {
       "name": "dns",
       "image": "dns:1.0",
       "ports": [
        {
         "containerPort": 53,
         "protocol": "UDP"
        },
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "livenessProbe": {
        "httpGet": {
         "path": "/",
         "port": "http"
        }
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "tcpSocket": {
         "port": 53
        }
       },
       "ports": [
        {
         "containerPort": 53
        }
       ]
      },
      {
       "name": "dns",
       "image": "dns:1.0",
       "ports": [
        {
         "containerPort": 53,
         "protocol": "UDP"
        },
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "livenessProbe": {
        "httpGet": {
         "path": "/",
         "port": "http"
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "listed by number or by name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "a",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "livenessProbe": {
        "httpGet": {
         "path": "/",
         "port": "http"
        }
       }
      },
      {
       "name": "b",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 9000
        }
       ],
       "livenessProbe": {
        "grpc": {
         "port": 9000
        }
       }
      },
      {
       "name": "c",
       "image": "web:1.0",
       "livenessProbe": {
        "exec": {
         "command": [
          "check"
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "memory-limits": [
  {
   "name": "nothing known",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "a configured default above the request",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.0\n    resources:\n      requests:\n        memory: 512M\n",
   "values": {
    "resources": {
     "limits": {
      "memory": "1Gi"
     }
    }
   },
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.0\n    resources:\n      requests:\n        memory: 512M\n      limits:\n        memory: 1Gi\n"
  },
  {
   "name": "a configured default below the request",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "resources": {
        "requests": {
         "memory": "1Gi"
        }
       }
      }
     ]
    }
   },
   "values": {
    "resources": {
     "limits": {
      "memory": "512Mi"
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "already set",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "resources": {
        "limits": {
         "memory": "1Gi"
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "memory-requests": [
  {
   "name": "nothing known",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "the limit that is written",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      resources: {limits: {memory: 1Gi}}\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      resources: {limits: {memory: 1Gi}, requests: {memory: 1Gi}}\n"
  },
  {
   "name": "a configured default",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "values": {
    "resources": {
     "requests": {
      "memory": "64Mi"
     }
    }
   },
   "safe": true,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "resources": {
        "requests": {
         "memory": "64Mi"
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "a request",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "resources": {
        "requests": {
         "memory": "64Mi"
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "minimum-replicas": [
  {
   "name": "one is written",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "replicas": 1,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "none is written",
   "before": {
    "apiVersion": "v1",
    "kind": "ReplicationController",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "none is written, and the configuration tells how many, in a file as people write it",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}   # the shop\nspec:\n    selector: {matchLabels: {app: web}}\n    template:\n        metadata: {labels: {app: web}}\n        spec:\n            containers:\n            - {name: web, image: \"web:1.0\"}\n",
   "params": {
    "replicas": 3
   },
   "safe": false,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}   # the shop\nspec:\n    selector: {matchLabels: {app: web}}\n    template:\n        metadata: {labels: {app: web}}\n        spec:\n            containers:\n            - {name: web, image: \"web:1.0\"}\n            affinity:\n                podAntiAffinity:\n                    preferredDuringSchedulingIgnoredDuringExecution:\n                    - weight: 100\n                      podAffinityTerm:\n                          labelSelector:\n                              matchLabels:\n                                  app: web\n                          topologyKey: kubernetes.io/hostname\n    replicas: 3\n"
  },
  {
   "name": "replicas that are kept apart already",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {
     "name": "db"
    },
    "spec": {
     "serviceName": "db",
     "selector": {
      "matchLabels": {
       "app": "db"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "db"
       }
      },
      "spec": {
       "affinity": {
        "podAntiAffinity": {
         "requiredDuringSchedulingIgnoredDuringExecution": [
          {
           "labelSelector": {
            "matchLabels": {
             "app": "db"
            }
           },
           "topologyKey": "kubernetes.io/hostname"
          }
         ]
        }
       },
       "containers": [
        {
         "name": "db",
         "image": "db:1.0"
        }
       ]
      }
     }
    }
   },
   "params": {
    "minimum": 2,
    "replicas": 2
   },
   "after": {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {
     "name": "db"
    },
    "spec": {
     "serviceName": "db",
     "selector": {
      "matchLabels": {
       "app": "db"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "db"
       }
      },
      "spec": {
       "affinity": {
        "podAntiAffinity": {
         "requiredDuringSchedulingIgnoredDuringExecution": [
          {
           "labelSelector": {
            "matchLabels": {
             "app": "db"
            }
           },
           "topologyKey": "kubernetes.io/hostname"
          }
         ]
        }
       },
       "containers": [
        {
         "name": "db",
         "image": "db:1.0"
        }
       ]
      }
     },
     "replicas": 2
    }
   }
  },
  {
   "name": "what someone wrote is not raised by configuration",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {
     "name": "db"
    },
    "spec": {
     "replicas": 2,
     "serviceName": "db",
     "selector": {
      "matchLabels": {
       "app": "db"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "db"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "db",
         "image": "db:1.0"
        }
       ]
      }
     }
    }
   },
   "params": {
    "replicas": 3
   },
   "needs-value": true
  },
  {
   "name": "enough",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "replicas": 3,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "enough for the configuration",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "replicas": 2,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "params": {
    "minimum": 2
   },
   "clean": true
  },
  {
   "name": "switched off",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "replicas": 0,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  }
 ],
 "mismatching-selector": [
  {
   "name": "another value",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "api"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "no selector",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "a part of the labels",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web",
        "version": "v1"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "by expressions",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchExpressions": [
       {
        "key": "app",
        "operator": "Exists"
       }
      ]
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "by an expression that does not hold",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchExpressions": [
       {
        "key": "app",
        "operator": "In",
        "values": [
         "api",
         "web"
        ]
       }
      ]
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "by an expression about a missing label",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      },
      "matchExpressions": [
       {
        "key": "tier",
        "operator": "Exists"
       }
      ]
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   },
   "advice": true
  }
 ],
 "namespace-pod-security": [
  {
   "name": "nothing known",
   "before": {
    "apiVersion": "v1",
    "kind": "Namespace",
    "metadata": {
     "name": "shop"
    }
   },
   "needs-value": true
  },
  {
   "name": "a level that the configuration names",
   "before": "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    team: shop   # who to ask\n",
   "params": {
    "level": "baseline"
   },
   "safe": false,
   "after": "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    team: shop   # who to ask\n    pod-security.kubernetes.io/enforce: baseline\n"
  },
  {
   "name": "a namespace of the cluster",
   "before": {
    "apiVersion": "v1",
    "kind": "Namespace",
    "metadata": {
     "name": "kube-system"
    }
   },
   "clean": true
  },
  {
   "name": "a level",
   "before": {
    "apiVersion": "v1",
    "kind": "Namespace",
    "metadata": {
     "name": "agents",
     "labels": {
      "pod-security.kubernetes.io/enforce": "privileged"
     }
    }
   },
   "clean": true
  }
 ],
 "no-anti-affinity": [
  {
   "name": "two replicas",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n        version: \"3\"\n    spec:\n      containers:\n        - name: web\n          image: web:1.0\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n        version: \"3\"\n    spec:\n      containers:\n        - name: web\n          image: web:1.0\n      affinity:\n        podAntiAffinity:\n          preferredDuringSchedulingIgnoredDuringExecution:\n            - weight: 100\n              podAffinityTerm:\n                labelSelector:\n                  matchLabels:\n                    app: web\n                topologyKey: kubernetes.io/hostname\n"
  },
  {
   "name": "a controller without a selector, beside an affinity for zones",
   "before": {
    "apiVersion": "v1",
    "kind": "ReplicationController",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "replicas": 3,
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "affinity": {
        "podAntiAffinity": {
         "preferredDuringSchedulingIgnoredDuringExecution": [
          {
           "weight": 1,
           "podAffinityTerm": {
            "labelSelector": {
             "matchLabels": {
              "app": "web"
             }
            },
            "topologyKey": "topology.kubernetes.io/zone"
           }
          }
         ]
        }
       },
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "ReplicationController",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "replicas": 3,
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "affinity": {
        "podAntiAffinity": {
         "preferredDuringSchedulingIgnoredDuringExecution": [
          {
           "weight": 1,
           "podAffinityTerm": {
            "labelSelector": {
             "matchLabels": {
              "app": "web"
             }
            },
            "topologyKey": "topology.kubernetes.io/zone"
           }
          },
          {
           "weight": 100,
           "podAffinityTerm": {
            "labelSelector": {
             "matchLabels": {
              "app": "web"
             }
            },
            "topologyKey": "kubernetes.io/hostname"
           }
          }
         ]
        }
       },
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   }
  },
  {
   "name": "no labels to tell the replicas by",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "replicas": 2,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "kept apart already",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {
     "name": "db"
    },
    "spec": {
     "replicas": 3,
     "serviceName": "db",
     "selector": {
      "matchLabels": {
       "app": "db"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "db"
       }
      },
      "spec": {
       "affinity": {
        "podAntiAffinity": {
         "requiredDuringSchedulingIgnoredDuringExecution": [
          {
           "labelSelector": {
            "matchLabels": {
             "app": "db"
            }
           },
           "topologyKey": "kubernetes.io/hostname"
          }
         ]
        }
       },
       "containers": [
        {
         "name": "db",
         "image": "db:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "one replica",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  }
 ],
 "no-liveness-probe": [
  {
   "name": "none",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "another probe alone, in a file as people write it",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n    name: \"web\"   # the shop\nspec:\n    selector: {matchLabels: {app: web}}\n    template:\n        metadata: {labels: {app: web}}\n        spec:\n            containers:\n            - name: web\n              image: web:1.0\n              startupProbe: {tcpSocket: {port: 8080}}\n",
   "needs-value": true
  },
  {
   "name": "a sidecar",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "initContainers": [
      {
       "name": "proxy",
       "image": "proxy:1.0",
       "restartPolicy": "Always"
      },
      {
       "name": "migrate",
       "image": "web:1.0"
      }
     ],
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "httpGet": {
         "path": "/",
         "port": 8080
        }
       }
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "there",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "exec": {
         "command": [
          "check"
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "init containers and a debugging container",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "initContainers": [
      {
       "name": "migrate",
       "image": "web:1.0"
      }
     ],
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "livenessProbe": {
        "grpc": {
         "port": 9000
        }
       }
      }
     ],
     "ephemeralContainers": [
      {
       "name": "look",
       "image": "tools:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "what runs to its end",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {
     "name": "clean"
    },
    "spec": {
     "schedule": "@daily",
     "jobTemplate": {
      "spec": {
       "template": {
        "spec": {
         "restartPolicy": "OnFailure",
         "containers": [
          {
           "name": "clean",
           "image": "clean:1.0"
          }
         ]
        }
       }
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "a pod that is not started again",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "once"
    },
    "spec": {
     "restartPolicy": "Never",
     "containers": [
      {
       "name": "once",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "no-node-affinity": [
  {
   "name": "none",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "configured, beside another affinity, in a file as people write it",
   "before": "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: clean}\nspec:\n  schedule: \"@daily\"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          affinity:\n            # near its data\n            podAffinity:\n              requiredDuringSchedulingIgnoredDuringExecution:\n              - topologyKey: kubernetes.io/hostname\n                labelSelector: {matchLabels: {app: db}}\n          restartPolicy: Never\n          containers: [{name: clean, image: clean:1.0}]\n",
   "params": {
    "key": "kubernetes.io/arch",
    "values": [
     "amd64"
    ]
   },
   "safe": true,
   "after": "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: clean}\nspec:\n  schedule: \"@daily\"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          affinity:\n            # near its data\n            podAffinity:\n              requiredDuringSchedulingIgnoredDuringExecution:\n              - topologyKey: kubernetes.io/hostname\n                labelSelector: {matchLabels: {app: db}}\n            nodeAffinity:\n              requiredDuringSchedulingIgnoredDuringExecution:\n                nodeSelectorTerms:\n                - matchExpressions:\n                  - key: kubernetes.io/arch\n                    operator: In\n                    values:\n                    - amd64\n          restartPolicy: Never\n          containers: [{name: clean, image: clean:1.0}]\n"
  },
  {
   "name": "configured, on all nodes today",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   },
   "params": {
    "key": "pool",
    "values": [
     "apps"
    ]
   },
   "safe": false,
   "after": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ],
       "affinity": {
        "nodeAffinity": {
         "requiredDuringSchedulingIgnoredDuringExecution": {
          "nodeSelectorTerms": [
           {
            "matchExpressions": [
             {
              "key": "pool",
              "operator": "In",
              "values": [
               "apps"
              ]
             }
            ]
           }
          ]
         }
        }
       }
      }
     }
    }
   }
  },
  {
   "name": "preferred nodes",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "affinity": {
      "nodeAffinity": {
       "preferredDuringSchedulingIgnoredDuringExecution": [
        {
         "weight": 1,
         "preference": {
          "matchExpressions": [
           {
            "key": "disk",
            "operator": "In",
            "values": [
             "ssd"
            ]
           }
          ]
         }
        }
       ]
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a selector",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "nodeSelector": {
      "kubernetes.io/os": "linux"
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "no-readiness-probe": [
  {
   "name": "none",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "another probe alone, in a file as people write it",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n    name: \"web\"   # the shop\nspec:\n    selector: {matchLabels: {app: web}}\n    template:\n        metadata: {labels: {app: web}}\n        spec:\n            containers:\n            - name: web\n              image: web:1.0\n              startupProbe: {tcpSocket: {port: 8080}}\n",
   "needs-value": true
  },
  {
   "name": "a sidecar",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "initContainers": [
      {
       "name": "proxy",
       "image": "proxy:1.0",
       "restartPolicy": "Always"
      },
      {
       "name": "migrate",
       "image": "web:1.0"
      }
     ],
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "httpGet": {
         "path": "/",
         "port": 8080
        }
       }
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "there",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "exec": {
         "command": [
          "check"
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "init containers and a debugging container",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "initContainers": [
      {
       "name": "migrate",
       "image": "web:1.0"
      }
     ],
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "grpc": {
         "port": 9000
        }
       }
      }
     ],
     "ephemeralContainers": [
      {
       "name": "look",
       "image": "tools:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "what runs to its end",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {
     "name": "clean"
    },
    "spec": {
     "schedule": "@daily",
     "jobTemplate": {
      "spec": {
       "template": {
        "spec": {
         "restartPolicy": "OnFailure",
         "containers": [
          {
           "name": "clean",
           "image": "clean:1.0"
          }
         ]
        }
       }
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "a pod that is not started again",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "once"
    },
    "spec": {
     "restartPolicy": "Never",
     "containers": [
      {
       "name": "once",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "no-rolling-update-strategy": [
  {
   "name": "all at once",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  strategy:\n    type: Recreate\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n",
   "safe": false,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  strategy:\n    type: RollingUpdate\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n"
  },
  {
   "name": "not written, in a file as people write it",
   "before": "kind: \"Deployment\"\napiVersion: apps/v1\nmetadata: {name: web}\nspec:\n    selector: {matchLabels: {app: web}}\n    strategy:\n        rollingUpdate: {maxSurge: 1, maxUnavailable: 0}   # one by one\n    template:\n        metadata: {labels: {app: web}}\n        spec: {containers: [{name: web, image: \"web:1.0\"}]}\n",
   "safe": true,
   "after": "kind: \"Deployment\"\napiVersion: apps/v1\nmetadata: {name: web}\nspec:\n    selector: {matchLabels: {app: web}}\n    strategy:\n        rollingUpdate: {maxSurge: 1, maxUnavailable: 0}   # one by one\n        type: RollingUpdate\n    template:\n        metadata: {labels: {app: web}}\n        spec: {containers: [{name: web, image: \"web:1.0\"}]}\n"
  },
  {
   "name": "pods that somebody deletes",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {
     "name": "db"
    },
    "spec": {
     "serviceName": "db",
     "updateStrategy": {
      "type": "OnDelete"
     },
     "selector": {
      "matchLabels": {
       "app": "db"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "db"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "db",
         "image": "db:1.0"
        }
       ]
      }
     }
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {
     "name": "db"
    },
    "spec": {
     "serviceName": "db",
     "updateStrategy": {
      "type": "RollingUpdate"
     },
     "selector": {
      "matchLabels": {
       "app": "db"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "db"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "db",
         "image": "db:1.0"
        }
       ]
      }
     }
    }
   }
  },
  {
   "name": "a DaemonSet that writes none",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   },
   "safe": true,
   "after": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     },
     "updateStrategy": {
      "type": "RollingUpdate"
     }
    }
   }
  },
  {
   "name": "a volume that one pod alone may have",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "db"
    },
    "spec": {
     "strategy": {
      "type": "Recreate"
     },
     "selector": {
      "matchLabels": {
       "app": "db"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "db"
       }
      },
      "spec": {
       "volumes": [
        {
         "name": "data",
         "persistentVolumeClaim": {
          "claimName": "db"
         }
        }
       ],
       "containers": [
        {
         "name": "db",
         "image": "db:1.0",
         "volumeMounts": [
          {
           "name": "data",
           "mountPath": "/data"
          }
         ]
        }
       ]
      }
     }
    }
   },
   "refused": "hazard:claimed-volume"
  },
  {
   "name": "a port that one pod alone may have",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "strategy": {
      "type": "Recreate"
     },
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0",
         "ports": [
          {
           "containerPort": 8080,
           "hostPort": 8080
          }
         ]
        }
       ]
      }
     }
    }
   },
   "refused": "hazard:host-port"
  },
  {
   "name": "one by one",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "strategy": {
      "type": "RollingUpdate"
     },
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "what is not updated",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "ReplicaSet",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  }
 ],
 "non-existent-service-account": [
  {
   "name": "nothing creates it",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "serviceAccountName": "web",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "it is in another namespace",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "serviceAccountName": "web",
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "ServiceAccount",
     "metadata": {
      "name": "web",
      "namespace": "blog"
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "the old name of the field",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "serviceAccount": "web",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "ServiceAccount",
     "metadata": {
      "name": "website"
     }
    }
   ],
   "needs-value": true
  },
  {
   "name": "it is there",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "serviceAccountName": "web",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "ServiceAccount",
     "metadata": {
      "name": "web",
      "namespace": "shop"
     }
    }
   ],
   "clean": true
  },
  {
   "name": "it leaves its namespace to whoever applies it",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "serviceAccountName": "web",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "ServiceAccount",
     "metadata": {
      "name": "web"
     }
    }
   ],
   "clean": true
  },
  {
   "name": "the default is always there",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "serviceAccountName": "default",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "none is named",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "non-isolated-pod": [
  {
   "name": "no policy at all",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "safe": false,
   "creates": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "podSelector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "policyTypes": [
      "Ingress"
     ]
    }
   }
  },
  {
   "name": "services that send to the pods",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {
     "name": "shop-db",
     "namespace": "shop"
    },
    "spec": {
     "serviceName": "shop-db",
     "selector": {
      "matchLabels": {
       "app": "shop",
       "tier": "db"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "shop",
        "tier": "db",
        "version": "3"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "db",
         "image": "db:1.0",
         "ports": [
          {
           "name": "sql",
           "containerPort": 5432
          },
          {
           "containerPort": 9187
          }
         ]
        }
       ]
      }
     }
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Service",
     "metadata": {
      "name": "shop-db",
      "namespace": "shop"
     },
     "spec": {
      "clusterIP": "None",
      "selector": {
       "tier": "db"
      },
      "ports": [
       {
        "port": 5432,
        "targetPort": "sql"
       }
      ]
     }
    },
    {
     "apiVersion": "v1",
     "kind": "Service",
     "metadata": {
      "name": "shop-dns",
      "namespace": "shop"
     },
     "spec": {
      "selector": {
       "app": "shop",
       "tier": "db"
      },
      "ports": [
       {
        "port": 53,
        "protocol": "UDP"
       }
      ]
     }
    },
    {
     "apiVersion": "v1",
     "kind": "Service",
     "metadata": {
      "name": "elsewhere",
      "namespace": "blog"
     },
     "spec": {
      "selector": {
       "tier": "db"
      },
      "ports": [
       {
        "port": 80
       }
      ]
     }
    }
   ],
   "safe": false,
   "creates": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "shop-db",
     "namespace": "shop"
    },
    "spec": {
     "ingress": [
      {
       "ports": [
        {
         "port": 53,
         "protocol": "UDP"
        },
        {
         "port": "sql",
         "protocol": "TCP"
        }
       ]
      }
     ],
     "podSelector": {
      "matchLabels": {
       "app": "shop",
       "tier": "db"
      }
     },
     "policyTypes": [
      "Ingress"
     ]
    }
   }
  },
  {
   "name": "no label to know the pods by",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {
     "name": "report",
     "namespace": "shop"
    },
    "spec": {
     "schedule": "0 3 * * *",
     "jobTemplate": {
      "spec": {
       "template": {
        "spec": {
         "containers": [
          {
           "name": "report",
           "image": "report:1.0"
          }
         ]
        }
       }
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "labels that other pods have as well, which a policy closes already",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "namespace": "shop",
     "labels": {
      "app": "web"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "v1",
     "kind": "Pod",
     "metadata": {
      "name": "store",
      "namespace": "shop",
      "labels": {
       "app": "web",
       "tier": "back"
      }
     },
     "spec": {
      "containers": [
       {
        "name": "store",
        "image": "store:1.0"
       }
      ]
     }
    },
    {
     "apiVersion": "networking.k8s.io/v1",
     "kind": "NetworkPolicy",
     "metadata": {
      "name": "store",
      "namespace": "shop"
     },
     "spec": {
      "podSelector": {
       "matchLabels": {
        "tier": "back"
       }
      }
     }
    }
   ],
   "refused": "hazard:selects-isolated-pods"
  },
  {
   "name": "beside a kustomization that does not apply it",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "labels": {
      "app": "web"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "kustomize.config.k8s.io/v1beta1",
     "kind": "Kustomization",
     "resources": [
      "web.yaml"
     ]
    }
   ],
   "refused": "hazard:kustomization"
  },
  {
   "name": "a policy for other pods, and one of another namespace",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web",
        "tier": "front"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "context": [
    {
     "apiVersion": "networking.k8s.io/v1",
     "kind": "NetworkPolicy",
     "metadata": {
      "name": "api",
      "namespace": "shop"
     },
     "spec": {
      "podSelector": {
       "matchLabels": {
        "app": "web",
        "tier": "back"
       }
      }
     }
    },
    {
     "apiVersion": "networking.k8s.io/v1",
     "kind": "NetworkPolicy",
     "metadata": {
      "name": "default-deny",
      "namespace": "blog"
     },
     "spec": {
      "podSelector": {}
     }
    }
   ],
   "safe": false,
   "creates": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "podSelector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "policyTypes": [
      "Ingress"
     ]
    }
   }
  },
  {
   "name": "all pods of the namespace",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {
     "name": "report",
     "namespace": "shop"
    },
    "spec": {
     "schedule": "0 3 * * *",
     "jobTemplate": {
      "spec": {
       "template": {
        "spec": {
         "containers": [
          {
           "name": "report",
           "image": "report:1.0"
          }
         ]
        }
       }
      }
     }
    }
   },
   "context": [
    {
     "apiVersion": "networking.k8s.io/v1",
     "kind": "NetworkPolicy",
     "metadata": {
      "name": "default-deny",
      "namespace": "shop"
     },
     "spec": {
      "podSelector": {},
      "policyTypes": [
       "Ingress",
       "Egress"
      ]
     }
    }
   ],
   "clean": true
  },
  {
   "name": "by an expression",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "labels": {
      "tier": "front"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "networking.k8s.io/v1",
     "kind": "NetworkPolicy",
     "metadata": {
      "name": "front"
     },
     "spec": {
      "podSelector": {
       "matchExpressions": [
        {
         "key": "tier",
         "operator": "In",
         "values": [
          "front",
          "middle"
         ]
        }
       ]
      }
     }
    }
   ],
   "clean": true
  },
  {
   "name": "a policy of another kind, which may select them",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "context": [
    {
     "apiVersion": "cilium.io/v2",
     "kind": "CiliumNetworkPolicy",
     "metadata": {
      "name": "web",
      "namespace": "shop"
     },
     "spec": {
      "endpointSelector": {}
     }
    }
   ],
   "clean": true
  },
  {
   "name": "on the network of the node",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "hostNetwork": true,
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "pdb-max-unavailable": [
  {
   "name": "a number or a share that means none",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxUnavailable": 0,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "as text",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxUnavailable": "0%",
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "some",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxUnavailable": 1,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "the other field",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": 1,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     }
    }
   },
   "clean": true
  }
 ],
 "pdb-min-available": [
  {
   "name": "a number or a share that means none",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": "100%",
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "as text",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": "100%",
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "some",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": "50%",
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "the other field",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxUnavailable": 0,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     }
    }
   },
   "clean": true
  }
 ],
 "pdb-unhealthy-pod-eviction-policy": [
  {
   "name": "not written",
   "before": "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  maxUnavailable: 1\n  selector:\n    matchLabels:\n      app: web\n",
   "safe": true,
   "after": "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  maxUnavailable: 1\n  selector:\n    matchLabels:\n      app: web\n  unhealthyPodEvictionPolicy: AlwaysAllow\n"
  },
  {
   "name": "in flow style",
   "before": "{\"apiVersion\": \"policy/v1\", \"kind\": \"PodDisruptionBudget\", \"metadata\": {\"name\": \"web\"}, \"spec\": {\"minAvailable\": 1}}\n",
   "after": "{\"apiVersion\": \"policy/v1\", \"kind\": \"PodDisruptionBudget\", \"metadata\": {\"name\": \"web\"}, \"spec\": {\"minAvailable\": 1, \"unhealthyPodEvictionPolicy\": \"AlwaysAllow\"}}\n"
  },
  {
   "name": "chosen by someone",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxUnavailable": 1,
     "unhealthyPodEvictionPolicy": "IfHealthyBudget"
    }
   },
   "clean": true
  },
  {
   "name": "the old version has no such field",
   "before": {
    "apiVersion": "policy/v1beta1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "maxUnavailable": 1
    }
   },
   "clean": true
  }
 ],
 "pod-apparmor": [
  {
   "name": "Unconfined",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  securityContext:\n    appArmorProfile: { type: Unconfined }\n    runAsUser: 1000\n  containers:\n    - name: web\n      image: web:1.0\n",
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  securityContext:\n    appArmorProfile: { type: RuntimeDefault }\n    runAsUser: 1000\n  containers:\n    - name: web\n      image: web:1.0\n"
  },
  {
   "name": "with a profile that the new type forbids",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "appArmorProfile": {
       "type": "Unconfined",
       "localhostProfile": "web"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "appArmorProfile": {
       "type": "RuntimeDefault"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   }
  },
  {
   "name": "the container's own is for apparmor",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "appArmorProfile": {
         "type": "Unconfined"
        }
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a profile of the node",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "appArmorProfile": {
       "type": "Localhost",
       "localhostProfile": "web"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "pod-exec-access": [
  {
   "name": "both",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "Role",
    "metadata": {
     "name": "debug"
    },
    "rules": [
     {
      "apiGroups": [
       ""
      ],
      "resources": [
       "pods/exec",
       "pods/attach"
      ],
      "verbs": [
       "create"
      ]
     }
    ]
   },
   "advice": true
  },
  {
   "name": "one of several rules, with a star",
   "before": "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: operator}\nrules:\n- apiGroups: [apps]\n  resources: [deployments]\n  verbs: [\"*\"]\n- apiGroups: [\"\"]   # core\n  resources:\n  - pods/*\n  verbs: [get, list]\n",
   "advice": true
  },
  {
   "name": "pods alone",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "Role",
    "metadata": {
     "name": "reader"
    },
    "rules": [
     {
      "apiGroups": [
       ""
      ],
      "resources": [
       "pods",
       "pods/log"
      ],
      "verbs": [
       "get",
       "list"
      ]
     }
    ]
   },
   "clean": true
  },
  {
   "name": "another group",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRole",
    "metadata": {
     "name": "everything-of-mine"
    },
    "rules": [
     {
      "apiGroups": [
       "example.org"
      ],
      "resources": [
       "*"
      ],
      "verbs": [
       "*"
      ]
     }
    ]
   },
   "clean": true
  }
 ],
 "pod-run-as-non-root": [
  {
   "name": "every container has its own",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  securityContext:\n    runAsNonRoot: false\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        runAsNonRoot: true\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  securityContext:\n    runAsNonRoot: true\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        runAsNonRoot: true\n"
  },
  {
   "name": "a container inherits it",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "runAsNonRoot": false
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "already safe",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "runAsNonRoot": true
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a user namespace of its own",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "hostUsers": false,
     "securityContext": {
      "runAsNonRoot": false
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "runAsNonRoot": true
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "pod-run-as-root-user": [
  {
   "name": "every container has its own",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  securityContext:\n    runAsUser: 0\n    runAsGroup: 10\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        runAsUser: 1000\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  securityContext:\n    runAsGroup: 10\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        runAsUser: 1000\n"
  },
  {
   "name": "init containers as well",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "runAsUser": 0
     },
     "initContainers": [
      {
       "name": "init",
       "image": "init:1.0",
       "securityContext": {
        "runAsUser": 1
       }
      }
     ],
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "runAsUser": 1000
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {},
     "initContainers": [
      {
       "name": "init",
       "image": "init:1.0",
       "securityContext": {
        "runAsUser": 1
       }
      }
     ],
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "runAsUser": 1000
       }
      }
     ]
    }
   }
  },
  {
   "name": "a container inherits it",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "runAsUser": 0
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "an ordinary user",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "runAsUser": 1000
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "runAsUser": 1001
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a user namespace of its own",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "hostUsers": false,
     "securityContext": {
      "runAsUser": 0
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "runAsUser": 1000
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "pod-seccomp": [
  {
   "name": "every container has its own",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "seccompProfile": {
       "type": "Unconfined"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "seccompProfile": {
         "type": "RuntimeDefault"
        }
       }
      }
     ]
    }
   },
   "safe": true,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "seccompProfile": {
       "type": "RuntimeDefault"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "seccompProfile": {
         "type": "RuntimeDefault"
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "a container inherits it",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "seccompProfile": {
       "type": "Unconfined"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "already safe",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "seccompProfile": {
       "type": "RuntimeDefault"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "nothing written",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "pod-selinux-options": [
  {
   "name": "a type without confinement",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "seLinuxOptions": {
       "type": "spc_t",
       "level": "s0:c1,c2"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "seLinuxOptions": {
       "level": "s0:c1,c2"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   }
  },
  {
   "name": "user and role",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "seLinuxOptions": {
       "user": "system_u",
       "role": "system_r",
       "type": "container_t"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "seLinuxOptions": {
       "type": "container_t"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   }
  },
  {
   "name": "a level alone",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "seLinuxOptions": {
       "level": "s0:c123,c456"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a type for containers",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "seLinuxOptions": {
       "type": "container_init_t",
       "user": ""
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "priority-class-name": [
  {
   "name": "a class of its own",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "priorityClassName": "shop-first",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "one that the configuration puts another in place of, in a file as people write it",
   "before": "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  serviceName: db\n  selector: {matchLabels: {app: db}}\n  template:\n    metadata: {labels: {app: db}}\n    spec:\n      priorityClassName:   \"system-cluster-critical\"   # first of all\n      containers:\n      -   name: db\n          image: db:1.0\n",
   "params": {
    "accepted": [
     "low",
     "normal"
    ],
    "name": "normal"
   },
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  serviceName: db\n  selector: {matchLabels: {app: db}}\n  template:\n    metadata: {labels: {app: db}}\n    spec:\n      priorityClassName:   \"normal\"   # first of all\n      containers:\n      -   name: db\n          image: db:1.0\n"
  },
  {
   "name": "beside the number of the class",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "priorityClassName": "high",
     "priority": 1000,
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "params": {
    "accepted": [
     "low",
     "normal"
    ],
    "name": "normal"
   },
   "needs-value": true
  },
  {
   "name": "an accepted one",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "priorityClassName": "system-node-critical",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "none",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "priorityClassName": "",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "privilege-escalation": [
  {
   "name": "no security context",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "allowPrivilegeEscalation": false
       }
      }
     ]
    }
   }
  },
  {
   "name": "explicitly allowed, written by hand with comments",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web # the shop\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n        securityContext:\n            allowPrivilegeEscalation: yes   # needed once\n            runAsUser: 1000\n",
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web # the shop\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n        securityContext:\n            allowPrivilegeEscalation: false   # needed once\n            runAsUser: 1000\n"
  },
  {
   "name": "already safe",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "allowPrivilegeEscalation": false
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a Windows pod has no such field",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "os": {
      "name": "windows"
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "privileged with a Bidirectional mount",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "csi"
    },
    "spec": {
     "containers": [
      {
       "name": "driver",
       "image": "driver:1.0",
       "securityContext": {
        "privileged": true
       },
       "volumeMounts": [
        {
         "name": "kubelet",
         "mountPath": "/var/lib/kubelet",
         "mountPropagation": "Bidirectional"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "kubelet",
       "hostPath": {
        "path": "/var/lib/kubelet"
       }
      }
     ]
    }
   },
   "refused": "hazard:bidirectional-mount"
  }
 ],
 "privileged-container": [
  {
   "name": "an ordinary workload",
   "before": "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  serviceName: db\n  selector:\n    matchLabels: { app: db }\n  template:\n    metadata:\n      labels: { app: db }\n    spec:\n      containers:\n        - name: db\n          image: db:1.0\n          securityContext:\n            privileged: true\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  serviceName: db\n  selector:\n    matchLabels: { app: db }\n  template:\n    metadata:\n      labels: { app: db }\n    spec:\n      containers:\n        - name: db\n          image: db:1.0\n          securityContext:\n            privileged: false\n"
  },
  {
   "name": "an agent of the node",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent",
     "namespace": "kube-system"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0",
         "securityContext": {
          "privileged": true
         }
        }
       ]
      }
     }
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "apps/v1",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent",
     "namespace": "kube-system"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "agent"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0",
         "securityContext": {
          "privileged": false
         }
        }
       ]
      }
     }
    }
   }
  },
  {
   "name": "a Bidirectional mount",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "csi"
    },
    "spec": {
     "containers": [
      {
       "name": "driver",
       "image": "driver:1.0",
       "securityContext": {
        "privileged": true
       },
       "volumeMounts": [
        {
         "name": "kubelet",
         "mountPath": "/var/lib/kubelet",
         "mountPropagation": "Bidirectional"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "kubelet",
       "hostPath": {
        "path": "/var/lib/kubelet"
       }
      }
     ]
    }
   },
   "refused": "hazard:bidirectional-mount"
  },
  {
   "name": "not privileged",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "privileged": false
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "privileged-ports": [
  {
   "name": "port 80",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 80,
         "name": "http"
        }
       ]
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "one of several, of an init container, in a file as people write it",
   "before": "apiVersion: v1\nkind: Pod\nmetadata: {name: dns}\nspec:\n  initContainers:\n  - name: \"dns\"\n    restartPolicy: Always\n    image: dns:1.0\n    ports:\n      - {containerPort: 8080}\n      - protocol: UDP\n        containerPort:   53   # as everybody asks\n  containers: [{name: web, image: web:1.0}]\n",
   "advice": true
  },
  {
   "name": "above",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 1024
        },
        {
         "containerPort": 8443,
         "name": "https"
        }
       ]
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a privileged port of the node alone",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 8080,
         "hostPort": 80
        }
       ]
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "no ports",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "proc-mount": [
  {
   "name": "Unmasked",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: build\nspec:\n  hostUsers: false\n  containers:\n    - name: build\n      image: build:1.0\n      securityContext:\n        procMount: Unmasked\n",
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: build\nspec:\n  hostUsers: false\n  containers:\n    - name: build\n      image: build:1.0\n      securityContext:\n        procMount: Default\n"
  },
  {
   "name": "in flow style",
   "before": "apiVersion: v1\nkind: Pod\nmetadata: { name: build }\nspec: { containers: [ { name: build, image: \"build:1.0\", securityContext: { procMount: \"Unmasked\", runAsUser: 1 } } ] }\n",
   "safe": false,
   "after": "apiVersion: v1\nkind: Pod\nmetadata: { name: build }\nspec: { containers: [ { name: build, image: \"build:1.0\", securityContext: { procMount: \"Default\", runAsUser: 1 } } ] }\n"
  },
  {
   "name": "Default",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "procMount": "Default"
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "not written",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "read-only-root-fs": [
  {
   "name": "an image whose writable paths are known",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27.3-alpine\n      volumeMounts:\n        - name: site\n          mountPath: /usr/share/nginx/html\n  volumes:\n    - name: site\n      configMap: {name: site}\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27.3-alpine\n      volumeMounts:\n        - name: site\n          mountPath: /usr/share/nginx/html\n        - name: run-web\n          mountPath: /run\n        - name: var-cache-nginx-web\n          mountPath: /var/cache/nginx\n      securityContext:\n        readOnlyRootFilesystem: true\n  volumes:\n    - name: site\n      configMap: {name: site}\n    - name: run-web\n      emptyDir: {}\n    - name: var-cache-nginx-web\n      emptyDir: {}\n"
  },
  {
   "name": "what is mounted already is left, under whichever name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "nginx:1.27.3",
       "volumeMounts": [
        {
         "name": "run",
         "mountPath": "/var/run"
        },
        {
         "name": "cache",
         "mountPath": "/var/cache/"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "run",
       "emptyDir": {}
      },
      {
       "name": "cache",
       "emptyDir": {}
      }
     ]
    }
   },
   "safe": true,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "nginx:1.27.3",
       "volumeMounts": [
        {
         "name": "run",
         "mountPath": "/var/run"
        },
        {
         "name": "cache",
         "mountPath": "/var/cache/"
        }
       ],
       "securityContext": {
        "readOnlyRootFilesystem": true
       }
      }
     ],
     "volumes": [
      {
       "name": "run",
       "emptyDir": {}
      },
      {
       "name": "cache",
       "emptyDir": {}
      }
     ]
    }
   }
  },
  {
   "name": "an image that needs nothing",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "metrics"
    },
    "spec": {
     "containers": [
      {
       "name": "metrics",
       "image": "registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.12.0",
       "args": [
        "--resources=pods",
        "--telemetry-port=8081"
       ]
      }
     ]
    }
   },
   "safe": true,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "metrics"
    },
    "spec": {
     "containers": [
      {
       "name": "metrics",
       "image": "registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.12.0",
       "args": [
        "--resources=pods",
        "--telemetry-port=8081"
       ],
       "securityContext": {
        "readOnlyRootFilesystem": true
       }
      }
     ]
    }
   }
  },
  {
   "name": "another program than the image's own may write anywhere",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "nginx:1.27.3",
       "command": [
        "/app/start.sh"
       ]
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "nginx:1.27.3",
       "command": [
        "/app/start.sh"
       ],
       "securityContext": {
        "readOnlyRootFilesystem": true
       },
       "volumeMounts": [
        {
         "name": "tmp-web",
         "mountPath": "/tmp"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp-web",
       "emptyDir": {}
      }
     ]
    }
   }
  },
  {
   "name": "an argument that names another place",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "prometheus"
    },
    "spec": {
     "containers": [
      {
       "name": "prometheus",
       "image": "prom/prometheus:v2.53.1",
       "args": [
        "--storage.tsdb.path=/data"
       ]
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "prometheus"
    },
    "spec": {
     "containers": [
      {
       "name": "prometheus",
       "image": "prom/prometheus:v2.53.1",
       "args": [
        "--storage.tsdb.path=/data"
       ],
       "securityContext": {
        "readOnlyRootFilesystem": true
       },
       "volumeMounts": [
        {
         "name": "tmp-prometheus",
         "mountPath": "/tmp"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp-prometheus",
       "emptyDir": {}
      }
     ]
    }
   }
  },
  {
   "name": "a program without volumes",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n",
   "safe": false,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        readOnlyRootFilesystem: true\n      volumeMounts:\n        - name: tmp-web\n          mountPath: /tmp\n  volumes:\n    - name: tmp-web\n      emptyDir: {}\n"
  },
  {
   "name": "two containers, one with a /tmp of its own",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "volumeMounts": [
        {
         "name": "scratch",
         "mountPath": "/tmp/"
        }
       ]
      },
      {
       "name": "log",
       "image": "log:1.0",
       "securityContext": {
        "readOnlyRootFilesystem": false
       }
      }
     ],
     "volumes": [
      {
       "name": "scratch",
       "emptyDir": {}
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "volumeMounts": [
        {
         "name": "scratch",
         "mountPath": "/tmp/"
        }
       ],
       "securityContext": {
        "readOnlyRootFilesystem": true
       }
      },
      {
       "name": "log",
       "image": "log:1.0",
       "securityContext": {
        "readOnlyRootFilesystem": true
       },
       "volumeMounts": [
        {
         "name": "tmp-log",
         "mountPath": "/tmp"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "scratch",
       "emptyDir": {}
      },
      {
       "name": "tmp-log",
       "emptyDir": {}
      }
     ]
    }
   }
  },
  {
   "name": "the name is taken",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "volumes": [
      {
       "name": "tmp-web",
       "secret": {
        "secretName": "tmp"
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "readOnlyRootFilesystem": true
       },
       "volumeMounts": [
        {
         "name": "tmp-web-2",
         "mountPath": "/tmp"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp-web",
       "secret": {
        "secretName": "tmp"
       }
      },
      {
       "name": "tmp-web-2",
       "emptyDir": {}
      }
     ]
    }
   }
  },
  {
   "name": "already safe",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "readOnlyRootFilesystem": true
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a Windows pod has no such field",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "os": {
      "name": "windows"
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "read-secret-from-env-var": [
  {
   "name": "a key of a Secret",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "DB_PASSWORD",
         "valueFrom": {
          "secretKeyRef": {
           "name": "db",
           "key": "password"
          }
         }
        }
       ]
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "an optional one of an init container, in a file as people write it",
   "before": "apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate}\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      initContainers:\n      -   name: wait\n          image: web:1.0\n          env:\n          - name: MODE\n            value: fast\n          - valueFrom:   # where there is one\n              secretKeyRef: {name: db, key: \"password\", optional: true}\n            name: DB_PASSWORD\n      containers: [{name: migrate, image: web:1.0}]\n",
   "advice": true
  },
  {
   "name": "a file",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "volumes": [
      {
       "name": "db",
       "secret": {
        "secretName": "db"
       }
      }
     ],
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "DB_PASSWORD_FILE",
         "value": "/secrets/password"
        }
       ],
       "volumeMounts": [
        {
         "name": "db",
         "mountPath": "/secrets"
        }
       ]
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "variables from elsewhere",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "env": [
        {
         "name": "MODE",
         "valueFrom": {
          "configMapKeyRef": {
           "name": "web",
           "key": "mode"
          }
         }
        },
        {
         "name": "NODE",
         "valueFrom": {
          "fieldRef": {
           "fieldPath": "spec.nodeName"
          }
         }
        }
       ]
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "readiness-port": [
  {
   "name": "a number",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      readinessProbe:\n        httpGet:\n          path: /healthz\n          port: 8081\n      ports:\n        - containerPort: 8080\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      readinessProbe:\n        httpGet:\n          path: /healthz\n          port: 8081\n      ports:\n        - containerPort: 8080\n        - containerPort: 8081\n"
  },
  {
   "name": "no ports at all",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "tcpSocket": {
         "port": 9000
        }
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "tcpSocket": {
         "port": 9000
        }
       },
       "ports": [
        {
         "containerPort": 9000
        }
       ]
      }
     ]
    }
   }
  },
  {
   "name": "a name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "readinessProbe": {
        "httpGet": {
         "path": "/",
         "port": "web"
        }
       }
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "another container of the pod lists the port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "httpGet": {
         "path": "/",
         "port": 9901
        }
       }
      },
      {
       "name": "proxy",
       "image": "proxy:1.0",
       "ports": [
        {
         "containerPort": 9901,
         "protocol": ""
        }
       ]
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "a sidecar lists the port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "initContainers": [
      {
       "name": "proxy",
       "image": "proxy:1.0",
       "restartPolicy": "Always",
       "ports": [
        {
         "containerPort": 9901
        }
       ]
      }
     ],
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "grpc": {
         "port": 9901
        }
       }
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "two containers probe one port that neither lists",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "httpGet": {
         "path": "/",
         "port": 9901
        }
       }
      },
      {
       "name": "proxy",
       "image": "proxy:1.0",
       "livenessProbe": {
        "tcpSocket": {
         "port": 9901
        }
       }
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "another container lists the number for UDP, and probes another port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "tcpSocket": {
         "port": 53
        }
       }
      },
      {
       "name": "dns",
       "image": "dns:1.0",
       "ports": [
        {
         "containerPort": 53,
         "protocol": "UDP"
        },
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "readinessProbe": {
        "httpGet": {
         "path": "/",
         "port": "http"
        }
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "readinessProbe": {
        "tcpSocket": {
         "port": 53
        }
       },
       "ports": [
        {
         "containerPort": 53
        }
       ]
      },
      {
       "name": "dns",
       "image": "dns:1.0",
       "ports": [
        {
         "containerPort": 53,
         "protocol": "UDP"
        },
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "readinessProbe": {
        "httpGet": {
         "path": "/",
         "port": "http"
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "listed by number or by name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "a",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "readinessProbe": {
        "httpGet": {
         "path": "/",
         "port": "http"
        }
       }
      },
      {
       "name": "b",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 9000
        }
       ],
       "readinessProbe": {
        "grpc": {
         "port": 9000
        }
       }
      },
      {
       "name": "c",
       "image": "web:1.0",
       "readinessProbe": {
        "exec": {
         "command": [
          "check"
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "removed-api-by-hand": [
  {
   "name": "a policy of pod security",
   "before": {
    "apiVersion": "policy/v1beta1",
    "kind": "PodSecurityPolicy",
    "metadata": {
     "name": "restricted"
    },
    "spec": {
     "privileged": false
    }
   },
   "advice": true
  },
  {
   "name": "a definition",
   "before": {
    "apiVersion": "apiextensions.k8s.io/v1beta1",
    "kind": "CustomResourceDefinition",
    "metadata": {
     "name": "shops.example.org"
    },
    "spec": {
     "group": "example.org",
     "version": "v1",
     "names": {
      "kind": "Shop",
      "plural": "shops"
     }
    }
   },
   "advice": true
  },
  {
   "name": "a webhook",
   "before": "apiVersion: admissionregistration.k8s.io/v1beta1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: shop}\nwebhooks: []\n",
   "advice": true
  },
  {
   "name": "the versions of today",
   "before": {
    "apiVersion": "admissionregistration.k8s.io/v1",
    "kind": "ValidatingWebhookConfiguration",
    "metadata": {
     "name": "shop"
    },
    "webhooks": []
   },
   "clean": true
  }
 ],
 "removed-api-version": [
  {
   "name": "a CronJob",
   "before": "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata:\n  name: report\nspec:\n  schedule: \"0 3 * * *\"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: OnFailure\n          containers:\n          - name: report\n            image: report:1.0\n",
   "safe": true,
   "after": "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: report\nspec:\n  schedule: \"0 3 * * *\"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: OnFailure\n          containers:\n          - name: report\n            image: report:1.0\n"
  },
  {
   "name": "a role, with quotes and a comment",
   "before": "kind: Role\napiVersion: \"rbac.authorization.k8s.io/v1alpha1\"   # since 1.5\nmetadata: {name: reader}\nrules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]\n",
   "safe": true,
   "after": "kind: Role\napiVersion: \"rbac.authorization.k8s.io/v1\"   # since 1.5\nmetadata: {name: reader}\nrules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]\n"
  },
  {
   "name": "a storage class",
   "before": {
    "apiVersion": "storage.k8s.io/v1beta1",
    "kind": "StorageClass",
    "metadata": {
     "name": "fast"
    },
    "provisioner": "csi.example.org"
   },
   "after": {
    "apiVersion": "storage.k8s.io/v1",
    "kind": "StorageClass",
    "metadata": {
     "name": "fast"
    },
    "provisioner": "csi.example.org"
   }
  },
  {
   "name": "the version of today",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {
     "name": "report"
    },
    "spec": {
     "schedule": "0 3 * * *",
     "jobTemplate": {
      "spec": {
       "template": {
        "spec": {
         "restartPolicy": "Never",
         "containers": [
          {
           "name": "report",
           "image": "report:1.0"
          }
         ]
        }
       }
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "a beta version that is still served",
   "before": {
    "apiVersion": "storage.k8s.io/v1beta1",
    "kind": "VolumeAttributesClass",
    "metadata": {
     "name": "gold"
    },
    "driverName": "csi.example.org"
   },
   "clean": true
  }
 ],
 "removed-autoscaler-version": [
  {
   "name": "the second beta has the fields of today",
   "before": "apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: web\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n  minReplicas: 2\n  maxReplicas: 10\n  metrics:\n  - type: Resource\n    resource:\n      name: cpu\n      target: {type: Utilization, averageUtilization: 80}\n",
   "safe": true,
   "after": "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: web\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n  minReplicas: 2\n  maxReplicas: 10\n  metrics:\n  - type: Resource\n    resource:\n      name: cpu\n      target: {type: Utilization, averageUtilization: 80}\n"
  },
  {
   "name": "the first beta wrote targets in another way",
   "before": "apiVersion: autoscaling/v2beta1\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: web\nspec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: web\n  maxReplicas: 10\n  metrics:\n    # keeps some room\n    - type: Resource\n      resource:\n        name: cpu\n        targetAverageUtilization: 80\n    - type: Resource\n      resource:\n        name: memory\n        targetAverageValue: 500Mi\n",
   "after": "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: web\nspec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: web\n  maxReplicas: 10\n  metrics:\n    # keeps some room\n    - type: Resource\n      resource:\n        name: cpu\n        target:\n          type: Utilization\n          averageUtilization: 80\n    - type: Resource\n      resource:\n        name: memory\n        target:\n          type: AverageValue\n          averageValue: 500Mi\n"
  },
  {
   "name": "metrics of pods, of an object and of the world outside",
   "before": {
    "apiVersion": "autoscaling/v2beta1",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     },
     "maxReplicas": 10,
     "metrics": [
      {
       "type": "Pods",
       "pods": {
        "metricName": "requests",
        "targetAverageValue": "1k"
       }
      },
      {
       "type": "Object",
       "object": {
        "target": {
         "apiVersion": "networking.k8s.io/v1",
         "kind": "Ingress",
         "name": "web"
        },
        "metricName": "requests",
        "targetValue": "10k"
       }
      },
      {
       "type": "External",
       "external": {
        "metricName": "queue",
        "metricSelector": {
         "matchLabels": {
          "queue": "orders"
         }
        },
        "targetAverageValue": "30"
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     },
     "maxReplicas": 10,
     "metrics": [
      {
       "type": "Pods",
       "pods": {
        "metric": {
         "name": "requests"
        },
        "target": {
         "type": "AverageValue",
         "averageValue": "1k"
        }
       }
      },
      {
       "type": "Object",
       "object": {
        "describedObject": {
         "apiVersion": "networking.k8s.io/v1",
         "kind": "Ingress",
         "name": "web"
        },
        "metric": {
         "name": "requests"
        },
        "target": {
         "type": "Value",
         "value": "10k"
        }
       }
      },
      {
       "type": "External",
       "external": {
        "metric": {
         "name": "queue",
         "selector": {
          "matchLabels": {
           "queue": "orders"
          }
         }
        },
        "target": {
         "type": "AverageValue",
         "averageValue": "30"
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "two targets of one metric, of which the new version has one",
   "before": {
    "apiVersion": "autoscaling/v2beta1",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     },
     "maxReplicas": 10,
     "metrics": [
      {
       "type": "Object",
       "object": {
        "target": {
         "apiVersion": "networking.k8s.io/v1",
         "kind": "Ingress",
         "name": "web"
        },
        "metricName": "requests",
        "targetValue": "10k",
        "averageValue": "1k"
       }
      }
     ]
    }
   },
   "refused": "removes-data"
  },
  {
   "name": "read from a cluster, with its status",
   "before": {
    "apiVersion": "autoscaling/v2beta1",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     },
     "maxReplicas": 10
    },
    "status": {
     "currentReplicas": 2,
     "desiredReplicas": 2,
     "conditions": [],
     "currentMetrics": [
      {
       "type": "Resource",
       "resource": {
        "name": "cpu",
        "currentAverageUtilization": 20,
        "currentAverageValue": "10m"
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     },
     "maxReplicas": 10
    },
    "status": {
     "currentReplicas": 2,
     "desiredReplicas": 2,
     "conditions": [],
     "currentMetrics": [
      {
       "type": "Resource",
       "resource": {
        "name": "cpu",
        "current": {
         "averageUtilization": 20,
         "averageValue": "10m"
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "the version of today",
   "before": {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "scaleTargetRef": {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "web"
     },
     "maxReplicas": 10
    }
   },
   "clean": true
  }
 ],
 "removed-budget-version": [
  {
   "name": "a budget with a selector",
   "before": "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 1   # of three\n  selector:\n    matchLabels: {app: web}\n",
   "safe": true,
   "after": "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 1   # of three\n  selector:\n    matchLabels: {app: web}\n  unhealthyPodEvictionPolicy: AlwaysAllow\n"
  },
  {
   "name": "an empty selector changes its meaning",
   "before": {
    "apiVersion": "policy/v1beta1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": 1,
     "selector": {}
    }
   },
   "advice": true
  },
  {
   "name": "no selector selects nothing in both",
   "before": {
    "apiVersion": "policy/v1beta1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": 1
    }
   },
   "after": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": 1,
     "unhealthyPodEvictionPolicy": "AlwaysAllow"
    }
   }
  },
  {
   "name": "the version of today",
   "before": {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "minAvailable": 1,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     }
    }
   },
   "clean": true
  }
 ],
 "removed-ingress-version": [
  {
   "name": "a path and a comment",
   "before": "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  rules:\n  - host: shop.example.org\n    http:\n      paths:\n      - path: /\n        backend:\n          serviceName: web   # the front\n          servicePort: 80\n",
   "safe": true,
   "after": "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  rules:\n  - host: shop.example.org\n    http:\n      paths:\n      - path: /\n        backend:\n          service:\n            name: web\n            port:\n              number: 80\n        pathType: ImplementationSpecific\n"
  },
  {
   "name": "a default backend with a named port",
   "before": {
    "apiVersion": "networking.k8s.io/v1beta1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "backend": {
      "serviceName": "web",
      "servicePort": "http"
     }
    }
   },
   "after": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "defaultBackend": {
      "service": {
       "name": "web",
       "port": {
        "name": "http"
       }
      }
     }
    }
   }
  },
  {
   "name": "a backend that is an object, and a path type that is written",
   "before": {
    "apiVersion": "networking.k8s.io/v1beta1",
    "kind": "Ingress",
    "metadata": {
     "name": "files"
    },
    "spec": {
     "rules": [
      {
       "http": {
        "paths": [
         {
          "path": "/files",
          "pathType": "Prefix",
          "backend": {
           "resource": {
            "apiGroup": "k8s.example.org",
            "kind": "Bucket",
            "name": "files"
           }
          }
         }
        ]
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "files"
    },
    "spec": {
     "rules": [
      {
       "http": {
        "paths": [
         {
          "path": "/files",
          "pathType": "Prefix",
          "backend": {
           "resource": {
            "apiGroup": "k8s.example.org",
            "kind": "Bucket",
            "name": "files"
           }
          }
         }
        ]
       }
      }
     ]
    }
   }
  },
  {
   "name": "two backends for the rest",
   "before": {
    "apiVersion": "networking.k8s.io/v1beta1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "backend": {
      "serviceName": "web",
      "servicePort": 80
     },
     "defaultBackend": {
      "service": {
       "name": "web",
       "port": {
        "number": 80
       }
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "the version of today",
   "before": {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "Ingress",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "defaultBackend": {
      "service": {
       "name": "web",
       "port": {
        "number": 80
       }
      }
     }
    }
   },
   "clean": true
  }
 ],
 "removed-workload-version": [
  {
   "name": "a Deployment",
   "before": "apiVersion: apps/v1beta2\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n"
  },
  {
   "name": "a StatefulSet without a selector",
   "before": {
    "apiVersion": "apps/v1beta1",
    "kind": "StatefulSet",
    "metadata": {
     "name": "db"
    },
    "spec": {
     "serviceName": "db",
     "template": {
      "metadata": {
       "labels": {
        "app": "db"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "db",
         "image": "db:1.0"
        }
       ]
      }
     }
    }
   },
   "after": {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {
     "name": "db"
    },
    "spec": {
     "serviceName": "db",
     "template": {
      "metadata": {
       "labels": {
        "app": "db"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "db",
         "image": "db:1.0"
        }
       ]
      }
     },
     "selector": {
      "matchLabels": {
       "app": "db"
      }
     }
    }
   }
  },
  {
   "name": "a roll-back that was asked for",
   "before": {
    "apiVersion": "apps/v1beta1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "rollbackTo": {
      "revision": 3
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "nothing to select by",
   "before": {
    "apiVersion": "apps/v1beta2",
    "kind": "DaemonSet",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "template": {
      "metadata": {
       "labels": {
        "app": "agent"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "agent",
         "image": "agent:1.0"
        }
       ]
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "the version of today",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  }
 ],
 "required-annotation-email": [
  {
   "name": "none",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "no address",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "annotations": {
      "email": "the shop"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "params": {
    "email": "shop@example.org"
   },
   "needs-value": true
  },
  {
   "name": "no domain",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "annotations": {
      "email": "shop.web@localhost"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "configured, in a file as people write it",
   "before": "apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\n  annotations: {\"example.org/dashboard\": 'https://example.org/agent'}   # for the night\nspec:\n  selector: {matchLabels: {app: agent}}\n  template:\n    metadata: {labels: {app: agent}}\n    spec:\n      containers:\n      - name: agent\n        image: agent:1.0\n",
   "params": {
    "email": "shop@example.org"
   },
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\n  annotations: {\"example.org/dashboard\": 'https://example.org/agent', \"email\": \"shop@example.org\"}   # for the night\nspec:\n  selector: {matchLabels: {app: agent}}\n  template:\n    metadata: {labels: {app: agent}}\n    spec:\n      containers:\n      - name: agent\n        image: agent:1.0\n"
  },
  {
   "name": "there",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "annotations": {
      "email": "shop@example.org"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "there, under a longer name and with a name before it",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "annotations": {
      "example.org/email-of-team": "The shop <the.shop+web@shop.example.org>"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "required-label-owner": [
  {
   "name": "other labels",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "labels": {
      "app": "web"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "configured, in a file as people write it",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n    labels:\n        \"app\": web   # the shop\n    name: web\nspec:\n    selector: {matchLabels: {app: web}}\n    template:\n        metadata: {labels: {app: web, owner: nobody}}\n        spec:\n            containers:\n            - {name: web, image: \"web:1.0\"}\n",
   "params": {
    "owner": "shop"
   },
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n    labels:\n        \"app\": web   # the shop\n        owner: shop\n    name: web\nspec:\n    selector: {matchLabels: {app: web}}\n    template:\n        metadata: {labels: {app: web, owner: nobody}}\n        spec:\n            containers:\n            - {name: web, image: \"web:1.0\"}\n"
  },
  {
   "name": "configured, and no labels at all",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "params": {
    "owner": "shop"
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "labels": {
      "owner": "shop"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   }
  },
  {
   "name": "a label of the pods alone",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {
     "name": "migrate"
    },
    "spec": {
     "template": {
      "metadata": {
       "labels": {
        "owner": "shop"
       }
      },
      "spec": {
       "restartPolicy": "Never",
       "containers": [
        {
         "name": "migrate",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "there, under a longer name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "labels": {
      "example.org/code-owner": "shop"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "restart-policy": [
  {
   "name": "none is written",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0\n      restartPolicy: Always\n"
  },
  {
   "name": "what the API server refuses, in a file as people write it",
   "before": "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n    serviceName: db\n    selector: {matchLabels: {app: db}}\n    template:\n        metadata: {labels: {app: db}}\n        spec:\n            \"restartPolicy\":   'Never'   # it is slow to start\n            containers: [{name: db, image: db:1.0}]\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n    serviceName: db\n    selector: {matchLabels: {app: db}}\n    template:\n        metadata: {labels: {app: db}}\n        spec:\n            \"restartPolicy\":   'Always'   # it is slow to start\n            containers: [{name: db, image: db:1.0}]\n"
  },
  {
   "name": "a pod",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "restartPolicy": "Always"
    }
   }
  },
  {
   "name": "a pod that is meant to run once",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "once"
    },
    "spec": {
     "restartPolicy": "Never",
     "containers": [
      {
       "name": "once",
       "image": "web:1.0"
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "a Job that says nothing",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {
     "name": "migrate"
    },
    "spec": {
     "template": {
      "spec": {
       "containers": [
        {
         "name": "migrate",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "needs-value": true
  },
  {
   "name": "a Job that makes another pod",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {
     "name": "clean"
    },
    "spec": {
     "schedule": "@daily",
     "jobTemplate": {
      "spec": {
       "template": {
        "spec": {
         "restartPolicy": "Never",
         "containers": [
          {
           "name": "clean",
           "image": "clean:1.0"
          }
         ]
        }
       }
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "on failure",
   "before": {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {
     "name": "migrate"
    },
    "spec": {
     "template": {
      "spec": {
       "restartPolicy": "OnFailure",
       "containers": [
        {
         "name": "migrate",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  }
 ],
 "restricted-capabilities": [
  {
   "name": "beside a dropped ALL",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        capabilities:\n          drop: [\"ALL\"]\n          add:\n            - CHOWN\n            - NET_BIND_SERVICE\n            - SETUID\n",
   "safe": false,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        capabilities:\n          drop: [\"ALL\"]\n          add:\n            - NET_BIND_SERVICE\n"
  },
  {
   "name": "nothing dropped, so nothing gained",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "runAsUser": 1,
        "capabilities": {
         "add": [
          "KILL"
         ]
        }
       }
      }
     ]
    }
   },
   "safe": true,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "runAsUser": 1,
        "capabilities": {}
       }
      }
     ]
    }
   }
  },
  {
   "name": "NET_BIND_SERVICE is allowed",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "capabilities": {
         "add": [
          "NET_BIND_SERVICE"
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "beyond the default set is for added-capabilities",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "capabilities": {
         "add": [
          "SYS_ADMIN"
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "restricted-volumes": [
  {
   "name": "mounted by two containers",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "initContainers": [
      {
       "name": "init",
       "image": "init:1.0",
       "volumeMounts": [
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        },
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "data",
       "nfs": {
        "server": "nas",
        "path": "/export"
       }
      }
     ]
    }
   },
   "refused": "removes-data"
  },
  {
   "name": "the removal is allowed",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        },
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "data",
       "nfs": {
        "server": "nas",
        "path": "/export"
       }
      }
     ]
    }
   },
   "allow-removal": true,
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      }
     ]
    }
   }
  },
  {
   "name": "volumes that every cluster may use",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "volumes": [
      {
       "name": "settings",
       "configMap": {
        "name": "settings"
       }
      },
      {
       "name": "keys",
       "secret": {
        "secretName": "keys"
       }
      },
      {
       "name": "data",
       "persistentVolumeClaim": {
        "claimName": "data"
       }
      },
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "token",
       "projected": {
        "sources": []
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a volume of another policy",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "volumes": [
      {
       "name": "data",
       "hostPath": {
        "path": "/srv/data"
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "run-as-non-root": [
  {
   "name": "an image that is known to run as a numeric user",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: docker.io/nginxinc/nginx-unprivileged:1.27.3-alpine\n    - name: log\n      image: docker.io/library/busybox:1.36\n      securityContext:\n        runAsNonRoot: true\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: docker.io/nginxinc/nginx-unprivileged:1.27.3-alpine\n      securityContext:\n        runAsNonRoot: true\n    - name: log\n      image: docker.io/library/busybox:1.36\n      securityContext:\n        runAsNonRoot: true\n"
  },
  {
   "name": "nobody else inherits what the pod says",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: alerts\nspec:\n  securityContext:\n    runAsNonRoot: false\n  containers:\n    - name: alerts\n      image: prom/alertmanager:v0.27.0\n    - name: log\n      image: log:1.0\n      securityContext:\n        runAsNonRoot: true\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: alerts\nspec:\n  securityContext:\n    runAsNonRoot: true\n  containers:\n    - name: alerts\n      image: prom/alertmanager:v0.27.0\n      securityContext:\n        runAsUser: 65534\n    - name: log\n      image: log:1.0\n      securityContext:\n        runAsNonRoot: true\n"
  },
  {
   "name": "others inherit what the pod says, and nobody knows them",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "runAsNonRoot": false
     },
     "containers": [
      {
       "name": "web",
       "image": "nginxinc/nginx-unprivileged:1.27.3"
      },
      {
       "name": "log",
       "image": "log:1.0"
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "runAsNonRoot": true
     },
     "containers": [
      {
       "name": "web",
       "image": "nginxinc/nginx-unprivileged:1.27.3"
      },
      {
       "name": "log",
       "image": "log:1.0"
      }
     ]
    }
   }
  },
  {
   "name": "an image that names its user, which the kubelet cannot check",
   "before": "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: prometheus\nspec:\n  template:\n    spec:\n      containers:\n        - name: prometheus\n          image: quay.io/prometheus/prometheus:v2.53.1\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: prometheus\nspec:\n  template:\n    spec:\n      containers:\n        - name: prometheus\n          image: quay.io/prometheus/prometheus:v2.53.1\n      securityContext:\n        runAsNonRoot: true\n        runAsUser: 65534\n"
  },
  {
   "name": "an image that is known to run as root",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "cache"
    },
    "spec": {
     "containers": [
      {
       "name": "cache",
       "image": "redis:7.2"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "a root image that is given another user",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "cache"
    },
    "spec": {
     "containers": [
      {
       "name": "cache",
       "image": "redis:7.2",
       "securityContext": {
        "runAsUser": 999
       }
      }
     ]
    }
   },
   "safe": true,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "cache"
    },
    "spec": {
     "containers": [
      {
       "name": "cache",
       "image": "redis:7.2",
       "securityContext": {
        "runAsUser": 999
       }
      }
     ],
     "securityContext": {
      "runAsNonRoot": true
     }
    }
   }
  },
  {
   "name": "nothing known of the user",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "securityContext": {
      "runAsNonRoot": true
     }
    }
   }
  },
  {
   "name": "a numeric user is set",
   "before": "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: clean}\nspec:\n  schedule: \"0 3 * * *\"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          securityContext:\n            runAsUser: 1000\n          containers:\n            - name: clean\n              image: clean:1.0\n",
   "safe": true,
   "after": "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: clean}\nspec:\n  schedule: \"0 3 * * *\"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          securityContext:\n            runAsUser: 1000\n            runAsNonRoot: true\n          containers:\n            - name: clean\n              image: clean:1.0\n"
  },
  {
   "name": "explicitly root",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "runAsUser": 0
       }
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "set at the pod",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "runAsNonRoot": true
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a user namespace of its own",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "hostUsers": false,
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "run-as-root-user": [
  {
   "name": "at the container",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "runAsNonRoot": true,
        "runAsUser": 0
       }
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "at the pod",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "runAsNonRoot": true,
      "runAsUser": 0
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "the container's own user counts",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "runAsNonRoot": true,
      "runAsUser": 0
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "runAsUser": 1000
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "without runAsNonRoot it is for run-as-non-root",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "runAsUser": 0
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "scc-deny-privileged-container": [
  {
   "name": "allowed",
   "before": "apiVersion: security.openshift.io/v1\nkind: SecurityContextConstraints\nmetadata:\n  name: agents\nallowPrivilegedContainer: true\nallowHostNetwork: false\nrunAsUser:\n  type: RunAsAny\n",
   "safe": false,
   "after": "apiVersion: security.openshift.io/v1\nkind: SecurityContextConstraints\nmetadata:\n  name: agents\nallowPrivilegedContainer: false\nallowHostNetwork: false\nrunAsUser:\n  type: RunAsAny\n"
  },
  {
   "name": "the platform's own, in the old version, in a file as people write it",
   "before": "{\n    \"kind\": \"SecurityContextConstraints\", \"apiVersion\": \"v1\",\n    \"metadata\": {\"name\": \"privileged\"},\n    \"allowPrivilegedContainer\":   true,\n    \"users\": [\"system:serviceaccount:infra:router\"]\n}\n",
   "safe": false,
   "after": "{\n    \"kind\": \"SecurityContextConstraints\", \"apiVersion\": \"v1\",\n    \"metadata\": {\"name\": \"privileged\"},\n    \"allowPrivilegedContainer\":   false,\n    \"users\": [\"system:serviceaccount:infra:router\"]\n}\n"
  },
  {
   "name": "refused",
   "before": {
    "apiVersion": "security.openshift.io/v1",
    "kind": "SecurityContextConstraints",
    "metadata": {
     "name": "web"
    },
    "allowPrivilegedContainer": false
   },
   "clean": true
  },
  {
   "name": "not written",
   "before": {
    "apiVersion": "security.openshift.io/v1",
    "kind": "SecurityContextConstraints",
    "metadata": {
     "name": "web"
    },
    "allowPrivilegeEscalation": true
   },
   "clean": true
  }
 ],
 "seccomp": [
  {
   "name": "nothing written, two containers",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      },
      {
       "name": "log",
       "image": "log:1.0"
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      },
      {
       "name": "log",
       "image": "log:1.0"
      }
     ],
     "securityContext": {
      "seccompProfile": {
       "type": "RuntimeDefault"
      }
     }
    }
   }
  },
  {
   "name": "Unconfined at the container",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        seccompProfile: {type: \"Unconfined\"}  # strace\n",
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      securityContext:\n        seccompProfile: {type: \"RuntimeDefault\"}  # strace\n"
  },
  {
   "name": "the old annotation names a profile",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "annotations": {
      "seccomp.security.alpha.kubernetes.io/pod": "localhost/audit.json"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "annotations": {
      "seccomp.security.alpha.kubernetes.io/pod": "localhost/audit.json"
     }
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "securityContext": {
      "seccompProfile": {
       "type": "Localhost",
       "localhostProfile": "audit.json"
      }
     }
    }
   }
  },
  {
   "name": "set at the pod",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "securityContext": {
      "seccompProfile": {
       "type": "RuntimeDefault"
      }
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a profile of the node",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "seccompProfile": {
         "type": "Localhost",
         "localhostProfile": "web.json"
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "selinux-options": [
  {
   "name": "a type without confinement",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "seLinuxOptions": {
         "type": "spc_t",
         "level": "s0:c1,c2"
        }
       }
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "seLinuxOptions": {
         "level": "s0:c1,c2"
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "user and role",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "seLinuxOptions": {
         "user": "system_u",
         "role": "system_r",
         "type": "container_t"
        }
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "seLinuxOptions": {
         "type": "container_t"
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "a level alone",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "seLinuxOptions": {
         "level": "s0:c123,c456"
        }
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a type for containers",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "securityContext": {
        "seLinuxOptions": {
         "type": "container_init_t",
         "user": ""
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "sensitive-host-mounts": [
  {
   "name": "mounted by two containers",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "initContainers": [
      {
       "name": "init",
       "image": "init:1.0",
       "volumeMounts": [
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        },
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "data",
       "hostPath": {
        "path": "/etc"
       }
      }
     ]
    }
   },
   "refused": "removes-data"
  },
  {
   "name": "the removal is allowed",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        },
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "data",
       "hostPath": {
        "path": "/etc"
       }
      }
     ]
    }
   },
   "allow-removal": true,
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "volumeMounts": [
        {
         "name": "tmp",
         "mountPath": "/tmp"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "tmp",
       "emptyDir": {}
      }
     ]
    }
   }
  },
  {
   "name": "volumes that every cluster may use",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "volumes": [
      {
       "name": "settings",
       "configMap": {
        "name": "settings"
       }
      },
      {
       "name": "keys",
       "secret": {
        "secretName": "keys"
       }
      },
      {
       "name": "data",
       "persistentVolumeClaim": {
        "claimName": "data"
       }
      },
      {
       "name": "tmp",
       "emptyDir": {}
      },
      {
       "name": "token",
       "projected": {
        "sources": []
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "a volume of another policy",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ],
     "volumes": [
      {
       "name": "data",
       "hostPath": {
        "path": "/srv/data"
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "service-account-field": [
  {
   "name": "the old field alone",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  serviceAccount: web\n  containers:\n  - name: web\n    image: web:1.0\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1.0\n  serviceAccountName: web\n"
  },
  {
   "name": "both, and they differ",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "serviceAccount": "old",
     "serviceAccountName": "new",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "both, and they agree, as the API server prints them",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "serviceAccount": "web",
     "serviceAccountName": "web",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "the new field",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "serviceAccountName": "web",
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "service-target-port": [
  {
   "name": "a number in quotes",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80,
       "targetPort": "8080"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "too large",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80,
       "targetPort": 80800
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "a name that is too long, after a good one",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "name": "web",
       "port": 80,
       "targetPort": "http"
      },
      {
       "name": "admin",
       "port": 81,
       "targetPort": "administration-ui"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "a number and a name",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80,
       "targetPort": 8080
      },
      {
       "port": 81,
       "targetPort": "http"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "none, zero and empty stand for the port",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80
      },
      {
       "port": 81,
       "targetPort": 0
      },
      {
       "port": 82,
       "targetPort": ""
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "sorted-keys": [
  {
   "name": "the usual order",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "labels": {
      "app": "web"
     }
    },
    "spec": {
     "containers": []
    }
   },
   "advice": true
  },
  {
   "name": "deep inside a list, in a file as people write it",
   "before": "apiVersion: v1\nkind: \"Pod\"\nmetadata: {labels: {app: web}, name: web}\nspec:\n    containers:\n    -   image: web:1.0\n        name: web\n        ports:\n        - {name: http, containerPort: 8080}   # as everybody does\n",
   "advice": true
  },
  {
   "name": "a kind that nobody knows",
   "before": {
    "apiVersion": "example.org/v1",
    "kind": "Shop",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "open": true,
     "closed": false
    }
   },
   "advice": true
  },
  {
   "name": "sorted",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    app: web\n  name: web\nspec:\n  containers:\n  - image: web:1.0\n    name: web\n    ports:\n    - containerPort: 8080\n      name: http\n  restartPolicy: Always\n",
   "clean": true
  },
  {
   "name": "capital letters come first",
   "before": {
    "apiVersion": "v1",
    "data": {
     "MODE": "fast",
     "Mode": "slow",
     "mode": "none"
    },
    "kind": "ConfigMap",
    "metadata": {
     "name": "web"
    }
   },
   "clean": true
  }
 ],
 "ssh-port": [
  {
   "name": "port 22",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "git"
    },
    "spec": {
     "containers": [
      {
       "name": "git",
       "image": "git:1.0",
       "ports": [
        {
         "containerPort": 22,
         "name": "ssh"
        }
       ]
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "with the protocol written",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "git"
    },
    "spec": {
     "containers": [
      {
       "name": "git",
       "image": "git:1.0",
       "ports": [
        {
         "containerPort": 22,
         "protocol": "TCP"
        }
       ]
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "UDP",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "git"
    },
    "spec": {
     "containers": [
      {
       "name": "git",
       "image": "git:1.0",
       "ports": [
        {
         "containerPort": 22,
         "protocol": "UDP"
        }
       ]
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "another port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "git"
    },
    "spec": {
     "containers": [
      {
       "name": "git",
       "image": "git:1.0",
       "ports": [
        {
         "containerPort": 2222
        }
       ]
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "startup-port": [
  {
   "name": "a number",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      startupProbe:\n        httpGet:\n          path: /healthz\n          port: 8081\n      ports:\n        - containerPort: 8080\n",
   "safe": true,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n      startupProbe:\n        httpGet:\n          path: /healthz\n          port: 8081\n      ports:\n        - containerPort: 8080\n        - containerPort: 8081\n"
  },
  {
   "name": "no ports at all",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "startupProbe": {
        "tcpSocket": {
         "port": 9000
        }
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "startupProbe": {
        "tcpSocket": {
         "port": 9000
        }
       },
       "ports": [
        {
         "containerPort": 9000
        }
       ]
      }
     ]
    }
   }
  },
  {
   "name": "a name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "startupProbe": {
        "httpGet": {
         "path": "/",
         "port": "web"
        }
       }
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "another container of the pod lists the port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "startupProbe": {
        "httpGet": {
         "path": "/",
         "port": 9901
        }
       }
      },
      {
       "name": "proxy",
       "image": "proxy:1.0",
       "ports": [
        {
         "containerPort": 9901,
         "protocol": ""
        }
       ]
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "a sidecar lists the port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "initContainers": [
      {
       "name": "proxy",
       "image": "proxy:1.0",
       "restartPolicy": "Always",
       "ports": [
        {
         "containerPort": 9901
        }
       ]
      }
     ],
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "startupProbe": {
        "grpc": {
         "port": 9901
        }
       }
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "two containers probe one port that neither lists",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "startupProbe": {
        "httpGet": {
         "path": "/",
         "port": 9901
        }
       }
      },
      {
       "name": "proxy",
       "image": "proxy:1.0",
       "livenessProbe": {
        "tcpSocket": {
         "port": 9901
        }
       }
      }
     ]
    }
   },
   "advice": true
  },
  {
   "name": "another container lists the number for UDP, and probes another port",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "startupProbe": {
        "tcpSocket": {
         "port": 53
        }
       }
      },
      {
       "name": "dns",
       "image": "dns:1.0",
       "ports": [
        {
         "containerPort": 53,
         "protocol": "UDP"
        },
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "startupProbe": {
        "httpGet": {
         "path": "/",
         "port": "http"
        }
       }
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "startupProbe": {
        "tcpSocket": {
         "port": 53
        }
       },
       "ports": [
        {
         "containerPort": 53
        }
       ]
      },
      {
       "name": "dns",
       "image": "dns:1.0",
       "ports": [
        {
         "containerPort": 53,
         "protocol": "UDP"
        },
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "startupProbe": {
        "httpGet": {
         "path": "/",
         "port": "http"
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "listed by number or by name",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "a",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 8080,
         "name": "http"
        }
       ],
       "startupProbe": {
        "httpGet": {
         "path": "/",
         "port": "http"
        }
       }
      },
      {
       "name": "b",
       "image": "web:1.0",
       "ports": [
        {
         "containerPort": 9000
        }
       ],
       "startupProbe": {
        "grpc": {
         "port": 9000
        }
       }
      },
      {
       "name": "c",
       "image": "web:1.0",
       "startupProbe": {
        "exec": {
         "command": [
          "check"
         ]
        }
       }
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "topology-spread": [
  {
   "name": "three replicas",
   "before": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0   # the front\n",
   "safe": true,
   "after": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n      - name: web\n        image: web:1.0   # the front\n      topologySpreadConstraints:\n      - maxSkew: 1\n        topologyKey: kubernetes.io/hostname\n        whenUnsatisfiable: ScheduleAnyway\n        labelSelector:\n          matchLabels:\n            app: web\n"
  },
  {
   "name": "pods without labels",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "replicas": 2,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "spec": {
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "advice": true
  },
  {
   "name": "one replica",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {
     "name": "db"
    },
    "spec": {
     "serviceName": "db",
     "selector": {
      "matchLabels": {
       "app": "db"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "db"
       }
      },
      "spec": {
       "containers": [
        {
         "name": "db",
         "image": "db:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  },
  {
   "name": "spread already",
   "before": {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "replicas": 3,
     "selector": {
      "matchLabels": {
       "app": "web"
      }
     },
     "template": {
      "metadata": {
       "labels": {
        "app": "web"
       }
      },
      "spec": {
       "topologySpreadConstraints": [
        {
         "maxSkew": 1,
         "topologyKey": "topology.kubernetes.io/zone",
         "whenUnsatisfiable": "DoNotSchedule",
         "labelSelector": {
          "matchLabels": {
           "app": "web"
          }
         }
        }
       ],
       "containers": [
        {
         "name": "web",
         "image": "web:1.0"
        }
       ]
      }
     }
    }
   },
   "clean": true
  }
 ],
 "unsafe-sysctls": [
  {
   "name": "one of two",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: cache\nspec:\n  securityContext:\n    sysctls:\n      - name: net.core.somaxconn\n        value: \"1024\"\n      - name: net.ipv4.tcp_syncookies\n        value: \"1\"\n  containers:\n    - name: cache\n      image: cache:1.0\n",
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: cache\nspec:\n  securityContext:\n    sysctls:\n      - name: net.ipv4.tcp_syncookies\n        value: \"1\"\n  containers:\n    - name: cache\n      image: cache:1.0\n"
  },
  {
   "name": "several",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "cache"
    },
    "spec": {
     "securityContext": {
      "sysctls": [
       {
        "name": "kernel.msgmax",
        "value": "65536"
       },
       {
        "name": "net.ipv4.tcp_syncookies",
        "value": "1"
       },
       {
        "name": "net.core.somaxconn",
        "value": "1024"
       }
      ]
     },
     "containers": [
      {
       "name": "cache",
       "image": "cache:1.0"
      }
     ]
    }
   },
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "cache"
    },
    "spec": {
     "securityContext": {
      "sysctls": [
       {
        "name": "net.ipv4.tcp_syncookies",
        "value": "1"
       }
      ]
     },
     "containers": [
      {
       "name": "cache",
       "image": "cache:1.0"
      }
     ]
    }
   }
  },
  {
   "name": "safe ones only",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "cache"
    },
    "spec": {
     "securityContext": {
      "sysctls": [
       {
        "name": "net.ipv4.tcp_rmem",
        "value": "4096 87380 6291456"
       }
      ]
     },
     "containers": [
      {
       "name": "cache",
       "image": "cache:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "none",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "cache"
    },
    "spec": {
     "securityContext": {
      "sysctls": []
     },
     "containers": [
      {
       "name": "cache",
       "image": "cache:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "use-namespace": [
  {
   "name": "none is written",
   "before": {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "selector": {
      "app": "web"
     },
     "ports": [
      {
       "port": 80
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "the default one, in a file as people write it",
   "before": "# the shop\nkind: CronJob\napiVersion: batch/v1\nmetadata: {\"name\": \"clean\", \"namespace\": 'default'}\nspec:\n    schedule: \"@daily\"\n    jobTemplate:\n        spec:\n            template:\n                spec:\n                    restartPolicy: Never\n                    containers: [{name: clean, image: clean:1.0}]\n",
   "needs-value": true
  },
  {
   "name": "empty",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "namespace": ""
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "needs-value": true
  },
  {
   "name": "one of its own",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web",
     "namespace": "shop"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "an object that is in no namespace",
   "before": {
    "apiVersion": "v1",
    "kind": "Namespace",
    "metadata": {
     "name": "shop"
    }
   },
   "clean": true
  }
 ],
 "wildcard-in-rules": [
  {
   "name": "every resource",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRole",
    "metadata": {
     "name": "reader"
    },
    "rules": [
     {
      "apiGroups": [
       ""
      ],
      "resources": [
       "*"
      ],
      "verbs": [
       "get",
       "list"
      ]
     }
    ]
   },
   "needs-value": true
  },
  {
   "name": "every verb, in the second rule",
   "before": "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: keeper\nrules:\n  - apiGroups: [\"\"]\n    resources: [configmaps]\n    verbs: [get]\n  - apiGroups: [\"\"]\n    resources: [secrets]\n    verbs: [\"*\"]\n",
   "needs-value": true
  },
  {
   "name": "every group alone",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRole",
    "metadata": {
     "name": "scaler"
    },
    "rules": [
     {
      "apiGroups": [
       "*"
      ],
      "resources": [
       "deployments/scale"
      ],
      "verbs": [
       "update"
      ]
     }
    ]
   },
   "clean": true
  },
  {
   "name": "written out",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "Role",
    "metadata": {
     "name": "reader"
    },
    "rules": [
     {
      "apiGroups": [
       ""
      ],
      "resources": [
       "pods"
      ],
      "verbs": [
       "get",
       "list",
       "watch"
      ]
     }
    ]
   },
   "clean": true
  },
  {
   "name": "no rules",
   "before": {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRole",
    "metadata": {
     "name": "all-of-them"
    },
    "aggregationRule": {
     "clusterRoleSelectors": []
    }
   },
   "clean": true
  }
 ],
 "windows-host-process": [
  {
   "name": "for the whole pod",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "os": {
      "name": "windows"
     },
     "hostNetwork": true,
     "securityContext": {
      "windowsOptions": {
       "hostProcess": true
      }
     },
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0"
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "os": {
      "name": "windows"
     },
     "hostNetwork": true,
     "securityContext": {
      "windowsOptions": {
       "hostProcess": false
      }
     },
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0"
      }
     ]
    }
   }
  },
  {
   "name": "for each container",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "hostNetwork": true,
     "initContainers": [
      {
       "name": "init",
       "image": "init:1.0",
       "securityContext": {
        "windowsOptions": {
         "hostProcess": true
        }
       }
      }
     ],
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "securityContext": {
        "windowsOptions": {
         "hostProcess": true
        }
       }
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "hostNetwork": true,
     "initContainers": [
      {
       "name": "init",
       "image": "init:1.0",
       "securityContext": {
        "windowsOptions": {
         "hostProcess": false
        }
       }
      }
     ],
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0",
       "securityContext": {
        "windowsOptions": {
         "hostProcess": false
        }
       }
      }
     ]
    }
   }
  },
  {
   "name": "switched off",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "agent"
    },
    "spec": {
     "securityContext": {
      "windowsOptions": {
       "hostProcess": false
      }
     },
     "containers": [
      {
       "name": "agent",
       "image": "agent:1.0"
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "an ordinary Windows pod",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "os": {
      "name": "windows"
     },
     "containers": [
      {
       "name": "web",
       "image": "web:1.0"
      }
     ]
    }
   },
   "clean": true
  }
 ],
 "writable-host-mount": [
  {
   "name": "not written",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "logs"
    },
    "spec": {
     "containers": [
      {
       "name": "logs",
       "image": "logs:1.0",
       "volumeMounts": [
        {
         "name": "logs",
         "mountPath": "/logs"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "logs",
       "hostPath": {
        "path": "/var/log"
       }
      }
     ]
    }
   },
   "safe": false,
   "after": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "logs"
    },
    "spec": {
     "containers": [
      {
       "name": "logs",
       "image": "logs:1.0",
       "volumeMounts": [
        {
         "name": "logs",
         "mountPath": "/logs",
         "readOnly": true
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "logs",
       "hostPath": {
        "path": "/var/log"
       }
      }
     ]
    }
   }
  },
  {
   "name": "as people write it",
   "before": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: logs\nspec:\n  containers:\n  - name: logs\n    image: logs:1.0\n    volumeMounts:\n    - name: data # our own\n      mountPath: /data\n    - name: logs # of the node\n      mountPath: /logs\n  volumes:\n  - name: data\n    emptyDir: {}\n  - name: logs\n    hostPath:\n      path: /var/log\n",
   "safe": false,
   "after": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: logs\nspec:\n  containers:\n  - name: logs\n    image: logs:1.0\n    volumeMounts:\n    - name: data # our own\n      mountPath: /data\n    - name: logs # of the node\n      mountPath: /logs\n      readOnly: true\n  volumes:\n  - name: data\n    emptyDir: {}\n  - name: logs\n    hostPath:\n      path: /var/log\n"
  },
  {
   "name": "mounts that reach the node",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "storage"
    },
    "spec": {
     "initContainers": [
      {
       "name": "storage",
       "image": "storage:1.0",
       "securityContext": {
        "privileged": true
       },
       "volumeMounts": [
        {
         "name": "mounts",
         "mountPath": "/mounts",
         "mountPropagation": "Bidirectional"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "mounts",
       "hostPath": {
        "path": "/var/lib/mounts"
       }
      }
     ]
    }
   },
   "refused": "hazard:bidirectional-mount"
  },
  {
   "name": "for reading",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "logs"
    },
    "spec": {
     "containers": [
      {
       "name": "logs",
       "image": "logs:1.0",
       "volumeMounts": [
        {
         "name": "logs",
         "mountPath": "/logs",
         "readOnly": true
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "logs",
       "hostPath": {
        "path": "/var/log"
       }
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "no volume of the node",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "web"
    },
    "spec": {
     "containers": [
      {
       "name": "web",
       "image": "web:1.0",
       "volumeMounts": [
        {
         "name": "data",
         "mountPath": "/data"
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "data",
       "emptyDir": {}
      }
     ]
    }
   },
   "clean": true
  },
  {
   "name": "written as writable",
   "before": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
     "name": "logs"
    },
    "spec": {
     "containers": [
      {
       "name": "logs",
       "image": "logs:1.0",
       "volumeMounts": [
        {
         "name": "logs",
         "mountPath": "/logs",
         "readOnly": false
        }
       ]
      }
     ],
     "volumes": [
      {
       "name": "logs",
       "hostPath": {
        "path": "/var/log"
       }
      }
     ]
    }
   },
   "advice": true
  }
 ]
}
