import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../process/program.ts";

/** Builds the package and packs it as `npm publish` would; gives the archive. */
export function packPackage(folder: string): string {
  const built = join(folder, "built");
  node(root, "infra/package/build-package.ts", built);
  run(built, "npm", "pack", "--silent", "--offline", "--pack-destination", folder);
  const [archive = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  return join(folder, archive);
}

/** Does by hand what `npm install` would, and lends it the packages that npm would fetch: tests have no network. */
export function installPackage(archive: string, project: string, lent: readonly string[]): void {
  const packages = join(project, "node_modules");
  const installed = join(packages, "hookcast");
  mkdirSync(installed, { recursive: true });
  run(project, "tar", "-xzf", archive, "--strip-components=1", "-C", installed);
  for (const name of lent) {
    mkdirSync(dirname(join(packages, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(packages, name));
  }
  const { bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  mkdirSync(join(packages, ".bin"));
  for (const [name, file] of Object.entries<string>(bin)) {
    symlinkSync(join("../hookcast", file), join(packages, ".bin", name));
  }
}

export function node(cwd: string, ...args: string[]): string {
  return run(cwd, process.execPath, ...args);
}

function run(cwd: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
