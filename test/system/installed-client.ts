import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../support/program.ts";

const entries = ["verify", "verify-momento"];

/** Puts the parts of the package that receivers import into a folder, compiled as the package has them. */
export async function installClient(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: entries.map((name) => `client/${name}.ts`),
    outdir: folder,
    bundle: true,
    // What two entry points share is one module, and so an error has one class.
    splitting: true,
    format: "esm",
    platform: "node",
  });
  const exports = Object.fromEntries(entries.map((name) => [`./${name}`, `./${name}.js`]));
  const manifest = { name: "hookcast", type: "module", exports };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
}
