import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Route } from "../../../shared/contract/route.ts";
import { routes } from "../../../shared/contract/routes.ts";
import { audit } from "../../../shared/runtime/endpoint.ts";
import { httpEvent, requestId } from "../functions/http-event.ts";

let logged: unknown[] = [];
beforeEach(() => {
  logged = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => {
    logged.push(JSON.parse(String(line)));
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const names = { cacheName: "orders", webhookName: "billing" };
const webhookId = "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN";

/** Notes a call with a secret in its body and in its answer; no test must find it again. */
function note(route: Route, params: Record<string, string>, statusCode: number, answer: object) {
  const event = httpEvent({
    params,
    body: { secretString: "whsec_sent" },
    caller: { keyId: "key_1" },
  });
  audit(route, event, { statusCode, body: JSON.stringify(answer) });
}

test("notes who managed what, and what came of it", () => {
  const response = { webhookId, secretString: "whsec_made" };
  note(routes.putWebhook, names, 201, { status: "success", response });
  expect(logged).toEqual([
    {
      level: "info",
      event: "manage.called",
      requestId,
      sourceAddress: "127.0.0.1",
      operation: "putWebhook",
      keyId: "key_1",
      webhookId,
      ...names,
      status: 201,
    },
  ]);
});

test("notes who made which portal session, and not its token", () => {
  const sessionId = "ses_01JDZ6C8D2E4F6G8H1J3K5M7N9";
  const response = { sessionId, token: "hkp_made", url: "https://a.example/#token=hkp_made" };
  note(routes.createPortalSession, { cacheName: "orders" }, 201, { response });
  note(routes.deletePortalSession, { cacheName: "orders", sessionId }, 200, { response: {} });
  const shared = { keyId: "key_1", cacheName: "orders", sessionId };
  expect(logged).toMatchObject([
    { operation: "createPortalSession", ...shared, status: 201 },
    { operation: "deletePortalSession", ...shared, status: 200 },
  ]);
  expect(JSON.stringify(logged)).not.toContain("hkp_");
});

test("notes a refusal likewise", () => {
  note(routes.updateWebhookStatus, { webhookId }, 404, { status: "error", error: {} });
  expect(logged).toMatchObject([{ operation: "updateWebhookStatus", webhookId, status: 404 }]);
});

test("notes who looked at a secret, and not the secret", () => {
  note(routes.getWebhookSecret, names, 200, { response: { secret: "whsec_kept", ...names } });
  expect(logged).toMatchObject([{ operation: "getWebhookSecret", ...names, status: 200 }]);
  expect(JSON.stringify(logged)).not.toContain("whsec_");
});

test.each([
  routes.testWebhook,
  routes.retryDelivery,
  routes.recoverDeliveries,
  routes.rotateWebhookSecret,
])("notes $id, which needs less than manage", (route) => {
  note(route, { webhookId }, 200, {});
  expect(logged).toMatchObject([{ event: "manage.called", operation: route.id, status: 200 }]);
});

test("an answer without a body is noted too", () => {
  audit(routes.deleteWebhook, httpEvent({ params: names }), { statusCode: 200 });
  expect(logged).toMatchObject([{ operation: "deleteWebhook", status: 200 }]);
});

test("says nothing of reading and publishing: a line for each would cost more than the call", () => {
  note(routes.listWebhooks, names, 200, {});
  note(routes.publish, names, 202, {});
  expect(logged).toEqual([]);
});
