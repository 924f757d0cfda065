import { expect, test } from "vitest";
import { followRecovery } from "../../../cli/deliveries/recover.ts";
import { openOutput } from "../../../cli/output/output.ts";
import { createClient } from "../../../client/create-client.ts";
import { scriptedFetch } from "../client/scripted-fetch.ts";
import { webhookId } from "../samples.ts";

test("says how to wait again when the service cannot be asked any more", async () => {
  const said: string[] = [];
  const output = { ...openOutput({ json: true }), note: (text: string) => void said.push(text) };
  const { fetch } = scriptedFetch(new TypeError("fetch failed"));
  const client = createClient({ url: "https://api.example", key: "hk_1", maxRetries: 0, fetch });
  const job = { webhookId, jobId: "job_1" };
  await expect(followRecovery({ client, output }, job, "hookcast again")).rejects.toThrow(
    "fetch failed",
  );
  expect(said).toEqual([
    "The recovery continues without this command. To see its progress: hookcast again",
  ]);
});
