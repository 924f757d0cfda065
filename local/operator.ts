import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SecretOf } from "./aws/secrets.ts";
import { awsEnvironment, type Endpoints } from "./lambda/environment.ts";

/** The principal of operators' programs; it may do everything. */
export const OPERATOR = "operator";

/** What an operator's program needs to reach the engines and to know the tables, queues and keys by name. */
export function operatorEnvironment(
  endpoints: Endpoints,
  secretOf: SecretOf,
  outputs: Record<string, string>,
): Record<string, string> {
  const named = Object.entries(outputs).filter(([name]) => /(Table|Queue\d*|Key)$/.test(name));
  const credentials = { accessKeyId: OPERATOR, secretAccessKey: secretOf(OPERATOR) };
  return { ...awsEnvironment(credentials, endpoints), ...Object.fromEntries(named) };
}

/**
 * Leaves the environment, and with it the run's credentials, where programs that are started later find it.
 * A file of its own takes the place of an older one, whose mode would stay.
 */
export async function writeOperatorFile(
  dataDir: string,
  environment: Record<string, string>,
): Promise<void> {
  const text = `${JSON.stringify(environment, undefined, 2)}\n`;
  const file = join(dataDir, "operator.json");
  const draft = `${file}.new`;
  await rm(draft, { force: true });
  await writeFile(draft, text, { mode: 0o600, flag: "wx" });
  await rename(draft, file);
}
