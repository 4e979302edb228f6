// Written by scripts/compile-policies.ts from policies/**/*.yaml. Do not edit.
import type { Policy } from '../model/index.ts'

export const catalogue: readonly Policy[] = [
 {
  "id": "access-to-create-pods",
  "title": "Someone may create pods",
  "since": "1.0.0",
  "severity": "medium",
  "family": "service-accounts-and-rbac",
  "default": "off",
  "why": "A pod can mount every secret of its namespace, run as every service account of it, and, where nothing forbids it, reach the node. Who may create a workload may create its pods.",
  "standards": {
   "cis-1.12": [
    "5.1.4"
   ],
   "nsa": [
    "C-0035"
   ],
   "owasp-k8s": [
    "K02"
   ],
   "attack": [
    "T1078",
    "T1098"
   ],
   "nist-800-190": [
    "4.3.1"
   ]
  },
  "covers": {
   "kube-linter": [
    "access-to-create-pods"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0188"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "access-to-create-pods",
    "reports": "ours",
    "when": "object.kind == \"RoleBinding\" && object.?roleRef.?kind.orValue(\"\") == \"ClusterRole\"",
    "because": "it looks for the role of a namespaced binding among the namespaced roles alone"
   },
   {
    "engine": "kube-linter",
    "rule": "access-to-create-pods",
    "reports": "ours",
    "when": "!values.?repository.?met.orValue([]).exists(o, o.sameFolder && (o.sameNamespace || o.kind == \"ClusterRole\") && o.apiVersion == \"rbac.authorization.k8s.io/v1\")",
    "because": "it looks for roles in the folder of the binding alone, and reads v1 of the API alone"
   },
   {
    "engine": "kube-linter",
    "rule": "access-to-create-pods",
    "reports": "ours",
    "when": "object.apiVersion != \"rbac.authorization.k8s.io/v1\"",
    "because": "it reads v1 of the API alone"
   },
   {
    "engine": "kube-linter",
    "rule": "access-to-create-pods",
    "reports": "ours",
    "when": "values.?repository.?granted.orValue([]).all(r, r in [\"cronjobs\", \"replicationcontrollers\"])",
    "because": "it does not know these kinds"
   },
   {
    "engine": "kube-linter",
    "rule": "access-to-create-pods",
    "reports": "theirs",
    "when": "values.?repository.?hasNarrow.orValue(false)",
    "because": "it passes over resourceNames and apiGroups; nothing can be created by its name, and other groups make no pods"
   }
  ],
  "kinds": [
   "rbac.authorization.k8s.io/ClusterRoleBinding",
   "rbac.authorization.k8s.io/RoleBinding"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "access-to-create-pods",
  "at": "object:/roleRef/name",
  "fix": "none",
  "advice": "Give the right to create pods and workloads to what deploys them alone, in its own namespace; who changes what is there needs update and patch, not create.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "access-to-secrets",
  "title": "Someone is given access to secrets",
  "since": "1.0.0",
  "severity": "medium",
  "family": "service-accounts-and-rbac",
  "default": "off",
  "why": "Secrets hold passwords and the tokens of service accounts: whoever reads them is whoever they belong to. Verbs that change secrets count as well, since the answer to them shows what was in them.",
  "standards": {
   "cis-1.12": [
    "5.1.2"
   ],
   "nsa": [
    "C-0035"
   ],
   "owasp-k8s": [
    "K02"
   ],
   "attack": [
    "T1078",
    "T1552"
   ],
   "nist-800-190": [
    "4.3.1"
   ]
  },
  "covers": {
   "kube-linter": [
    "access-to-secrets"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0015",
    "C-0186"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "access-to-secrets",
    "reports": "ours",
    "when": "object.kind == \"RoleBinding\" && object.?roleRef.?kind.orValue(\"\") == \"ClusterRole\"",
    "because": "it looks for the role of a namespaced binding among the namespaced roles alone"
   },
   {
    "engine": "kube-linter",
    "rule": "access-to-secrets",
    "reports": "ours",
    "when": "!values.?repository.?met.orValue([]).exists(o, o.sameFolder && (o.sameNamespace || o.kind == \"ClusterRole\") && o.apiVersion == \"rbac.authorization.k8s.io/v1\")",
    "because": "it looks for roles in the folder of the binding alone, and reads v1 of the API alone"
   },
   {
    "engine": "kube-linter",
    "rule": "access-to-secrets",
    "reports": "ours",
    "when": "object.apiVersion != \"rbac.authorization.k8s.io/v1\"",
    "because": "it reads v1 of the API alone"
   },
   {
    "engine": "kube-linter",
    "rule": "access-to-secrets",
    "reports": "theirs",
    "when": "values.?repository.?hasNarrow.orValue(false)",
    "because": "it passes over resourceNames and apiGroups; the role reaches the secrets that it names, or no secrets"
   }
  ],
  "kinds": [
   "rbac.authorization.k8s.io/ClusterRoleBinding",
   "rbac.authorization.k8s.io/RoleBinding"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "access-to-secrets",
  "at": "object:/roleRef/name",
  "fix": "none",
  "advice": "Leave secrets out of the role, or name the secrets that are needed (resourceNames); mount a secret into the pod that uses it, which takes no role at all.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "added-capabilities",
  "title": "The container adds capabilities beyond the default set",
  "since": "1.0.0",
  "severity": "high",
  "family": "pod-security",
  "why": "Capabilities outside the runtime's default set (SYS_ADMIN, NET_ADMIN, SYS_PTRACE and the like) each open a known way out of the container or into the node's network.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.2.9"
   ],
   "nsa": [
    "C-0046"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kyverno": [
    "disallow-capabilities"
   ]
  },
  "covers": {
   "kube-linter": [
    "privilege-escalation-container"
   ]
  },
  "known-as": {
   "polaris": [
    "dangerousCapabilities"
   ],
   "kubescape": [
    "C-0046"
   ],
   "checkov": [
    "CKV_K8S_25",
    "CKV_K8S_39"
   ],
   "trivy": [
    "KSV-0005",
    "KSV-0022"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "privilege-escalation-container",
    "reports": "ours",
    "when": "!container.?securityContext.?capabilities.?add.orValue([]).exists(c, c == \"SYS_ADMIN\")",
    "because": "of the capabilities it knows SYS_ADMIN alone"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "container.?securityContext.?capabilities.?add.orValue([]).exists(c, c != null && !(c in [ \"AUDIT_WRITE\", \"CHOWN\", \"DAC_OVERRIDE\", \"FOWNER\", \"FSETID\", \"KILL\", \"MKNOD\", \"NET_BIND_SERVICE\", \"SETFCAP\", \"SETGID\", \"SETPCAP\", \"SETUID\", \"SYS_CHROOT\", \"NET_RAW\", \"CAP_NET_RAW\"]))",
  "at": "container:/securityContext/capabilities/add",
  "message": "\"The container adds \" + container.securityContext.capabilities.add.filter(c, c != null && !(c in [ \"AUDIT_WRITE\", \"CHOWN\", \"DAC_OVERRIDE\", \"FOWNER\", \"FSETID\", \"KILL\", \"MKNOD\", \"NET_BIND_SERVICE\", \"SETFCAP\", \"SETGID\", \"SETPCAP\", \"SETUID\", \"SYS_CHROOT\", \"NET_RAW\", \"CAP_NET_RAW\"])).join(\", \")",
  "fix": [
   {
    "build": "added-capabilities"
   }
  ],
  "ensures": "container.?securityContext.?capabilities.?add.orValue([]).all(c, c == null || c in [ \"AUDIT_WRITE\", \"CHOWN\", \"DAC_OVERRIDE\", \"FOWNER\", \"FSETID\", \"KILL\", \"MKNOD\", \"NET_BIND_SERVICE\", \"SETFCAP\", \"SETGID\", \"SETPCAP\", \"SETUID\", \"SYS_CHROOT\", \"NET_RAW\", \"CAP_NET_RAW\"])",
  "breakage": {
   "prior": 0.5,
   "because": "someone asked for the capability by name, so the program likely needs it"
  },
  "examples": []
 },
 {
  "id": "anonymous-binding",
  "title": "Everybody who can reach the API server is given a role",
  "since": "1.0.0",
  "severity": "high",
  "family": "service-accounts-and-rbac",
  "why": "system:anonymous and system:unauthenticated are whoever sends a request without a name. What their role allows, the network allows.",
  "standards": {
   "owasp-k8s": [
    "K02"
   ],
   "attack": [
    "T1078"
   ],
   "nist-800-190": [
    "4.3.1"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0262"
   ]
  },
  "kinds": [
   "rbac.authorization.k8s.io/ClusterRoleBinding",
   "rbac.authorization.k8s.io/RoleBinding"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.?roleRef.?name.orValue(\"\") != \"system:public-info-viewer\" && object.?subjects.orValue([]).exists(s, s.?name.orValue(\"\") in [\"system:anonymous\", \"system:unauthenticated\"])",
  "at": "object:/subjects",
  "fix": "none",
  "advice": "Name the users, groups or service accounts that need the role. Taking a subject away may cut off whoever relies on it, so nobody but you can decide it.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "apparmor",
  "title": "The container turns AppArmor off",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "The runtime's AppArmor profile keeps a container from writing to the kernel's own files and from mounting. Unconfined takes that protection away.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.6.3"
   ],
   "nsa": [
    "C-0055"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "covers": {
   "kyverno": [
    "restrict-apparmor-profiles"
   ]
  },
  "known-as": {
   "trivy": [
    "KSV-0002"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "!(container.?securityContext.?appArmorProfile.?type.orValue(\"RuntimeDefault\") in [\"RuntimeDefault\", \"Localhost\"]) || !(template.?metadata.?annotations[?\"container.apparmor.security.beta.kubernetes.io/\" + container.?name.orValue(\"\")] .orValue(\"\") in [\"\", \"runtime/default\"] || template.?metadata.?annotations[ ?\"container.apparmor.security.beta.kubernetes.io/\" + container.?name.orValue(\"\")].orValue(\"\").startsWith(\"localhost/\"))",
  "at": "container:/securityContext/appArmorProfile/type",
  "fix": [
   {
    "if": "container.?securityContext.?appArmorProfile.?type.orValue(\"RuntimeDefault\") in [\"RuntimeDefault\", \"Localhost\"]",
    "patch": [
     {
      "op": "replace",
      "path": {
       "cel": "\"template:/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1\" + container.name"
      },
      "value": "runtime/default"
     }
    ]
   },
   {
    "build": "apparmor"
   }
  ],
  "ensures": "container.?securityContext.?appArmorProfile.?type.orValue(\"RuntimeDefault\") in [\"RuntimeDefault\", \"Localhost\"] && (template.?metadata.?annotations[?\"container.apparmor.security.beta.kubernetes.io/\" + container.?name.orValue(\"\")] .orValue(\"\") in [\"\", \"runtime/default\"] || template.?metadata.?annotations[ ?\"container.apparmor.security.beta.kubernetes.io/\" + container.?name.orValue(\"\")].orValue(\"\").startsWith(\"localhost/\"))",
  "breakage": {
   "prior": 0.2,
   "because": "someone turned the profile off by name, so the program may mount or trace"
  },
  "examples": []
 },
 {
  "id": "automount-service-account-token",
  "title": "The pod is given a token for the API server",
  "since": "1.0.0",
  "severity": "medium",
  "family": "service-accounts-and-rbac",
  "default": "off",
  "why": "Most programs never talk to the API server, but the token in their file system does for whoever breaks in, with all that the service account may do.",
  "standards": {
   "cis-1.12": [
    "5.1.6"
   ],
   "nsa": [
    "C-0034"
   ],
   "owasp-k8s": [
    "K01",
    "K08"
   ],
   "attack": [
    "T1528",
    "T1552.007"
   ],
   "nist-800-190": [
    "4.3.2"
   ]
  },
  "known-as": {
   "polaris": [
    "automountServiceAccountToken"
   ],
   "kubescape": [
    "C-0034",
    "C-0190",
    "C-0261"
   ],
   "checkov": [
    "CKV_K8S_38"
   ],
   "trivy": [
    "KSV-0036"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?automountServiceAccountToken.orValue(true)",
  "at": "pod:/automountServiceAccountToken",
  "fix": [
   {
    "if": "pod.?automountServiceAccountToken.hasValue()",
    "advice": "Somebody has asked for the token. Where the program does not need it, write false; where it does, ignore the finding with the reason."
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "pod:/automountServiceAccountToken",
      "value": false
     }
    ]
   }
  ],
  "ensures": "pod.?automountServiceAccountToken.orValue(true) == false",
  "breakage": {
   "prior": 0.25,
   "because": "the pod has a service account of its own, which may be given a role that the files at hand do not show",
   "moves": [
    {
     "when": "values.?account.?token.orValue(true) == false",
     "to": 0,
     "because": "the service account gives no token as it is"
    },
    {
     "when": "pod.?serviceAccountName.orValue(pod.?serviceAccount.orValue(\"default\")) in [\"\", \"default\"]",
     "to": 0.05,
     "because": "it runs as the default account, which may do next to nothing in most namespaces"
    },
    {
     "when": "values.?account.?made.orValue(false)",
     "to": 0.15,
     "because": "the repository makes the service account, and gives it no role"
    }
   ]
  },
  "hazards": [
   {
    "name": "bound-account",
    "when": "values.?account.?bound.hasValue()",
    "met": "values.?account.?bound.orValue(\"\")",
    "because": "the repository gives the service account a role, so the program is meant to talk to the API server; where it is not, take the binding away"
   },
   {
    "name": "reads-token",
    "when": "pod.?containers.orValue([]).exists(c, c.?image.orValue(\"\").contains(\"kubectl\") || c.?command.orValue([]).filter(word, type(word) == string).join(\" \").contains(\"kubectl\") || c.?args.orValue([]).filter(word, type(word) == string).join(\" \").contains(\"kubectl\") || c.?env.orValue([]).exists(one, one.?value.orValue(\"\") == \"/var/run/secrets/kubernetes.io/serviceaccount/token\"))",
    "because": "a container runs kubectl, or is told where the token is"
   },
   {
    "name": "reads-token-first",
    "when": "pod.?initContainers.orValue([]).exists(c, c.?image.orValue(\"\").contains(\"kubectl\") || c.?command.orValue([]).filter(word, type(word) == string).join(\" \").contains(\"kubectl\") || c.?args.orValue([]).filter(word, type(word) == string).join(\" \").contains(\"kubectl\") || c.?env.orValue([]).exists(one, one.?value.orValue(\"\") == \"/var/run/secrets/kubernetes.io/serviceaccount/token\"))",
    "because": "an init container runs kubectl, or is told where the token is"
   },
   {
    "name": "vault-agent",
    "when": "template.?metadata.?annotations[?\"vault.hashicorp.com/agent-inject\"].orValue(\"\") == \"true\"",
    "because": "the agent of Vault, which is put into the pod, logs in with the token"
   }
  ],
  "examples": []
 },
 {
  "id": "budget-without-room",
  "title": "The disruption budget keeps every pod",
  "since": "1.0.0",
  "severity": "medium",
  "family": "reliability",
  "why": "Where as many pods must stay as there are, none may be evicted: nodes cannot be drained, and upgrades of the cluster wait until someone deletes the pod by hand.",
  "covers": {
   "kube-linter": [
    "pdb-min-available"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "pdb-min-available",
    "reports": "ours",
    "when": "object.apiVersion != \"policy/v1\" || !values.?repository.?met.orValue([]).exists(o, o.sameFolder && o.sameNamespace)",
    "because": "it looks for workloads in the folder of the budget alone, and does not read the old version of the API"
   },
   {
    "engine": "kube-linter",
    "rule": "pdb-min-available",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).exists(o, o.kind == \"DaemonSet\")",
    "because": "it takes a daemon set for a workload of no pods"
   },
   {
    "engine": "kube-linter",
    "rule": "pdb-min-available",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).size() > 1",
    "because": "it compares the budget with each workload alone; a budget counts the pods of all that it selects"
   },
   {
    "engine": "kube-linter",
    "rule": "pdb-min-available",
    "reports": "theirs",
    "when": "size(object.?spec.?selector.?matchLabels.orValue({})) == 0 || size(object.?spec.?selector.?matchExpressions.orValue([])) > 0 || object.?spec.?selector.?matchLabels.orValue({}).exists(k, !string(object.spec.selector.matchLabels[k]).matches(\"^[-A-Za-z0-9_.]*$\"))",
    "because": "it refuses a budget without a selector or with one that is none, and evaluates expressions; we judge labels alone"
   }
  ],
  "kinds": [
   "policy/PodDisruptionBudget"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "budget-without-room",
  "at": "object:/spec/minAvailable",
  "fix": [
   {
    "needs-value": {
     "question": "How many pods may be away at a time? Fewer must stay, or the workload needs more of them.",
     "path": "object:/spec/minAvailable"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "cluster-admin-role-binding",
  "title": "Someone is made administrator of the whole cluster",
  "since": "1.0.0",
  "severity": "high",
  "family": "service-accounts-and-rbac",
  "why": "cluster-admin may do everything to everything. Whoever gets hold of a subject of this binding, a service account's token for one, has the cluster.",
  "standards": {
   "cis-1.12": [
    "5.1.1"
   ],
   "nsa": [
    "C-0035"
   ],
   "owasp-k8s": [
    "K03"
   ],
   "attack": [
    "T1078.001"
   ]
  },
  "same-as": {
   "kube-linter": [
    "cluster-admin-role-binding"
   ]
  },
  "known-as": {
   "polaris": [
    "clusterrolebindingClusterAdmin"
   ],
   "kubescape": [
    "C-0035"
   ],
   "trivy": [
    "KSV-0111"
   ]
  },
  "kinds": [
   "rbac.authorization.k8s.io/ClusterRoleBinding"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.apiVersion == \"rbac.authorization.k8s.io/v1\" && object.?roleRef.?name.orValue(\"\") == \"cluster-admin\" && object.?roleRef.?kind.orValue(\"\") == \"ClusterRole\"",
  "at": "object:/roleRef/name",
  "fix": "none",
  "advice": "Write a role with the verbs and resources that the subject needs, and bind that; in one namespace where that is enough. The role of a binding cannot be changed in place: make a new binding, then delete this one.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "container-port-name",
  "title": "The name of the port is not allowed",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "The API server refuses a container port whose name has more than 15 characters, no letter, or anything but lower-case letters, digits and single dashes between them; with the pod, everything that holds it is refused.",
  "covers": {
   "kube-linter": [
    "invalid-target-ports"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container:/ports/*",
  "level": "container",
  "judges": "written",
  "when": "item.?name.orValue(\"\") != \"\" && (size(item.name) > 15 || !item.name.matches(\"^[-a-z0-9]+$\") || !item.name.matches(\"[a-z]\") || item.name.contains(\"--\") || item.name.startsWith(\"-\") || item.name.endsWith(\"-\"))",
  "at": "item:/name",
  "fix": [
   {
    "needs-value": {
     "question": "What shall the port be called? At most 15 lower-case letters, digits and dashes; services and probes that use the name change with it.",
     "path": "item:/name"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "cpu-limits",
  "title": "The container has no CPU limit",
  "since": "1.0.0",
  "severity": "low",
  "family": "resources",
  "default": "off",
  "why": "A container without a limit takes whatever CPU its node has left. That is often wanted, and requests keep the others fed; where many parties share a cluster, a limit keeps the cost and the latency of each foreseeable.",
  "standards": {
   "nsa": [
    "C-0270"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1499",
    "T1496"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "known-as": {
   "polaris": [
    "cpuLimitsMissing"
   ],
   "kubescape": [
    "C-0270"
   ],
   "checkov": [
    "CKV_K8S_11"
   ],
   "trivy": [
    "KSV-0011"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "containerList != \"ephemeralContainers\" && !container.?resources.?limits.?cpu.hasValue()",
  "at": "container:/resources/limits/cpu",
  "fix": [
   {
    "if": "values.?resources.?limits.?cpu.hasValue() && (!container.?resources.?requests.?cpu.hasValue() || isQuantity(string(container.resources.requests.cpu)) && isQuantity(string(values.resources.limits.cpu)) && !quantity(string(values.resources.limits.cpu)).isLessThan(quantity(string(container.resources.requests.cpu))))",
    "patch": [
     {
      "op": "add",
      "path": "container:/resources/limits/cpu",
      "value": {
       "cel": "values.resources.limits.cpu"
      }
     }
    ]
   },
   {
    "if": "values.?resources.?limits.?cpu.hasValue()",
    "needs-value": {
     "question": "The container requests more CPU than the default limit that is known. What is its limit?",
     "path": "container:/resources/limits/cpu"
    }
   },
   {
    "needs-value": {
     "question": "How much CPU may the container use? (resources.defaults.limits.cpu in the configuration answers for all)",
     "path": "container:/resources/limits/cpu"
    }
   }
  ],
  "ensures": "container.?resources.?limits.?cpu.hasValue()",
  "breakage": {
   "prior": 0.05,
   "because": "a program that needs more CPU than the limit is slowed down, and may miss its probes",
   "moves": [
    {
     "when": "values.?origins.?resources.?limits.?cpu.orValue(\"\") == \"limit-range\"",
     "to": 0.02,
     "because": "the LimitRange of the namespace fills in the same limit"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "cpu-requests",
  "title": "The container requests no CPU",
  "since": "1.0.0",
  "severity": "low",
  "family": "resources",
  "why": "Without a request the scheduler takes the container for free: it lands on nodes that have nothing left, and starves first when they are busy.",
  "standards": {
   "nsa": [
    "C-0270"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1499"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "covers": {
   "kyverno": [
    "require-requests-limits"
   ],
   "kube-linter": [
    "unset-cpu-requirements"
   ]
  },
  "known-as": {
   "polaris": [
    "cpuRequestsMissing"
   ],
   "checkov": [
    "CKV_K8S_10"
   ],
   "trivy": [
    "KSV-0015"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "unset-cpu-requirements",
    "reports": "theirs",
    "when": "container.?resources.?requests.?cpu.hasValue() && isQuantity(string(container.?resources.?requests.?cpu.orValue(\"\"))) && quantity(string(container.?resources.?requests.?cpu.orValue(\"\"))).compareTo(quantity(\"0\")) == 0",
    "because": "it takes a written request of 0 for none; an amount that someone wrote is theirs"
   },
   {
    "engine": "kube-linter",
    "rule": "unset-cpu-requirements",
    "reports": "theirs",
    "when": "containerList == \"ephemeralContainers\"",
    "because": "it asks ephemeral containers for resources, which the API does not let them have"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "containerList != \"ephemeralContainers\" && !container.?resources.?requests.?cpu.hasValue()",
  "at": "container:/resources/requests/cpu",
  "fix": [
   {
    "if": "container.?resources.?limits.?cpu.hasValue()",
    "patch": [
     {
      "op": "add",
      "path": "container:/resources/requests/cpu",
      "value": {
       "cel": "container.resources.limits.cpu"
      }
     }
    ]
   },
   {
    "if": "values.?resources.?requests.?cpu.hasValue()",
    "patch": [
     {
      "op": "add",
      "path": "container:/resources/requests/cpu",
      "value": {
       "cel": "values.resources.requests.cpu"
      }
     }
    ]
   },
   {
    "needs-value": {
     "question": "How much CPU does the container need? (resources.defaults.requests.cpu in the configuration answers for all)",
     "path": "container:/resources/requests/cpu"
    }
   }
  ],
  "ensures": "container.?resources.?requests.?cpu.hasValue()",
  "breakage": {
   "prior": 0.05,
   "because": "the cluster may have no room for the request",
   "moves": [
    {
     "when": "container.?resources.?limits.?cpu.hasValue()",
     "to": 0,
     "because": "the API server fills in the same request"
    },
    {
     "when": "values.?origins.?resources.?requests.?cpu.orValue(\"\") == \"limit-range\"",
     "to": 0.02,
     "because": "the LimitRange of the namespace fills in the same request"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "cron-job-ttl",
  "title": "The CronJob's Jobs are cleaned up in two ways",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "why": "A CronJob keeps the history that its limits say. ttlSecondsAfterFinished deletes finished Jobs past that, so the history is shorter than it reads.",
  "covers": {
   "kube-linter": [
    "job-ttl-seconds-after-finished"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "job-ttl-seconds-after-finished",
    "reports": "ours",
    "when": "object.apiVersion != \"batch/v1\"",
    "because": "it does not read the old version of the API"
   }
  ],
  "kinds": [
   "batch/CronJob"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.?spec.?jobTemplate.?spec.?ttlSecondsAfterFinished.hasValue()",
  "at": "object:/spec/jobTemplate/spec/ttlSecondsAfterFinished",
  "fix": "none",
  "advice": "Keep either ttlSecondsAfterFinished or the history limits (successfulJobsHistoryLimit, failedJobsHistoryLimit).",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "dangling-autoscaler",
  "title": "The autoscaler's workload is not in the repository",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "An autoscaler whose target does not exist scales nothing, and says so in its status alone. Most often the workload was renamed, or became another kind.",
  "covers": {
   "kube-linter": [
    "dangling-horizontalpodautoscaler"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0300"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "dangling-horizontalpodautoscaler",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).size() > 0 && !values.?repository.?met.orValue([]).exists(o, o.sameFolder && o.apiVersion == object.?spec.?scaleTargetRef.?apiVersion.orValue(\"\"))",
    "because": "it looks in the folder of the autoscaler alone, and wants the version of the API to be the same; the repository has the workload"
   },
   {
    "engine": "kube-linter",
    "rule": "dangling-horizontalpodautoscaler",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).exists(o, o.group == \"\")",
    "because": "it finds no workload of the core group"
   },
   {
    "engine": "kube-linter",
    "rule": "dangling-horizontalpodautoscaler",
    "reports": "theirs",
    "when": "!(object.?spec.?scaleTargetRef.?kind.orValue(\"\") in [\"Deployment\", \"ReplicaSet\", \"StatefulSet\"] && object.?spec.?scaleTargetRef.?apiVersion.orValue(\"\").startsWith(\"apps/\") || object.?spec.?scaleTargetRef.?kind.orValue(\"\") in [\"Deployment\", \"ReplicaSet\", \"StatefulSet\", \"ReplicationController\"] && object.?spec.?scaleTargetRef.?apiVersion.orValue(\"\") in [\"\", \"v1\"])",
    "because": "it does not know such a kind; we take it for one that something makes"
   }
  ],
  "kinds": [
   "autoscaling/HorizontalPodAutoscaler"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "dangling-autoscaler",
  "at": "object:/spec/scaleTargetRef/name",
  "fix": [
   {
    "needs-value": {
     "question": "Which workload is scaled? Where it is made by something that is not in the repository, ignore the finding."
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "dangling-ingress",
  "title": "The ingress leads to a service that is not there",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "Requests to a service, or to a port of one, that does not exist end as errors of the gateway. A service that was renamed, or a port that changed, is the usual cause.",
  "covers": {
   "kube-linter": [
    "dangling-ingress"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0298"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "dangling-ingress",
    "reports": "ours",
    "when": "object.apiVersion != \"networking.k8s.io/v1\"",
    "because": "it does not read the old versions of the API"
   },
   {
    "engine": "kube-linter",
    "rule": "dangling-ingress",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).exists(o, !o.sameFolder || !o.sameNamespace)",
    "because": "it looks for services in the folder of the ingress alone, and takes an object that writes no namespace for one of another namespace; the service is elsewhere in the repository"
   },
   {
    "engine": "kube-linter",
    "rule": "dangling-ingress",
    "reports": "theirs",
    "when": "object.?spec.?defaultBackend.?service.hasValue() && !object.?spec.?defaultBackend.?service.?port.?name.hasValue() && !object.?spec.?defaultBackend.?service.?port.?number.hasValue() || object.?spec.?rules.orValue([]).exists(r, r.?http.?paths.orValue([]).exists(p, p.?backend.?service.hasValue() && !p.?backend.?service.?port.?name.hasValue() && !p.?backend.?service.?port.?number.hasValue()))",
    "because": "it takes a backend without a port for one of port 0, which the API server refuses"
   }
  ],
  "kinds": [
   "networking.k8s.io/Ingress",
   "extensions/Ingress"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "dangling-ingress",
  "at": "object:/spec",
  "fix": [
   {
    "needs-value": {
     "question": "Which service and port do these requests go to? Where the service is made by something that is not in the repository, ignore the finding."
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "dangling-network-policy",
  "title": "The network policy selects no pods",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "A network policy without pods protects nobody, and nothing tells. Most often a label was renamed in the workload and not in the policy: the pods are open since then.",
  "standards": {
   "cis-1.12": [
    "5.3.2"
   ],
   "nsa": [
    "C-0030"
   ],
   "owasp-k8s": [
    "K05"
   ],
   "nist-800-190": [
    "4.3.3"
   ]
  },
  "covers": {
   "kube-linter": [
    "dangling-networkpolicy"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0299"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "dangling-networkpolicy",
    "reports": "theirs",
    "when": "size(object.?spec.?podSelector.?matchLabels.orValue({})) == 0 && size(object.?spec.?podSelector.?matchExpressions.orValue([])) == 0",
    "because": "it reports a policy for all pods of a namespace; such a policy waits for whatever comes"
   },
   {
    "engine": "kube-linter",
    "rule": "dangling-networkpolicy",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).size() > 0 && !values.?repository.?met.orValue([]).exists(o, o.sameFolder && o.sameNamespace && o.group in [\"\", \"apps\", \"batch\"] && o.kind != \"PodTemplate\")",
    "because": "it looks for pods in the folder of the policy alone, knows the built-in kinds alone, and takes an object that writes no namespace for one of another namespace; the repository has the pods"
   }
  ],
  "kinds": [
   "networking.k8s.io/NetworkPolicy"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "dangling-network-policy",
  "at": "object:/spec/podSelector",
  "fix": "none",
  "advice": "Make the selector and the labels of the pod template agree. Where the pods are made by something that is not in the repository, ignore the finding.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "dangling-network-policy-peer",
  "title": "The network policy allows traffic with pods that are not there",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "A rule whose pods do not exist allows nothing. Most often a label was renamed in a workload and not in the policies of those that it talks to: its connections time out, and only where policies are enforced.",
  "covers": {
   "kube-linter": [
    "dangling-networkpolicypeer-podselector"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "dangling-networkpolicypeer-podselector",
    "reports": "theirs",
    "when": "object.?spec.?ingress.orValue([]).exists(r, r.?from.orValue([]).exists(p, p.?podSelector.hasValue() && size(p.podSelector) == 0)) || object.?spec.?egress.orValue([]).exists(r, r.?to.orValue([]).exists(p, p.?podSelector.hasValue() && size(p.podSelector) == 0))",
    "because": "it reports a rule for all pods of the namespace; such a rule waits for whatever comes"
   },
   {
    "engine": "kube-linter",
    "rule": "dangling-networkpolicypeer-podselector",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).exists(o, !o.sameFolder || !o.sameNamespace || !(o.group in [\"\", \"apps\", \"batch\"]) || o.kind == \"PodTemplate\")",
    "because": "it looks for pods in the folder of the policy alone, knows the built-in kinds alone, and takes an object that writes no namespace for one of another namespace; the repository has the pods"
   }
  ],
  "kinds": [
   "networking.k8s.io/NetworkPolicy"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "dangling-network-policy-peer",
  "at": "object:/spec",
  "fix": "none",
  "advice": "Make the selector of the rule and the labels of the pod template agree. Pods of another namespace need a namespaceSelector beside the podSelector. Where the pods are made by something that is not in the repository, ignore the finding.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "dangling-role-binding",
  "title": "The role of the binding is not in the repository",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "A binding to a role that does not exist gives nothing, and the API server takes it without a word: the first request of the program is refused. Whoever creates a role of that name later decides what the subjects may do.",
  "kinds": [
   "rbac.authorization.k8s.io/RoleBinding"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "dangling-role-binding",
  "at": "object:/roleRef/name",
  "fix": [
   {
    "needs-value": {
     "question": "Which role do the subjects get? The role of a binding cannot be changed in place, so add a Role of this name, or make a new binding; where something else creates the role, ignore the finding.",
     "path": "object:/roleRef/name"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "dangling-service",
  "title": "The service selects no pods",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "A service without pods answers nobody. Most often a label was renamed in the workload and not in the selector, and nothing but the silence tells.",
  "covers": {
   "kube-linter": [
    "dangling-service"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0293"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "dangling-service",
    "reports": "theirs",
    "when": "size(object.?spec.?selector.orValue({})) == 0",
    "because": "it reports a service without a selector, whose endpoints are made by hand or by a controller"
   },
   {
    "engine": "kube-linter",
    "rule": "dangling-service",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).size() > 0 && !values.?repository.?met.orValue([]).exists(o, o.sameFolder && o.sameNamespace && o.group in [\"\", \"apps\", \"batch\", \"extensions\"])",
    "because": "it looks for pods in the folder of the service alone, knows the built-in kinds alone, and takes an object that writes no namespace for one of another namespace; the repository has the pods"
   }
  ],
  "kinds": [
   "/Service"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "dangling-service",
  "at": "object:/spec/selector",
  "fix": "none",
  "advice": "Make the selector and the labels of the pod template agree (the labels of the workload are easier to change than its own selector). Where the pods are made by something that is not in the repository, ignore the finding.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "dangling-service-monitor",
  "title": "The service monitor selects no services",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "Prometheus finds what it asks for metrics by the labels of services. A monitor that fits none collects nothing, and its alerts stay silent.",
  "covers": {
   "kube-linter": [
    "dangling-servicemonitor"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "dangling-servicemonitor",
    "reports": "theirs",
    "when": "size(object.?spec.?selector.?matchLabels.orValue({})) == 0",
    "because": "it reports a monitor of all services, and one that selects by expressions alone, which it does not read"
   },
   {
    "engine": "kube-linter",
    "rule": "dangling-servicemonitor",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).size() > 0 && !values.?repository.?met.orValue([]).exists(o, o.sameFolder && o.sameNamespace)",
    "because": "it looks for services in the folder of the monitor alone, and takes an object that writes no namespace for one of none that is named; the repository has the service"
   },
   {
    "engine": "kube-linter",
    "rule": "dangling-servicemonitor",
    "reports": "ours",
    "when": "size(object.?spec.?namespaceSelector.?matchNames.orValue([])) == 0 && !object.?spec.?namespaceSelector.?any.orValue(false)",
    "because": "without a namespaceSelector it takes a service of any namespace"
   },
   {
    "engine": "kube-linter",
    "rule": "dangling-servicemonitor",
    "reports": "ours",
    "when": "size(object.?spec.?selector.?matchExpressions.orValue([])) > 0",
    "because": "it does not read expressions"
   }
  ],
  "kinds": [
   "monitoring.coreos.com/ServiceMonitor"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "dangling-service-monitor",
  "at": "object:/spec/selector",
  "fix": "none",
  "advice": "Make the selector and the labels of the service (not of its pods) agree; where the service is in another namespace, name that under namespaceSelector. Where something that is not in the repository makes the service, ignore the finding.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "dangling-target-port",
  "title": "The service leads to a port that its pods do not have",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "A target port that is a name is looked up in the ports of the selected containers. Where none has that name, the service has no endpoints for the port, and every connection to it fails.",
  "kinds": [
   "/Service"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "dangling-target-port",
  "at": "object:/spec/ports",
  "fix": [
   {
    "needs-value": {
     "question": "Which port of the selected pods does the service lead to?"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "default-service-account",
  "title": "The pod runs as the default service account",
  "since": "1.0.0",
  "severity": "low",
  "family": "service-accounts-and-rbac",
  "default": "off",
  "why": "The default account of a namespace is everybody's: whatever is granted to it for the sake of one pod, all others have as well, and nobody can tell from an audit log which of them it was.",
  "standards": {
   "cis-1.12": [
    "5.1.5"
   ],
   "nsa": [
    "C-0034"
   ],
   "owasp-k8s": [
    "K01",
    "K08"
   ],
   "attack": [
    "T1528",
    "T1552.007"
   ],
   "nist-800-190": [
    "4.3.2"
   ]
  },
  "same-as": {
   "kube-linter": [
    "default-service-account"
   ]
  },
  "known-as": {
   "checkov": [
    "CKV_K8S_41"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?automountServiceAccountToken.orValue(true) && (pod.?serviceAccountName.orValue(\"\") != \"\" ? pod.?serviceAccountName.orValue(\"\") : pod.?serviceAccount.orValue(\"\")) in [\"\", \"default\"]",
  "at": "pod:/serviceAccountName",
  "fix": [
   {
    "needs-value": {
     "question": "Which service account of its own should the pod run as? It has to exist, with no more rights than the pod needs. A pod that never asks the API server needs none: set automountServiceAccountToken to false instead.",
     "path": "pod:/serviceAccountName"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "dnsconfig-options",
  "title": "The pod leaves ndots, and with it how names are looked up, to the cluster",
  "since": "1.0.0",
  "severity": "low",
  "family": "network",
  "default": "off",
  "why": "Kubernetes sets ndots to 5, so that a name of the world such as example.org is asked for in each search domain of the cluster before it is asked for as it is: several questions in vain for each that counts, and latency with them.",
  "covers": {
   "kube-linter": [
    "dnsconfig-options"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "dnsconfig-options",
    "reports": "theirs",
    "when": "pod.?dnsPolicy.orValue(\"\") == \"Default\"",
    "because": "it asks it of pods that want the resolver of their node, which has no search domains of the cluster"
   }
  ],
  "params": {
   "ndots": {
    "type": "integer",
    "default": 2,
    "text": "dots that a name needs to be asked for as it is first"
   }
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?dnsPolicy.orValue(\"\") != \"Default\" && !pod.?dnsConfig.?options.orValue([]).exists(o, o.?name.orValue(\"\") == \"ndots\" && o.?value.orValue(\"\") == string(params.ndots))",
  "at": "pod:/dnsConfig/options",
  "fix": [
   {
    "if": "pod.?dnsConfig.?options.orValue([]).exists(o, o.?name.orValue(\"\") == \"ndots\")",
    "needs-value": {
     "question": "Another number of ndots is written here. Do the names that the pod looks up need it?",
     "path": "pod:/dnsConfig/options"
    }
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "pod:/dnsConfig/options/-",
      "value": {
       "cel": "{\"name\": \"ndots\", \"value\": string(params.ndots)}"
      }
     }
    ]
   }
  ],
  "ensures": "pod.?dnsConfig.?options.orValue([]).exists_one(o, o.?name.orValue(\"\") == \"ndots\") && pod.?dnsConfig.?options.orValue([]).exists(o, o.?name.orValue(\"\") == \"ndots\" && o.?value.orValue(\"\") == string(params.ndots))",
  "breakage": {
   "prior": 0.1,
   "because": "a name with two dots or more is asked for as it is first, and the resolver of musl (Alpine) then asks in no search domain",
   "moves": [
    {
     "when": "(pod.?containers.orValue([]) + pod.?initContainers.orValue([])).exists(c, c.?image.orValue(\"\").contains(\"alpine\"))",
     "to": 0.3,
     "because": "an image is built on Alpine, whose resolver asks in no search domain for a name with that many dots, as db.shop.svc has"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "docker-sock",
  "title": "The pod mounts the container runtime's socket",
  "since": "1.0.0",
  "severity": "critical",
  "family": "pod-security",
  "why": "Whoever can talk to the container runtime can start a privileged container, and so owns the node.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.2.11"
   ],
   "nsa": [
    "C-0048"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.5.5"
   ]
  },
  "same-as": {
   "kyverno": [
    "disallow-cri-sock-mount"
   ]
  },
  "covers": {
   "kyverno": [
    "disallow-host-path"
   ],
   "kube-linter": [
    "docker-sock"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0074"
   ],
   "checkov": [
    "CKV_K8S_27"
   ],
   "trivy": [
    "KSV-0006"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "docker-sock",
    "reports": "ours",
    "when": "!item.?hostPath.?path.orValue(\"\").endsWith(\"docker.sock\")",
    "because": "it knows the socket of docker alone"
   },
   {
    "engine": "kube-linter",
    "rule": "docker-sock",
    "reports": "ours",
    "when": "!pod.?containers.orValue([]).exists(c, c.?volumeMounts.orValue([]).exists(m, m.?name.orValue(\"\") == string(item.?name.orValue(\"\")))) && !pod.?initContainers.orValue([]).exists(c, c.?volumeMounts.orValue([]).exists(m, m.?name.orValue(\"\") == string(item.?name.orValue(\"\")))) && !pod.?ephemeralContainers.orValue([]).exists(c, c.?volumeMounts.orValue([]).exists(m, m.?name.orValue(\"\") == string(item.?name.orValue(\"\"))))",
    "because": "it reports only what a container mounts"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod:/volumes/*",
  "level": "pod",
  "judges": "written",
  "when": "item.?hostPath.?path.orValue(\"\").endsWith(\"docker.sock\") || item.?hostPath.?path.orValue(\"\").endsWith(\"containerd.sock\") || item.?hostPath.?path.orValue(\"\").endsWith(\"crio.sock\")",
  "at": "item:",
  "message": "\"The pod mounts \" + item.hostPath.path + \" of the node\"",
  "fix": [
   {
    "build": "remove-volume"
   }
  ],
  "breakage": {
   "prior": 0.9,
   "because": "the program reads or writes there"
  },
  "examples": []
 },
 {
  "id": "drop-all-capabilities",
  "title": "The container does not drop all capabilities",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "A container starts with fourteen capabilities that hardly any program needs. Each is something an intruder can use; what a program does need is added back by name.",
  "standards": {
   "pss": "restricted",
   "cis-1.12": [
    "5.2.9"
   ],
   "nsa": [
    "C-0046"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kyverno": [
    "require-drop-all"
   ]
  },
  "covers": {
   "kyverno": [
    "disallow-capabilities-strict"
   ]
  },
  "known-as": {
   "polaris": [
    "insecureCapabilities"
   ],
   "checkov": [
    "CKV_K8S_37"
   ],
   "trivy": [
    "KSV-0003",
    "KSV-0106"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "pod.?os.?name.orValue(\"\") != \"windows\" && !container.?securityContext.?capabilities.?drop.orValue([]).exists(c, c == \"ALL\")",
  "at": "container:/securityContext/capabilities/drop",
  "fix": [
   {
    "build": "drop-all-capabilities"
   }
  ],
  "ensures": "container.?securityContext.?capabilities.?drop.orValue([]).exists(c, c == \"ALL\")",
  "breakage": {
   "prior": 0.25,
   "because": "images that change owner or user at start (nginx and the like) fail without their capabilities",
   "moves": [
    {
     "when": "container.?securityContext.?runAsNonRoot.orValue(pod.?securityContext.?runAsNonRoot.orValue(false)) || container.?securityContext.?runAsUser.orValue(pod.?securityContext.?runAsUser.orValue(0)) > 0",
     "to": 0.05,
     "because": "the container does not run as root, so it has hardly any capability to lose"
    },
    {
     "when": "image.?user.?id.orValue(0) > 0 && !container.?securityContext.?runAsUser.hasValue() && !pod.?securityContext.?runAsUser.hasValue()",
     "to": 0.05,
     "because": "the image does not run as root, so it has hardly any capability to lose"
    },
    {
     "when": "container.?securityContext.?capabilities.?drop.orValue([]).exists(c, c == \"all\")",
     "to": 0.01,
     "because": "the runtime reads \"all\" the same way already"
    }
   ]
  },
  "hazards": [
   {
    "name": "carried-capability",
    "when": "image.?capabilities.orValue([]).exists(c, !(c in container.?securityContext.?capabilities.?add.orValue([])))",
    "because": "the program of the image carries a capability, and does not start where it is dropped and not added"
   }
  ],
  "examples": []
 },
 {
  "id": "drop-net-raw",
  "title": "The container keeps NET_RAW",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "NET_RAW lets a process craft packets: it can spoof ARP and DNS answers for the pods next to it. Container runtimes grant it by default, and hardly any program but ping needs it.",
  "standards": {
   "cis-1.12": [
    "5.2.8"
   ],
   "nsa": [
    "C-0046"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1040",
    "T1557"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kyverno": [
    "require-drop-cap-net-raw"
   ]
  },
  "covers": {
   "kube-linter": [
    "drop-net-raw-capability"
   ]
  },
  "known-as": {
   "polaris": [
    "insecureCapabilities"
   ],
   "checkov": [
    "CKV_K8S_28"
   ],
   "trivy": [
    "KSV-0119"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "drop-net-raw-capability",
    "reports": "ours",
    "when": "!container.?securityContext.?capabilities.hasValue()",
    "because": "it is silent where no capabilities are written, though NET_RAW is kept"
   },
   {
    "engine": "kube-linter",
    "rule": "drop-net-raw-capability",
    "reports": "ours",
    "when": "container.?securityContext.?capabilities.?drop.orValue([]).exists(c, c == \"CAP_NET_RAW\" || c == \"All\")",
    "because": "it takes other spellings of the names as well, which Pod Security does not"
   },
   {
    "engine": "kube-linter",
    "rule": "drop-net-raw-capability",
    "reports": "theirs",
    "when": "container.?securityContext.?capabilities.?add.orValue([]).exists(c, c in [\"ALL\", \"all\", \"All\"])",
    "because": "adding ALL is a finding of added-capabilities"
   },
   {
    "engine": "kube-linter",
    "rule": "drop-net-raw-capability",
    "reports": "theirs",
    "when": "pod.?os.?name.orValue(\"\") == \"windows\"",
    "because": "Windows has no capabilities"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "pod.?os.?name.orValue(\"\") != \"windows\" && (\n  !container.?securityContext.?capabilities.?drop.orValue([]).exists(c, c in [\"NET_RAW\", \"ALL\", \"all\"]) ||\n  container.?securityContext.?capabilities.?add.orValue([]).exists(c, c in [\"NET_RAW\", \"CAP_NET_RAW\"]))",
  "at": "container:/securityContext/capabilities/drop",
  "fix": [
   {
    "if": "container.?securityContext.?capabilities.?add.orValue([]).exists(c, c == \"ALL\")",
    "build": "drop-net-raw",
    "requires": [
     "added-capabilities"
    ]
   },
   {
    "build": "drop-net-raw"
   }
  ],
  "ensures": "container.?securityContext.?capabilities.?drop.orValue([]).exists(c, c in [\"NET_RAW\", \"ALL\", \"all\"]) && !container.?securityContext.?capabilities.?add.orValue([]).exists(c, c in [\"NET_RAW\", \"CAP_NET_RAW\"])",
  "breakage": {
   "prior": 0.03,
   "because": "only programs that open raw sockets notice, such as ping of old images",
   "moves": [
    {
     "when": "container.?securityContext.?capabilities.?add.orValue([]).exists(c, c in [\"NET_RAW\", \"CAP_NET_RAW\"])",
     "to": 0.5,
     "because": "someone asked for NET_RAW by name, so the program may need it"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "duplicate-env-var",
  "title": "The variable is set twice",
  "since": "1.0.0",
  "severity": "low",
  "family": "hygiene",
  "why": "The last one counts, whatever the first one says; and server-side apply refuses such a list.",
  "same-as": {
   "kube-linter": [
    "duplicate-env-var"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0295"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container:/env/*",
  "level": "container",
  "judges": "written",
  "check": "duplicate-env-var",
  "at": "item:",
  "message": "\"The variable \" + item.name + \" is set twice\"",
  "fix": [
   {
    "if": "container.env.filter(e, e.?name.orValue(\"\") == item.name).all(e, e == item) && (item.?valueFrom.hasValue() || item.?value.hasValue() && !item.value.contains(\"$(\"))",
    "build": "duplicate-env-var"
   },
   {
    "advice": "The two values differ. The last one counts today; keep that one if the program works as it is."
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "both say the same"
  },
  "examples": []
 },
 {
  "id": "env-value-from",
  "title": "A variable comes from something that is not in the repository",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "A container whose variable comes from a config map or secret that does not exist, or from a key that it does not have, is never started: the pod waits, and a rollout with it.",
  "covers": {
   "kube-linter": [
    "env-value-from"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "env-value-from",
    "reports": "ours",
    "when": "!values.?repository.?isThroughEnv.orValue(true)",
    "because": "it does not read envFrom"
   },
   {
    "engine": "kube-linter",
    "rule": "env-value-from",
    "reports": "ours",
    "when": "values.?repository.?met.orValue([]).exists(o, o.sameFolder && !o.sameNamespace)",
    "because": "it takes a config map or secret of any namespace"
   },
   {
    "engine": "kube-linter",
    "rule": "env-value-from",
    "reports": "theirs",
    "when": "values.?repository.?isUnexpected.orValue(false)",
    "because": "it reports a secret that is not there; most repositories hold none, so we do where we are told (params.secrets)"
   },
   {
    "engine": "kube-linter",
    "rule": "env-value-from",
    "reports": "theirs",
    "when": "values.?repository.?isOpen.orValue(false)",
    "because": "it takes a config map or secret that something else fills in for one without that key"
   },
   {
    "engine": "kube-linter",
    "rule": "env-value-from",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).exists(o, !o.sameFolder || !(o.kind in [\"ConfigMap\", \"Secret\"]))",
    "because": "it looks for config maps and secrets in the folder of the pod alone, and not for what makes them; the repository has them"
   }
  ],
  "params": {
   "secrets": {
    "type": "boolean",
    "default": false,
    "text": "Whether a secret that the repository does not have is reported. Most repositories hold no secrets; switch it on where yours holds all of them, or the objects that make them."
   }
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "env-value-from",
  "at": "object:/spec",
  "fix": [
   {
    "needs-value": {
     "question": "Where does the value come from? Name a config map or secret, and a key, that exist, or write optional: true where the program can do without; where something that is not in the repository makes it, ignore the finding."
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "env-var-secret",
  "title": "A variable holds what looks like a secret",
  "since": "1.0.0",
  "severity": "high",
  "family": "secrets",
  "why": "What stands in a manifest is in the repository's history for good, in every copy of it, and open to everyone who may read Deployments.",
  "standards": {
   "cis-1.12": [
    "5.4.1"
   ],
   "nsa": [
    "C-0012"
   ],
   "owasp-k8s": [
    "K03"
   ],
   "attack": [
    "T1552"
   ],
   "nist-800-190": [
    "4.1.4"
   ]
  },
  "same-as": {
   "kube-linter": [
    "env-var-secret"
   ]
  },
  "known-as": {
   "polaris": [
    "sensitiveContainerEnvVar"
   ],
   "kubescape": [
    "C-0012"
   ]
  },
  "params": {
   "names": {
    "type": "strings",
    "default": [
     "secret"
    ],
    "text": "parts of a variable's name, in lower case, that tell that it holds a secret"
   }
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container:/env/*",
  "level": "container",
  "judges": "written",
  "when": "item.?value.orValue(\"\") != \"\" && params.names.exists(part, item.?name.orValue(\"\").lowerAscii().contains(part))",
  "at": "item:/value",
  "message": "\"The variable \" + item.name + \" holds what looks like a secret\"",
  "fix": "none",
  "advice": "Put the value into a Secret and name that in valueFrom.secretKeyRef, or mount it as a file. What was committed once is known: replace the secret itself as well.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "exposed-services",
  "title": "The Service is reachable from outside of the cluster",
  "since": "1.0.0",
  "severity": "medium",
  "family": "network",
  "default": "off",
  "why": "A NodePort opens a port on every node and a LoadBalancer an address of the cloud, past the ingress with its TLS, its authentication and its logs, and past most network policies.",
  "standards": {
   "owasp-k8s": [
    "K06"
   ],
   "attack": [
    "T1133"
   ],
   "nist-800-190": [
    "4.4.2"
   ]
  },
  "covers": {
   "kyverno": [
    "restrict-nodeport"
   ],
   "kube-linter": [
    "exposed-services"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "exposed-services",
    "reports": "theirs",
    "when": "type(object.?spec.?type.orValue(\"\")) == string && !(object.?spec.?type.orValue(\"\") in [\"NodePort\", \"LoadBalancer\"])",
    "because": "it takes the type in any case, and the API server refuses all but one"
   }
  ],
  "params": {
   "types": {
    "type": "strings",
    "default": [
     "NodePort",
     "LoadBalancer"
    ],
    "text": "types of Services that must not be"
   }
  },
  "kinds": [
   "/Service"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.?spec.?type.orValue(\"\") in params.types",
  "at": "object:/spec/type",
  "message": "\"The Service is of type \" + string(object.spec.type) + \", so that it is reachable from outside of the cluster\"",
  "fix": "none",
  "advice": "Where something outside has to reach it, offer it through an Ingress or a Gateway, and make the Service a ClusterIP once nobody uses its own port any more. Where it is meant to be reached like this, keep to the addresses that need it (loadBalancerSourceRanges, an internal load balancer) and ignore the finding.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "extensions-v1beta",
  "title": "The API version extensions/v1beta1 is gone",
  "since": "1.0.0",
  "severity": "high",
  "family": "deprecations",
  "why": "Kubernetes 1.16 and 1.22 took extensions/v1beta1 away. A cluster of today refuses the object.",
  "covers": {
   "kube-linter": [
    "no-extensions-v1beta"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "no-extensions-v1beta",
    "reports": "theirs",
    "when": "!object.apiVersion.startsWith(\"extensions/\")",
    "because": "its pattern takes every group whose name holds \"extensions\" for that group"
   }
  ],
  "kinds": [
   "extensions/*"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.apiVersion.startsWith(\"extensions/v1beta\")",
  "at": "object:/apiVersion",
  "fix": [
   {
    "if": "object.kind == \"NetworkPolicy\"",
    "patch": [
     {
      "op": "replace",
      "path": "object:/apiVersion",
      "value": "networking.k8s.io/v1"
     }
    ]
   },
   {
    "if": "object.kind in [\"Deployment\", \"DaemonSet\", \"ReplicaSet\"] && !object.?spec.?rollbackTo.hasValue() && !object.?spec.?templateGeneration.hasValue() && size(object.?spec.?selector.?matchLabels.orValue({})) > 0",
    "patch": [
     {
      "op": "replace",
      "path": "object:/apiVersion",
      "value": "apps/v1"
     }
    ]
   },
   {
    "if": "object.kind in [\"Deployment\", \"DaemonSet\", \"ReplicaSet\"] && !object.?spec.?rollbackTo.hasValue() && !object.?spec.?templateGeneration.hasValue() && !object.?spec.?selector.hasValue() && size(object.?spec.?template.?metadata.?labels.orValue({})) > 0",
    "patch": [
     {
      "op": "replace",
      "path": "object:/apiVersion",
      "value": "apps/v1"
     },
     {
      "op": "add",
      "path": "object:/spec/selector/matchLabels",
      "value": {
       "cel": "object.spec.template.metadata.labels"
      }
     }
    ]
   },
   {
    "if": "object.kind == \"Ingress\"",
    "build": "ingress-version"
   },
   {
    "advice": "Move to the version that took its place; fields changed as well. A PodSecurityPolicy becomes a label of the namespace (Pod Security Admission)."
   }
  ],
  "ensures": "!object.apiVersion.startsWith(\"extensions/\")",
  "breakage": {
   "prior": 0.05,
   "because": "some defaults differ, such as how a DaemonSet is updated"
  },
  "examples": []
 },
 {
  "id": "host-ipc",
  "title": "The pod shares the node's inter-process communication",
  "since": "1.0.0",
  "severity": "high",
  "family": "pod-security",
  "why": "Shared memory and semaphores of the node are open to the container: it can read and change what other processes keep there.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.2.4"
   ],
   "nsa": [
    "C-0038"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kube-linter": [
    "host-ipc"
   ]
  },
  "covers": {
   "kyverno": [
    "disallow-host-namespaces"
   ]
  },
  "known-as": {
   "polaris": [
    "hostIPCSet"
   ],
   "kubescape": [
    "C-0038"
   ],
   "checkov": [
    "CKV_K8S_18"
   ],
   "trivy": [
    "KSV-0008"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?hostIPC.orValue(false)",
  "at": "pod:/hostIPC",
  "fix": [
   {
    "patch": [
     {
      "op": "remove",
      "path": "pod:/hostIPC"
     }
    ]
   }
  ],
  "ensures": "!pod.?hostIPC.orValue(false)",
  "breakage": {
   "prior": 0.2,
   "because": "the program may share memory with a process of the node",
   "moves": [
    {
     "when": "object.?kind.orValue(\"\") == \"DaemonSet\" || object.?metadata.?namespace.orValue(\"\") in [\"kube-system\", \"kube-public\", \"kube-node-lease\"] || pod.?volumes.orValue([]).exists(v, v.?hostPath.hasValue()) || pod.?containers.orValue([]).exists(c, c.?securityContext.?privileged.orValue(false))",
     "to": 0.8,
     "because": "it looks like an agent of the node (DaemonSet, system namespace, host access), and those need it"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "host-network",
  "title": "The pod shares the node's network",
  "since": "1.0.0",
  "severity": "high",
  "family": "pod-security",
  "why": "A pod in the node's network bypasses every NetworkPolicy, reaches services that listen on the node's loopback, and can listen in on its traffic.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.2.5"
   ],
   "nsa": [
    "C-0041"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.2"
   ]
  },
  "same-as": {
   "kube-linter": [
    "host-network"
   ]
  },
  "covers": {
   "kyverno": [
    "disallow-host-namespaces"
   ]
  },
  "known-as": {
   "polaris": [
    "hostNetworkSet"
   ],
   "kubescape": [
    "C-0041"
   ],
   "checkov": [
    "CKV_K8S_19"
   ],
   "trivy": [
    "KSV-0009"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?hostNetwork.orValue(false)",
  "at": "pod:/hostNetwork",
  "fix": [
   {
    "patch": [
     {
      "op": "remove",
      "path": "pod:/hostNetwork"
     }
    ],
    "requires": [
     "windows-host-process"
    ]
   }
  ],
  "ensures": "!pod.?hostNetwork.orValue(false)",
  "breakage": {
   "prior": 0.2,
   "because": "clients may reach the program by the address of the node",
   "moves": [
    {
     "when": "object.?kind.orValue(\"\") == \"DaemonSet\" || object.?metadata.?namespace.orValue(\"\") in [\"kube-system\", \"kube-public\", \"kube-node-lease\"] || pod.?volumes.orValue([]).exists(v, v.?hostPath.hasValue()) || pod.?containers.orValue([]).exists(c, c.?securityContext.?privileged.orValue(false))",
     "to": 0.8,
     "because": "it looks like an agent of the node (DaemonSet, system namespace, host access), and those need it"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "host-path-volumes",
  "title": "The pod mounts a path of the node",
  "since": "1.0.0",
  "severity": "high",
  "family": "pod-security",
  "why": "A path of the node outlives the pod, belongs to every pod that mounts it, and is the shortest way from a container to the node.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.2.11"
   ],
   "nsa": [
    "C-0048"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.5.5"
   ]
  },
  "same-as": {
   "kyverno": [
    "disallow-host-path"
   ]
  },
  "known-as": {
   "polaris": [
    "hostPathSet"
   ],
   "kubescape": [
    "C-0048"
   ],
   "trivy": [
    "KSV-0023"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod:/volumes/*",
  "level": "pod",
  "judges": "written",
  "when": "item.?hostPath.hasValue() && !item.?hostPath.?path.orValue(\"\").endsWith(\"docker.sock\") && !item.?hostPath.?path.orValue(\"\").endsWith(\"containerd.sock\") && !item.?hostPath.?path.orValue(\"\").endsWith(\"crio.sock\") && !(item.?hostPath.?path.orValue(\"\") in [\"/\", \"/boot\", \"/dev\", \"/etc\", \"/lib\", \"/proc\", \"/sys\", \"/usr\"])",
  "at": "item:",
  "message": "\"The pod mounts \" + item.?hostPath.?path.orValue(\"a path\") + \" of the node\"",
  "fix": [
   {
    "build": "remove-volume"
   }
  ],
  "breakage": {
   "prior": 0.9,
   "because": "the program reads or writes there"
  },
  "examples": []
 },
 {
  "id": "host-pid",
  "title": "The pod sees the node's processes",
  "since": "1.0.0",
  "severity": "high",
  "family": "pod-security",
  "why": "With the node's process table a container can read the memory and the environment of every other process of the node, and signal them.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.2.3"
   ],
   "nsa": [
    "C-0038"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kube-linter": [
    "host-pid"
   ]
  },
  "covers": {
   "kyverno": [
    "disallow-host-namespaces"
   ]
  },
  "known-as": {
   "polaris": [
    "hostPIDSet"
   ],
   "kubescape": [
    "C-0038"
   ],
   "checkov": [
    "CKV_K8S_17"
   ],
   "trivy": [
    "KSV-0010"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?hostPID.orValue(false)",
  "at": "pod:/hostPID",
  "fix": [
   {
    "patch": [
     {
      "op": "remove",
      "path": "pod:/hostPID"
     }
    ]
   }
  ],
  "ensures": "!pod.?hostPID.orValue(false)",
  "breakage": {
   "prior": 0.2,
   "because": "the program may watch or signal processes of the node",
   "moves": [
    {
     "when": "object.?kind.orValue(\"\") == \"DaemonSet\" || object.?metadata.?namespace.orValue(\"\") in [\"kube-system\", \"kube-public\", \"kube-node-lease\"] || pod.?volumes.orValue([]).exists(v, v.?hostPath.hasValue()) || pod.?containers.orValue([]).exists(c, c.?securityContext.?privileged.orValue(false))",
     "to": 0.8,
     "because": "it looks like an agent of the node (DaemonSet, system namespace, host access), and those need it"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "host-ports",
  "title": "The container takes a port of the node",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "A port of the node is reachable past Services and most network policies, and only one pod of the node can have it.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.2.12"
   ],
   "nsa": [
    "C-0044"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1046"
   ],
   "nist-800-190": [
    "4.4.2"
   ]
  },
  "same-as": {
   "kyverno": [
    "disallow-host-ports"
   ]
  },
  "known-as": {
   "polaris": [
    "hostPortSet"
   ],
   "kubescape": [
    "C-0044"
   ],
   "checkov": [
    "CKV_K8S_26"
   ],
   "trivy": [
    "KSV-0024"
   ]
  },
  "differs": [
   {
    "engine": "pod-security-admission",
    "rule": "hostPorts",
    "reports": "theirs",
    "when": "pod.?hostNetwork.orValue(false)",
    "because": "under hostNetwork the API server fills hostPort in for every port; that is the business of host-network, and goes with it"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container:/ports/*",
  "level": "container",
  "judges": "written",
  "when": "item.?hostPort.orValue(0) > 0",
  "at": "item:/hostPort",
  "message": "\"The container takes port \" + string(item.hostPort) + \" of the node\"",
  "fix": [
   {
    "if": "pod.?hostNetwork.orValue(false)",
    "patch": [
     {
      "op": "remove",
      "path": "item:/hostPort"
     }
    ],
    "requires": [
     "host-network"
    ]
   },
   {
    "patch": [
     {
      "op": "remove",
      "path": "item:/hostPort"
     }
    ]
   }
  ],
  "ensures": "item == null || !item.?hostPort.hasValue()",
  "breakage": {
   "prior": 0.4,
   "because": "clients may reach the program by the address of the node",
   "moves": [
    {
     "when": "object.?kind.orValue(\"\") == \"DaemonSet\"",
     "to": 0.8,
     "because": "a DaemonSet with a port of the node is most likely reached by the address of the node"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "host-probes",
  "title": "A probe or lifecycle hook of the container names a host",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "The kubelet calls probes and hooks from the node. With a host of their own they reach whatever the node reaches, past every network policy: a blind way to other services.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [],
   "nsa": [],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1046"
   ],
   "nist-800-190": [
    "4.4.2"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "container.?livenessProbe.?httpGet.?host.orValue(\"\") != \"\" || container.?livenessProbe.?tcpSocket.?host.orValue(\"\") != \"\" || container.?readinessProbe.?httpGet.?host.orValue(\"\") != \"\" || container.?readinessProbe.?tcpSocket.?host.orValue(\"\") != \"\" || container.?startupProbe.?httpGet.?host.orValue(\"\") != \"\" || container.?startupProbe.?tcpSocket.?host.orValue(\"\") != \"\" || container.?lifecycle.?postStart.?httpGet.?host.orValue(\"\") != \"\" || container.?lifecycle.?postStart.?tcpSocket.?host.orValue(\"\") != \"\" || container.?lifecycle.?preStop.?httpGet.?host.orValue(\"\") != \"\" || container.?lifecycle.?preStop.?tcpSocket.?host.orValue(\"\") != \"\"",
  "at": "container:",
  "fix": [
   {
    "build": "host-probes"
   }
  ],
  "breakage": {
   "prior": 0.3,
   "because": "the program may listen on that host alone, so that a call to the pod's own address fails"
  },
  "examples": []
 },
 {
  "id": "hpa-minimum-replicas",
  "title": "The autoscaler may leave too few replicas",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "default": "off",
  "why": "In quiet hours an autoscaler goes down to minReplicas, one where none is written. Then every restart and every drained node is an outage, just when nobody looks.",
  "same-as": {
   "kube-linter": [
    "hpa-minimum-three-replicas"
   ]
  },
  "known-as": {
   "polaris": [
    "hpaMinAvailability"
   ]
  },
  "params": {
   "minimum": {
    "type": "integer",
    "default": 3,
    "text": "replicas that an autoscaler has to leave"
   },
   "replicas": {
    "type": "integer",
    "default": 0,
    "text": "minReplicas that an autoscaler gets which has none; 0 asks a person"
   }
  },
  "kinds": [
   "autoscaling/HorizontalPodAutoscaler"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "(type(object.?spec.?minReplicas.orValue(1)) == int || type(object.?spec.?minReplicas.orValue(1)) == double) && int(object.?spec.?minReplicas.orValue(1)) < params.minimum",
  "at": "object:/spec/minReplicas",
  "message": "\"The autoscaler may go down to \" + string(object.?spec.?minReplicas.orValue(1)) + (object.?spec.?minReplicas.orValue(1) == 1 ? \" replica\" : \" replicas\")",
  "fix": [
   {
    "if": "!object.?spec.?minReplicas.hasValue() && params.replicas > 0 && params.replicas >= params.minimum && type(object.?spec.?maxReplicas.orValue(\"\")) == int && int(object.?spec.?maxReplicas.orValue(0)) >= params.replicas",
    "patch": [
     {
      "op": "add",
      "path": "object:/spec/minReplicas",
      "value": {
       "cel": "params.replicas"
      }
     }
    ]
   },
   {
    "needs-value": {
     "question": "How many replicas have to stay in quiet hours? No more than maxReplicas.",
     "path": "object:/spec/minReplicas"
    }
   }
  ],
  "ensures": "type(object.?spec.?minReplicas.orValue(\"\")) == int && int(object.?spec.?minReplicas.orValue(0)) >= params.minimum",
  "breakage": {
   "prior": 0.05,
   "because": "it scales as before, and costs more in quiet hours"
  },
  "examples": []
 },
 {
  "id": "image-digest",
  "title": "The image is not fixed by its digest",
  "since": "1.0.0",
  "severity": "low",
  "family": "images",
  "default": "off",
  "why": "A tag is a name that whoever can push to the registry can move: the same manifest may start another program tomorrow. A digest is worked out from the image itself.",
  "standards": {
   "cis-1.12": [
    "5.5.1"
   ],
   "attack": [
    "T1525",
    "T1195.002"
   ],
   "nist-800-190": [
    "4.1.5"
   ]
  },
  "known-as": {
   "checkov": [
    "CKV_K8S_43"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "container.?image.orValue(\"\") != \"\" && !container.image.contains(\"@\")",
  "at": "container:/image",
  "fix": [
   {
    "if": "values.?images.?digests[?container.image].hasValue() && !(values.?images.?pins[?(container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image)].hasValue() && !values.?origins.?images.?pins[?(container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image)].hasValue())",
    "patch": [
     {
      "op": "replace",
      "path": "container:/image",
      "value": {
       "cel": "(container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image) + \"@\" + values.images.digests[container.image]"
      }
     }
    ]
   },
   {
    "needs-value": {
     "question": "Which digest does the tag stand for? Let the registry be asked (--registry HOST), or write it behind the tag (name:tag@sha256:...).",
     "path": "container:/image"
    }
   }
  ],
  "ensures": "container.?image.orValue(\"\").contains(\"@sha256:\")",
  "breakage": {
   "prior": 0.05,
   "because": "it is what the registry gives to whoever starts a pod today; one that runs already may have an older image"
  },
  "examples": []
 },
 {
  "id": "image-pull-policy",
  "title": "The image may come from the node's own store",
  "since": "1.0.0",
  "severity": "low",
  "family": "images",
  "default": "off",
  "why": "Unless the pull policy is Always, a node starts what it once stored under the name: a tag that moved in the meantime, or a private image that another tenant's pod has pulled with credentials that this pod does not have.",
  "standards": {
   "nist-800-190": [
    "4.1.5"
   ]
  },
  "known-as": {
   "polaris": [
    "pullPolicyNotAlways"
   ],
   "checkov": [
    "CKV_K8S_15"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "container.?image.orValue(\"\") != \"\" && container.?imagePullPolicy.orValue(!container.image.contains(\"@\") && (container.image.endsWith(\":latest\") || !container.image.substring(container.image.lastIndexOf(\"/\") + 1).contains(\":\")) ? \"Always\" : \"IfNotPresent\") != \"Always\"",
  "at": "container:/imagePullPolicy",
  "fix": [
   {
    "patch": [
     {
      "op": "add",
      "path": "container:/imagePullPolicy",
      "value": "Always"
     }
    ]
   }
  ],
  "ensures": "container.?imagePullPolicy.orValue(\"\") == \"Always\"",
  "breakage": {
   "prior": 0.1,
   "because": "the pod does not start while the registry cannot be reached",
   "moves": [
    {
     "when": "container.?imagePullPolicy.orValue(\"\") == \"Never\"",
     "to": 0.8,
     "because": "the image was put on the nodes by hand, and no registry may have it"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "image-tag",
  "title": "The image has no fixed version",
  "since": "1.0.0",
  "severity": "medium",
  "family": "images",
  "why": "Without a tag, or with latest, each node may run another program under the same name, a roll-back goes nowhere, and whoever can push to the registry can change what runs.",
  "standards": {
   "cis-1.12": [
    "5.5.1"
   ],
   "attack": [
    "T1525",
    "T1195.002"
   ],
   "nist-800-190": [
    "4.1.5"
   ]
  },
  "same-as": {
   "kyverno": [
    "disallow-latest-tag"
   ]
  },
  "covers": {
   "kube-linter": [
    "latest-tag"
   ]
  },
  "known-as": {
   "polaris": [
    "tagNotSpecified"
   ],
   "checkov": [
    "CKV_K8S_14"
   ],
   "trivy": [
    "KSV-0013"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "latest-tag",
    "reports": "theirs",
    "when": "container.?image.orValue(\"\") == \"\"",
    "because": "it takes a container without any image for one without a tag; a patch, or something else that names the image later"
   },
   {
    "engine": "kube-linter",
    "rule": "latest-tag",
    "reports": "theirs",
    "when": "container.?image.orValue(\"\").contains(\"@\")",
    "because": "it takes a digest without a colon for a name without a tag"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "container.?image.orValue(\"\") != \"\" && !container.image.contains(\"@\") && (container.image.endsWith(\":latest\") || !container.image.substring(container.image.lastIndexOf(\"/\") + 1).contains(\":\"))",
  "at": "container:/image",
  "fix": [
   {
    "if": "values.?images.?digests[?container.image].hasValue() && (!values.?images.?pins[?(container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image)].hasValue() || values.?origins.?images.?pins[?(container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image)].hasValue())",
    "patch": [
     {
      "op": "replace",
      "path": "container:/image",
      "value": {
       "cel": "(container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image) + \"@\" + values.images.digests[container.image]"
      }
     }
    ]
   },
   {
    "if": "values.?images.?pins[?(container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image)].hasValue()",
    "patch": [
     {
      "op": "replace",
      "path": "container:/image",
      "value": {
       "cel": "[container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image].map(name, name + (values.images.pins[name].startsWith(\"sha256:\") ? \"@\" : \":\") + values.images.pins[name])[0]"
      }
     }
    ]
   },
   {
    "needs-value": {
     "question": "Which version of the image runs today? Pin it (a tag or a digest) under images.pins of the configuration.",
     "path": "container:/image"
    }
   }
  ],
  "breakage": {
   "prior": 0.05,
   "because": "the version is the configuration's, and may be another one than runs today",
   "moves": [
    {
     "when": "values.?origins.?images.?digests[?container.image].hasValue() && !(values.?images.?pins[?(container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image)].hasValue() && !values.?origins.?images.?pins[?(container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image)].hasValue())",
     "to": 0.1,
     "because": "it is what the registry gives to whoever starts a pod today; one that runs already may have an older image"
    },
    {
     "when": "values.?origins.?images.?pins[?(container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image)].orValue(\"\") == \"repository\" && (object.?spec.?volumeClaimTemplates.hasValue() || pod.?volumes.orValue([]).exists(v, v.?persistentVolumeClaim.hasValue()))",
     "to": 0.3,
     "because": "other objects run this version, and the one that runs here today may be newer and have written data that this one cannot read"
    },
    {
     "when": "values.?origins.?images.?pins[?(container.image.endsWith(\":latest\") ? container.image.substring(0, container.image.lastIndexOf(\":\")) : container.image)].orValue(\"\") == \"repository\"",
     "to": 0.15,
     "because": "other objects run this version, and the one that runs here today may be another one"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "ingress-tls",
  "title": "The ingress has hosts without TLS",
  "since": "1.0.0",
  "severity": "medium",
  "family": "network",
  "default": "off",
  "why": "Without TLS everything on the way reads and changes what is sent: passwords, cookies, downloads. Where something in front of the ingress ends TLS, and the way from there is safe, it is fine.",
  "standards": {
   "attack": [
    "T1040"
   ],
   "nist-800-190": [
    "4.3.3"
   ]
  },
  "known-as": {
   "polaris": [
    "tlsSettingsMissing"
   ],
   "kubescape": [
    "C-0263"
   ]
  },
  "kinds": [
   "networking.k8s.io/Ingress",
   "extensions/Ingress"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "size(object.?spec.?tls.orValue([])) == 0",
  "at": "object:/spec/tls",
  "fix": [
   {
    "needs-value": {
     "question": "Which secret holds the certificate for the hosts of this ingress?",
     "path": "object:/spec/tls"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "job-ttl",
  "title": "The finished Job stays for ever",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "why": "Finished Jobs and their pods stay until someone deletes them, and fill the API server's store. A Job of a CronJob is cleaned up by its history limits.",
  "covers": {
   "kube-linter": [
    "job-ttl-seconds-after-finished"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "job-ttl-seconds-after-finished",
    "reports": "ours",
    "when": "object.apiVersion != \"batch/v1\"",
    "because": "it does not read the old version of the API"
   },
   {
    "engine": "kube-linter",
    "rule": "job-ttl-seconds-after-finished",
    "reports": "theirs",
    "when": "object.?metadata.?ownerReferences.orValue([]).exists(o, o.?kind.orValue(\"\") == \"CronJob\")",
    "because": "it asks a Job that a CronJob has made, too"
   }
  ],
  "kinds": [
   "batch/Job"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "!object.?spec.?ttlSecondsAfterFinished.hasValue() && !object.?metadata.?ownerReferences.orValue([]).exists(o, o.?kind.orValue(\"\") == \"CronJob\")",
  "at": "object:/spec/ttlSecondsAfterFinished",
  "fix": [
   {
    "needs-value": {
     "question": "After how many seconds may the finished Job be deleted, with its logs?",
     "path": "object:/spec/ttlSecondsAfterFinished"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "liveness-port",
  "title": "The liveness probe calls a port that the container does not list",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "why": "The list of ports is what people, Services and policies go by. A probe of a port that is not in it is most often a typing error, and then the container never counts as healthy.",
  "covers": {
   "kube-linter": [
    "liveness-port"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "liveness-port",
    "reports": "ours",
    "when": "containerList == \"initContainers\"",
    "because": "it skips init containers, and with them sidecars"
   },
   {
    "engine": "kube-linter",
    "rule": "liveness-port",
    "reports": "theirs",
    "when": "container.?livenessProbe.?httpGet.hasValue() && !container.?livenessProbe.?httpGet.?port.hasValue() || container.?livenessProbe.?tcpSocket.hasValue() && !container.?livenessProbe.?tcpSocket.?port.hasValue() || container.?livenessProbe.?grpc.hasValue() && !container.?livenessProbe.?grpc.?port.hasValue()",
    "because": "it takes a probe without a port for one of port 0, which the API server refuses"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "containerList != \"ephemeralContainers\" && container.?livenessProbe.?httpGet.?port.or(container.?livenessProbe.?tcpSocket.?port).or(container.?livenessProbe.?grpc.?port).hasValue() && !container.?ports.orValue([]).exists(p, p.?protocol.orValue(\"TCP\") in [\"\", \"TCP\"] && ( p.?containerPort.orValue(0) == container.?livenessProbe.?httpGet.?port.or(container.?livenessProbe.?tcpSocket.?port).or(container.?livenessProbe.?grpc.?port).orValue(0) || p.?name.orValue(\"\") == container.?livenessProbe.?httpGet.?port.or(container.?livenessProbe.?tcpSocket.?port).or(container.?livenessProbe.?grpc.?port).orValue(0)))",
  "at": "container:/livenessProbe",
  "fix": [
   {
    "if": "type(container.?livenessProbe.?httpGet.?port.or(container.?livenessProbe.?tcpSocket.?port).or(container.?livenessProbe.?grpc.?port).orValue(\"\")) != int || container.?livenessProbe.?httpGet.?port.or(container.?livenessProbe.?tcpSocket.?port).or(container.?livenessProbe.?grpc.?port).orValue(0) < 1 || container.?livenessProbe.?httpGet.?port.or(container.?livenessProbe.?tcpSocket.?port).or(container.?livenessProbe.?grpc.?port).orValue(0) > 65535",
    "needs-value": {
     "question": "Which port number does the liveness probe mean? Its container lists no port of that name.",
     "path": "container:/ports"
    }
   },
   {
    "if": "[int(container.?livenessProbe.?httpGet.?port.or(container.?livenessProbe.?tcpSocket.?port).or(container.?livenessProbe.?grpc.?port).orValue(0))].exists(port, (pod.?containers.orValue([]) + pod.?initContainers.orValue([])).exists(c, c.?ports.orValue([]).exists(p, p.?containerPort.orValue(0) == port && p.?protocol.orValue(\"TCP\") in [\"\", \"TCP\"])))",
    "advice": "Another container of the pod lists this port. The containers of a pod share one network, so check which of them listens on it. If it is this one, move the entry of the list here. If it is the other one, its answer stands for this container as well: let the probe call a port of this one, or ignore the finding where that is meant."
   },
   {
    "if": "[int(container.?livenessProbe.?httpGet.?port.or(container.?livenessProbe.?tcpSocket.?port).or(container.?livenessProbe.?grpc.?port).orValue(0))].exists(port, !(pod.?containers.orValue([]) + pod.?initContainers.orValue([])).exists_one(c, c.?livenessProbe.?httpGet.?port.or(c.?livenessProbe.?tcpSocket.?port).or(c.?livenessProbe.?grpc.?port).orValue(0) == port || c.?readinessProbe.?httpGet.?port.or(c.?readinessProbe.?tcpSocket.?port).or(c.?readinessProbe.?grpc.?port).orValue(0) == port || c.?startupProbe.?httpGet.?port.or(c.?startupProbe.?tcpSocket.?port).or(c.?startupProbe.?grpc.?port).orValue(0) == port))",
    "advice": "Another container of the pod has a probe of this port as well, and neither lists it. The containers of a pod share one network, so check which of them listens on it: list the port there, and let the probe of the other one call a port of its own."
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "container:/ports/-",
      "value": {
       "cel": "{\"containerPort\": container.?livenessProbe.?httpGet.?port.or(container.?livenessProbe.?tcpSocket.?port).or(container.?livenessProbe.?grpc.?port).orValue(0)}"
      }
     }
    ],
    "requires": [
     "host-network"
    ]
   }
  ],
  "breakage": {
   "prior": 0.01,
   "because": "the list of ports opens and closes nothing"
  },
  "examples": []
 },
 {
  "id": "memory-limits",
  "title": "The container has no memory limit",
  "since": "1.0.0",
  "severity": "medium",
  "family": "resources",
  "why": "Memory cannot be taken back: a container without a limit grows until the node runs out, and then the kernel kills whatever it likes, neighbours included.",
  "standards": {
   "nsa": [
    "C-0271"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1499",
    "T1496"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "covers": {
   "kyverno": [
    "require-requests-limits"
   ],
   "kube-linter": [
    "unset-memory-requirements"
   ]
  },
  "known-as": {
   "polaris": [
    "memoryLimitsMissing"
   ],
   "kubescape": [
    "C-0271"
   ],
   "checkov": [
    "CKV_K8S_13"
   ],
   "trivy": [
    "KSV-0018"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "unset-memory-requirements",
    "reports": "theirs",
    "when": "container.?resources.?limits.?memory.hasValue() && isQuantity(string(container.?resources.?limits.?memory.orValue(\"\"))) && quantity(string(container.?resources.?limits.?memory.orValue(\"\"))).compareTo(quantity(\"0\")) == 0",
    "because": "it takes a written limit of 0 for none; an amount that someone wrote is theirs"
   },
   {
    "engine": "kube-linter",
    "rule": "unset-memory-requirements",
    "reports": "theirs",
    "when": "containerList == \"ephemeralContainers\"",
    "because": "it asks ephemeral containers for resources, which the API does not let them have"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "containerList != \"ephemeralContainers\" && !container.?resources.?limits.?memory.hasValue()",
  "at": "container:/resources/limits/memory",
  "fix": [
   {
    "if": "values.?resources.?limits.?memory.hasValue() && (!container.?resources.?requests.?memory.hasValue() || isQuantity(string(container.resources.requests.memory)) && isQuantity(string(values.resources.limits.memory)) && !quantity(string(values.resources.limits.memory)).isLessThan( quantity(string(container.resources.requests.memory))))",
    "patch": [
     {
      "op": "add",
      "path": "container:/resources/limits/memory",
      "value": {
       "cel": "values.resources.limits.memory"
      }
     }
    ]
   },
   {
    "if": "values.?resources.?limits.?memory.hasValue()",
    "needs-value": {
     "question": "The container requests more memory than the default limit that is known. What is its limit?",
     "path": "container:/resources/limits/memory"
    }
   },
   {
    "needs-value": {
     "question": "How much memory may the container use? (resources.defaults.limits.memory in the configuration answers for all)",
     "path": "container:/resources/limits/memory"
    }
   }
  ],
  "ensures": "container.?resources.?limits.?memory.hasValue()",
  "breakage": {
   "prior": 0.15,
   "because": "a program that needs more memory than the limit is killed",
   "moves": [
    {
     "when": "values.?origins.?resources.?limits.?memory.orValue(\"\") == \"limit-range\"",
     "to": 0.02,
     "because": "the LimitRange of the namespace fills in the same limit"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "memory-requests",
  "title": "The container requests no memory",
  "since": "1.0.0",
  "severity": "low",
  "family": "resources",
  "default": "off",
  "why": "Without a request the scheduler takes the container for free, and it is among the first that a node short of memory evicts.",
  "standards": {
   "nsa": [
    "C-0271"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1499"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "known-as": {
   "polaris": [
    "memoryRequestsMissing"
   ],
   "kubescape": [
    "C-0269"
   ],
   "checkov": [
    "CKV_K8S_12"
   ],
   "trivy": [
    "KSV-0016"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "containerList != \"ephemeralContainers\" && !container.?resources.?requests.?memory.hasValue()",
  "at": "container:/resources/requests/memory",
  "fix": [
   {
    "if": "container.?resources.?limits.?memory.hasValue()",
    "patch": [
     {
      "op": "add",
      "path": "container:/resources/requests/memory",
      "value": {
       "cel": "container.resources.limits.memory"
      }
     }
    ]
   },
   {
    "if": "values.?resources.?requests.?memory.hasValue()",
    "patch": [
     {
      "op": "add",
      "path": "container:/resources/requests/memory",
      "value": {
       "cel": "values.resources.requests.memory"
      }
     }
    ]
   },
   {
    "needs-value": {
     "question": "How much memory does the container need? (resources.defaults.requests.memory in the configuration answers for all)",
     "path": "container:/resources/requests/memory"
    }
   }
  ],
  "ensures": "container.?resources.?requests.?memory.hasValue()",
  "breakage": {
   "prior": 0.05,
   "because": "the cluster may have no room for the request",
   "moves": [
    {
     "when": "container.?resources.?limits.?memory.hasValue()",
     "to": 0,
     "because": "the API server fills in the same request"
    },
    {
     "when": "values.?origins.?resources.?requests.?memory.orValue(\"\") == \"limit-range\"",
     "to": 0.02,
     "because": "the LimitRange of the namespace fills in the same request"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "minimum-replicas",
  "title": "The workload runs in too few replicas",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "default": "off",
  "why": "With one replica every restart, every drained node and every failing zone is an outage. Three stay available through two of these at a time, and let a quorum be found.",
  "covers": {
   "kube-linter": [
    "minimum-three-replicas"
   ]
  },
  "known-as": {
   "polaris": [
    "deploymentMissingReplicas"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "minimum-three-replicas",
    "reports": "theirs",
    "when": "object.?spec.?replicas.orValue(1) < 1",
    "because": "with 0 replicas the workload is switched off, and more would switch it on"
   }
  ],
  "params": {
   "minimum": {
    "type": "integer",
    "default": 3,
    "text": "replicas that every workload has at least"
   },
   "replicas": {
    "type": "integer",
    "default": 0,
    "text": "replicas that a workload gets which says nothing of them; 0 asks a person"
   }
  },
  "kinds": [
   "apps/Deployment",
   "apps/ReplicaSet",
   "apps/StatefulSet",
   "extensions/Deployment",
   "extensions/ReplicaSet",
   "/ReplicationController"
  ],
  "for-each": "pod",
  "level": "resource",
  "judges": "written",
  "when": "object.?spec.?replicas.orValue(1) < params.minimum && object.?spec.?replicas.orValue(1) > 0",
  "at": "object:/spec/replicas",
  "message": "\"The workload runs in \" + string(object.?spec.?replicas.orValue(1)) + (object.?spec.?replicas.orValue(1) == 1 ? \" replica\" : \" replicas\") + \", fewer than \" + string(params.minimum)",
  "fix": [
   {
    "if": "!object.?spec.?replicas.hasValue() && params.replicas > 0 && params.replicas >= params.minimum && pod.?affinity.?podAntiAffinity.hasValue()",
    "patch": [
     {
      "op": "add",
      "path": "object:/spec/replicas",
      "value": {
       "cel": "params.replicas"
      }
     }
    ]
   },
   {
    "if": "!object.?spec.?replicas.hasValue() && params.replicas > 0 && params.replicas >= params.minimum && object.?spec.?selector.?matchLabels.hasValue() && size(object.spec.selector.matchLabels) > 0 && object.spec.selector.matchLabels.all(k, template.?metadata.?labels[?k].orValue(null) == object.spec.selector.matchLabels[k])",
    "patch": [
     {
      "op": "add",
      "path": "object:/spec/replicas",
      "value": {
       "cel": "params.replicas"
      }
     },
     {
      "op": "add",
      "path": "pod:/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/-",
      "value": {
       "cel": "{\"weight\": dyn(100), \"podAffinityTerm\": dyn({\"labelSelector\": dyn(object.spec.selector), \"topologyKey\": dyn(\"kubernetes.io/hostname\")})}"
      }
     }
    ]
   },
   {
    "if": "!object.?spec.?replicas.hasValue() && params.replicas > 0 && params.replicas >= params.minimum && !object.?spec.?selector.?matchLabels.hasValue() && size(template.?metadata.?labels.orValue({})) > 0",
    "patch": [
     {
      "op": "add",
      "path": "object:/spec/replicas",
      "value": {
       "cel": "params.replicas"
      }
     },
     {
      "op": "add",
      "path": "pod:/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/-",
      "value": {
       "cel": "{\"weight\": dyn(100), \"podAffinityTerm\": dyn({\"labelSelector\": dyn({\"matchLabels\": template.metadata.labels}), \"topologyKey\": dyn(\"kubernetes.io/hostname\")})}"
      }
     }
    ]
   },
   {
    "needs-value": {
     "question": "In how many replicas can it run? A program that keeps files of its own, holds a lock or does its work on a schedule may bear one alone; where a HorizontalPodAutoscaler scales it, leave replicas out and set minReplicas there.",
     "path": "object:/spec/replicas"
    }
   }
  ],
  "ensures": "object.?spec.?replicas.orValue(1) >= params.minimum",
  "breakage": {
   "prior": 0.3,
   "because": "a program that was made to run once may do its work several times, and an autoscaler may own the number",
   "moves": [
    {
     "when": "object.?kind.orValue(\"\") != \"StatefulSet\" && pod.?volumes.orValue([]).exists(v, v.?persistentVolumeClaim.hasValue())",
     "to": 0.6,
     "because": "all replicas would share one volume, which most storage lets one node alone mount"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "mismatching-selector",
  "title": "The selector does not match the pod template",
  "since": "1.0.0",
  "severity": "high",
  "family": "references",
  "why": "A controller finds its pods by the selector. The API server refuses one that its own template does not match, and one that is missing.",
  "covers": {
   "kube-linter": [
    "mismatching-selector"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0296"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "mismatching-selector",
    "reports": "theirs",
    "when": "object.?spec.?selector.?matchLabels.orValue({}).exists(k, !string(object.spec.selector.matchLabels[k]).matches(\"^[-A-Za-z0-9_.]*$\") || string(object.spec.selector.matchLabels[k]).matches(\"^[-_.]\") || string(object.spec.selector.matchLabels[k]).matches(\"[-_.]$\") || size(string(object.spec.selector.matchLabels[k])) > 63)",
    "because": "it refuses a selector with a value that is no label value; placeholders that are filled in later are such values"
   },
   {
    "engine": "kube-linter",
    "rule": "mismatching-selector",
    "reports": "theirs",
    "when": "object.kind in [\"Job\", \"CronJob\"]",
    "because": "the selector of a job is made for it, and whoever writes one by hand has said so with manualSelector"
   }
  ],
  "kinds": [
   "apps/Deployment",
   "apps/ReplicaSet",
   "apps/StatefulSet",
   "apps/DaemonSet"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "size(object.?spec.?selector.?matchLabels.orValue({})) == 0 && size(object.?spec.?selector.?matchExpressions.orValue([])) == 0 || !object.?spec.?selector.?matchLabels.orValue({}).all(k, template.?metadata.?labels[?k].orValue(null) == object.spec.selector.matchLabels[k]) || object.?spec.?selector.?matchExpressions.orValue([]).exists(e, e.?operator.orValue(\"\") == \"In\" && !(string(template.?metadata.?labels[?string(e.?key.orValue(\"\"))].orValue(\"\")) in e.?values.orValue([])) || e.?operator.orValue(\"\") == \"In\" && !template.?metadata.?labels[?string(e.?key.orValue(\"\"))].hasValue() || e.?operator.orValue(\"\") == \"NotIn\" && template.?metadata.?labels[?string(e.?key.orValue(\"\"))].hasValue() && string(template.?metadata.?labels[?string(e.?key.orValue(\"\"))].orValue(\"\")) in e.?values.orValue([]) || e.?operator.orValue(\"\") == \"Exists\" && !template.?metadata.?labels[?string(e.?key.orValue(\"\"))].hasValue() || e.?operator.orValue(\"\") == \"DoesNotExist\" && template.?metadata.?labels[?string(e.?key.orValue(\"\"))].hasValue())",
  "at": "object:/spec/selector",
  "fix": "none",
  "advice": "Make the labels of the pod template (spec.template.metadata.labels) and spec.selector.matchLabels agree. The selector of an object that is in a cluster already cannot be changed; change the labels then.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "namespace-pod-security",
  "title": "The namespace enforces no Pod Security level",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "default": "off",
  "why": "Whatever the manifests of today say, the next pod may be privileged: without the label pod-security.kubernetes.io/enforce the API server takes any pod in the namespace.",
  "standards": {
   "cis-1.12": [
    "5.2.1"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0193",
    "C-0194",
    "C-0195",
    "C-0196",
    "C-0202",
    "C-0203",
    "C-0204"
   ]
  },
  "params": {
   "level": {
    "type": "string",
    "default": "",
    "text": "the level to enforce: baseline or restricted"
   }
  },
  "kinds": [
   "/Namespace"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "!(object.?metadata.?name.orValue(\"\") in [\"kube-system\", \"kube-public\", \"kube-node-lease\"]) && !object.?metadata.?labels[?\"pod-security.kubernetes.io/enforce\"].hasValue()",
  "at": "object:/metadata/labels/pod-security.kubernetes.io~1enforce",
  "fix": [
   {
    "if": "params.level in [\"baseline\", \"restricted\"]",
    "patch": [
     {
      "op": "add",
      "path": "object:/metadata/labels/pod-security.kubernetes.io~1enforce",
      "value": {
       "cel": "params.level"
      }
     }
    ]
   },
   {
    "needs-value": {
     "question": "Which level do the pods of the namespace keep to? (params.namespace-pod-security.level, baseline or restricted)",
     "path": "object:/metadata/labels/pod-security.kubernetes.io~1enforce"
    }
   }
  ],
  "ensures": "object.?metadata.?labels[?\"pod-security.kubernetes.io/enforce\"].orValue(\"\") in [\"baseline\", \"restricted\"]",
  "breakage": {
   "prior": 0.5,
   "because": "the API server refuses every pod of the namespace that does not keep to the level, the next time it is made"
  },
  "examples": []
 },
 {
  "id": "no-anti-affinity",
  "title": "All replicas may land on one node",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "why": "Two replicas on the same node fail with it together. A preferred anti-affinity spreads them where there is room, and keeps no pod from starting where there is none.",
  "covers": {
   "kube-linter": [
    "no-anti-affinity"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "no-anti-affinity",
    "reports": "theirs",
    "when": "pod.?affinity.?podAntiAffinity.?requiredDuringSchedulingIgnoredDuringExecution.orValue([]).exists(t, size(t.?namespaces.orValue([])) > 0 || size(t.?labelSelector.?matchExpressions.orValue([])) > 0) || pod.?affinity.?podAntiAffinity.?preferredDuringSchedulingIgnoredDuringExecution.orValue([]).exists(t, size(t.?podAffinityTerm.?namespaces.orValue([])) > 0 || size(t.?podAffinityTerm.?labelSelector.?matchExpressions.orValue([])) > 0)",
    "because": "it evaluates the expressions and namespaces of a term; we take such a term for one that keeps the replicas apart"
   }
  ],
  "kinds": [
   "apps/Deployment",
   "apps/ReplicaSet",
   "apps/StatefulSet",
   "extensions/Deployment",
   "extensions/ReplicaSet",
   "/ReplicationController"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "object.?spec.?replicas.orValue(1) > 1 && !pod.?affinity.?podAntiAffinity.?requiredDuringSchedulingIgnoredDuringExecution.orValue([]).exists(t, t.?topologyKey.orValue(\"\") == \"kubernetes.io/hostname\" && t.?labelSelector.hasValue() && t.?labelSelector.?matchLabels.orValue({}).all(k, template.?metadata.?labels[?k].hasValue() && template.?metadata.?labels[?k].orValue(\"\") == string(t.labelSelector.matchLabels[k]))) && !pod.?affinity.?podAntiAffinity.?preferredDuringSchedulingIgnoredDuringExecution.orValue([]).exists(t, t.?podAffinityTerm.?topologyKey.orValue(\"\") == \"kubernetes.io/hostname\" && t.?podAffinityTerm.?labelSelector.hasValue() && t.?podAffinityTerm.?labelSelector.?matchLabels.orValue({}).all(k, template.?metadata.?labels[?k].hasValue() && template.?metadata.?labels[?k].orValue(\"\") == string(t.podAffinityTerm.labelSelector.matchLabels[k])))",
  "at": "pod:/affinity/podAntiAffinity",
  "message": "\"The \" + string(object.spec.replicas) + \" replicas may all land on one node\"",
  "fix": [
   {
    "if": "object.?spec.?selector.?matchLabels.hasValue() && size(object.spec.selector.matchLabels) > 0 && object.spec.selector.matchLabels.all(k, template.?metadata.?labels[?k].orValue(null) == object.spec.selector.matchLabels[k])",
    "patch": [
     {
      "op": "add",
      "path": "pod:/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/-",
      "value": {
       "cel": "{\"weight\": dyn(100), \"podAffinityTerm\": dyn({\"labelSelector\": dyn(object.spec.selector), \"topologyKey\": dyn(\"kubernetes.io/hostname\")})}"
      }
     }
    ]
   },
   {
    "if": "!object.?spec.?selector.?matchLabels.hasValue() && size(template.?metadata.?labels.orValue({})) > 0",
    "patch": [
     {
      "op": "add",
      "path": "pod:/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/-",
      "value": {
       "cel": "{\"weight\": dyn(100), \"podAffinityTerm\": dyn({\"labelSelector\": dyn({\"matchLabels\": template.metadata.labels}), \"topologyKey\": dyn(\"kubernetes.io/hostname\")})}"
      }
     }
    ]
   },
   {
    "advice": "Give the pod template labels that the selector matches; then the replicas can be kept apart by them."
   }
  ],
  "breakage": {
   "prior": 0.02,
   "because": "a preference only orders the nodes that fit"
  },
  "examples": []
 },
 {
  "id": "no-liveness-probe",
  "title": "The container has no liveness probe",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "default": "off",
  "why": "Without a liveness probe the kubelet restarts a container only when its process ends. One that hangs stays as it is until somebody looks.",
  "covers": {
   "kyverno": [
    "require-probes"
   ],
   "kube-linter": [
    "no-liveness-probe"
   ]
  },
  "known-as": {
   "polaris": [
    "livenessProbeMissing"
   ],
   "kubescape": [
    "C-0056"
   ],
   "checkov": [
    "CKV_K8S_8"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "no-liveness-probe",
    "reports": "ours",
    "when": "containerList == \"initContainers\"",
    "because": "it skips init containers, and with them sidecars, which run as long as the pod"
   },
   {
    "engine": "kube-linter",
    "rule": "no-liveness-probe",
    "reports": "theirs",
    "when": "object.?kind.orValue(\"\") in [\"Job\", \"CronJob\"] || pod.?restartPolicy.orValue(\"\") in [\"Never\", \"OnFailure\"]",
    "because": "it asks for probes in pods that run to their end, where nobody waits for an answer"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "(containerList == \"containers\" || containerList == \"initContainers\" && container.?restartPolicy.orValue(\"\") == \"Always\") && !(object.?kind.orValue(\"\") in [\"Job\", \"CronJob\"]) && !(pod.?restartPolicy.orValue(\"\") in [\"Never\", \"OnFailure\"]) && !container.?livenessProbe.hasValue()",
  "at": "container:/livenessProbe",
  "fix": [
   {
    "needs-value": {
     "question": "What tells that the container hangs and has to be restarted: an HTTP path and its port, a TCP port, or a command? Ask for nothing that others have to answer: a probe that fails for their sake restarts what works.",
     "path": "container:/livenessProbe"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "no-node-affinity",
  "title": "Nothing says on which nodes the pod may run",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "default": "off",
  "why": "In a cluster of several kinds of nodes a pod without a node affinity or selector may land on any of them: one of another architecture, one that is reserved for others, one that is taken away at any moment.",
  "covers": {
   "kube-linter": [
    "no-node-affinity"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "no-node-affinity",
    "reports": "theirs",
    "when": "size(pod.?nodeSelector.orValue({})) > 0 || pod.?nodeName.orValue(\"\") != \"\"",
    "because": "a node selector, or the name of a node, chooses the nodes as well"
   }
  ],
  "params": {
   "key": {
    "type": "string",
    "default": "",
    "text": "label of the nodes for pods that choose none; without one a person is asked"
   },
   "values": {
    "type": "strings",
    "default": [],
    "text": "values of that label which those nodes have"
   }
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "!pod.?affinity.?nodeAffinity.hasValue() && size(pod.?nodeSelector.orValue({})) == 0 && pod.?nodeName.orValue(\"\") == \"\"",
  "at": "pod:/affinity/nodeAffinity",
  "fix": [
   {
    "if": "params.key != \"\" && size(params.values) > 0",
    "patch": [
     {
      "op": "add",
      "path": "pod:/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/-",
      "value": {
       "cel": "{\"matchExpressions\": [{\"key\": dyn(params.key), \"operator\": dyn(\"In\"), \"values\": dyn(params.values)}]}"
      }
     }
    ]
   },
   {
    "needs-value": {
     "question": "Which label have the nodes that the pod may run on?",
     "path": "pod:/affinity/nodeAffinity"
    }
   }
  ],
  "breakage": {
   "prior": 0.15,
   "because": "the pod stays pending where no node with that label has room",
   "moves": [
    {
     "when": "object.?kind.orValue(\"\") == \"DaemonSet\"",
     "to": 0.5,
     "because": "it is taken away from all other nodes"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "no-readiness-probe",
  "title": "The container has no readiness probe",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "default": "off",
  "why": "Without a readiness probe a pod counts as ready once its processes have started: Services send it requests that it cannot answer yet, and a rollout goes on with a version that never works.",
  "covers": {
   "kyverno": [
    "require-probes"
   ],
   "kube-linter": [
    "no-readiness-probe"
   ]
  },
  "known-as": {
   "polaris": [
    "readinessProbeMissing"
   ],
   "kubescape": [
    "C-0018"
   ],
   "checkov": [
    "CKV_K8S_9"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "no-readiness-probe",
    "reports": "ours",
    "when": "containerList == \"initContainers\"",
    "because": "it skips init containers, and with them sidecars, which run as long as the pod"
   },
   {
    "engine": "kube-linter",
    "rule": "no-readiness-probe",
    "reports": "theirs",
    "when": "object.?kind.orValue(\"\") in [\"Job\", \"CronJob\"] || pod.?restartPolicy.orValue(\"\") in [\"Never\", \"OnFailure\"]",
    "because": "it asks for probes in pods that run to their end, where nobody waits for an answer"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "(containerList == \"containers\" || containerList == \"initContainers\" && container.?restartPolicy.orValue(\"\") == \"Always\") && !(object.?kind.orValue(\"\") in [\"Job\", \"CronJob\"]) && !(pod.?restartPolicy.orValue(\"\") in [\"Never\", \"OnFailure\"]) && !container.?readinessProbe.hasValue()",
  "at": "container:/readinessProbe",
  "fix": [
   {
    "needs-value": {
     "question": "What tells that the container can serve: an HTTP path and its port, a TCP port, or a command?",
     "path": "container:/readinessProbe"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "no-rolling-update-strategy",
  "title": "Nothing says that pods are replaced one by one",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "default": "off",
  "why": "A rolling update replaces pods while the others go on serving. Recreate stops all of them first, and OnDelete leaves the old version running until somebody deletes it.",
  "same-as": {
   "kube-linter": [
    "no-rolling-update-strategy"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0305"
   ]
  },
  "kinds": [
   "apps/Deployment",
   "apps/StatefulSet",
   "apps/DaemonSet",
   "extensions/Deployment",
   "extensions/DaemonSet"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.?kind.orValue(\"\") == \"Deployment\" && !(object.?spec.?strategy.?type.orValue(\"\") in [\"RollingUpdate\", \"Rolling\"]) || object.?kind.orValue(\"\") != \"Deployment\" && !(object.?spec.?updateStrategy.?type.orValue(\"\") in [\"RollingUpdate\", \"Rolling\"])",
  "at": "object:/spec",
  "message": "object.?spec.?strategy.?type.orValue(\"\") == \"Recreate\" ? \"All pods are stopped before the new ones start\" : object.?spec.?updateStrategy.?type.orValue(\"\") == \"OnDelete\" ? \"Pods are replaced only when somebody deletes them\" : \"Nothing says that pods are replaced one by one\"",
  "fix": [
   {
    "if": "object.?kind.orValue(\"\") == \"Deployment\"",
    "patch": [
     {
      "op": "add",
      "path": "object:/spec/strategy/type",
      "value": "RollingUpdate"
     }
    ]
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "object:/spec/updateStrategy/type",
      "value": "RollingUpdate"
     }
    ]
   }
  ],
  "ensures": "object.?kind.orValue(\"\") == \"Deployment\" ? object.?spec.?strategy.?type.orValue(\"\") == \"RollingUpdate\" : object.?spec.?updateStrategy.?type.orValue(\"\") == \"RollingUpdate\"",
  "breakage": {
   "prior": 0.4,
   "because": "Recreate and OnDelete are chosen where the old and the new version must not run side by side, or where somebody has to look on",
   "moves": [
    {
     "when": "object.apiVersion == \"apps/v1\" && !object.?spec.?strategy.?type.hasValue() && !object.?spec.?updateStrategy.?type.hasValue()",
     "to": 0,
     "because": "the API server fills in the same"
    }
   ]
  },
  "hazards": [
   {
    "name": "claimed-volume",
    "when": "object.?spec.?strategy.?type.orValue(\"\") == \"Recreate\" && object.?spec.?template.?spec.?volumes.orValue([]).exists(v, v.?persistentVolumeClaim.hasValue())",
    "because": "a pod of the new version may wait for ever for the volume that the old one has mounted, which is what Recreate is for"
   },
   {
    "name": "host-port",
    "when": "object.?spec.?strategy.?type.orValue(\"\") == \"Recreate\" && (object.?spec.?template.?spec.?hostNetwork.orValue(false) || object.?spec.?template.?spec.?containers.orValue([]).exists(c, c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) > 0)))",
    "because": "a pod of the new version may wait for ever for the port of the node that the old one has"
   }
  ],
  "examples": []
 },
 {
  "id": "non-existent-service-account",
  "title": "The service account is not in the repository",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "A pod whose service account does not exist is refused, and a controller goes on trying without saying so where people look.",
  "covers": {
   "kube-linter": [
    "non-existent-service-account"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0307"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "non-existent-service-account",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).size() > 0 && !values.?repository.?met.orValue([]).exists(o, o.sameFolder && o.sameNamespace)",
    "because": "it looks for service accounts in the folder of the pod alone, and takes an object that writes no namespace for one of another namespace; the account is elsewhere in the repository"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "non-existent-service-account",
  "at": "object:/spec",
  "fix": [
   {
    "needs-value": {
     "question": "Which service account does the pod run as? Name one that exists, or add a ServiceAccount of this name to the repository; where something else creates it, ignore the finding."
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "non-isolated-pod",
  "title": "No network policy selects the pods",
  "since": "1.0.0",
  "severity": "medium",
  "family": "network",
  "default": "off",
  "why": "A pod that no network policy selects may be reached by every pod of the cluster, and may reach whatever the cluster does: one program that is taken over is a way to all others.",
  "standards": {
   "cis-1.12": [
    "5.3.2"
   ],
   "nsa": [
    "C-0030"
   ],
   "owasp-k8s": [
    "K05"
   ],
   "attack": [
    "T1046"
   ],
   "nist-800-190": [
    "4.3.3"
   ]
  },
  "covers": {
   "kube-linter": [
    "non-isolated-pod"
   ]
  },
  "known-as": {
   "polaris": [
    "missingNetworkPolicy"
   ],
   "kubescape": [
    "C-0260"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "non-isolated-pod",
    "reports": "theirs",
    "when": "object.?spec.?hostNetwork.orValue(false) || object.?spec.?template.?spec.?hostNetwork.orValue(false) || object.?spec.?jobTemplate.?spec.?template.?spec.?hostNetwork.orValue(false)",
    "because": "no network policy reaches a pod on the network of its node"
   },
   {
    "engine": "kube-linter",
    "rule": "non-isolated-pod",
    "reports": "theirs",
    "when": "values.?repository.?met.orValue([]).size() > 0 && !values.?repository.?met.orValue([]).exists(o, o.sameFolder && o.sameNamespace && o.group == \"networking.k8s.io\")",
    "because": "it looks for network policies in the folder of the pods alone, does not know those of other groups, and takes an object that writes no namespace for one of another namespace; the repository has a policy that may select the pods"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "resource",
  "judges": "written",
  "looks-at": "repository",
  "check": "non-isolated-pod",
  "at": "object:/spec",
  "fix": [
   {
    "build": "isolating-network-policy"
   },
   {
    "needs-value": {
     "question": "Who may talk to these pods, and with whom may they talk? Add a NetworkPolicy that selects them and says so; one with an empty podSelector and no rules closes all pods of its namespace."
    }
   }
  ],
  "breakage": {
   "prior": 0.5,
   "because": "the repository has no service that sends to these pods, so all that comes in is shut out: whoever calls them at their own address, scrapes metrics from them or sends by a service that stands elsewhere no longer gets through",
   "moves": [
    {
     "when": "values.?repository.?openPorts.orValue(0) > 0",
     "to": 0.3,
     "because": "the ports that services of the repository send to stay open, and all others are shut: a scrape of metrics, or pods of the workload that talk among themselves, on a port that no service names no longer get through"
    }
   ]
  },
  "hazards": [
   {
    "name": "kustomization",
    "because": "several kustomizations apply the file, or one stands beside it that does not, so nobody can tell which of them would have to list a new file; add a NetworkPolicy for these pods, and list it"
   },
   {
    "name": "selects-isolated-pods",
    "because": "the labels by which the workload knows its pods fit pods that another network policy is about already, and these would be opened wider or closed further; add a policy with labels that tell the pods apart"
   }
  ],
  "examples": []
 },
 {
  "id": "pdb-max-unavailable",
  "title": "The budget allows no disruption at all",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "why": "A budget that never lets a pod go blocks the draining of its nodes, and with it every upgrade of the cluster.",
  "covers": {
   "kube-linter": [
    "pdb-max-unavailable"
   ]
  },
  "known-as": {
   "polaris": [
    "pdbDisruptionsIsZero"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "pdb-max-unavailable",
    "reports": "ours",
    "when": "object.apiVersion != \"policy/v1\"",
    "because": "it does not read the old version of the API"
   },
   {
    "engine": "kube-linter",
    "rule": "pdb-max-unavailable",
    "reports": "theirs",
    "when": "type(object.?spec.?maxUnavailable.orValue(0)) == string && object.?spec.?maxUnavailable.orValue(\"\") != \"0%\"",
    "because": "it reports a text that is no percentage, which the API server refuses"
   }
  ],
  "kinds": [
   "policy/PodDisruptionBudget"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.?spec.?maxUnavailable.orValue(1) == 0 || object.?spec.?maxUnavailable.orValue(\"\") == \"0%\"",
  "at": "object:/spec/maxUnavailable",
  "fix": [
   {
    "needs-value": {
     "question": "How many pods may be away at a time?",
     "path": "object:/spec/maxUnavailable"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "pdb-min-available",
  "title": "The budget allows no disruption at all",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "why": "A budget that never lets a pod go blocks the draining of its nodes, and with it every upgrade of the cluster.",
  "covers": {
   "kube-linter": [
    "pdb-min-available"
   ]
  },
  "known-as": {
   "polaris": [
    "pdbDisruptionsIsZero"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "pdb-min-available",
    "reports": "ours",
    "when": "object.apiVersion != \"policy/v1\"",
    "because": "it does not read the old version of the API"
   },
   {
    "engine": "kube-linter",
    "rule": "pdb-min-available",
    "reports": "theirs",
    "when": "type(object.?spec.?minAvailable.orValue(0)) == string && !object.?spec.?minAvailable.orValue(\"\").endsWith(\"%\")",
    "because": "it reports a text that is no percentage, which the API server refuses"
   }
  ],
  "kinds": [
   "policy/PodDisruptionBudget"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.?spec.?minAvailable.orValue(\"\") == \"100%\"",
  "at": "object:/spec/minAvailable",
  "fix": [
   {
    "needs-value": {
     "question": "How many pods have to stay?",
     "path": "object:/spec/minAvailable"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "pdb-unhealthy-pod-eviction-policy",
  "title": "Pods that are not ready can block the draining of a node",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "why": "By default the budget also protects pods that never became ready. They serve nobody, yet a node cannot be drained because of them.",
  "same-as": {
   "kube-linter": [
    "pdb-unhealthy-pod-eviction-policy"
   ]
  },
  "kinds": [
   "policy/PodDisruptionBudget"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.apiVersion == \"policy/v1\" && !object.?spec.?unhealthyPodEvictionPolicy.hasValue()",
  "at": "object:/spec/unhealthyPodEvictionPolicy",
  "fix": [
   {
    "patch": [
     {
      "op": "add",
      "path": "object:/spec/unhealthyPodEvictionPolicy",
      "value": "AlwaysAllow"
     }
    ]
   }
  ],
  "breakage": {
   "prior": 0.02,
   "because": "a program that recovers slowly may be evicted while it is not ready"
  },
  "examples": []
 },
 {
  "id": "pod-apparmor",
  "title": "The pod turns AppArmor off for its containers",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "The runtime's AppArmor profile keeps containers from writing to the kernel's own files and from mounting. Unconfined takes that protection away from every container that does not say otherwise.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.6.3"
   ],
   "nsa": [
    "C-0055"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "covers": {
   "kyverno": [
    "restrict-apparmor-profiles"
   ]
  },
  "known-as": {
   "trivy": [
    "KSV-0002"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "!(pod.?securityContext.?appArmorProfile.?type.orValue(\"RuntimeDefault\") in [\"RuntimeDefault\", \"Localhost\"])",
  "at": "pod:/securityContext/appArmorProfile/type",
  "fix": [
   {
    "if": "pod.?securityContext.?appArmorProfile.?localhostProfile.hasValue()",
    "patch": [
     {
      "op": "replace",
      "path": "pod:/securityContext/appArmorProfile",
      "value": {
       "type": "RuntimeDefault"
      }
     }
    ]
   },
   {
    "patch": [
     {
      "op": "replace",
      "path": "pod:/securityContext/appArmorProfile/type",
      "value": "RuntimeDefault"
     }
    ]
   }
  ],
  "breakage": {
   "prior": 0.2,
   "because": "someone turned the profile off by name, so a program may mount or trace"
  },
  "examples": []
 },
 {
  "id": "pod-exec-access",
  "title": "The role may run commands in running containers",
  "since": "1.0.0",
  "severity": "medium",
  "family": "service-accounts-and-rbac",
  "default": "off",
  "why": "Who may exec into a pod, or attach to it, is whatever runs there: its secrets, its service account, its place in the network. Operators and deployment tools have it for good reason, and few others.",
  "standards": {
   "owasp-k8s": [
    "K02"
   ],
   "attack": [
    "T1609"
   ],
   "nist-800-190": [
    "4.3.1"
   ]
  },
  "known-as": {
   "polaris": [
    "clusterrolePodExecAttach",
    "rolePodExecAttach"
   ],
   "kubescape": [
    "C-0002"
   ],
   "trivy": [
    "KSV-0053"
   ]
  },
  "kinds": [
   "rbac.authorization.k8s.io/ClusterRole",
   "rbac.authorization.k8s.io/Role"
  ],
  "for-each": "object:/rules/*",
  "level": "resource",
  "judges": "written",
  "when": "item.?apiGroups.orValue([]).exists(g, g in [\"\", \"*\"]) && item.?resources.orValue([]).exists(r, r in [\"pods/exec\", \"pods/attach\", \"pods/*\", \"*/exec\", \"*/attach\", \"*\"]) && item.?verbs.orValue([]).exists(v, v in [\"create\", \"get\", \"*\"])",
  "at": "item:/resources",
  "fix": "none",
  "advice": "Take pods/exec and pods/attach out of the rule where nobody works with them, or keep them in a role of their own that is bound for as long as it is needed.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "pod-run-as-non-root",
  "title": "The pod lets its containers run as root",
  "since": "1.0.0",
  "severity": "low",
  "family": "pod-security",
  "why": "Every container of the pod says otherwise today; the next one that is added will run as root without anyone noticing.",
  "standards": {
   "pss": "restricted",
   "cis-1.12": [
    "5.2.7"
   ],
   "nsa": [
    "C-0013"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "covers": {
   "kyverno": [
    "require-run-as-nonroot"
   ]
  },
  "known-as": {
   "polaris": [
    "runAsRootAllowed"
   ],
   "kubescape": [
    "C-0013"
   ],
   "checkov": [
    "CKV_K8S_23"
   ],
   "trivy": [
    "KSV-0012"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?hostUsers.orValue(true) && pod.?securityContext.?runAsNonRoot.orValue(true) == false && (pod.?containers.orValue([]) + pod.?initContainers.orValue([]) + pod.?ephemeralContainers.orValue([])).all(c, c.?securityContext.?runAsNonRoot.hasValue())",
  "at": "pod:/securityContext/runAsNonRoot",
  "fix": [
   {
    "patch": [
     {
      "op": "replace",
      "path": "pod:/securityContext/runAsNonRoot",
      "value": true
     }
    ]
   }
  ],
  "ensures": "pod.?securityContext.?runAsNonRoot.orValue(false)",
  "breakage": {
   "prior": 0,
   "because": "every container of the pod has a value of its own"
  },
  "examples": []
 },
 {
  "id": "pod-run-as-root-user",
  "title": "The pod sets user 0 for its containers",
  "since": "1.0.0",
  "severity": "low",
  "family": "pod-security",
  "why": "Every container of the pod has a user of its own today; the next one that is added will run as root without anyone noticing.",
  "standards": {
   "pss": "restricted",
   "cis-1.12": [
    "5.2.7"
   ],
   "nsa": [
    "C-0013"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "covers": {
   "kyverno": [
    "require-run-as-non-root-user"
   ]
  },
  "known-as": {
   "polaris": [
    "runAsRootAllowed"
   ],
   "kubescape": [
    "C-0013"
   ],
   "checkov": [
    "CKV_K8S_23"
   ],
   "trivy": [
    "KSV-0105"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?hostUsers.orValue(true) && pod.?securityContext.?runAsUser.orValue(1) == 0 && (pod.?containers.orValue([]) + pod.?initContainers.orValue([]) + pod.?ephemeralContainers.orValue([])).all(c, c.?securityContext.?runAsUser.hasValue())",
  "at": "pod:/securityContext/runAsUser",
  "fix": [
   {
    "patch": [
     {
      "op": "remove",
      "path": "pod:/securityContext/runAsUser"
     }
    ]
   }
  ],
  "ensures": "pod.?securityContext.?runAsUser.orValue(1) != 0",
  "breakage": {
   "prior": 0,
   "because": "every container of the pod has a user of its own"
  },
  "examples": []
 },
 {
  "id": "pod-seccomp",
  "title": "The pod turns the seccomp filter off for its containers",
  "since": "1.0.0",
  "severity": "low",
  "family": "pod-security",
  "why": "Every container of the pod says otherwise today; the next one that is added will run without a filter and nobody will notice.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.6.2"
   ],
   "nsa": [
    "C-0055"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "covers": {
   "kyverno": [
    "restrict-seccomp",
    "restrict-seccomp-strict"
   ]
  },
  "known-as": {
   "checkov": [
    "CKV_K8S_31"
   ],
   "trivy": [
    "KSV-0030",
    "KSV-0104"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?securityContext.?seccompProfile.hasValue() && !(pod.?securityContext.?seccompProfile.?type.orValue(\"\") in [\"RuntimeDefault\", \"Localhost\"]) && (pod.?containers.orValue([]) + pod.?initContainers.orValue([]) + pod.?ephemeralContainers.orValue([])).all(c, c.?securityContext.?seccompProfile.hasValue())",
  "at": "pod:/securityContext/seccompProfile",
  "fix": [
   {
    "if": "pod.?securityContext.?seccompProfile.?localhostProfile.hasValue()",
    "patch": [
     {
      "op": "replace",
      "path": "pod:/securityContext/seccompProfile",
      "value": {
       "type": "RuntimeDefault"
      }
     }
    ]
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "pod:/securityContext/seccompProfile/type",
      "value": "RuntimeDefault"
     }
    ]
   }
  ],
  "ensures": "pod.?securityContext.?seccompProfile.?type.orValue(\"\") in [\"RuntimeDefault\", \"Localhost\"]",
  "breakage": {
   "prior": 0,
   "because": "every container of the pod has a profile of its own"
  },
  "examples": []
 },
 {
  "id": "pod-selinux-options",
  "title": "The pod sets SELinux options of its own",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "SELinux keeps containers apart by the type that the runtime gives them. Another type, user or role can mean no confinement at all (spc_t).",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.6.3"
   ],
   "nsa": [
    "C-0055"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "covers": {
   "kyverno": [
    "disallow-selinux"
   ]
  },
  "known-as": {
   "trivy": [
    "KSV-0025"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "!(pod.?securityContext.?seLinuxOptions.?type.orValue(\"\") in [\"\", \"container_t\", \"container_init_t\", \"container_kvm_t\", \"container_engine_t\"]) || pod.?securityContext.?seLinuxOptions.?user.orValue(\"\") != \"\" || pod.?securityContext.?seLinuxOptions.?role.orValue(\"\") != \"\"",
  "at": "pod:/securityContext/seLinuxOptions",
  "fix": [
   {
    "build": "selinux-options"
   }
  ],
  "breakage": {
   "prior": 0.5,
   "because": "someone chose the context by name, so the program may need it for files of the node"
  },
  "examples": []
 },
 {
  "id": "priority-class-name",
  "title": "The priority class is none of the accepted ones",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "default": "off",
  "why": "A priority decides which pods are thrown out for which when nodes are full. A class that nobody has agreed on may put a pod before what the cluster itself needs.",
  "same-as": {
   "kube-linter": [
    "priority-class-name"
   ]
  },
  "known-as": {
   "polaris": [
    "priorityClassNotSet"
   ]
  },
  "params": {
   "accepted": {
    "type": "strings",
    "default": [
     "system-cluster-critical",
     "system-node-critical"
    ],
    "text": "priority classes that pods may have"
   },
   "name": {
    "type": "string",
    "default": "",
    "text": "accepted class that takes the place of others; without one a person is asked"
   }
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?priorityClassName.orValue(\"\").matches(\"[^ ]\") && !(pod.?priorityClassName.orValue(\"\") in params.accepted)",
  "at": "pod:/priorityClassName",
  "message": "\"The priority class \" + string(pod.priorityClassName) + \" is none of the accepted ones\"",
  "fix": [
   {
    "if": "params.name in params.accepted && !pod.?priority.hasValue()",
    "patch": [
     {
      "op": "replace",
      "path": "pod:/priorityClassName",
      "value": {
       "cel": "params.name"
      }
     }
    ]
   },
   {
    "needs-value": {
     "question": "Which of the accepted priority classes is meant? A class of your own is accepted once `accepted` names it.",
     "path": "pod:/priorityClassName"
    }
   }
  ],
  "breakage": {
   "prior": 0.15,
   "because": "other pods are thrown out for it, or it for others, and a quota may not let it have the class"
  },
  "examples": []
 },
 {
  "id": "privilege-escalation",
  "title": "The container may gain more privileges than its parent process",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "Without no_new_privs a process can gain rights its parent never had, through a set-user-id binary or file capabilities. That turns a foothold as an ordinary user into root inside the container.",
  "standards": {
   "pss": "restricted",
   "cis-1.12": [
    "5.2.6"
   ],
   "nsa": [
    "C-0016"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611",
    "T1548"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kyverno": [
    "disallow-privilege-escalation"
   ]
  },
  "covers": {
   "kube-linter": [
    "privilege-escalation-container"
   ]
  },
  "known-as": {
   "polaris": [
    "privilegeEscalationAllowed"
   ],
   "kubescape": [
    "C-0016"
   ],
   "checkov": [
    "CKV_K8S_20"
   ],
   "trivy": [
    "KSV-0001"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "privilege-escalation-container",
    "reports": "ours",
    "when": "!container.?securityContext.?allowPrivilegeEscalation.orValue(false) && !container.?securityContext.?privileged.orValue(false) && !container.?securityContext.?capabilities.?add.orValue([]).exists(c, c == \"SYS_ADMIN\")",
    "because": "it reports only an explicit true, privileged and SYS_ADMIN; Pod Security wants an explicit false"
   },
   {
    "engine": "kube-linter",
    "rule": "privilege-escalation-container",
    "reports": "theirs",
    "when": "pod.?os.?name.orValue(\"\") == \"windows\"",
    "because": "the field says nothing on Windows"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "pod.?os.?name.orValue(\"\") != \"windows\" && container.?securityContext.?allowPrivilegeEscalation.orValue(true)",
  "at": "container:/securityContext/allowPrivilegeEscalation",
  "fix": [
   {
    "if": "container.?securityContext.?privileged.orValue(false) && container.?securityContext.?capabilities.?add.orValue([]).exists(c, c in [\"SYS_ADMIN\", \"CAP_SYS_ADMIN\"])",
    "patch": [
     {
      "op": "add",
      "path": "container:/securityContext/allowPrivilegeEscalation",
      "value": false
     }
    ],
    "requires": [
     "privileged-container",
     "added-capabilities"
    ]
   },
   {
    "if": "container.?securityContext.?privileged.orValue(false)",
    "patch": [
     {
      "op": "add",
      "path": "container:/securityContext/allowPrivilegeEscalation",
      "value": false
     }
    ],
    "requires": [
     "privileged-container"
    ]
   },
   {
    "if": "container.?securityContext.?capabilities.?add.orValue([]).exists(c, c in [\"SYS_ADMIN\", \"CAP_SYS_ADMIN\"])",
    "patch": [
     {
      "op": "add",
      "path": "container:/securityContext/allowPrivilegeEscalation",
      "value": false
     }
    ],
    "requires": [
     "added-capabilities"
    ]
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "container:/securityContext/allowPrivilegeEscalation",
      "value": false
     }
    ]
   }
  ],
  "ensures": "container.?securityContext.?allowPrivilegeEscalation.orValue(true) == false && !container.?securityContext.?privileged.orValue(false) && !container.?securityContext.?capabilities.?add.orValue([]).exists(c, c in [\"SYS_ADMIN\", \"CAP_SYS_ADMIN\"])",
  "breakage": {
   "prior": 0.03,
   "because": "only images that call sudo, su or a binary with file capabilities notice"
  },
  "hazards": [
   {
    "name": "bidirectional-mount",
    "when": "container.?securityContext.?privileged.orValue(false) && container.?volumeMounts.orValue([]).exists(m, m.?mountPropagation.orValue(\"\") == \"Bidirectional\")",
    "because": "a Bidirectional mount needs a privileged container, and a privileged one cannot give this up"
   }
  ],
  "examples": []
 },
 {
  "id": "privileged-container",
  "title": "The container is privileged",
  "since": "1.0.0",
  "severity": "critical",
  "family": "pod-security",
  "why": "A privileged container has every capability, sees every device and escapes the kernel's filters. Whoever controls it controls the node.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.2.2"
   ],
   "nsa": [
    "C-0057"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kube-linter": [
    "privileged-container"
   ],
   "kyverno": [
    "disallow-privileged-containers"
   ]
  },
  "covers": {
   "kube-linter": [
    "privilege-escalation-container"
   ]
  },
  "known-as": {
   "polaris": [
    "runAsPrivileged"
   ],
   "kubescape": [
    "C-0057"
   ],
   "checkov": [
    "CKV_K8S_16"
   ],
   "trivy": [
    "KSV-0017"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "container.?securityContext.?privileged.orValue(false)",
  "at": "container:/securityContext/privileged",
  "fix": [
   {
    "patch": [
     {
      "op": "replace",
      "path": "container:/securityContext/privileged",
      "value": false
     }
    ]
   }
  ],
  "ensures": "!container.?securityContext.?privileged.orValue(false)",
  "breakage": {
   "prior": 0.2,
   "because": "the program may need a device or a capability that it does not ask for by name",
   "moves": [
    {
     "when": "object.?kind.orValue(\"\") == \"DaemonSet\" || object.?metadata.?namespace.orValue(\"\") in [\"kube-system\", \"kube-public\", \"kube-node-lease\"] || pod.?hostNetwork.orValue(false) || pod.?hostPID.orValue(false) || pod.?volumes.orValue([]).exists(v, v.?hostPath.hasValue())",
     "to": 0.8,
     "because": "it looks like an agent of the node (DaemonSet, system namespace, host access), and those need it"
    }
   ]
  },
  "hazards": [
   {
    "name": "bidirectional-mount",
    "when": "container.?volumeMounts.orValue([]).exists(m, m.?mountPropagation.orValue(\"\") == \"Bidirectional\")",
    "because": "the API server refuses a Bidirectional mount in a container that is not privileged"
   }
  ],
  "examples": []
 },
 {
  "id": "privileged-ports",
  "title": "The container listens on a privileged port",
  "since": "1.0.0",
  "severity": "low",
  "family": "network",
  "default": "off",
  "why": "Ports below 1024 were kept for root, so programs that listen there are often started as root, or are given NET_BIND_SERVICE. A port above needs neither, and a Service offers it under any number all the same.",
  "standards": {
   "nist-800-190": [
    "4.4.2"
   ]
  },
  "same-as": {
   "kube-linter": [
    "privileged-ports"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container:/ports/*",
  "level": "container",
  "judges": "written",
  "when": "item.?containerPort.orValue(0) > 0 && item.?containerPort.orValue(0) < 1024",
  "at": "item:/containerPort",
  "message": "\"The container listens on port \" + string(item.containerPort) + \", which is privileged\"",
  "fix": "none",
  "advice": "Let the program listen on a port above 1023, and change containerPort, the probes and the targetPort of its Services with it; the port that a Service offers can stay. Where the image cannot be changed, it does without root in any case: within a pod today's container runtimes let every user listen below 1024.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "proc-mount",
  "title": "The container sees /proc unmasked",
  "since": "1.0.0",
  "severity": "high",
  "family": "pod-security",
  "why": "The runtime hides the parts of /proc that lead to the node's kernel. Unmasked shows and opens them.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.6.3"
   ],
   "nsa": [
    "C-0055"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kyverno": [
    "disallow-proc-mount"
   ]
  },
  "covers": {
   "kube-linter": [
    "unsafe-proc-mount"
   ]
  },
  "known-as": {
   "polaris": [
    "procMount"
   ],
   "trivy": [
    "KSV-0027"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "unsafe-proc-mount",
    "reports": "ours",
    "when": "container.?securityContext.?procMount.orValue(\"\").lowerAscii() != \"unmasked\"",
    "because": "it knows the value Unmasked alone; Pod Security allows Default alone"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "!(container.?securityContext.?procMount.orValue(\"\") in [\"\", \"Default\"])",
  "at": "container:/securityContext/procMount",
  "fix": [
   {
    "patch": [
     {
      "op": "replace",
      "path": "container:/securityContext/procMount",
      "value": "Default"
     }
    ]
   }
  ],
  "breakage": {
   "prior": 0.3,
   "because": "someone asked for it by name; builders of images inside containers need it"
  },
  "examples": []
 },
 {
  "id": "read-only-root-fs",
  "title": "The container can write to its root file system",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "An intruder who cannot write to the file system cannot leave tools behind, change the program or hide. What the program writes belongs into a volume.",
  "standards": {
   "cis-1.12": [
    "5.6.3"
   ],
   "nsa": [
    "C-0017"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1105"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kyverno": [
    "require-ro-rootfs"
   ]
  },
  "covers": {
   "kube-linter": [
    "no-read-only-root-fs"
   ]
  },
  "known-as": {
   "polaris": [
    "notReadOnlyRootFilesystem"
   ],
   "kubescape": [
    "C-0017"
   ],
   "checkov": [
    "CKV_K8S_22"
   ],
   "trivy": [
    "KSV-0014"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "no-read-only-root-fs",
    "reports": "theirs",
    "when": "pod.?os.?name.orValue(\"\") == \"windows\"",
    "because": "Windows has no read-only root file system"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "pod.?os.?name.orValue(\"\") != \"windows\" && !container.?securityContext.?readOnlyRootFilesystem.orValue(false)",
  "at": "container:/securityContext/readOnlyRootFilesystem",
  "fix": [
   {
    "build": "read-only-root-fs"
   }
  ],
  "ensures": "container.?securityContext.?readOnlyRootFilesystem.orValue(false)",
  "breakage": {
   "prior": 0.3,
   "because": "programs that write outside /tmp (caches, pid files, generated settings) fail",
   "moves": [
    {
     "when": "image.?writable.hasValue()",
     "to": 0.1,
     "because": "the image writes to these places alone as it is made; settings may name others"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "read-secret-from-env-var",
  "title": "A secret is read from a variable",
  "since": "1.0.0",
  "severity": "low",
  "family": "secrets",
  "default": "off",
  "why": "Variables are handed on to every process that the program starts, and end in its crash reports and in what it logs of its environment. A mounted file is read by whoever opens it, and follows the Secret when that changes.",
  "standards": {
   "cis-1.12": [
    "5.4.1"
   ],
   "nsa": [
    "C-0012"
   ],
   "owasp-k8s": [
    "K03"
   ],
   "attack": [
    "T1552"
   ]
  },
  "same-as": {
   "kube-linter": [
    "read-secret-from-env-var"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container:/env/*",
  "level": "container",
  "judges": "written",
  "when": "item.?valueFrom.?secretKeyRef.hasValue()",
  "at": "item:/valueFrom/secretKeyRef",
  "message": "\"The variable \" + string(item.?name.orValue(\"\")) + \" is read from a secret\"",
  "fix": "none",
  "advice": "Mount the Secret as a volume and let the program read the file; many images take the path in a variable of the same name with _FILE behind it. Where it reads variables alone, leave it and ignore the finding.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "readiness-port",
  "title": "The readiness probe calls a port that the container does not list",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "why": "The list of ports is what people, Services and policies go by. A probe of a port that is not in it is most often a typing error, and then the container never counts as healthy.",
  "covers": {
   "kube-linter": [
    "readiness-port"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "readiness-port",
    "reports": "ours",
    "when": "containerList == \"initContainers\"",
    "because": "it skips init containers, and with them sidecars"
   },
   {
    "engine": "kube-linter",
    "rule": "readiness-port",
    "reports": "theirs",
    "when": "container.?readinessProbe.?httpGet.hasValue() && !container.?readinessProbe.?httpGet.?port.hasValue() || container.?readinessProbe.?tcpSocket.hasValue() && !container.?readinessProbe.?tcpSocket.?port.hasValue() || container.?readinessProbe.?grpc.hasValue() && !container.?readinessProbe.?grpc.?port.hasValue()",
    "because": "it takes a probe without a port for one of port 0, which the API server refuses"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "containerList != \"ephemeralContainers\" && container.?readinessProbe.?httpGet.?port.or(container.?readinessProbe.?tcpSocket.?port).or(container.?readinessProbe.?grpc.?port).hasValue() && !container.?ports.orValue([]).exists(p, p.?protocol.orValue(\"TCP\") in [\"\", \"TCP\"] && ( p.?containerPort.orValue(0) == container.?readinessProbe.?httpGet.?port.or(container.?readinessProbe.?tcpSocket.?port).or(container.?readinessProbe.?grpc.?port).orValue(0) || p.?name.orValue(\"\") == container.?readinessProbe.?httpGet.?port.or(container.?readinessProbe.?tcpSocket.?port).or(container.?readinessProbe.?grpc.?port).orValue(0)))",
  "at": "container:/readinessProbe",
  "fix": [
   {
    "if": "type(container.?readinessProbe.?httpGet.?port.or(container.?readinessProbe.?tcpSocket.?port).or(container.?readinessProbe.?grpc.?port).orValue(\"\")) != int || container.?readinessProbe.?httpGet.?port.or(container.?readinessProbe.?tcpSocket.?port).or(container.?readinessProbe.?grpc.?port).orValue(0) < 1 || container.?readinessProbe.?httpGet.?port.or(container.?readinessProbe.?tcpSocket.?port).or(container.?readinessProbe.?grpc.?port).orValue(0) > 65535",
    "needs-value": {
     "question": "Which port number does the readiness probe mean? Its container lists no port of that name.",
     "path": "container:/ports"
    }
   },
   {
    "if": "[int(container.?readinessProbe.?httpGet.?port.or(container.?readinessProbe.?tcpSocket.?port).or(container.?readinessProbe.?grpc.?port).orValue(0))].exists(port, (pod.?containers.orValue([]) + pod.?initContainers.orValue([])).exists(c, c.?ports.orValue([]).exists(p, p.?containerPort.orValue(0) == port && p.?protocol.orValue(\"TCP\") in [\"\", \"TCP\"])))",
    "advice": "Another container of the pod lists this port. The containers of a pod share one network, so check which of them listens on it. If it is this one, move the entry of the list here. If it is the other one, its answer stands for this container as well: let the probe call a port of this one, or ignore the finding where that is meant."
   },
   {
    "if": "[int(container.?readinessProbe.?httpGet.?port.or(container.?readinessProbe.?tcpSocket.?port).or(container.?readinessProbe.?grpc.?port).orValue(0))].exists(port, !(pod.?containers.orValue([]) + pod.?initContainers.orValue([])).exists_one(c, c.?livenessProbe.?httpGet.?port.or(c.?livenessProbe.?tcpSocket.?port).or(c.?livenessProbe.?grpc.?port).orValue(0) == port || c.?readinessProbe.?httpGet.?port.or(c.?readinessProbe.?tcpSocket.?port).or(c.?readinessProbe.?grpc.?port).orValue(0) == port || c.?startupProbe.?httpGet.?port.or(c.?startupProbe.?tcpSocket.?port).or(c.?startupProbe.?grpc.?port).orValue(0) == port))",
    "advice": "Another container of the pod has a probe of this port as well, and neither lists it. The containers of a pod share one network, so check which of them listens on it: list the port there, and let the probe of the other one call a port of its own."
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "container:/ports/-",
      "value": {
       "cel": "{\"containerPort\": container.?readinessProbe.?httpGet.?port.or(container.?readinessProbe.?tcpSocket.?port).or(container.?readinessProbe.?grpc.?port).orValue(0)}"
      }
     }
    ],
    "requires": [
     "host-network"
    ]
   }
  ],
  "breakage": {
   "prior": 0.01,
   "because": "the list of ports opens and closes nothing"
  },
  "examples": []
 },
 {
  "id": "removed-api-by-hand",
  "title": "The API version is gone, and its successor wants to be told more",
  "since": "1.0.0",
  "severity": "high",
  "family": "deprecations",
  "why": "Kubernetes has taken the version away (https://kubernetes.io/docs/reference/using-api/deprecation-guide/). A cluster of today refuses the object, and what the successor needs stands nowhere in it.",
  "kinds": [
   "apiextensions.k8s.io/CustomResourceDefinition",
   "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
   "admissionregistration.k8s.io/MutatingWebhookConfiguration",
   "certificates.k8s.io/CertificateSigningRequest",
   "discovery.k8s.io/EndpointSlice",
   "policy/PodSecurityPolicy",
   "flowcontrol.apiserver.k8s.io/*"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.kind == \"PodSecurityPolicy\" || object.apiVersion in [\"apiextensions.k8s.io/v1beta1\", \"admissionregistration.k8s.io/v1beta1\", \"certificates.k8s.io/v1beta1\", \"discovery.k8s.io/v1beta1\", \"flowcontrol.apiserver.k8s.io/v1alpha1\", \"flowcontrol.apiserver.k8s.io/v1beta1\", \"flowcontrol.apiserver.k8s.io/v1beta2\", \"flowcontrol.apiserver.k8s.io/v1beta3\"]",
  "at": "object:/apiVersion",
  "message": "object.kind + \" of \" + object.apiVersion + \" is gone\"",
  "fix": [
   {
    "if": "object.kind == \"PodSecurityPolicy\"",
    "advice": "Label the namespaces with pod-security.kubernetes.io/enforce (Pod Security Admission) in its place, and take the policy and the roles that use it out."
   },
   {
    "if": "object.kind == \"CustomResourceDefinition\"",
    "advice": "Move to apiextensions.k8s.io/v1: every version needs a structural schema of its own, preserveUnknownFields has to be false, and the printer columns name their path as jsonPath."
   },
   {
    "if": "object.kind.endsWith(\"WebhookConfiguration\")",
    "advice": "Move to admissionregistration.k8s.io/v1: every webhook has to name its sideEffects (None or NoneOnDryRun) and the admissionReviewVersions that it understands, and its names have to differ."
   },
   {
    "if": "object.kind == \"CertificateSigningRequest\"",
    "advice": "Move to certificates.k8s.io/v1: signerName and usages have to be written."
   },
   {
    "if": "object.kind == \"EndpointSlice\"",
    "advice": "Move to discovery.k8s.io/v1: the topology of an endpoint became nodeName and zone."
   },
   {
    "advice": "Move to flowcontrol.apiserver.k8s.io/v1: assuredConcurrencyShares is called nominalConcurrencyShares there."
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "removed-api-version",
  "title": "The API version is gone; its successor has the same fields",
  "since": "1.0.0",
  "severity": "high",
  "family": "deprecations",
  "why": "Kubernetes has taken the version away (https://kubernetes.io/docs/reference/using-api/deprecation-guide/). A cluster of today refuses the object, and an upgrade stops at it.",
  "kinds": [
   "batch/CronJob",
   "rbac.authorization.k8s.io/*",
   "storage.k8s.io/StorageClass",
   "storage.k8s.io/VolumeAttachment",
   "storage.k8s.io/CSIDriver",
   "storage.k8s.io/CSINode",
   "storage.k8s.io/CSIStorageCapacity",
   "scheduling.k8s.io/PriorityClass",
   "coordination.k8s.io/Lease",
   "networking.k8s.io/IngressClass",
   "node.k8s.io/RuntimeClass",
   "apiregistration.k8s.io/APIService"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.apiVersion in [\"batch/v1beta1\", \"rbac.authorization.k8s.io/v1beta1\", \"rbac.authorization.k8s.io/v1alpha1\", \"storage.k8s.io/v1beta1\", \"scheduling.k8s.io/v1beta1\", \"scheduling.k8s.io/v1alpha1\", \"coordination.k8s.io/v1beta1\", \"networking.k8s.io/v1beta1\", \"node.k8s.io/v1beta1\", \"apiregistration.k8s.io/v1beta1\"]",
  "at": "object:/apiVersion",
  "message": "object.kind + \" of \" + object.apiVersion + \" is gone; \" + object.apiVersion.split(\"/\")[0] + \"/v1 has the same fields\"",
  "fix": [
   {
    "patch": [
     {
      "op": "replace",
      "path": "object:/apiVersion",
      "value": {
       "cel": "object.apiVersion.split(\"/\")[0] + \"/v1\""
      }
     }
    ]
   }
  ],
  "ensures": "object.apiVersion.endsWith(\"/v1\")",
  "breakage": {
   "prior": 0.02,
   "because": "the fields are the same; a cluster older than the successor (1.21 at most) does not know it"
  },
  "examples": []
 },
 {
  "id": "removed-autoscaler-version",
  "title": "The autoscaler's API version autoscaling/v2beta is gone",
  "since": "1.0.0",
  "severity": "high",
  "family": "deprecations",
  "why": "Kubernetes 1.25 and 1.26 took autoscaling/v2beta1 and v2beta2 away (https://kubernetes.io/docs/reference/using-api/deprecation-guide/). A cluster of today refuses the autoscaler, and the workload keeps the number of pods that it happens to have.",
  "kinds": [
   "autoscaling/HorizontalPodAutoscaler"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.apiVersion in [\"autoscaling/v2beta1\", \"autoscaling/v2beta2\"]",
  "at": "object:/apiVersion",
  "fix": [
   {
    "if": "object.apiVersion == \"autoscaling/v2beta2\"",
    "patch": [
     {
      "op": "replace",
      "path": "object:/apiVersion",
      "value": "autoscaling/v2"
     }
    ]
   },
   {
    "build": "autoscaler-version"
   }
  ],
  "ensures": "object.apiVersion == \"autoscaling/v2\"",
  "breakage": {
   "prior": 0.02,
   "because": "the targets are the same; a cluster older than 1.23 does not know autoscaling/v2"
  },
  "examples": []
 },
 {
  "id": "removed-budget-version",
  "title": "The disruption budget's API version policy/v1beta1 is gone",
  "since": "1.0.0",
  "severity": "high",
  "family": "deprecations",
  "why": "Kubernetes 1.25 took policy/v1beta1 away (https://kubernetes.io/docs/reference/using-api/deprecation-guide/). A cluster of today refuses the budget, and then nothing limits how many pods a drain takes down at once.",
  "kinds": [
   "policy/PodDisruptionBudget"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.apiVersion == \"policy/v1beta1\"",
  "at": "object:/apiVersion",
  "fix": [
   {
    "if": "object.?spec.?selector.hasValue() && size(object.?spec.?selector.?matchLabels.orValue({})) == 0 && size(object.?spec.?selector.?matchExpressions.orValue([])) == 0",
    "advice": "The empty selector meant no pod in policy/v1beta1 and means every pod of the namespace in policy/v1. Write the labels that are meant, then the version policy/v1."
   },
   {
    "patch": [
     {
      "op": "replace",
      "path": "object:/apiVersion",
      "value": "policy/v1"
     },
     {
      "op": "add",
      "path": "object:/spec/unhealthyPodEvictionPolicy",
      "value": "AlwaysAllow"
     }
    ]
   }
  ],
  "ensures": "object.apiVersion == \"policy/v1\"",
  "breakage": {
   "prior": 0.02,
   "because": "pods that are not ready no longer block a drain; a cluster older than 1.27 does not know the field for it"
  },
  "examples": []
 },
 {
  "id": "removed-ingress-version",
  "title": "The ingress's API version is gone",
  "since": "1.0.0",
  "severity": "high",
  "family": "deprecations",
  "why": "Kubernetes 1.22 took networking.k8s.io/v1beta1 away (https://kubernetes.io/docs/reference/using-api/deprecation-guide/). A cluster of today refuses the ingress. In networking.k8s.io/v1 a backend names its service in another way, and every path says how it is compared.",
  "kinds": [
   "networking.k8s.io/Ingress"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.apiVersion == \"networking.k8s.io/v1beta1\"",
  "at": "object:/apiVersion",
  "fix": [
   {
    "if": "object.?spec.?backend.hasValue() && object.?spec.?defaultBackend.hasValue()",
    "advice": "Move to networking.k8s.io/v1. The object has both a backend and a defaultBackend, and one of them has to go."
   },
   {
    "build": "ingress-version"
   }
  ],
  "ensures": "object.apiVersion == \"networking.k8s.io/v1\" && !object.?spec.?backend.hasValue()",
  "breakage": {
   "prior": 0.05,
   "because": "the paths are compared as before (ImplementationSpecific); a cluster older than 1.19 does not know the version"
  },
  "examples": []
 },
 {
  "id": "removed-workload-version",
  "title": "The workload's API version apps/v1beta is gone",
  "since": "1.0.0",
  "severity": "high",
  "family": "deprecations",
  "why": "Kubernetes 1.16 took apps/v1beta1 and apps/v1beta2 away (https://kubernetes.io/docs/reference/using-api/deprecation-guide/). A cluster of today refuses the object.",
  "kinds": [
   "apps/Deployment",
   "apps/StatefulSet",
   "apps/DaemonSet",
   "apps/ReplicaSet",
   "apps/ControllerRevision"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.apiVersion in [\"apps/v1beta1\", \"apps/v1beta2\"]",
  "at": "object:/apiVersion",
  "fix": [
   {
    "if": "object.?spec.?rollbackTo.hasValue()",
    "advice": "Move to apps/v1 and take spec.rollbackTo out: a roll-back is `kubectl rollout undo` today."
   },
   {
    "if": "object.kind == \"ControllerRevision\" || size(object.?spec.?selector.?matchLabels.orValue({})) > 0",
    "patch": [
     {
      "op": "replace",
      "path": "object:/apiVersion",
      "value": "apps/v1"
     }
    ]
   },
   {
    "if": "object.apiVersion == \"apps/v1beta1\" && !object.?spec.?selector.hasValue() && size(object.?spec.?template.?metadata.?labels.orValue({})) > 0",
    "patch": [
     {
      "op": "replace",
      "path": "object:/apiVersion",
      "value": "apps/v1"
     },
     {
      "op": "add",
      "path": "object:/spec/selector/matchLabels",
      "value": {
       "cel": "object.spec.template.metadata.labels"
      }
     }
    ]
   },
   {
    "advice": "Move to apps/v1, which needs a spec.selector that fits the labels of the pod template."
   }
  ],
  "ensures": "object.apiVersion == \"apps/v1\"",
  "breakage": {
   "prior": 0.05,
   "because": "some defaults differ, such as how a StatefulSet is updated"
  },
  "examples": []
 },
 {
  "id": "required-annotation-email",
  "title": "No annotation says whom to write to",
  "since": "1.0.0",
  "severity": "low",
  "family": "hygiene",
  "default": "off",
  "why": "Who finds the object in a cluster, and no repository to it, needs somebody to ask.",
  "same-as": {
   "kube-linter": [
    "required-annotation-email"
   ]
  },
  "params": {
   "email": {
    "type": "string",
    "default": "",
    "text": "value of the annotation `email` for objects that have none; without one a person is asked"
   }
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "check": "required-annotation-email",
  "at": "object:/metadata/annotations",
  "fix": [
   {
    "if": "params.email != \"\" && !object.?metadata.?annotations[?\"email\"].hasValue()",
    "patch": [
     {
      "op": "add",
      "path": "object:/metadata/annotations/email",
      "value": {
       "cel": "params.email"
      }
     }
    ]
   },
   {
    "needs-value": {
     "question": "Which address has whoever looks after it? (params.required-annotation-email.email in the configuration answers for all files of a folder)",
     "path": "object:/metadata/annotations/email"
    }
   }
  ],
  "breakage": {
   "prior": 0.01,
   "because": "nothing that Kubernetes does reads the annotation"
  },
  "examples": []
 },
 {
  "id": "required-label-owner",
  "title": "No label says whose the object is",
  "since": "1.0.0",
  "severity": "low",
  "family": "hygiene",
  "default": "off",
  "why": "When it fails at night, or costs more than it should, somebody has to be found who knows it. A label can be selected for, so that alerts and bills find them too.",
  "same-as": {
   "kube-linter": [
    "required-label-owner"
   ]
  },
  "params": {
   "owner": {
    "type": "string",
    "default": "",
    "text": "value of the label `owner` for objects that have none; without one a person is asked"
   }
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "!object.?metadata.?labels.orValue({}).exists(name, name.contains(\"owner\"))",
  "at": "object:/metadata/labels",
  "fix": [
   {
    "if": "params.owner != \"\"",
    "patch": [
     {
      "op": "add",
      "path": "object:/metadata/labels/owner",
      "value": {
       "cel": "params.owner"
      }
     }
    ]
   },
   {
    "needs-value": {
     "question": "Whose is it? (params.required-label-owner.owner in the configuration answers for all files of a folder)",
     "path": "object:/metadata/labels/owner"
    }
   }
  ],
  "breakage": {
   "prior": 0.01,
   "because": "the labels of the object itself choose no pods, but for those of a bare Pod"
  },
  "examples": []
 },
 {
  "id": "restart-policy",
  "title": "Nothing says that what fails is started again",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "default": "off",
  "why": "With the restart policy Never a container that fails stays down, and its pod with it. Where none is written, Always holds, which a Job may not have.",
  "same-as": {
   "kube-linter": [
    "restart-policy"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "!(pod.?restartPolicy.orValue(\"\") in [\"Always\", \"OnFailure\"])",
  "at": "pod:/restartPolicy",
  "message": "pod.?restartPolicy.orValue(\"\") == \"Never\" ? \"What fails is not started again in its pod\" : \"No restart policy is written\"",
  "fix": [
   {
    "if": "object.?kind.orValue(\"\") in [\"Job\", \"CronJob\"] && pod.?restartPolicy.orValue(\"\") == \"\"",
    "needs-value": {
     "question": "Is a container that fails started again in its pod (OnFailure), or does the Job make another pod (Never), which keeps the logs of each? The API server refuses a Job that says neither.",
     "path": "pod:/restartPolicy"
    }
   },
   {
    "if": "object.?kind.orValue(\"\") in [\"Job\", \"CronJob\"]",
    "advice": "A Job with Never makes a new pod for each try, up to backoffLimit, so nothing is lost; a podFailurePolicy needs it. Write OnFailure if the container may be started again in the same pod, or ignore the finding."
   },
   {
    "if": "object.?kind.orValue(\"\") in [\"Pod\", \"PodTemplate\"] && pod.?restartPolicy.orValue(\"\") != \"\"",
    "advice": "A bare pod with Never is not started again, whatever happens to it. Make it a Job if it has to come to its end, or write OnFailure or Always."
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "pod:/restartPolicy",
      "value": "Always"
     }
    ]
   }
  ],
  "ensures": "pod.?restartPolicy.orValue(\"\") == \"Always\"",
  "breakage": {
   "prior": 0,
   "because": "Always is what the API server fills in, and all that it lets a controller of pods have"
  },
  "examples": []
 },
 {
  "id": "restricted-capabilities",
  "title": "The container adds a capability other than NET_BIND_SERVICE",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "These capabilities belong to the runtime's default set, so adding them takes back what dropping all of them gave. Only binding a low port is a need that has no other answer.",
  "standards": {
   "pss": "restricted",
   "cis-1.12": [
    "5.2.9"
   ],
   "nsa": [
    "C-0046"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "covers": {
   "kyverno": [
    "disallow-capabilities-strict"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0046"
   ],
   "checkov": [
    "CKV_K8S_25"
   ],
   "trivy": [
    "KSV-0106"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "pod.?os.?name.orValue(\"\") != \"windows\" && container.?securityContext.?capabilities.?add.orValue([]).exists(c, c in [ \"AUDIT_WRITE\", \"CHOWN\", \"DAC_OVERRIDE\", \"FOWNER\", \"FSETID\", \"KILL\", \"MKNOD\", \"SETFCAP\", \"SETGID\", \"SETPCAP\", \"SETUID\", \"SYS_CHROOT\"])",
  "at": "container:/securityContext/capabilities/add",
  "message": "\"The container adds \" + container.securityContext.capabilities.add.filter(c, c in [ \"AUDIT_WRITE\", \"CHOWN\", \"DAC_OVERRIDE\", \"FOWNER\", \"FSETID\", \"KILL\", \"MKNOD\", \"SETFCAP\", \"SETGID\", \"SETPCAP\", \"SETUID\", \"SYS_CHROOT\"]).join(\", \")",
  "fix": [
   {
    "build": "restricted-capabilities"
   }
  ],
  "ensures": "!container.?securityContext.?capabilities.?add.orValue([]).exists(c, c in [ \"AUDIT_WRITE\", \"CHOWN\", \"DAC_OVERRIDE\", \"FOWNER\", \"FSETID\", \"KILL\", \"MKNOD\", \"SETFCAP\", \"SETGID\", \"SETPCAP\", \"SETUID\", \"SYS_CHROOT\"])",
  "breakage": {
   "prior": 0.4,
   "because": "someone asked for the capability by name, so the program likely needs it",
   "moves": [
    {
     "when": "!container.?securityContext.?capabilities.?drop.orValue([]).exists(c, c in [\"ALL\", \"all\"])",
     "to": 0.02,
     "because": "the container has the runtime's default set anyway, which holds it"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "restricted-volumes",
  "title": "The pod mounts storage past the cluster's storage classes",
  "since": "1.0.0",
  "severity": "low",
  "family": "pod-security",
  "why": "A volume that names a server or a disk by itself bypasses the cluster's quotas and access rules, and carries its credentials in the manifest.",
  "standards": {
   "pss": "restricted",
   "cis-1.12": [],
   "nsa": [],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.5.5"
   ]
  },
  "same-as": {
   "kyverno": [
    "restrict-volume-types"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod:/volumes/*",
  "level": "pod",
  "judges": "written",
  "when": "[\"gcePersistentDisk\", \"awsElasticBlockStore\", \"gitRepo\", \"nfs\", \"iscsi\", \"glusterfs\", \"rbd\", \"flexVolume\", \"cinder\", \"cephfs\", \"flocker\", \"fc\", \"azureFile\", \"azureDisk\", \"vsphereVolume\", \"quobyte\", \"portworxVolume\", \"photonPersistentDisk\", \"scaleIO\", \"storageos\"].exists(type, item[?type].hasValue())",
  "at": "item:",
  "message": "\"The volume \" + item.?name.orValue(\"\") + \" is of a restricted type\"",
  "fix": [
   {
    "build": "remove-volume"
   }
  ],
  "breakage": {
   "prior": 0.9,
   "because": "the program reads or writes there"
  },
  "examples": []
 },
 {
  "id": "run-as-non-root",
  "title": "The container may run as root",
  "since": "1.0.0",
  "severity": "high",
  "family": "pod-security",
  "why": "A process that breaks out of a root container is root on more than the container. Without runAsNonRoot the image alone decides, and most images decide for root.",
  "standards": {
   "pss": "restricted",
   "cis-1.12": [
    "5.2.7"
   ],
   "nsa": [
    "C-0013"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kyverno": [
    "require-run-as-nonroot"
   ]
  },
  "covers": {
   "kube-linter": [
    "run-as-non-root"
   ]
  },
  "known-as": {
   "polaris": [
    "runAsRootAllowed"
   ],
   "kubescape": [
    "C-0013"
   ],
   "checkov": [
    "CKV_K8S_23"
   ],
   "trivy": [
    "KSV-0012"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "run-as-non-root",
    "reports": "ours",
    "when": "container.?securityContext.?runAsUser.orValue(pod.?securityContext.?runAsUser.orValue(0)) > 0",
    "because": "it accepts any runAsUser above 0; Pod Security wants runAsNonRoot"
   },
   {
    "engine": "kube-linter",
    "rule": "run-as-non-root",
    "reports": "theirs",
    "when": "pod.?hostUsers.orValue(true) == false",
    "because": "root in a user namespace of its own is an ordinary user of the node"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "pod-or-container",
  "judges": "written",
  "when": "pod.?hostUsers.orValue(true) && effective != true",
  "at": "container:/securityContext/runAsNonRoot",
  "fix": [
   {
    "if": "container.?securityContext.?runAsUser.orValue(pod.?securityContext.?runAsUser.orValue(-1)) == 0",
    "needs-value": {
     "question": "The container is set to run as user 0 (root). Which user id does the image work with?",
     "path": "container:/securityContext/runAsUser"
    }
   },
   {
    "if": "image.?user.?id.orValue(-1) == 0 && !container.?securityContext.?runAsUser.hasValue() && !pod.?securityContext.?runAsUser.hasValue()",
    "needs-value": {
     "question": "The image runs as root. Which user id does it work with?",
     "path": "container:/securityContext/runAsUser"
    }
   },
   {
    "if": "image.?user.?name.hasValue() && !container.?securityContext.?runAsUser.hasValue() && !pod.?securityContext.?runAsUser.hasValue() && (container.?securityContext.?runAsNonRoot.hasValue() || pod.?securityContext.?runAsNonRoot.orValue(true))",
    "patch": [
     {
      "op": "add",
      "path": "container:/securityContext/runAsNonRoot",
      "value": true
     },
     {
      "op": "add",
      "path": "container:/securityContext/runAsUser",
      "value": {
       "cel": "image.user.id"
      }
     }
    ]
   },
   {
    "if": "image.?user.?name.hasValue() && !container.?securityContext.?runAsUser.hasValue() && !pod.?securityContext.?runAsUser.hasValue() && (pod.?containers.orValue([]) + pod.?initContainers.orValue([]) + pod.?ephemeralContainers.orValue([])).exists_one(c, !c.?securityContext.?runAsNonRoot.hasValue())",
    "patch": [
     {
      "op": "replace",
      "path": "pod:/securityContext/runAsNonRoot",
      "value": true
     },
     {
      "op": "add",
      "path": "container:/securityContext/runAsUser",
      "value": {
       "cel": "image.user.id"
      }
     }
    ]
   },
   {
    "if": "!container.?securityContext.?runAsNonRoot.hasValue() && pod.?securityContext.?runAsNonRoot.orValue(true) == false && !(pod.?containers.orValue([]) + pod.?initContainers.orValue([]) + pod.?ephemeralContainers.orValue([])).exists(c, !c.?securityContext.?runAsNonRoot.hasValue() && c.?securityContext.?runAsUser.orValue(pod.?securityContext.?runAsUser.orValue(-1)) == 0)",
    "patch": [
     {
      "op": "replace",
      "path": "pod:/securityContext/runAsNonRoot",
      "value": true
     }
    ]
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "container:/securityContext/runAsNonRoot",
      "value": true
     }
    ]
   }
  ],
  "ensures": "effective == true",
  "breakage": {
   "prior": 0.5,
   "because": "more than half of all images run as root, and such an image would not start",
   "moves": [
    {
     "when": "container.?securityContext.?runAsUser.orValue(pod.?securityContext.?runAsUser.orValue(0)) > 0",
     "to": 0.03,
     "because": "a numeric user id above 0 is set already"
    },
    {
     "when": "image.?user.?name.hasValue() && (container.?securityContext.?runAsNonRoot.hasValue() || pod.?securityContext.?runAsNonRoot.orValue(true) || (pod.?containers.orValue([]) + pod.?initContainers.orValue([]) + pod.?ephemeralContainers.orValue([])).exists_one(c, !c.?securityContext.?runAsNonRoot.hasValue()))",
     "to": 0.05,
     "because": "the image runs as this user by itself, but names it in a way that the kubelet cannot check"
    },
    {
     "when": "image.?user.?id.orValue(0) > 0 && !image.?user.?name.hasValue() && (container.?securityContext.?runAsNonRoot.hasValue() || pod.?securityContext.?runAsNonRoot.orValue(true) || (pod.?containers.orValue([]) + pod.?initContainers.orValue([]) + pod.?ephemeralContainers.orValue([])).exists_one(c, !c.?securityContext.?runAsNonRoot.hasValue()))",
     "to": 0.03,
     "because": "the image runs as a user other than root by itself"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "run-as-root-user",
  "title": "The container is set to run as user 0 although root is forbidden",
  "since": "1.0.0",
  "severity": "high",
  "family": "pod-security",
  "why": "runAsNonRoot and user 0 contradict each other, so the container does not start; and without runAsNonRoot it would start as root.",
  "standards": {
   "pss": "restricted",
   "cis-1.12": [
    "5.2.7"
   ],
   "nsa": [
    "C-0013"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "covers": {
   "kyverno": [
    "require-run-as-non-root-user"
   ],
   "kube-linter": [
    "run-as-non-root"
   ]
  },
  "known-as": {
   "polaris": [
    "runAsRootAllowed"
   ],
   "kubescape": [
    "C-0013"
   ],
   "checkov": [
    "CKV_K8S_23"
   ],
   "trivy": [
    "KSV-0105"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "pod-or-container",
  "judges": "written",
  "when": "pod.?hostUsers.orValue(true) && effective == 0 && container.?securityContext.?runAsNonRoot.orValue(pod.?securityContext.?runAsNonRoot.orValue(false))",
  "at": "container:/securityContext/runAsUser",
  "fix": [
   {
    "needs-value": {
     "question": "The container must not run as root, but is set to user 0. Which user id does the image work with?",
     "path": "container:/securityContext/runAsUser"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "the container does not start as it is"
  },
  "examples": []
 },
 {
  "id": "scc-deny-privileged-container",
  "title": "The security context constraint lets containers be privileged",
  "since": "1.0.0",
  "severity": "high",
  "family": "pod-security",
  "why": "Whoever may use the constraint, may start a container that has every capability, sees every device and controls its node.",
  "standards": {
   "cis-1.12": [
    "5.2.2"
   ],
   "nsa": [
    "C-0057"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "covers": {
   "kube-linter": [
    "scc-deny-privileged-container"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "scc-deny-privileged-container",
    "reports": "ours",
    "when": "object.apiVersion != \"security.openshift.io/v1\"",
    "because": "it does not read the old version of the API"
   }
  ],
  "kinds": [
   "security.openshift.io/SecurityContextConstraints",
   "/SecurityContextConstraints"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.?allowPrivilegedContainer.orValue(false) == true",
  "at": "object:/allowPrivilegedContainer",
  "fix": [
   {
    "patch": [
     {
      "op": "replace",
      "path": "object:/allowPrivilegedContainer",
      "value": false
     }
    ]
   }
  ],
  "ensures": "object.?allowPrivilegedContainer.orValue(true) == false",
  "breakage": {
   "prior": 0.5,
   "because": "pods that are privileged by it are not let in any more, and a constraint that allows that is seldom made for others",
   "moves": [
    {
     "when": "object.?metadata.?name.orValue(\"\") == \"privileged\"",
     "to": 0.95,
     "because": "it is the constraint of that name that the platform brings along and its own agents run under"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "seccomp",
  "title": "No seccomp profile limits the container's system calls",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "The kernel's system calls are the way out of a container. The runtime's default profile blocks the ones that container escapes have used and that ordinary programs never call.",
  "standards": {
   "pss": "restricted",
   "cis-1.12": [
    "5.6.2"
   ],
   "nsa": [
    "C-0055"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kyverno": [
    "restrict-seccomp-strict"
   ]
  },
  "covers": {
   "kyverno": [
    "restrict-seccomp"
   ]
  },
  "known-as": {
   "polaris": [
    "linuxHardening"
   ],
   "kubescape": [
    "C-0055"
   ],
   "checkov": [
    "CKV_K8S_31"
   ],
   "trivy": [
    "KSV-0030",
    "KSV-0104"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "pod-or-container",
  "judges": "written",
  "when": "pod.?os.?name.orValue(\"\") != \"windows\" && !(effective.?type.orValue(\"\") in [\"RuntimeDefault\", \"Localhost\"])",
  "at": "container:/securityContext/seccompProfile",
  "fix": [
   {
    "if": "!effective.?type.hasValue() && template.?metadata.?annotations[?\"seccomp.security.alpha.kubernetes.io/pod\"].orValue(\"\").startsWith(\"localhost/\") && !template.?metadata.?annotations[?\"container.seccomp.security.alpha.kubernetes.io/\" + container.?name.orValue(\"\")].hasValue()",
    "patch": [
     {
      "op": "add",
      "path": "container:/securityContext/seccompProfile",
      "value": {
       "cel": "{\"type\": \"Localhost\", \"localhostProfile\": template.metadata.annotations[\"seccomp.security.alpha.kubernetes.io/pod\"].substring(10)}"
      }
     }
    ]
   },
   {
    "if": "!effective.?type.hasValue() && template.?metadata.?annotations[?\"container.seccomp.security.alpha.kubernetes.io/\" + container.?name.orValue(\"\")] .orValue(\"\").startsWith(\"localhost/\")",
    "patch": [
     {
      "op": "add",
      "path": "container:/securityContext/seccompProfile",
      "value": {
       "cel": "{\"type\": \"Localhost\", \"localhostProfile\": template.metadata.annotations[\"container.seccomp.security.alpha.kubernetes.io/\" + container.name].substring(10)}"
      }
     }
    ]
   },
   {
    "if": "container.?securityContext.?seccompProfile.?localhostProfile.hasValue()",
    "patch": [
     {
      "op": "replace",
      "path": "container:/securityContext/seccompProfile",
      "value": {
       "type": "RuntimeDefault"
      }
     }
    ]
   },
   {
    "if": "!container.?securityContext.?seccompProfile.hasValue() && pod.?securityContext.?seccompProfile.?localhostProfile.hasValue()",
    "patch": [
     {
      "op": "replace",
      "path": "pod:/securityContext/seccompProfile",
      "value": {
       "type": "RuntimeDefault"
      }
     }
    ]
   },
   {
    "if": "!container.?securityContext.?seccompProfile.hasValue() && pod.?securityContext.?seccompProfile.hasValue()",
    "patch": [
     {
      "op": "add",
      "path": "pod:/securityContext/seccompProfile/type",
      "value": "RuntimeDefault"
     }
    ]
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "container:/securityContext/seccompProfile/type",
      "value": "RuntimeDefault"
     }
    ]
   }
  ],
  "ensures": "effective.?type.orValue(\"\") in [\"RuntimeDefault\", \"Localhost\"]",
  "breakage": {
   "prior": 0.03,
   "because": "only programs that trace others, open user namespaces or use io_uring notice",
   "moves": [
    {
     "when": "effective.?type.orValue(\"\") == \"Unconfined\"",
     "to": 0.15,
     "because": "someone turned the filter off by name, so the program may need a system call that it blocks"
    }
   ]
  },
  "examples": []
 },
 {
  "id": "selinux-options",
  "title": "The container sets SELinux options of its own",
  "since": "1.0.0",
  "severity": "medium",
  "family": "pod-security",
  "why": "SELinux keeps containers apart by the type that the runtime gives them. Another type, user or role can mean no confinement at all (spc_t).",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.6.3"
   ],
   "nsa": [
    "C-0055"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kyverno": [
    "disallow-selinux"
   ]
  },
  "known-as": {
   "trivy": [
    "KSV-0025"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "!(container.?securityContext.?seLinuxOptions.?type.orValue(\"\") in [\"\", \"container_t\", \"container_init_t\", \"container_kvm_t\", \"container_engine_t\"]) || container.?securityContext.?seLinuxOptions.?user.orValue(\"\") != \"\" || container.?securityContext.?seLinuxOptions.?role.orValue(\"\") != \"\"",
  "at": "container:/securityContext/seLinuxOptions",
  "fix": [
   {
    "build": "selinux-options"
   }
  ],
  "breakage": {
   "prior": 0.5,
   "because": "someone chose the context by name, so the program may need it for files of the node"
  },
  "examples": []
 },
 {
  "id": "sensitive-host-mounts",
  "title": "The pod mounts a system directory of the node",
  "since": "1.0.0",
  "severity": "critical",
  "family": "pod-security",
  "why": "Whoever can read these directories of the node knows its secrets, and whoever can write there owns the node.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.2.11"
   ],
   "nsa": [
    "C-0048",
    "C-0045"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.5.5"
   ]
  },
  "covers": {
   "kyverno": [
    "disallow-host-path"
   ],
   "kube-linter": [
    "sensitive-host-mounts"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "sensitive-host-mounts",
    "reports": "ours",
    "when": "!pod.?containers.orValue([]).exists(c, c.?volumeMounts.orValue([]).exists(m, m.?name.orValue(\"\") == string(item.?name.orValue(\"\")))) && !pod.?initContainers.orValue([]).exists(c, c.?volumeMounts.orValue([]).exists(m, m.?name.orValue(\"\") == string(item.?name.orValue(\"\")))) && !pod.?ephemeralContainers.orValue([]).exists(c, c.?volumeMounts.orValue([]).exists(m, m.?name.orValue(\"\") == string(item.?name.orValue(\"\"))))",
    "because": "it reports only what a container mounts"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod:/volumes/*",
  "level": "pod",
  "judges": "written",
  "when": "item.?hostPath.?path.orValue(\"\") in [\"/\", \"/boot\", \"/dev\", \"/etc\", \"/lib\", \"/proc\", \"/sys\", \"/usr\"]",
  "at": "item:",
  "message": "\"The pod mounts \" + item.hostPath.path + \" of the node\"",
  "fix": [
   {
    "build": "remove-volume"
   }
  ],
  "breakage": {
   "prior": 0.9,
   "because": "the program reads or writes there"
  },
  "examples": []
 },
 {
  "id": "service-account-field",
  "title": "The service account stands in a deprecated field",
  "since": "1.0.0",
  "severity": "low",
  "family": "service-accounts-and-rbac",
  "why": "serviceAccount is an old name of serviceAccountName. Tools that read only the new one take the pod for one with the default account.",
  "same-as": {
   "kube-linter": [
    "deprecated-service-account-field"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0294"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?serviceAccount.orValue(\"\") != \"\" && pod.?serviceAccount.orValue(\"\") != pod.?serviceAccountName.orValue(\"\")",
  "at": "pod:/serviceAccount",
  "fix": [
   {
    "if": "pod.?serviceAccountName.orValue(\"\") == \"\"",
    "patch": [
     {
      "op": "add",
      "path": "pod:/serviceAccountName",
      "value": {
       "cel": "pod.serviceAccount"
      }
     },
     {
      "op": "remove",
      "path": "pod:/serviceAccount"
     }
    ]
   },
   {
    "needs-value": {
     "question": "serviceAccount and serviceAccountName name different accounts. Which one is meant?",
     "path": "pod:/serviceAccountName"
    }
   }
  ],
  "ensures": "pod.?serviceAccountName.orValue(\"\") != \"\" && !pod.?serviceAccount.hasValue()",
  "breakage": {
   "prior": 0,
   "because": "the API server reads both fields as one"
  },
  "examples": []
 },
 {
  "id": "service-target-port",
  "title": "The target port is no port",
  "since": "1.0.0",
  "severity": "medium",
  "family": "references",
  "why": "The API server refuses a service whose target port is neither a number from 1 to 65535 nor a name of at most 15 lower-case letters, digits and single dashes.",
  "covers": {
   "kube-linter": [
    "invalid-target-ports"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "invalid-target-ports",
    "reports": "theirs",
    "when": "item.?targetPort.orValue(0) == \"\"",
    "because": "it refuses an empty name; the API server takes it for none, which stands for the port itself"
   }
  ],
  "kinds": [
   "/Service"
  ],
  "for-each": "object:/spec/ports/*",
  "level": "resource",
  "judges": "written",
  "when": "type(item.?targetPort.orValue(0)) == int && (item.?targetPort.orValue(0) < 0 || item.?targetPort.orValue(0) > 65535) || type(item.?targetPort.orValue(0)) == string && item.?targetPort.orValue(\"\") != \"\" && (size(string(item.targetPort)) > 15 || !string(item.targetPort).matches(\"^[-a-z0-9]+$\") || !string(item.targetPort).matches(\"[a-z]\") || string(item.targetPort).contains(\"--\") || string(item.targetPort).startsWith(\"-\") || string(item.targetPort).endsWith(\"-\"))",
  "at": "item:/targetPort",
  "fix": [
   {
    "needs-value": {
     "question": "Which port of the pods, by number or name, does the service lead to?",
     "path": "item:/targetPort"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "sorted-keys",
  "title": "The keys are not in the order of the alphabet",
  "since": "1.0.0",
  "severity": "low",
  "family": "hygiene",
  "default": "off",
  "why": "Where all files of a repository have their keys in one order, the same thing stands at the same place in each, and two people who add a key do it in the same place.",
  "same-as": {
   "kube-linter": [
    "sorted-keys"
   ]
  },
  "kinds": [
   "any"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "check": "sorted-keys",
  "at": "object:",
  "fix": "none",
  "advice": "Sort them with a formatter, in a commit that does nothing else and that stands in .git-blame-ignore-revs.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "ssh-port",
  "title": "The container offers SSH",
  "since": "1.0.0",
  "severity": "low",
  "family": "network",
  "why": "A shell over the network is a way in that the API server neither knows nor logs. kubectl exec does the same with its access rules.",
  "standards": {
   "attack": [
    "T1021.004"
   ],
   "nist-800-190": [
    "4.4.2"
   ]
  },
  "same-as": {
   "kube-linter": [
    "ssh-port"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0042"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container:/ports/*",
  "level": "container",
  "judges": "written",
  "when": "item.?containerPort.orValue(0) == 22 && item.?protocol.orValue(\"TCP\") in [\"\", \"TCP\"]",
  "at": "item:/containerPort",
  "fix": "none",
  "advice": "Take the SSH server out of the image and use kubectl exec, or name another port if this is no SSH.",
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "startup-port",
  "title": "The startup probe calls a port that the container does not list",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "why": "The list of ports is what people, Services and policies go by. A probe of a port that is not in it is most often a typing error, and then the container never counts as healthy.",
  "covers": {
   "kube-linter": [
    "startup-port"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "startup-port",
    "reports": "ours",
    "when": "containerList == \"initContainers\"",
    "because": "it skips init containers, and with them sidecars"
   },
   {
    "engine": "kube-linter",
    "rule": "startup-port",
    "reports": "theirs",
    "when": "container.?startupProbe.?httpGet.hasValue() && !container.?startupProbe.?httpGet.?port.hasValue() || container.?startupProbe.?tcpSocket.hasValue() && !container.?startupProbe.?tcpSocket.?port.hasValue() || container.?startupProbe.?grpc.hasValue() && !container.?startupProbe.?grpc.?port.hasValue()",
    "because": "it takes a probe without a port for one of port 0, which the API server refuses"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container",
  "level": "container",
  "judges": "written",
  "when": "containerList != \"ephemeralContainers\" && container.?startupProbe.?httpGet.?port.or(container.?startupProbe.?tcpSocket.?port).or(container.?startupProbe.?grpc.?port).hasValue() && !container.?ports.orValue([]).exists(p, p.?protocol.orValue(\"TCP\") in [\"\", \"TCP\"] && ( p.?containerPort.orValue(0) == container.?startupProbe.?httpGet.?port.or(container.?startupProbe.?tcpSocket.?port).or(container.?startupProbe.?grpc.?port).orValue(0) || p.?name.orValue(\"\") == container.?startupProbe.?httpGet.?port.or(container.?startupProbe.?tcpSocket.?port).or(container.?startupProbe.?grpc.?port).orValue(0)))",
  "at": "container:/startupProbe",
  "fix": [
   {
    "if": "type(container.?startupProbe.?httpGet.?port.or(container.?startupProbe.?tcpSocket.?port).or(container.?startupProbe.?grpc.?port).orValue(\"\")) != int || container.?startupProbe.?httpGet.?port.or(container.?startupProbe.?tcpSocket.?port).or(container.?startupProbe.?grpc.?port).orValue(0) < 1 || container.?startupProbe.?httpGet.?port.or(container.?startupProbe.?tcpSocket.?port).or(container.?startupProbe.?grpc.?port).orValue(0) > 65535",
    "needs-value": {
     "question": "Which port number does the startup probe mean? Its container lists no port of that name.",
     "path": "container:/ports"
    }
   },
   {
    "if": "[int(container.?startupProbe.?httpGet.?port.or(container.?startupProbe.?tcpSocket.?port).or(container.?startupProbe.?grpc.?port).orValue(0))].exists(port, (pod.?containers.orValue([]) + pod.?initContainers.orValue([])).exists(c, c.?ports.orValue([]).exists(p, p.?containerPort.orValue(0) == port && p.?protocol.orValue(\"TCP\") in [\"\", \"TCP\"])))",
    "advice": "Another container of the pod lists this port. The containers of a pod share one network, so check which of them listens on it. If it is this one, move the entry of the list here. If it is the other one, its answer stands for this container as well: let the probe call a port of this one, or ignore the finding where that is meant."
   },
   {
    "if": "[int(container.?startupProbe.?httpGet.?port.or(container.?startupProbe.?tcpSocket.?port).or(container.?startupProbe.?grpc.?port).orValue(0))].exists(port, !(pod.?containers.orValue([]) + pod.?initContainers.orValue([])).exists_one(c, c.?livenessProbe.?httpGet.?port.or(c.?livenessProbe.?tcpSocket.?port).or(c.?livenessProbe.?grpc.?port).orValue(0) == port || c.?readinessProbe.?httpGet.?port.or(c.?readinessProbe.?tcpSocket.?port).or(c.?readinessProbe.?grpc.?port).orValue(0) == port || c.?startupProbe.?httpGet.?port.or(c.?startupProbe.?tcpSocket.?port).or(c.?startupProbe.?grpc.?port).orValue(0) == port))",
    "advice": "Another container of the pod has a probe of this port as well, and neither lists it. The containers of a pod share one network, so check which of them listens on it: list the port there, and let the probe of the other one call a port of its own."
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "container:/ports/-",
      "value": {
       "cel": "{\"containerPort\": container.?startupProbe.?httpGet.?port.or(container.?startupProbe.?tcpSocket.?port).or(container.?startupProbe.?grpc.?port).orValue(0)}"
      }
     }
    ],
    "requires": [
     "host-network"
    ]
   }
  ],
  "breakage": {
   "prior": 0.01,
   "because": "the list of ports opens and closes nothing"
  },
  "examples": []
 },
 {
  "id": "topology-spread",
  "title": "Nothing spreads the pods over the nodes",
  "since": "1.0.0",
  "severity": "low",
  "family": "reliability",
  "default": "off",
  "why": "The scheduler may put all replicas on one node, and then the node takes all of them down with it.",
  "known-as": {
   "polaris": [
    "topologySpreadConstraint"
   ]
  },
  "kinds": [
   "apps/Deployment",
   "apps/StatefulSet",
   "extensions/Deployment"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "object.?spec.?replicas.orValue(1) > 1 && size(pod.?topologySpreadConstraints.orValue([])) == 0",
  "at": "pod:/topologySpreadConstraints",
  "fix": [
   {
    "if": "size(template.?metadata.?labels.orValue({})) > 0",
    "patch": [
     {
      "op": "add",
      "path": "pod:/topologySpreadConstraints/-",
      "value": {
       "cel": "{\"maxSkew\": dyn(1), \"topologyKey\": dyn(\"kubernetes.io/hostname\"), \"whenUnsatisfiable\": dyn(\"ScheduleAnyway\"), \"labelSelector\": dyn({\"matchLabels\": template.metadata.labels})}"
      }
     }
    ]
   },
   {
    "advice": "Label the pod template, and spread the pods with those labels by topologySpreadConstraints."
   }
  ],
  "ensures": "size(pod.?topologySpreadConstraints.orValue([])) > 0",
  "breakage": {
   "prior": 0.02,
   "because": "the scheduler prefers nodes without another replica, and takes any other where it must"
  },
  "examples": []
 },
 {
  "id": "unsafe-sysctls",
  "title": "The pod sets a sysctl that is not isolated from the node",
  "since": "1.0.0",
  "severity": "high",
  "family": "pod-security",
  "why": "Sysctls outside the safe set reach beyond the pod: they change the node's kernel for its neighbours, or open ways to exhaust its memory. The kubelet refuses such pods unless the node was told to allow the sysctl.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.6.3"
   ],
   "nsa": [
    "C-0055"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kyverno": [
    "restrict-sysctls"
   ]
  },
  "covers": {
   "kube-linter": [
    "unsafe-sysctls"
   ]
  },
  "known-as": {
   "trivy": [
    "KSV-0026"
   ]
  },
  "differs": [
   {
    "engine": "kube-linter",
    "rule": "unsafe-sysctls",
    "reports": "theirs",
    "when": "item.?name.orValue(\"\").startsWith(\"net.\") || item.?name.orValue(\"\").startsWith(\"kernel.shm\")",
    "because": "it takes every sysctl of net. and kernel.shm for unsafe, those of the safe set as well"
   },
   {
    "engine": "kube-linter",
    "rule": "unsafe-sysctls",
    "reports": "ours",
    "when": "!(item.name.startsWith(\"kernel.msg\") || item.name.startsWith(\"kernel.sem\") || item.name.startsWith(\"kernel.shm\") || item.name.startsWith(\"fs.mqueue.\") || item.name.startsWith(\"net.\"))",
    "because": "it knows a few prefixes; Pod Security allows the safe set alone"
   }
  ],
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod:/securityContext/sysctls/*",
  "level": "pod",
  "judges": "written",
  "when": "item.?name.hasValue() && !(item.name in [\n  \"kernel.shm_rmid_forced\", \"net.ipv4.ip_local_port_range\", \"net.ipv4.ip_unprivileged_port_start\",\n  \"net.ipv4.tcp_syncookies\", \"net.ipv4.ping_group_range\", \"net.ipv4.ip_local_reserved_ports\",\n  \"net.ipv4.tcp_keepalive_time\", \"net.ipv4.tcp_fin_timeout\", \"net.ipv4.tcp_keepalive_intvl\",\n  \"net.ipv4.tcp_keepalive_probes\", \"net.ipv4.tcp_rmem\", \"net.ipv4.tcp_wmem\"])",
  "at": "item:/name",
  "message": "\"The sysctl \" + item.name + \" is not isolated from the node\"",
  "fix": [
   {
    "patch": [
     {
      "op": "remove",
      "path": "item:"
     }
    ]
   }
  ],
  "breakage": {
   "prior": 0.2,
   "because": "the program may be tuned to the value, though most nodes refuse it anyway"
  },
  "examples": []
 },
 {
  "id": "use-namespace",
  "title": "The object is for the default namespace",
  "since": "1.0.0",
  "severity": "low",
  "family": "hygiene",
  "default": "off",
  "why": "Namespaces are what quotas, access rules and network policies hold for. What lies in the default one shares all of them with everything else that nobody has put anywhere.",
  "standards": {
   "cis-1.12": [
    "5.6.4"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "nist-800-190": [
    "4.3.4"
   ]
  },
  "same-as": {
   "kube-linter": [
    "use-namespace"
   ]
  },
  "covers": {
   "kyverno": [
    "disallow-default-namespace"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0061"
   ],
   "checkov": [
    "CKV_K8S_21"
   ],
   "trivy": [
    "KSV-0110"
   ]
  },
  "kinds": [
   "pod-bearing",
   "/Service"
  ],
  "for-each": "resource",
  "level": "resource",
  "judges": "written",
  "when": "object.?metadata.?namespace.orValue(\"\").lowerAscii() in [\"\", \"default\"]",
  "at": "object:/metadata/namespace",
  "message": "object.?metadata.?namespace.orValue(\"\") == \"\" ? \"No namespace is written\" : \"The object is in the default namespace\"",
  "fix": [
   {
    "needs-value": {
     "question": "Which namespace is the object for? Everything that it refers to has to be there as well. Where the namespace comes from elsewhere (kubectl -n, a kustomization, a Helm release), nothing has to be written here.",
     "path": "object:/metadata/namespace"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "wildcard-in-rules",
  "title": "The role allows more than it names",
  "since": "1.0.0",
  "severity": "high",
  "family": "service-accounts-and-rbac",
  "why": "A star stands for every resource or verb, those that later versions add as well: reading secrets, creating pods and raising one's own rights are among them.",
  "standards": {
   "cis-1.12": [
    "5.1.3"
   ],
   "nsa": [
    "C-0035"
   ],
   "owasp-k8s": [
    "K03"
   ],
   "attack": [
    "T1078.001"
   ]
  },
  "same-as": {
   "kube-linter": [
    "wildcard-in-rules"
   ]
  },
  "known-as": {
   "checkov": [
    "CKV_K8S_49"
   ],
   "trivy": [
    "KSV-0044",
    "KSV-0045",
    "KSV-0046"
   ]
  },
  "kinds": [
   "rbac.authorization.k8s.io/ClusterRole",
   "rbac.authorization.k8s.io/Role"
  ],
  "for-each": "object:/rules/*",
  "level": "resource",
  "judges": "written",
  "when": "object.apiVersion == \"rbac.authorization.k8s.io/v1\" && (item.?resources.orValue([]).exists(r, r == \"*\") || item.?verbs.orValue([]).exists(v, v == \"*\"))",
  "at": "item:",
  "fix": [
   {
    "needs-value": {
     "question": "Which resources and verbs does the holder of the role need?"
    }
   }
  ],
  "breakage": {
   "prior": 0,
   "because": "nothing is changed"
  },
  "examples": []
 },
 {
  "id": "windows-host-process",
  "title": "The pod runs Windows processes on the node itself",
  "since": "1.0.0",
  "severity": "critical",
  "family": "pod-security",
  "why": "A HostProcess container is a process of the Windows node, with all its rights. Whoever controls it controls the node.",
  "standards": {
   "pss": "baseline",
   "cis-1.12": [
    "5.2.10"
   ],
   "nsa": [],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.4.3"
   ]
  },
  "same-as": {
   "kyverno": [
    "disallow-host-process"
   ]
  },
  "known-as": {
   "polaris": [
    "hostProcess"
   ],
   "trivy": [
    "KSV-0103"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "pod",
  "level": "pod",
  "judges": "written",
  "when": "pod.?securityContext.?windowsOptions.?hostProcess.orValue(false) || (pod.?containers.orValue([]) + pod.?initContainers.orValue([]) + pod.?ephemeralContainers.orValue([])).exists(c, c.?securityContext.?windowsOptions.?hostProcess.orValue(false))",
  "at": "pod:/securityContext/windowsOptions/hostProcess",
  "fix": [
   {
    "build": "windows-host-process"
   }
  ],
  "breakage": {
   "prior": 0.8,
   "because": "HostProcess is only ever asked for by agents of the node"
  },
  "examples": []
 },
 {
  "id": "writable-host-mount",
  "title": "The container may write to the node's file system",
  "since": "1.0.0",
  "severity": "high",
  "family": "pod-security",
  "why": "What a container writes into a folder of the node outlives it, and where the node reads that folder, it is a way out of the container.",
  "standards": {
   "nsa": [
    "C-0045"
   ],
   "owasp-k8s": [
    "K01"
   ],
   "attack": [
    "T1611"
   ],
   "nist-800-190": [
    "4.5.5"
   ]
  },
  "same-as": {
   "kube-linter": [
    "writable-host-mount"
   ]
  },
  "known-as": {
   "kubescape": [
    "C-0045"
   ]
  },
  "kinds": [
   "pod-bearing"
  ],
  "for-each": "container:/volumeMounts/*",
  "level": "container",
  "judges": "written",
  "when": "!item.?readOnly.orValue(false) && pod.?volumes.orValue([]).exists(v, v.?hostPath.hasValue() && v.?name.orValue(\"\") == string(item.?name.orValue(\"\")))",
  "at": "item:/readOnly",
  "message": "\"The volume \" + item.?name.orValue(\"\") + \" of the node is mounted for writing\"",
  "fix": [
   {
    "if": "item.?readOnly.hasValue()",
    "advice": "Set readOnly to true where the program only reads there; someone has written that it may write."
   },
   {
    "patch": [
     {
      "op": "add",
      "path": "item:/readOnly",
      "value": true
     }
    ]
   }
  ],
  "breakage": {
   "prior": 0.5,
   "because": "many programs that mount a folder of the node write to it"
  },
  "hazards": [
   {
    "name": "bidirectional-mount",
    "when": "item.?mountPropagation.orValue(\"None\") == \"Bidirectional\"",
    "because": "what the container mounts there is meant to reach the node"
   }
  ],
  "examples": []
 }
]
