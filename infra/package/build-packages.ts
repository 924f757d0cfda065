/**
 * `npm run build`: makes the packages that other people install, each in the `dist` of its folder in `packages/`, and
 * packs them beside those folders, as `npm publish` would. With the name of a folder it does all that there, and with
 * names of packages after it for these alone. They are compiled, for Node strips no types below node_modules.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildCdk } from "./build-cdk.ts";
import { buildClient } from "./build-client.ts";
import { buildCommand } from "./build-command.ts";

const root = resolve(import.meta.dirname, "../..");
const packages = join(root, "packages");
const [folderName, ...wanted] = process.argv.slice(2);
const target = folderName === undefined ? packages : resolve(folderName);

for (const [name, build] of Object.entries({
  client: buildClient,
  cdk: buildCdk,
  hookcast: buildCommand,
})) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const folder = join(target, name);
  const dist = join(folder, "dist");
  mkdirSync(folder, { recursive: true });
  rmSync(dist, { recursive: true, force: true });
  if (target !== packages) {
    for (const file of ["package.json", "README.md"]) {
      cpSync(join(packages, name, file), join(folder, file));
    }
  }
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  await build(root, dist);
  const options = ["--silent", "--offline", "--ignore-scripts", "--pack-destination", target];
  execFileSync("npm", ["pack", ...options], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
