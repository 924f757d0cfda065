import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { awsEnvironment, type Endpoints } from "./lambda/environment.ts";

/** The principal of operators' programs; it may do everything. */
export const OPERATOR = "operator";

/** What an operator's program needs to reach the engines and to know the tables, queues and keys by name. */
export function operatorEnvironment(
  endpoints: Endpoints,
  outputs: Record<string, string>,
): Record<string, string> {
  const named = Object.entries(outputs).filter(([name]) => /(Table|Queue\d*|Key)$/.test(name));
  return { ...awsEnvironment(OPERATOR, endpoints), ...Object.fromEntries(named) };
}

/** Leaves the environment where programs that are started later find it. */
export async function writeOperatorFile(
  dataDir: string,
  environment: Record<string, string>,
): Promise<void> {
  const text = `${JSON.stringify(environment, undefined, 2)}\n`;
  await writeFile(join(dataDir, "operator.json"), text, { mode: 0o600 });
}
