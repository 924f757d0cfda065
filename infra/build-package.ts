/**
 * `npm run build`: makes the package that other people's CDK apps install, in `dist` or the folder that is
 * named. It is compiled, for Node strips no types below node_modules, and brings the bundles of functions
 * and console along, so that a synthesis needs neither compiler nor bundler.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { bundleFunctions } from "./constructs/bundle.ts";
import { bundleConsole } from "./constructs/console-bundle.ts";
import { entries } from "./functions.ts";
import { licencesOf } from "./licences.ts";
import { manifestFrom } from "./manifest.ts";

const root = resolve(import.meta.dirname, "..");
const folder = resolve(process.argv[2] ?? join(root, "dist"));

rmSync(folder, { recursive: true, force: true });
compileConstruct();
await bundleAll();
await bundleConsole(root, join(folder, "bundles/console"));
await bundleKeys();
writeFileSync(
  join(folder, "package.json"),
  `${JSON.stringify(manifestFrom(readFileSync(join(root, "package.json"), "utf8")), undefined, 2)}\n`,
);
cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
cpSync(join(root, "docs/construct.md"), join(folder, "README.md"));
cpSync(join(root, "docs/settings.md"), join(folder, "settings.md"));

function compileConstruct(): void {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const options = ["--project", join(root, "tsconfig.build.json"), "--outDir", folder];
  execFileSync(process.execPath, [compiler, ...options], { stdio: "inherit" });
}

async function bundleAll(): Promise<void> {
  using bundles = await bundleFunctions(root, entries);
  for (const name of Object.keys(entries)) {
    cpSync(bundles.folderOf(name), join(folder, "bundles", name), { recursive: true });
  }
  writeFileSync(join(folder, "bundles/LICENCES.txt"), licencesOf(root, bundles.metafile));
}

/** Whoever has the construct alone must be able to make the first key; it runs where the CDK does. */
async function bundleKeys(): Promise<void> {
  const outfile = join(folder, "bin/keys.mjs");
  const require = `import { createRequire } from "node:module";const require = createRequire(import.meta.url);`;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["ops/keys.ts"],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "esm",
    banner: { js: `#!/usr/bin/env node\n${require}` },
    metafile: true,
  });
  writeFileSync(join(folder, "bin/LICENCES.txt"), licencesOf(root, metafile));
  chmodSync(outfile, 0o755);
}
