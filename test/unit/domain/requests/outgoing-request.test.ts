import { expect, test } from "vitest";
import { outgoingRequest } from "../../../../shared/domain/requests/outgoing-request.ts";
import { Secret } from "../../../../shared/domain/webhooks/sealed.ts";
import { factsWith, publishedTimeMs } from "../../samples.ts";

const secret = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

function headersOf(hops: number | undefined, headers: Record<string, string> = {}) {
  const settings = { url: "https://a.example/", format: "raw", timeoutSeconds: 15 } as const;
  const signing = { signatures: [], standardSignature: true, metaHeaders: {} };
  const target = { ...settings, headers, secrets: [secret], signing } as const;
  const facts = factsWith(hops === undefined ? {} : { hops });
  const attempt = { attempt: 1, nowMs: publishedTimeMs };
  return outgoingRequest(target, facts, { kind: "json", text: "{}" }, attempt).headers;
}

test("a delivery counts as one hop more than its message has behind it", () => {
  expect(headersOf(undefined)["webhook-hops"]).toBe("1");
  expect(headersOf(1)["webhook-hops"]).toBe("2");
  expect(headersOf(4)["webhook-hops"]).toBe("5");
});

test.each(["webhook-hops", "Webhook-Hops", "WEBHOOK-HOPS", "webhook_hops", "Webhook_Hops"])(
  "a stored custom header %s neither sets, doubles nor hides the count",
  (name) => {
    const headers = headersOf(2, { [name]: "0", "x-kept": "v" });
    const hops = Object.entries(headers).filter(([each]) => /^webhook.hops$/i.test(each));
    expect(hops).toEqual([["webhook-hops", "3"]]);
    expect(headers["x-kept"]).toBe("v");
  },
);
