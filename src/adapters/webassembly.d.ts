/** As much of WebAssembly as is used here: Node has it, and neither its types nor `lib.es` tell. */
declare namespace WebAssembly {
  type Imported = (...values: never[]) => unknown

  class Module {
    constructor(bytes: Uint8Array)
    static imports(module: Module): { module: string; name: string; kind: string }[]
  }

  class Memory {
    readonly buffer: ArrayBuffer
  }

  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, Imported>>)
    readonly exports: Readonly<Record<string, unknown>>
  }
}
