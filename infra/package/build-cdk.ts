import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleFunctions } from "../constructs/bundle.ts";
import { bundlePages } from "../constructs/page-bundle.ts";
import { entries } from "../functions.ts";
import { bundleCommand } from "./bundle-command.ts";
import { licencesOf } from "./licences.ts";

/**
 * Makes `@hookcast/cdk`: the construct with the bundles of functions and pages, so that a synthesis needs no bundler,
 * and `hookcast-keys`, since whoever has only the construct must be able to make the first key.
 */
export async function buildCdk(root: string, folder: string): Promise<void> {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const options = ["--project", join(root, "tsconfig.build.json"), "--outDir", folder];
  execFileSync(process.execPath, [compiler, ...options], { stdio: "inherit" });

  using bundles = await bundleFunctions(root, entries);
  for (const name of Object.keys(entries)) {
    cpSync(bundles.folderOf(name), join(folder, "bundles", name), { recursive: true });
  }
  writeFileSync(join(folder, "bundles/LICENCES.txt"), licencesOf(root, bundles.metafile));
  await bundlePages(root, join(folder, "bundles/console"));

  const keys = await bundleCommand(root, "ops/keys.ts", join(folder, "bin/keys.mjs"));
  writeFileSync(join(folder, "bin/LICENCES.txt"), licencesOf(root, keys));
}
