import { verify as verifyGitHub } from "@octokit/webhooks-methods";
import fc from "fast-check";
import Stripe from "stripe";
import { Webhook as Svix } from "svix";
import { expect, test } from "vitest";
import {
  parseTemplate,
  placeholders,
  SchemeName,
  type TemplatePart,
} from "../../../shared/contract/values/signature-recipe.ts";
import { signedHeaders } from "../../../shared/domain/requests/signatures.ts";
import { secretKeyBytes } from "../../../shared/domain/webhooks/sealed.ts";
import { isSecret } from "../../../shared/domain/webhooks/webhook-secret.ts";

const texts = fc.string({ unit: fc.constantFrom("{", "}", "a", " ", "\n", "é", "body") });
const parts: fc.Arbitrary<TemplatePart[]> = fc
  .array(
    fc.oneof(
      texts.filter((text) => text !== "").map((text) => ({ kind: "text" as const, text })),
      fc.constantFrom(...placeholders).map((of) => ({ kind: "value" as const, of })),
    ),
  )
  // Two texts side by side are read as one.
  .filter((all) => all.every(({ kind }, n) => kind !== "text" || all[n + 1]?.kind !== "text"));

function print(all: readonly TemplatePart[]): string {
  return all
    .map((part) => (part.kind === "text" ? part.text.replaceAll(/[{}]/g, "$&$&") : `{${part.of}}`))
    .join("");
}

test("a template that was printed is read as the parts that it was printed from", () => {
  fc.assert(
    fc.property(parts, (all) => {
      expect(parseTemplate(print(all))).toEqual({ parts: all });
    }),
  );
});

test("any text is either read, or refused with a character that is in it", () => {
  fc.assert(
    fc.property(fc.oneof(texts, fc.string({ unit: "binary" })), (text) => {
      const { parts: read, problem } = parseTemplate(text);
      expect(read === undefined).not.toBe(problem === undefined);
      if (problem === undefined) return;
      const position = Number(/at character (\d+)/.exec(problem)?.[1]);
      expect("{}").toContain(text.charAt(position - 1));
    }),
  );
});

const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("\r", "\n", ":", " ", "x", "\u0000", "ü", "\ud800") }),
);

test("no topic and no event begins a header, ends one, or leaves visible ASCII", () => {
  fc.assert(
    fc.property(anything, anything, (topic, event) => {
      const signing = {
        signatures: SchemeName.options.map((scheme) => ({ scheme })),
        metaHeaders: { "x-told": "t={topic};e={event}" },
        standardSignature: true,
      };
      const attempt = { id: "msg_1", topic, event, attempt: 1, nowMs: 0, body: Buffer.from("") };
      const headers = signedHeaders(signing, ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], attempt);
      for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7e]*$/);
      const sent = new Headers(headers);
      expect([...sent.keys()]).toHaveLength(Object.keys(headers).length);
      const told = /^t=(.*);e=(.*)$/.exec(headers["x-told"] ?? "");
      // A lone surrogate has no bytes of its own.
      expect(told?.slice(1).map(decodeURIComponent)).toEqual([
        topic.toWellFormed(),
        event.toWellFormed(),
      ]);
    }),
  );
});

test("the vendors' libraries verify any body under any secret", async () => {
  const stripe = new Stripe("sk_test_of_nobody");
  const secrets = fc
    .uint8Array({ minLength: 16, maxLength: 75 })
    .map((key) => `whsec_${Buffer.from(key).toString("base64")}`);
  await fc.assert(
    fc.asyncProperty(secrets, fc.jsonValue(), async (secret, value) => {
      const body = JSON.stringify({ value });
      const signing = {
        signatures: [{ scheme: "github" }, { scheme: "stripe" }, { scheme: "svix" }] as const,
        metaHeaders: {},
        standardSignature: true,
      };
      const attempt = { id: "msg_1", topic: "t", event: "e", attempt: 1, nowMs: Date.now() };
      const headers = signedHeaders(signing, [secret], { ...attempt, body: Buffer.from(body) });
      expect(await verifyGitHub(secret, body, headers["x-hub-signature-256"] ?? "")).toBe(true);
      const event = stripe.webhooks.constructEvent(body, headers["stripe-signature"] ?? "", secret);
      expect(event).toEqual(JSON.parse(body));
      expect(() => new Svix(secret).verify(body, headers)).not.toThrow();
      expect(() => new Svix(secret).verify(`${body} `, headers)).toThrow();
    }),
  );
});

test("a secret is decoded exactly where the contract calls it a secret", () => {
  const almost = fc
    .tuple(fc.constantFrom("whsec_", "whsec", ""), fc.uint8Array({ maxLength: 90 }))
    .map(([prefix, bytes]) => prefix + Buffer.from(bytes).toString("base64"));
  const spoiled = fc
    .tuple(almost, fc.nat(), fc.constantFrom("=", "+", "B", "-", "\n", ""))
    .map(([text, at, other]) => text.slice(0, at % (text.length + 1)) + other);
  fc.assert(
    fc.property(fc.oneof(almost, spoiled, fc.string()), (secret) => {
      expect(secretKeyBytes(secret) !== undefined).toBe(isSecret(secret));
    }),
  );
});
