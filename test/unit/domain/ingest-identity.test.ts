import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { idTimeMs, isId, ulidBytes, ulidOfId } from "../../../shared/domain/ids.ts";
import {
  ingestMessageId,
  messageTimeMs,
  openIdentity,
  placeOf,
  sealIdentity,
} from "../../../shared/domain/messages/ingest-identity.ts";

const queueArn = "arn:aws:sqs:eu-central-1:123456789012:orders";
const sqsMessageId = "6b7f1f0e-7c7e-4a53-9a07-4d8d5b8b8f4e";
const identity = { queueArn, sqsMessageId, sentTimeMs: 1_706_138_428_123 };
const key = new Uint8Array(32).fill(7);
const dayMs = 86_400_000;

test("an id holds the time at which the body was sent and 80 bits of a hash over queue, SQS's id and place", () => {
  const id = ingestMessageId(identity, "3");
  expect(isId("msg", id)).toBe(true);
  expect(idTimeMs(id)).toBe(identity.sentTimeMs);
  const hash = createHash("sha256")
    .update(JSON.stringify([queueArn, sqsMessageId, "3"]))
    .digest();
  expect(ulidBytes(ulidOfId(id)).subarray(6)).toEqual(hash.subarray(0, 10));
});

test("an id is the same each time, and another for another queue, body or place", () => {
  const ids = [
    ingestMessageId(identity, "0"),
    ingestMessageId(identity, "1"),
    ingestMessageId({ ...identity, queueArn: `${queueArn}-2` }, "0"),
    ingestMessageId({ ...identity, sqsMessageId: "another" }, "0"),
  ];
  expect(new Set(ids).size).toBe(4);
  expect(ingestMessageId({ ...identity }, "0")).toBe(ids[0]);
});

test("an entry that was taken out of an array keeps its place", () => {
  expect(placeOf(identity, 4, true)).toBe("4");
  expect(placeOf(identity, 0, false)).toBe("0");
  expect(placeOf({ ...identity, place: "4" }, 0, false)).toBe("4");
  expect(placeOf({ ...identity, place: "4" }, 2, true)).toBe("4/2");
});

test("a sealed identity is read with the key, at the queue that it was sealed for", () => {
  for (const sealed of [identity, { ...identity, place: "4" }, { ...identity, place: "4/2" }]) {
    expect(openIdentity(sealIdentity(sealed, key), queueArn, key)).toEqual(sealed);
  }
});

test.each([
  ["another queue's", (seal: string) => openIdentity(seal, `${queueArn}-2`, key)],
  ["another key's", (seal: string) => openIdentity(seal, queueArn, new Uint8Array(32))],
  ["another time", (seal: string) => openIdentity(seal.replace(/^\d/, "2"), queueArn, key)],
  ["another place", (seal: string) => openIdentity(seal.replace(".4.", ".5."), queueArn, key)],
  ["no place", (seal: string) => openIdentity(seal.replace(".4.", ".."), queueArn, key)],
  ["another id", (seal: string) => openIdentity(seal.replace("6b7f", "6b7e"), queueArn, key)],
  ["a cut seal", (seal: string) => openIdentity(seal.slice(0, -1), queueArn, key)],
  ["no seal", () => openIdentity("", queueArn, key)],
])("%s is ignored", (_case, open) => {
  expect(open(sealIdentity({ ...identity, place: "4" }, key))).toBeUndefined();
});

test("what waited for days is given the time of its first receive, so that there is time left to deliver it", () => {
  const { sentTimeMs } = identity;
  expect(messageTimeMs(sentTimeMs, sentTimeMs + 5 * dayMs)).toBe(sentTimeMs);
  expect(messageTimeMs(sentTimeMs, sentTimeMs + 5 * dayMs + 1)).toBe(sentTimeMs + 5 * dayMs + 1);
});
