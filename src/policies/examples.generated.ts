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
 ]
}
