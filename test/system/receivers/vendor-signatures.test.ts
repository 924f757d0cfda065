import { createHmac } from "node:crypto";
import { verify as verifyGitHub } from "@octokit/webhooks-methods";
import Stripe from "stripe";
import { Webhook as Svix } from "svix";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { publish, webhookPath } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Delivery, type Receiver, startReceiver } from "../../support/network/receiver.ts";
import { api } from "../../support/service/api.ts";
import { type LocalRun, startLocalRun } from "../../support/service/local-run.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const stripe = new Stripe("sk_test_of_nobody");
const Put = z.object({ response: z.object({ webhookId: z.string() }) });
const Rotated = z.object({ response: z.object({ secret: z.string() }) });
const Delivered = z.object({
  response: z.object({
    attempts: z.array(z.object({ request: z.object({ headerNames: z.array(z.string()) }) })),
  }),
});

let service: LocalRun;
let receiver: Receiver;
beforeAll(async () => {
  service = await startLocalRun();
  receiver = await startReceiver();
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function put(webhookName: string, config: object, secretString?: string) {
  const { status, body } = await api(
    service.url,
    service.key,
  )({
    method: "PUT",
    path: webhookPath("shop", webhookName),
    body: {
      destination: { postUrl: `${receiver.url}/${webhookName}` },
      topicName: webhookName,
      config: { format: "raw", ...config },
      ...(secretString && { secretString }),
    },
  });
  expect([200, 201], JSON.stringify(body)).toContain(status);
  return Put.parse(body).response.webhookId;
}

async function deliver(webhookName: string): Promise<Delivery> {
  const call = api(service.url, service.key);
  const messageId = await publish(call, "shop", webhookName, { id: "evt_1", object: "event" });
  return await eventually(() => receiver.find(`/${webhookName}`, messageId));
}

const hash = (key: string, content: Buffer, encoding: "hex" | "base64") =>
  createHmac("sha256", key).update(content).digest(encoding);

/** What each vendor's receivers do; where there is a library, it does. */
const verifiers: Record<string, (delivery: Delivery, secret: string) => unknown> = {
  github: ({ headers, body }, key) =>
    verifyGitHub(key, body.toString(), headers["x-hub-signature-256"] ?? ""),
  stripe: ({ headers, body }, key) =>
    stripe.webhooks.constructEvent(body, headers["stripe-signature"] ?? "", key).id === "evt_1",
  svix: ({ headers, body }, key) => {
    const names = ["svix-id", "svix-timestamp", "svix-signature"];
    const own = names.map((name) => [name, headers[name] ?? ""]);
    new Svix(key).verify(body, Object.fromEntries(own));
    return true;
  },
  slack: ({ headers, body }, key) => {
    const time = headers["x-slack-request-timestamp"];
    const signed = Buffer.concat([Buffer.from(`v0:${time}:`), body]);
    return headers["x-slack-signature"] === `v0=${hash(key, signed, "hex")}`;
  },
  shopify: ({ headers, body }, key) =>
    headers["x-shopify-hmac-sha256"] === hash(key, body, "base64"),
  hookdeck: ({ headers, body }, key) =>
    headers["x-hookdeck-signature"] === hash(key, body, "base64"),
  convoy: ({ headers, body }, key) => {
    const [, time = "", ...hashes] = (headers["x-convoy-signature"] ?? "").split(/t=|,v1=/);
    return hashes.includes(hash(key, Buffer.concat([Buffer.from(`${time},`), body]), "hex"));
  },
  outpost: ({ headers, body }, key) =>
    headers["x-outpost-signature"]
      ?.replace("v0=", "")
      .split(",")
      .includes(hash(key, body, "hex")),
};

test.for(Object.entries(verifiers))(
  "a receiver of %s takes a delivery of its scheme, and the other secret's while one is rotated",
  async ([scheme, verify]) => {
    await put(scheme, { signatures: [{ scheme }] }, secret);
    const first = await deliver(scheme);
    expect(await verify(first, secret)).toBe(true);
    expect(first.headers).toHaveProperty("webhook-signature");

    const rotation = await api(
      service.url,
      service.key,
    )({
      method: "POST",
      path: `${webhookPath("shop", scheme)}/secret/rotate`,
    });
    const { secret: next } = Rotated.parse(rotation.body).response;
    const second = await deliver(scheme);
    expect(await verify(second, next)).toBe(true);
    if (["stripe", "svix", "convoy", "outpost"].includes(scheme)) {
      expect(await verify(second, secret)).toBe(true);
    }
  },
);

test("a plain secret signs as it is, without the standard signature, and the log tells the names", async () => {
  const plain = "It's a Secret to Everybody";
  const config = {
    standardSignature: false,
    signatures: [{ scheme: "github" }, { scheme: "hookdeck", until: "2020-01-01T00:00:00Z" }],
    metaHeaders: { "x-topic": "{topic}", "x-try": "{attempt}", "x-event": "{event}" },
  };
  const webhookId = await put("plain", config, plain);
  const delivery = await deliver("plain");
  expect(await verifiers.github?.(delivery, plain)).toBe(true);
  expect(delivery.headers).toMatchObject({ "x-topic": "plain", "x-try": "1" });
  for (const absent of ["webhook-signature", "x-event", "x-github-event", "x-hookdeck-signature"]) {
    expect(delivery.headers).not.toHaveProperty(absent);
  }
  const path = `/api/v1/Webhooks/${webhookId}/deliveries/${delivery.messageId}`;
  const names = await eventually(async () => {
    const { body } = await api(service.url, service.key)({ method: "GET", path });
    return Delivered.safeParse(body).data?.response.attempts[0]?.request.headerNames;
  });
  expect(names).toEqual(expect.arrayContaining(["x-topic", "x-try", "x-hub-signature-256"]));
  expect(names).not.toContain("webhook-signature");
  expect(names).not.toContain("x-hookdeck-signature");
});
