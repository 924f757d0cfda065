import type { Credentials } from "../../../local/aws/secrets.ts";

/** An engine that takes everybody who signs with this secret, and lets them do everything. */
export const openToAll = { secretOf: () => "test", authorize: () => true };

/** The credentials of operators' programs, as a local run gives them out. */
export function operatorCredentials(operatorEnv: Record<string, string>): Credentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } =
    operatorEnv;
  return { accessKeyId, secretAccessKey };
}
