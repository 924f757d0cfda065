import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { root } from "../../support/process/program.ts";

const Fields = z.record(z.string(), z.unknown());
const Headers = z.record(z.string(), z.string());

const Call = z.strictObject({
  call: z.string(),
  input: z.optional(Fields),
  headers: z.optional(Headers),
  /** The whole answer, by `call`. */
  whole: z.optional(z.boolean()),
  /** How many items of all pages. */
  take: z.optional(z.number()),
  timeoutMs: z.optional(z.number()),
  maxRetries: z.optional(z.number()),
  key: z.optional(z.string()),
  /** Repeated until the expectation is met. */
  eventually: z.optional(z.boolean()),
  ok: z.optional(z.unknown()),
  error: z.optional(Fields),
  /** What later steps call parts of the response: names with paths such as `webhook.config`. */
  save: z.optional(Headers),
});
export type Call = z.infer<typeof Call>;

/** A delivery that has arrived is verified. */
const Receive = z.strictObject({
  receive: z.string(),
  messageId: z.string(),
  secret: z.optional(z.string()),
  publicKey: z.optional(z.string()),
  momento: z.optional(z.boolean()),
  body: z.optional(z.string()),
  bodyBase64: z.optional(z.string()),
  ok: z.optional(z.unknown()),
  error: z.optional(Fields),
});
export type Receive = z.infer<typeof Receive>;

/** A delivery that the test signs is verified. */
const Verify = z.strictObject({
  verify: z.strictObject({
    signWith: z.array(z.string()),
    secret: z.string(),
    body: z.string(),
    /** What is verified in place of what was signed. */
    changedBody: z.optional(z.string()),
    ageSeconds: z.optional(z.number()),
    toleranceSeconds: z.optional(z.number()),
    /** In place of what was signed; null leaves one out. */
    headers: z.optional(z.record(z.string(), z.nullable(z.string()))),
  }),
  ok: z.optional(z.unknown()),
  error: z.optional(Fields),
});
export type Verify = z.infer<typeof Verify>;

/** What a scripted server does with a request; the last goes on for ever. */
const Reply = z.strictObject({
  status: z.optional(z.number()),
  headers: z.optional(Headers),
  body: z.optional(z.unknown()),
  /** No answer; an answer that never ends; a connection that is closed before or in the middle of it. */
  fault: z.optional(z.enum(["silent", "endless", "closed", "cut"])),
});
export type Reply = z.infer<typeof Reply>;

const Requests = z.strictObject({
  count: z.number(),
  target: z.optional(z.string()),
  method: z.optional(z.string()),
  headers: z.optional(Fields),
  body: z.optional(z.unknown()),
  /** Whether all have the same body, or the same value of a header. */
  same: z.optional(z.array(z.string())),
  /** How long the first retry is waited for, at least. */
  minWaitMs: z.optional(z.number()),
});
export type Requests = z.infer<typeof Requests>;

const Scenario = z.strictObject({
  name: z.string(),
  /** In place of the service. */
  replies: z.optional(z.array(Reply)),
  steps: z.array(z.union([Call, Receive, Verify])),
  /** What the scripted server got. */
  requests: z.optional(Requests),
});
export type Scenario = z.infer<typeof Scenario>;

/** What every client must do, in whichever language it is. */
export function readScenarios(): Scenario[] {
  const text = readFileSync(join(root, "clients/conformance.json"), "utf8");
  return z.parse(z.strictObject({ scenarios: z.array(Scenario) }), JSON.parse(text)).scenarios;
}
