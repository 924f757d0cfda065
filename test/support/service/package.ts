import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../process/program.ts";

type PackageName = "hookcast" | "@hookcast/client" | "@hookcast/cdk";

/** Builds and packs packages, all by default, as `npm publish` would; gives the archive of each. */
export function packPackages(
  folder: string,
  ...wanted: ("hookcast" | "client" | "cdk")[]
): Record<PackageName, string> {
  const built = join(folder, "built");
  node(root, "infra/package/build-packages.ts", built, ...wanted);
  const files = readdirSync(built);
  const archiveOf = (name: PackageName) => {
    const start = new RegExp(`^${name.replace("@", "").replace("/", "-")}-\\d`);
    return join(built, files.find((file) => start.test(file)) ?? "");
  };
  return {
    hookcast: archiveOf("hookcast"),
    "@hookcast/client": archiveOf("@hookcast/client"),
    "@hookcast/cdk": archiveOf("@hookcast/cdk"),
  };
}

/** Does by hand what `npm install` would, and lends it the packages that npm would fetch: tests have no network. */
export function installPackage(
  archives: Record<PackageName, string>,
  name: PackageName,
  project: string,
  lent: readonly string[] = [],
): void {
  const packages = join(project, "node_modules");
  const installed = join(packages, name);
  mkdirSync(installed, { recursive: true });
  run(project, "tar", "-xzf", archives[name], "--strip-components=1", "-C", installed);
  for (const other of lent) {
    mkdirSync(dirname(join(packages, other)), { recursive: true });
    symlinkSync(join(root, "node_modules", other), join(packages, other));
  }
  const { bin = {} } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  mkdirSync(join(packages, ".bin"), { recursive: true });
  for (const [command, file] of Object.entries<string>(bin)) {
    symlinkSync(join("..", name, file), join(packages, ".bin", command));
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
