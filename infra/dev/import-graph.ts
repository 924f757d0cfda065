import type { Metafile } from "esbuild";

/** Which file imports which, as far as builds have told. */
export class ImportGraph {
  readonly #imports = new Map<string, readonly string[]>();

  add({ inputs }: Pick<Metafile, "inputs">): void {
    for (const [file, { imports }] of Object.entries(inputs)) {
      this.#imports.set(
        file,
        imports.map(({ path }) => path),
      );
    }
  }

  /** Whether `entry` is or imports one of these files, or one in a folder of that name, by whatever way. */
  leads(entry: string, files: readonly string[]): boolean {
    const seen = new Set([entry]);
    for (const file of seen) {
      if (files.some((one) => file === one || file.startsWith(`${one}/`))) return true;
      for (const imported of this.#imports.get(file) ?? []) seen.add(imported);
    }
    return false;
  }
}
