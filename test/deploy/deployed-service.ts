import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeKey } from "../contract/gateway/keys.ts";
import type { StackOutputs } from "./cdk.ts";
import type { Emulator } from "./emulator.ts";

export type ServiceVariables = Awaited<ReturnType<typeof describeService>>;

/** The variables by which the suites find the deployed service and the engines behind it. */
export async function describeService(
  { endpoint, env }: Emulator,
  outputs: StackOutputs,
  folder: string,
) {
  const operatorEnv = operatorEnvironment(endpoint, env, outputs);
  const operatorFile = join(folder, "operator.json");
  await writeFile(operatorFile, JSON.stringify(operatorEnv));
  return {
    HOOKCAST_URL: serviceUrl(endpoint, outputs),
    HOOKCAST_KEY: await makeKey(operatorEnv, {}),
    HOOKCAST_KEYS_ENV: operatorFile,
    // With the cdk.json by which it was deployed.
    DEPLOYMENT_FOLDER: folder,
    // The emulator starts a process for each call at once; more of them starve each other into time-outs.
    HOOKCAST_CONNECTIONS: "6",
    CONFORMANCE_DYNAMODB_URL: endpoint,
    CONFORMANCE_SQS_URL: endpoint,
    CONFORMANCE_KMS_URL: endpoint,
    CONFORMANCE_KMS_KEY: outputs.DataKey ?? "",
  };
}

/** The stack's own address has the emulator's host behind the API's id, where no name server knows it. */
function serviceUrl(endpoint: string, { ApiUrl = "" }: StackOutputs): string {
  const [, apiId] = /^https?:\/\/(\w+)\.execute-api\./.exec(ApiUrl) ?? [];
  if (apiId === undefined) throw new Error(`the stack's ApiUrl is ${ApiUrl}`);
  return `${endpoint}/_aws/execute-api/${apiId}`;
}

function operatorEnvironment(
  endpoint: string,
  env: NodeJS.ProcessEnv,
  outputs: StackOutputs,
): Record<string, string> {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_REGION = "" } = env;
  const engines = ["DYNAMODB", "SQS", "KMS"].map((name) => [`AWS_ENDPOINT_URL_${name}`, endpoint]);
  return {
    ...{ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION },
    ...Object.fromEntries(engines),
    ...outputs,
  };
}
