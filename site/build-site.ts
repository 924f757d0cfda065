/**
 * `npm run docs`: builds the docs site in `site/dist`. `npm run docs -- --serve` shows it at 127.0.0.1 after that.
 * SITE_BASE is the path under which it will be, with a slash at both ends (default: `/`); GITHUB_REPOSITORY, which
 * GitHub's workflows set, adds links to the repository.
 */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { installLocked } from "./install.ts";
import { stagePages } from "./stage.ts";

const root = resolve(import.meta.dirname, "..");
const site = import.meta.dirname;
const { values } = parseArgs({ options: { serve: { type: "boolean" } } });

installLocked(site);
stagePages(root, join(site, ".pages"));
vitepress("build");
console.log(`built: ${join(site, "dist")}`);
if (values.serve) vitepress("preview", "--host", "127.0.0.1");

function vitepress(...args: string[]): void {
  const program = join(site, "node_modules/vitepress/bin/vitepress.js");
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd: site,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}
