import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type AppProps } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { readSettings } from "../../infra/settings/settings.ts";
import { HookcastStack } from "../../infra/stack.ts";

/** The flags that `cdk synth` would apply. */
const flags = JSON.parse(readFileSync(new URL("../../cdk.json", import.meta.url), "utf8")).context;

/** The real stack around functions that are empty: what they hold is another test's matter. */
export function synthesize(
  settings: Record<string, unknown> = {},
  // Takes two seconds, which one test is willing to spend.
  { builtinCloudFormationValidation = false }: AppProps = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "hookcast-infra-"));
  try {
    const emptyFunction = join(folder, "function");
    mkdirSync(emptyFunction);
    writeFileSync(join(emptyFunction, "index.mjs"), "export const handler = () => {};");
    const app = new App({
      context: { ...flags, ...settings },
      outdir: join(folder, "cdk.out"),
      builtinCloudFormationValidation,
      analyticsReporting: false,
    });
    const bundles = { folderOf: () => emptyFunction };
    const stack = new HookcastStack(app, readSettings(app.node.getAllContext()), bundles);
    return { stack, template: Template.fromStack(stack) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
