/**
 * For `.github/workflows/release.yml`. `versions`: gives the project and the examples the version that changesets has
 * given the packages. `repository <url>`: names the repository in each package, without which provenance is refused.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const [task, url] = process.argv.slice(2);

if (task === "versions") {
  const { version } = JSON.parse(read("packages/hookcast/package.json"));
  edit("package.json", (text) => text.replace(/"version": "[^"]+"/, `"version": "${version}"`));
  for (const file of [
    ...["cdk-app", "client", "events-in", "lambda", "portal-plain", "portal-react"].map(
      (name) => `examples/${name}/package.json`,
    ),
    ...["cdk", "client", "hookcast"].map((name) => `packages/${name}/README.md`),
  ]) {
    edit(file, (text) => text.replaceAll(/-\d+\.\d+\.\d+(-[\w.]+)?\.tgz/g, `-${version}.tgz`));
  }
} else if (task === "repository" && url !== undefined && URL.canParse(url)) {
  for (const name of ["cdk", "client", "hookcast"]) {
    edit(`packages/${name}/package.json`, (text) => {
      const repository = { type: "git", url: `git+${url}.git`, directory: `packages/${name}` };
      return `${JSON.stringify({ ...JSON.parse(text), repository }, undefined, 2)}\n`;
    });
  }
} else {
  console.error("usage: prepare-release.ts versions | repository <url>");
  process.exit(2);
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(join(root, file), change(read(file)));
}
