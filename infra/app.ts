import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { bundleFunctions } from "./constructs/bundle.ts";
import { bundlePages } from "./constructs/page-bundle.ts";
import { entries } from "./functions.ts";
import { contextBeside } from "./settings/lasting-settings.ts";
import { readSettings } from "./settings/settings.ts";
import { HookcastStack } from "./stack.ts";

const root = join(import.meta.dirname, "..");
const app = new App({ analyticsReporting: false, treeMetadata: false });
// The CDK runs an app in the folder of its cdk.json.
const settings = readSettings(contextBeside(process.cwd(), app.node.getAllContext()));
// The local run asks for it; what is deployed is small.
const readable = process.argv.includes("--readable");
// The package `hookcast` asks for it: Lambda has Node 24, and who runs the package may have an older one.
const target = process.argv.includes("--target=node22") ? "node22" : undefined;
using bundles = await bundleFunctions(root, entries, { readable, ...(target && { target }) });
if (settings.console) await bundlePages(root, bundles.folderOf("console"), { readable });

new HookcastStack(app, settings, bundles);
app.synth();
