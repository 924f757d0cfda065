import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { momentoSignature, standardSignature } from "../../../shared/domain/requests/signatures.ts";
import { mintSecret } from "../../../shared/domain/webhooks/webhook-secret.ts";
import { forgedDeliveries, genuineDeliveries } from "../receivers/forged-deliveries.ts";
import { sampleDelivery } from "../receivers/sample-delivery.ts";
import { codeBlock, readDocument } from "./code-blocks.ts";

type IsGenuine = (body: Buffer, headers: Record<string, string>, secret: string) => boolean;

const secret = mintSecret(randomBytes(32));
const otherSecret = mintSecret(randomBytes(32));
const page = readDocument("docs/verify.md");
const [, byHand = ""] = page.split(/^## Without a library$/m);
const source = encodeURIComponent(codeBlock(byHand, "js"));
const { isGenuine }: { isGenuine: IsGenuine } = await import(`data:text/javascript,${source}`);

test.for(genuineDeliveries(secret, otherSecret))(
  "the page's function accepts a delivery: %s",
  ([, { body, headers }]) => {
    expect(isGenuine(body, headers, secret)).toBe(true);
  },
);

test.for(forgedDeliveries(secret, otherSecret))(
  "the page's function refuses a delivery: %s",
  ([, { body, headers }]) => {
    expect(isGenuine(body, headers, secret)).toBe(false);
  },
);

test("the page's function verifies bytes that are no text", () => {
  const payload = { kind: "binary", base64: "/wD+/w==" } as const;
  const { body, headers } = sampleDelivery({ secrets: [secret], format: "raw", payload });
  expect(isGenuine(body, headers, secret)).toBe(true);
  expect(isGenuine(Buffer.from([0xff, 0, 0xff, 0xff]), headers, secret)).toBe(false);
});

test("the page's function believes nobody under an empty secret", () => {
  const { body, headers } = sampleDelivery({ secrets: ["whsec_"] });
  expect(isGenuine(body, headers, "whsec_")).toBe(false);
});

test("the page's example has the signatures that the service would make", () => {
  const rows = byHand.matchAll(/^\| (\S+) +\| `(.+?)` +\|$/gm);
  const example = Object.fromEntries([...rows].map(([, what, value]) => [what, value ?? ""]));
  const { secret = "", "`webhook-id`": id = "", "`webhook-timestamp`": timestamp } = example;
  const body = Buffer.from(example.body ?? "");
  expect(example["`webhook-signature`"]).toBe(
    standardSignature({ secrets: [secret], id, timestampSeconds: Number(timestamp), body }),
  );
  expect(example["`momento-signature`"]).toBe(momentoSignature(secret, body));
});
