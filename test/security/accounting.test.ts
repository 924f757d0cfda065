import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { putWebhook, webhookPath } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { editedAssembly, type Resources } from "../support/service/edited-assembly.ts";
import { startService } from "./service.ts";

const Publisher = z.looseObject({
  Environment: z.looseObject({
    Variables: z.looseObject({ PUBLISHES_PER_KEY_PER_MINUTE: z.string() }),
  }),
});

const quota = 3;
const template = await editedAssembly((resources) => setQuota(resources), afterAll);
const service = await startService({ template });
const cacheName = "accounts";

test("every call that manages leaves a line that names the key, the webhook and the outcome", async () => {
  const webhook = { cacheName, webhookName: "w", topicName: "t", postUrl: "https://a.example/" };
  // Lines of different functions come in any order, unless each is waited for.
  const { webhookId, secretString } = await putWebhook(service.root, webhook);
  await eventually(() => auditLines().length === 1);
  const path = webhookPath(cacheName, "w");
  expect((await service.root({ method: "GET", path: `${path}/secret` })).status).toBe(200);
  await eventually(() => auditLines().length === 2);
  expect((await service.root({ method: "PUT", path, body: {} })).status).toBe(400);
  await eventually(() => auditLines().length === 3);
  expect(auditLines()).toMatchObject([
    { operation: "putWebhook", webhookId, status: 201, keyId: expect.stringMatching(/^key_/) },
    { operation: "getWebhookSecret", webhookName: "w", status: 200 },
    { operation: "putWebhook", webhookName: "w", status: 400 },
  ]);
  expect(service.log()).not.toContain(secretString);
});

test("a key that has used up its quota is told so until the minute is over; another key is not", async () => {
  const topic = `/api/v1/caches/${cacheName}/topics/t`;
  const [greedy, modest] = await Promise.all(
    [1, 2].map(() => service.caller({ permissions: ["publish"] })),
  );
  const statusOf = async (call = greedy) =>
    (await call?.({ method: "POST", path: topic, body: {} }))?.status;

  // The quota is the minute's: all of this must fall into one, and no function start in it.
  expect(await statusOf(modest)).toBe(202);
  await eventually(() => new Date().getSeconds() < 30);
  const statuses = [];
  for (let n = 0; n <= quota; n += 1) statuses.push(await statusOf());
  expect(statuses).toEqual([202, 202, 202, 429]);
  expect(await statusOf(modest)).toBe(202);
});

const Line = z.looseObject({ event: z.string() });

function auditLines() {
  return service
    .log()
    .split("\n")
    .flatMap((line) => (line.includes('"manage.called"') ? [line.slice(line.indexOf("{"))] : []))
    .map((json) => Line.parse(JSON.parse(json)));
}

function setQuota(resources: Resources): void {
  for (const resource of Object.values(resources)) {
    const fn = Publisher.safeParse(resource.Properties);
    if (!fn.success) continue;
    fn.data.Environment.Variables.PUBLISHES_PER_KEY_PER_MINUTE = String(quota);
    resource.Properties = fn.data;
  }
}
