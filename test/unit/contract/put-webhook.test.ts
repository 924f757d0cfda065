import { expect, test } from "vitest";
import * as z from "zod/mini";
import { PutWebhookBody } from "../../../shared/contract/operations/webhooks/put-webhook.ts";
import { SecretString } from "../../../shared/contract/values/secret.ts";

const body = { destination: { postUrl: "https://client_domain.com/webhook" }, topicName: "paid" };

function secretOf(bytes: number): string {
  return `whsec_${Buffer.alloc(bytes, 7).toString("base64")}`;
}

test("accepts the least and the most that a body may say", () => {
  const all = {
    ...body,
    id: { cacheName: "orders", webhookName: "billing" },
    productId: 12345,
    events: [101, "invoice.paid"],
    config: { customHeaders: { header1: "value_1" }, format: "raw", timeoutSeconds: 30 },
    secretString: secretOf(32),
  };
  expect(z.parse(PutWebhookBody, body)).toEqual(body);
  expect(z.parse(PutWebhookBody, all)).toEqual(all);
  expect(z.parse(PutWebhookBody, { ...body, productId: null })).toEqual({
    ...body,
    productId: null,
  });
});

test.each([
  [{ ...body, secret: "x" }, "secret"],
  [{ ...body, destination: { postUrl: "https://a.example", url: "x" } }, "url"],
  [{ ...body, id: { cacheName: "a", webhookName: "b", topicName: "c" } }, "topicName"],
  [{ ...body, config: { timeoutMs: 1 } }, "timeoutMs"],
  [{ ...body, webhookStatus: "inactive" }, "webhookStatus"],
])("names a field that it does not know: %j", (sent, field) => {
  expect(z.safeParse(PutWebhookBody, sent).error?.issues).toMatchObject([
    { code: "unrecognized_keys", keys: [field] },
  ]);
});

test.each([0, 31, 1.5, "15", null])("refuses %j as timeoutSeconds", (timeoutSeconds) => {
  expect(pathsRefused({ ...body, config: { timeoutSeconds } })).toEqual(["config.timeoutSeconds"]);
});

test("takes custom headers under either of their two names", () => {
  const headers = { a: "1", b: "2" };
  const swapped = { b: "2", a: "1" };
  for (const config of [
    { customHeader: headers },
    { customHeaders: headers },
    { customHeader: headers, customHeaders: swapped },
  ]) {
    expect(z.parse(PutWebhookBody, { ...body, config }).config).toEqual(config);
  }
});

test("refuses two names that say different things", () => {
  const config = { customHeader: { a: "1" }, customHeaders: { a: "2" } };
  expect(pathsRefused({ ...body, config })).toEqual(["config.customHeader"]);
});

test.each([16, 24, 25, 26, 32, 64, 75])("accepts a secret of %j bytes", (bytes) => {
  expect(z.parse(SecretString, secretOf(bytes))).toBe(secretOf(bytes));
});

test.each([
  "",
  "whsec_",
  secretOf(15),
  secretOf(76),
  secretOf(32).slice("whsec_".length),
  secretOf(32).replace("whsec_", "WHSEC_"),
  `${secretOf(32)}\n`,
  `${secretOf(32)}=`,
  secretOf(32).replace("=", ""),
  secretOf(25).replace("w==", "x=="),
  "whsec_!!!!",
  "whsec_A===",
  `whsec_${"größe".repeat(8)}`,
  `whsec_${Buffer.alloc(32, 255).toString("base64url")}`,
])("refuses %j as a secret with one sentence", (secret) => {
  expect(z.safeParse(SecretString, secret).error?.issues.map(({ message }) => message)).toEqual([
    "must be whsec_ and the base64 of 16 to 75 bytes",
  ]);
});

function pathsRefused(sent: unknown): string[] {
  const issues = z.safeParse(PutWebhookBody, sent).error?.issues ?? [];
  return issues.map(({ path }) => path.join("."));
}
