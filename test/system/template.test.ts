import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { putWebhook, webhookPath } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/process/free-port.ts";
import { api } from "../support/service/api.ts";
import { editedAssembly, type Resources } from "../support/service/edited-assembly.ts";
import { spawnLocalRun, startLocalRun } from "../support/service/local-run.ts";

const webhook = { cacheName: "orders", webhookName: "billing", topicName: "paid" };
const postUrl = "http://127.0.0.1:9/";
const list = { method: "GET", path: "/api/v1/caches/orders/webhooks" };

function removeRoute(resources: Resources, routeKey: string): void {
  for (const [id, resource] of Object.entries(resources)) {
    const isIt = JSON.stringify(resource.Properties)?.includes(`"RouteKey":"${routeKey}"`);
    if (resource.Type === "AWS::ApiGatewayV2::Route" && isIt) delete resources[id];
  }
}

/** Takes an action out of the policies whose logical id begins so. */
function removeGrant(resources: Resources, roleId: string, action: string): void {
  for (const [id, resource] of Object.entries(resources)) {
    if (!id.startsWith(roleId)) continue;
    const policy = JSON.stringify(resource.Properties).replaceAll(`"${action}"`, '"none:None"');
    resource.Properties = JSON.parse(policy);
  }
}

test("a route that the template lacks is unknown to the gateway", async () => {
  const template = await editedAssembly((resources) =>
    removeRoute(resources, "GET /api/v1/caches/{cacheName}/webhooks"),
  );
  await using run = await startLocalRun({ template });
  const call = api(run.url, run.key);

  const answer = await call(list);
  expect([answer.status, answer.body]).toEqual([404, { message: "Not Found" }]);
  await putWebhook(call, { ...webhook, postUrl });
  const secret = { method: "GET", path: `${webhookPath("orders", "billing")}/secret` };
  expect((await call(secret)).status).toBe(200);
});

test("a call that the function's policy lacks is refused, and the log says which", async () => {
  const template = await editedAssembly((resources) =>
    removeGrant(resources, "ApiListWebhooksRole", "dynamodb:Query"),
  );
  await using run = await startLocalRun({ template });
  const call = api(run.url, run.key);
  await putWebhook(call, { ...webhook, postUrl });

  const answer = await call(list);
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.body)).not.toContain("dynamodb:Query");
  await eventually(() => /AccessDenied.*dynamodb:Query/s.test(run.stderr()));
});

test("a queue that the template lacks stops the start, naming who needs it", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "hookcast-template-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  let queueId = "";
  const template = await editedAssembly((resources) => {
    queueId =
      Object.keys(resources).find((id) => /^QueuesDeliveryQueue[0-9A-F]{8}$/.test(id)) ?? "";
    delete resources[queueId];
  });

  const PORT = String(await freePort());
  const env = { PORT, HOOKCAST_DATA_DIR: dataDir };
  await using run = spawnLocalRun(env, ["--template", template]);
  expect(await run.exited).toBe(1);
  expect(run.stderr()).toContain(queueId);
  expect(run.stdout()).toBe("");
});
