import { openToAll } from "../support/service/engine-access.ts";

/** What every client of the suite is configured with; emulators take any key. */
export function clientConfig(endpoint: string, accessKeyId = "conformance") {
  return {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId, secretAccessKey: openToAll.secretOf() },
    // A refusal is to be seen as it is, not tried away.
    maxAttempts: 1,
  };
}
