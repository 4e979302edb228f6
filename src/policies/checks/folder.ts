/** The folder of a file as reports name it, with the slash at its end; empty for the top. */
export function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1)
}
