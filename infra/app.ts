import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { bundleFunctions } from "./constructs/bundle.ts";
import { entries } from "./functions.ts";
import { readSettings } from "./settings.ts";
import { HookcastStack } from "./stack.ts";

const app = new App({ analyticsReporting: false, treeMetadata: false });
const settings = readSettings(app.node.getAllContext());
using bundles = await bundleFunctions(join(import.meta.dirname, ".."), entries);

new HookcastStack(app, settings, bundles);
app.synth();
