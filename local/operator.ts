import { join } from "node:path";
import type { SecretOf } from "./aws/secrets.ts";
import { awsEnvironment, type Endpoints } from "./lambda/environment.ts";
import { writeWholeFile } from "./process/whole-file.ts";

/** The principal of operators' programs; it may do everything. */
export const operator = "operator";

/** What an operator's program needs to reach the engines, and to know tables, queues, keys, buses, topics and the publish URL. */
export function operatorEnvironment(
  endpoints: Endpoints,
  secretOf: SecretOf,
  outputs: Record<string, string>,
): Record<string, string> {
  const named = Object.entries(outputs).filter(([name]) =>
    /(Table|Queue\d*|Key|Bus|Topic|PublishUrl)$/.test(name),
  );
  const credentials = { accessKeyId: operator, secretAccessKey: secretOf(operator) };
  return { ...awsEnvironment(credentials, endpoints), ...Object.fromEntries(named) };
}

/** Leaves the environment, and with it the run's credentials, where programs that are started later find it. */
export async function writeOperatorFile(
  dataDir: string,
  environment: Record<string, string>,
): Promise<void> {
  const text = `${JSON.stringify(environment, undefined, 2)}\n`;
  await writeWholeFile(join(dataDir, "operator.json"), text);
}
