import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";

const OperatorFile = z.object({
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_ENDPOINT_URL_SQS: z.string(),
});

export interface LocalRunAccess {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The credentials of the local run whose queues are at this address, as it tells operators; undefined of any other. */
export function localRunOf(origin: string): LocalRunAccess | undefined {
  const file = join(process.env.HOOKCAST_DATA_DIR?.trim() || ".hookcast", "operator.json");
  const operator = z.safeParse(OperatorFile, jsonIn(file)).data;
  if (!operator || operator.AWS_ENDPOINT_URL_SQS !== origin) return undefined;
  return {
    region: operator.AWS_REGION,
    credentials: {
      accessKeyId: operator.AWS_ACCESS_KEY_ID,
      secretAccessKey: operator.AWS_SECRET_ACCESS_KEY,
    },
  };
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
