import { expect, test } from "vitest";
import { EventTypeStatus, type PutEventTypeBody } from "../../../shared/contract/event-type.ts";
import { changeEventType } from "../../../shared/domain/event-types/event-type-record.ts";
import type { Caller, PortalScope } from "../../../shared/runtime/caller.ts";
import { isVisible } from "../../../shared/store/event-types/visible-types.ts";

const nobody: Caller = { keyId: "", caches: [], permissions: [] };
const key: Caller = { keyId: "key_1", caches: ["c"], permissions: ["read"] };

function sessionWith(scope: Partial<PortalScope>): Caller {
  return { ...key, keyId: "ses_1", session: { topics: undefined, expiresAt: 1, ...scope } };
}

const types: [topicName: string, event: string, body: PutEventTypeBody][] = [
  ["paid", "plain", {}],
  ["paid", "partners", { audience: ["partners"] }],
  ["paid", "others", { audience: ["others", "more"] }],
  ["paid", "archived", { status: "archived" }],
  ["hers", "other-topic", {}],
];

function seen(caller: Caller, filter: Parameters<typeof isVisible>[2] = {}): string[] {
  return types.flatMap(([topicName, event, body]) => {
    const { facts } = changeEventType(undefined, { topicName, event }, body, 0);
    return isVisible(facts, caller, filter) ? [event] : [];
  });
}

test("a key sees every type, of an audience those that it asks for", () => {
  expect(seen(key)).toEqual(["plain", "partners", "others", "other-topic"]);
  expect(seen(key, { audience: "partners" })).toEqual(["plain", "partners", "other-topic"]);
  expect(seen(key, { status: EventTypeStatus.options, topicName: "paid" })).toEqual([
    ...["plain", "partners", "others", "archived"],
  ]);
});

test("who has no key sees no type of an audience, unless they name it", () => {
  expect(seen(nobody)).toEqual(["plain", "other-topic"]);
  expect(seen(nobody, { audience: "more" })).toEqual(["plain", "others", "other-topic"]);
});

test("a portal session sees its topics and its own audience, whichever it asks for", () => {
  expect(seen(sessionWith({}))).toEqual(["plain", "other-topic"]);
  expect(seen(sessionWith({ topics: ["paid"] }))).toEqual(["plain"]);
  const partner = sessionWith({ topics: ["paid"], audience: "partners" });
  expect(seen(partner)).toEqual(["plain", "partners"]);
  expect(seen(partner, { audience: "others" })).toEqual(["plain", "partners"]);
  expect(seen(sessionWith({}), { audience: "others" })).toEqual(["plain", "other-topic"]);
});
