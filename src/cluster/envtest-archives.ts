/**
 * The archives of kube-apiserver, etcd and kubectl that the Kubernetes project builds for tests (envtest), pinned by
 * their hash. Version and hashes are those of `envtest-releases.yaml` in github.com/kubernetes-sigs/controller-tools at
 * commit 2b2bbdfb5ed4d62cf0c665425c2a424223c46df8 (26 June 2026): the newest 1.36 that is listed there. Nothing else is
 * ever downloaded and run.
 */
export interface EnvtestArchive {
  /** Kubernetes version, with its `v`. */
  version: string
  /** In Go's words: `linux-amd64`. */
  target: string
  url: string
  sha512: string
}

const version = 'v1.36.2'
const releases = 'https://github.com/kubernetes-sigs/controller-tools/releases/download'

const hashes: ReadonlyMap<string, string> = new Map([
  [
    'linux-amd64',
    'ea743186a8c799f5cf8faf16969f86189d003cb7d130e0ac4b58789f1e5748dcf30ebe91c837a10d5ac415383da3e10b9e64d65785c938c23e739781cfb76f08',
  ],
  [
    'linux-arm64',
    '2d72ee985a8e262a3c57dc9f7f0fd891f6a8c7bf7ebaa2db6dc6d8eac8ae28181afe51c1f368b67756cdb40b10de9b205609e1726e5f27f7c6d824dd9c6649ac',
  ],
  [
    'darwin-amd64',
    'b4fe9f973cd1992e3880f8b230ed32c0c243b83371591e3e3315f4404df2cdbef8ee94eeb9bb245b7e5feb987d5c4a76c43e0877654ab73f00d7bbc2b9984514',
  ],
  [
    'darwin-arm64',
    '9278f9e5af556b2f1f2d139769c1f0d717c7b4426917fdebdba898bcb725a916e4910d6160886194ff9be9589ea7c5c32c2b8ae0754703874b7c8ba8ddfc41ce',
  ],
])

/** Go's names of what Node calls `process.arch`. */
const architectures: ReadonlyMap<string, string> = new Map([
  ['x64', 'amd64'],
  ['arm64', 'arm64'],
])

/** The archive for a machine, named as `process.platform` and `process.arch` do; undefined where none is pinned. */
export function envtestArchive(platform: string, architecture: string): EnvtestArchive | undefined {
  const target = `${platform}-${architectures.get(architecture) ?? architecture}`
  const sha512 = hashes.get(target)
  if (sha512 === undefined) return undefined
  return {
    version,
    target,
    url: `${releases}/envtest-${version}/envtest-${version}-${target}.tar.gz`,
    sha512,
  }
}
