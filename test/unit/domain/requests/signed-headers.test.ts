import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import type { StoredSignature } from "../../../../shared/contract/values/signature-recipe.ts";
import {
  type SignedAttempt,
  type Signing,
  signedHeaders,
} from "../../../../shared/domain/requests/signatures.ts";

const attempt: SignedAttempt = {
  id: "msg_1",
  topic: "paid",
  event: 101,
  attempt: 3,
  nowMs: 1_706_138_428_123,
  body: Buffer.from("{}"),
};
const recipe = {
  header: "x-sig",
  content: "{body}",
  algorithm: "sha256",
  encoding: "hex",
  value: "{signature}",
} as const;
const hash = (key: string | Buffer, content = "{}") =>
  createHmac("sha256", key).update(content).digest("hex");

function headers(
  signing: Partial<Signing>,
  changes: Partial<SignedAttempt> = {},
  secrets = ["new"],
) {
  const all = { signatures: [], metaHeaders: {}, standardSignature: true, ...signing };
  return signedHeaders(all, secrets, { ...attempt, ...changes });
}

test("each placeholder stands for its part of the attempt", () => {
  const metaHeaders = {
    "x-all": "{id} {timestamp} {timestampMs} {time} {topic} {event} {attempt} {{literal}}",
  };
  expect(headers({ metaHeaders })).toEqual({
    "x-all": "msg_1 1706138428 1706138428123 2024-01-24T23:20:28Z paid 101 3 {literal}",
  });
});

test("a header whose placeholder has no value is left out, and the others stay", () => {
  const metaHeaders = { "x-event": "{event}", "x-topic": "{topic}" };
  const signatures = [{ scheme: "github" } as const];
  expect(headers({ metaHeaders, signatures }, { event: null })).toEqual({
    "x-topic": "paid",
    "x-hub-signature-256": `sha256=${hash("new")}`,
    "x-github-delivery": "msg_1",
  });
  const needsEvent = { ...recipe, content: "{event}.{body}" };
  expect(headers({ signatures: [needsEvent] }, { event: null })).toEqual({});
});

test("what is not visible ASCII is percent-encoded, in what is signed too", () => {
  const topic = "größe\r\nx-forged: 1 %";
  const shown = "gr%C3%B6%C3%9Fe%0D%0Ax-forged:%201%20%25";
  const signatures = [{ ...recipe, content: "{topic}.{body}" }];
  expect(headers({ metaHeaders: { "x-topic": "{topic}" }, signatures }, { topic })).toEqual({
    "x-topic": shown,
    "x-sig": hash("new", `${shown}.{}`),
  });
  expect(decodeURIComponent(shown)).toBe(topic);
});

test("braces that are written double are no placeholder in what is signed", () => {
  const signatures = [{ ...recipe, content: "{{body}}:{body}" }];
  expect(headers({ signatures })).toEqual({ "x-sig": hash("new", "{body}:{}") });
});

test("until its end a signature is there, and from then on it is not", () => {
  const signatures: StoredSignature[] = [{ scheme: "hookdeck", until: "2024-01-24T23:20:29Z" }];
  const endMs = Date.parse("2024-01-24T23:20:29Z");
  expect(headers({ signatures }, { nowMs: endMs - 1 })).toHaveProperty("x-hookdeck-signature");
  expect(headers({ signatures }, { nowMs: endMs })).toEqual({});
});

test("during a rotation a list carries both signatures, and what is no list the new one alone", () => {
  const secrets = ["new", "old"];
  const list = { ...recipe, value: "a={signature}!", separator: ";a=" };
  expect(headers({ signatures: [list] }, {}, secrets)).toEqual({
    "x-sig": `a=${hash("new")};a=${hash("old")}!`,
  });
  expect(headers({ signatures: [recipe] }, {}, secrets)).toEqual({ "x-sig": hash("new") });
});

test("a decoded key is what stands behind whsec_, and without one there is no such header", () => {
  const signatures = [{ ...recipe, key: "decoded" } as const];
  const bytes = Buffer.alloc(24, 7);
  const decodable = `whsec_${bytes.toString("base64")}`;
  expect(headers({ signatures }, {}, [decodable])).toEqual({ "x-sig": hash(bytes) });
  expect(headers({ signatures }, {}, ["plain-secret", decodable])).toEqual({
    "x-sig": hash(bytes),
  });
  expect(headers({ signatures: [...signatures, { scheme: "svix" }] }, {}, ["plain"])).toEqual({});
});
