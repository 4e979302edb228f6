// Written by scripts/compile-policies.ts from policies/**/*.yaml. Do not edit.
import type { PolicyExample } from '../model/index.ts'

export const examples: Readonly<Record<string, readonly PolicyExample[]>> = {
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
