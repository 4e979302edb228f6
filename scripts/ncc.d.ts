/** The part of @vercel/ncc that scripts/build.ts uses; the package has no types of its own. */
declare module '@vercel/ncc' {
  interface Options {
    cache: false
    license: string
    quiet: boolean
    target: string
  }
  interface Bundle {
    code: string
    assets: Record<string, { source: string | Buffer }>
  }
  export default function ncc(entry: string, options: Options): Promise<Bundle>
}
