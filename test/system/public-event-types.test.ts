import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "../../client/create-client.ts";
import { synthesize } from "../support/service/assembly.ts";
import { startLocalRun } from "../support/service/local-run.ts";

test("with publicEventTypes anybody reads the documents without a key, and no more than what is for everybody", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-public-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const template = await synthesize(folder, { publicEventTypes: true });
  await using run = await startLocalRun({ template });
  const client = createClient(run);
  const type = { topicName: "paid", event: "invoice.paid" };
  await client.putEventType({ ...type, description: "Paid." });
  await client.putEventType({ ...type, event: "beta", audience: ["beta"] });
  await client.putEventType({ ...type, event: "gone", status: "archived" });

  const get = (path: string) => fetch(`${run.url}/api/v1/event-types${path}`);
  const webhooksOf = async (query: string) => {
    const answer = await get(`/openapi.json${query}`);
    expect(answer.status).toBe(200);
    return Object.keys(Object(await answer.json()).webhooks);
  };
  expect(await webhooksOf("")).toEqual(["invoice.paid"]);
  expect(await webhooksOf("?audience=beta")).toEqual(["beta", "invoice.paid"]);
  expect(await webhooksOf("?topicName=other")).toEqual([]);
  const asyncApi = await get("/asyncapi.json");
  expect(await asyncApi.json()).toMatchObject({ asyncapi: "3.0.0" });
  for (const path of ["", "/paid/invoice.paid", "?audience=beta"]) {
    expect((await get(path)).status).toBe(401);
  }
  expect((await get("/paid.json")).status).toBe(400);
  // The gateway asks nobody for a key here, so that one that is sent is not seen.
  const document = await client.exportEventTypes({ document: "openapi.json" });
  expect(Object.keys(Object(document.webhooks))).toEqual(["invoice.paid"]);
});
