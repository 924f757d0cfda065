import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import * as z from "zod/mini";
import { manifestFrom } from "../../infra/package/manifest.ts";
import { root } from "../support/process/program.ts";

const Manifest = z.object({ exports: z.record(z.string(), z.object({ default: z.string() })) });

/** Puts the part of the package that receivers import into a folder, under the names that the package gives it. */
export async function installClient(folder: string): Promise<void> {
  const manifest = manifestFrom(readFileSync(join(root, "package.json"), "utf8"));
  const { exports } = z.parse(Manifest, manifest);
  const files = Object.values(exports).map((entry) => entry.default);
  await mkdir(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: files
      .filter((file) => file.startsWith("./client/"))
      .map((file) => file.replace(/\.js$/, ".ts")),
    outdir: folder,
    outbase: root,
    bundle: true,
    // What two entry points share is one module, and so an error has one class.
    splitting: true,
    format: "esm",
    platform: "node",
  });
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
}
