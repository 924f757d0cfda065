import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { callTimeouts } from "../shared/aws/connections.ts";
import { provideSdkAccess } from "./data-key/sdk-clients.ts";

const Environment = z.record(z.string(), z.string());

/**
 * Points this process at a deployment: the environment's own AWS settings with the stack's outputs
 * (`ApiKeysTable=…`), or else the local run that keeps its data in HOOKCAST_DATA_DIR.
 */
export function connect(): void {
  if (!process.env.ApiKeysTable) Object.assign(process.env, localEnvironment());
  for (const [output, value] of Object.entries(process.env)) {
    if (/^[A-Z][A-Za-z]*Table$/.test(output)) process.env[variableFor(output)] = value;
  }
  if (process.env.DataKey !== undefined) process.env.DATA_KEY_ID = process.env.DataKey;
  provideSdkAccess();
  // No function's time-out ends these programs, and a busy machine may hold up a local run for seconds.
  Object.assign(callTimeouts, { connectionMs: 10_000, requestMs: 30_000 });
}

function localEnvironment(): z.infer<typeof Environment> {
  const file = join(process.env.HOOKCAST_DATA_DIR?.trim() || ".hookcast", "operator.json");
  if (!existsSync(file)) {
    throw new Error(
      `${file} is not there: start the local run (npm start), or give the stack's outputs in the environment`,
    );
  }
  return z.parse(Environment, JSON.parse(readFileSync(file, "utf8")));
}

/** `ApiKeysTable` → `API_KEYS_TABLE` */
function variableFor(output: string): string {
  return output.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}
