import { type App, Aws, CfnOutput, Stack } from "aws-cdk-lib";
import type { FunctionCode } from "./function-code.ts";
import { Hookcast } from "./hookcast.ts";
import type { Settings } from "./settings/settings.ts";

/** Hookcast as a stack of its own, which tells what operators and tools look for. */
export class HookcastStack extends Stack {
  constructor(app: App, { stackName, ...settings }: Settings, code: FunctionCode) {
    super(app, stackName, { description: "Hookcast: webhooks as a service" });

    // The one id that leaves no trace in logical ids: they are as if the stack itself were the construct.
    const hookcast = new Hookcast(this, "Default", settings, code);
    for (const [name, output] of Object.entries(hookcast.outputs)) {
      new CfnOutput(this, name, output);
    }
    const keysTable = hookcast.outputs.ApiKeysTable.value;
    new CfnOutput(this, "NextStep", {
      value: `AWS_REGION=${Aws.REGION} ApiKeysTable=${keysTable} npm run keys -- create`,
      description: "Makes the first API key; run it where this project is checked out",
    });
  }
}
