/**
 * Node images that kind may start, pinned by digest. An image is supported by the kind release that it was built for,
 * so the choice goes by what `kind version` says. Sources: `pkg/apis/config/defaults/image.go` of
 * github.com/kubernetes-sigs/kind at commit 645b868081c9c506dddb9498eac11b8cf7dbebdd, the last before v0.32.0, and the
 * release notes of v0.33.0 (github.com/kubernetes-sigs/kind/releases/tag/v0.33.0), of which the 1.36 image is taken.
 */
const images: ReadonlyMap<string, string> = new Map([
  ['0.32', 'kindest/node:v1.36.1@sha256:3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5'],
  ['0.33', 'kindest/node:v1.36.4@sha256:099e049362a1526b2db71494e1947aae99bd16290d7c895f2b7ea312e3cbfaed'],
])

/** For a kind that the table does not know: most likely to be that of a hosted runner, and there already. */
const usual = '0.32'

/** The pinned image for the output of `kind version`, and whether it was built for that release. */
export function nodeImage(version: string): { image: string; supported: boolean } {
  const release = /\bv(?<release>\d+\.\d+)\.\d/.exec(version)?.groups?.['release'] ?? ''
  const image = images.get(release)
  return image === undefined
    ? { image: images.get(usual) ?? '', supported: false }
    : { image, supported: true }
}
