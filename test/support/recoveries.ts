import * as z from "zod/mini";
import { Recovery } from "../../shared/contract/recovery.ts";
import { eventually } from "./eventually.ts";
import type { Api } from "./service/api.ts";

const Started = z.object({ response: z.object({ jobId: z.string() }) });
const Told = z.object({ response: Recovery });

/** Starts a recovery that must be accepted, by default of the last two hours. */
export async function startRecovery(
  call: Api,
  webhookId: string,
  body: object = {},
): Promise<string> {
  const since = new Date(Date.now() - 2 * 3_600_000).toISOString();
  const answer = await call({
    method: "POST",
    path: `/api/v1/Webhooks/${webhookId}/recover`,
    body: { since, mode: "failed", ...body },
  });
  return z.parse(Started, answer.body).response.jobId;
}

export async function tellRecovery(call: Api, webhookId: string, jobId: string): Promise<Recovery> {
  const path = `/api/v1/Webhooks/${webhookId}/recover/${jobId}`;
  return z.parse(Told, (await call({ method: "GET", path })).body).response;
}

/** Waits for the end of a recovery. */
export async function recovered(
  call: Api,
  webhookId: string,
  jobId: string,
  timeoutMs = 60_000,
): Promise<Recovery> {
  return eventually(
    async () => {
      const told = await tellRecovery(call, webhookId, jobId);
      return told.state === "running" ? undefined : told;
    },
    { timeoutMs },
  );
}
