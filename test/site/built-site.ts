import { rmSync } from "node:fs";
import { join } from "node:path";
import { installLocked, NoRegistry } from "../../site/install.ts";
import { root, startFile } from "../support/process/program.ts";

/** Why there is no site to look at, where npm reaches no registry. */
export const noSiteVariable = "HOOKCAST_TEST_NO_SITE";

/** Where GitHub Pages would put it; links that forget it lead nowhere. */
export const base = "/hookcast/";

export const siteFolder = join(root, "site/dist");
export const pictures = join(root, "test-artifacts/site");

/** Before the site's tests: builds it as `npm run docs` does, as a workflow of GitHub's would. */
export async function setup(): Promise<void> {
  try {
    installLocked(join(root, "site"));
  } catch (error) {
    if (!(error instanceof NoRegistry)) throw error;
    process.env[noSiteVariable] = `npm reaches no registry: ${error.message}`;
    return;
  }
  rmSync(siteFolder, { recursive: true, force: true });
  await using build = startFile("site/build-site.ts", [], {
    SITE_BASE: base,
    GITHUB_REPOSITORY: "example/hookcast",
  });
  if ((await build.exited) !== 0) throw new Error(`${build.stdout()}\n${build.stderr()}`);
}

export function teardown(): void {
  if (!process.env[noSiteVariable]) console.log(`screenshots: ${pictures}`);
}
