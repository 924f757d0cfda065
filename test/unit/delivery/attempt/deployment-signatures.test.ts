import { expect, test } from "vitest";
import { readSignatures } from "../../../../shared/contract/values/signature-recipe.ts";
import { deliverOne } from "../../../../shared/delivery/attempt/deliver-one.ts";
import type { WebhookRecord } from "../../../../shared/domain/webhooks/webhook-record.ts";
import { jobWith, webhookWith } from "../../samples.ts";
import { answered, contextOf, deliverDeps } from "../deliver-deps.ts";

/** As the setting's variable holds them. */
const signatures = readSignatures('[{"scheme":"hookdeck"}]');

async function headersSent(changes: Partial<WebhookRecord>) {
  const { deps, trace } = deliverDeps(answered(200), { signatures });
  await deliverOne(jobWith(), contextOf(webhookWith(changes)), deps);
  expect(trace.posted).toHaveLength(1);
  return trace.posted[0]?.headers ?? {};
}

test("a webhook that says nothing of signatures has those of the deployment", async () => {
  const headers = await headersSent({});
  expect(headers).toHaveProperty("x-hookdeck-signature");
  expect(headers).toHaveProperty("webhook-signature");
});

test("a webhook's own signatures take the place of the deployment's, and so does none", async () => {
  const own = await headersSent({ signatures: [{ scheme: "slack" }], standardSignature: false });
  expect(own).toHaveProperty("x-slack-signature");
  expect(own).not.toHaveProperty("x-hookdeck-signature");
  expect(own).not.toHaveProperty("webhook-signature");
  expect(await headersSent({ signatures: [] })).not.toHaveProperty("x-hookdeck-signature");
});

test("of two headers of one name, in whatever case, the signature is sent", async () => {
  const vault = {
    ...deliverDeps(answered(200)).deps.vault,
    headersOf: async () => ({ "X-Hookdeck-Signature": "forged", "x-kept": "1" }),
  };
  const { deps, trace } = deliverDeps(answered(200), { signatures, vault });
  await deliverOne(jobWith(), contextOf(webhookWith()), deps);
  const { headers = {} } = trace.posted[0] ?? {};
  const sent = Object.keys(headers).filter((name) => /^x-hookdeck/i.test(name));
  expect(sent).toEqual(["x-hookdeck-signature"]);
  expect(headers["x-hookdeck-signature"]).not.toBe("forged");
  expect(headers["x-kept"]).toBe("1");
});
