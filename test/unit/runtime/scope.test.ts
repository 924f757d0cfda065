import { expect, test } from "vitest";
import { routes } from "../../../shared/contract/routes.ts";
import {
  type Caller,
  callerContext,
  covers,
  enforceScope,
  readCaller,
} from "../../../shared/runtime/caller.ts";
import { readRequest } from "../../../shared/runtime/request.ts";
import { callerWith, httpEvent } from "../functions/http-event.ts";

const params = { cacheName: "orders", webhookName: "billing" };
const body = { destination: { postUrl: "https://a.example/hook" }, topicName: "paid" };
const forbidden = expect.objectContaining({ code: "PERMISSION_ERROR", status: 403 });

test("carries a caller through the authorizer's texts and back", () => {
  const caller = { keyId: "key_1", caches: ["a", "b c", "ü,*"], permissions: ["read", "publish"] };
  expect(readCaller(callerContext(caller))).toEqual(caller);
  expect(Object.values(callerContext(caller)).every((value) => typeof value === "string")).toBe(
    true,
  );
});

test("carries a caller that may do nothing as one that may do nothing", () => {
  const nobody = readCaller(callerContext({ keyId: "key_1", caches: [], permissions: [] }));
  expect(covers(nobody, "orders")).toBe(false);
  expect(() => enforceScope(nobody, "read")).toThrow(forbidden);
});

test("covers the caches it names and no others, unless it covers all", () => {
  expect(covers(callerWith({ caches: ["orders", "users"] }), "users")).toBe(true);
  expect(covers(callerWith({ caches: ["orders"] }), "order")).toBe(false);
  expect(covers(callerWith({ caches: ["orders"] }), "Orders")).toBe(false);
  expect(covers(callerWith({ caches: ["*"] }), "anything")).toBe(true);
});

test.each([
  ["read", ["manage", "publish", "resend", "secret"]],
  ["manage", ["read", "publish", "resend", "secret"]],
  ["publish", ["read", "manage", "resend", "secret"]],
  ["resend", ["read", "publish", "secret"]],
  ["secret", ["read", "publish", "resend"]],
] as const)("takes the permission %s from nothing else", (permission, permissions) => {
  expect(() => enforceScope(callerWith({ permissions }), permission, "orders")).toThrow(forbidden);
  expect(() => enforceScope(callerWith({ permissions: [permission] }), permission)).not.toThrow();
});

test.each(["resend", "secret"] as const)("manage includes %s", (permission) => {
  expect(() => enforceScope(callerWith({ permissions: ["manage"] }), permission)).not.toThrow();
});

test("refuses a key outside the cache in the path", () => {
  expect(() => read({ caches: ["users"] }, { params, body })).toThrow(forbidden);
  expect(() => read({ caches: ["orders"] }, { params, body })).not.toThrow();
});

test("refuses a key without the route's permission", () => {
  expect(() => read({ permissions: ["read", "publish"] }, { params, body })).toThrow(forbidden);
});

test.each([
  ["a body that is not JSON", { params, body: "{" }],
  ["unknown fields", { params, body: { ...body, note: 1 } }],
  ["a bad header", { params, body, headers: { "if-match": "?" } }],
  ["another bad name in the path", { params: { ...params, webhookName: " " }, body }],
])("tells a key outside the cache nothing of %s", (_, request) => {
  expect(() => read({ caches: ["users"] }, request)).toThrow(forbidden);
});

test("fails as a bug, not open, when the authorizer's context is missing", () => {
  const event = httpEvent({ params, body });
  const { authorizer: _, ...requestContext } = event.requestContext;
  // API Gateway always sends it; the type says so too.
  const bare = { ...event, requestContext } as typeof event;
  expect(() => readRequest(routes.putWebhook, bare)).toThrow(/expected/);
});

function read(caller: Partial<Caller>, request: Parameters<typeof httpEvent>[0]) {
  return readRequest(routes.putWebhook, httpEvent({ ...request, caller }));
}
