/**
 * `npm run build`: makes the package that other people install, in `dist` or the folder that is named: the
 * construct for their CDK apps, the client, and the commands. It is compiled, for Node strips no types below
 * node_modules, and brings the bundles of functions and pages along, so that a synthesis needs no bundler.
 */
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundleFunctions } from "../constructs/bundle.ts";
import { bundlePages } from "../constructs/page-bundle.ts";
import { entries } from "../functions.ts";
import { bundleCommand } from "./bundle-command.ts";
import { licencesOf } from "./licences.ts";
import { manifestFrom } from "./manifest.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = resolve(process.argv[2] ?? join(root, "dist"));

rmSync(folder, { recursive: true, force: true });
compileModules();
await bundleAll();
await bundlePages(root, join(folder, "bundles/console"));
await bundleCommands();
writeFileSync(
  join(folder, "package.json"),
  `${JSON.stringify(manifestFrom(readFileSync(join(root, "package.json"), "utf8")), undefined, 2)}\n`,
);
cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
cpSync(join(root, "docs/construct.md"), join(folder, "README.md"));
cpSync(join(root, "docs/settings.md"), join(folder, "settings.md"));

function compileModules(): void {
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

/**
 * `hookcast`, and `hookcast-keys`: a user who has only the construct must be able to make the first key, which
 * runs where the CDK does.
 */
async function bundleCommands(): Promise<void> {
  const command = (entry: string, name: string) =>
    bundleCommand(root, entry, join(folder, "bin", name));
  const [cli, keys] = [
    await command("cli/main.ts", "hookcast.mjs"),
    await command("ops/keys.ts", "keys.mjs"),
  ];
  const inputs = { ...cli.inputs, ...keys.inputs };
  writeFileSync(join(folder, "bin/LICENCES.txt"), licencesOf(root, { inputs }));
}
