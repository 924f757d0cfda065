import * as z from "zod/mini";
import { Time } from "./values/time.ts";

/** From well to worst; where several hold, the last of them counts. */
export const webhookStates = ["ok", "failing", "limited", "held", "disabled"] as const;
export type WebhookState = (typeof webhookStates)[number];

const WebhookState = z
  .enum(webhookStates)
  .check(
    z.describe(
      "`disabled`: inactive for any reason. `held`: its circuit breaker is open, and only probes " +
        "are posted, or its cache is suspended, and nothing is. `limited`: a rate, a Retry-After or a drain holds deliveries back. `failing`: " +
        "the last attempt failed, and nothing is held back.",
    ),
  );

/** How many waiting deliveries are counted. */
export const maxWaiting = 1_000;

export const WebhookHealth = z
  .object({
    state: WebhookState,
    since: Time.check(z.describe("The time since which it has this state, if known.")),
    lastAttemptTime: z
      .optional(Time)
      .check(
        z.describe(
          "The time of the attempt that `lastStatusCode` and `lastError` come from. Absent if unknown.",
        ),
      ),
    lastSuccessTime: z.nullable(Time),
    lastStatusCode: z.nullable(z.int()),
    lastError: z.nullable(z.string()),
    waiting: z
      .int()
      .check(
        z.minimum(0),
        z.maximum(maxWaiting),
        z.describe("Deliveries that wait for an attempt, counted up to 1,000; 0 while it is ok."),
      ),
    nextProbeTime: z
      .nullable(Time)
      .check(
        z.describe("The time of the next probe of a held webhook; null if its cache is suspended."),
      ),
    nextFreeTime: z
      .nullable(Time)
      .check(
        z.describe("About when a new message can be posted to a limited webhook; null if unknown."),
      ),
    certificateExpiryTime: z
      .optional(Time)
      .check(
        z.describe(
          "When its client certificate expires, or one of the intermediate certificates if that is earlier. Absent without one.",
        ),
      ),
  })
  .check(z.meta({ id: "WebhookHealth", description: "The health of a webhook." }));
export type WebhookHealth = z.infer<typeof WebhookHealth>;

/** So many webhooks a page have their health looked up. */
export const maxWithHealth = 100;

export const includeHealth = z
  .optional(z.literal("health", "must be health"))
  .check(
    z.describe(
      "`health` adds each webhook's health. Such a response has no `ETag` and is never a 304.",
    ),
  );

const words = `must be words of ${webhookStates.join(", ")}, separated by commas`;

/** A comma list; one unknown word makes the whole of it a bad field. */
export const statesQuery = z
  .optional(
    z.pipe(
      z.transform((text: unknown) => {
        const list = String(text).split(",");
        return list.every(isState) ? list : text;
      }),
      z.array(WebhookState, words).check(z.minLength(1, words)),
    ),
  )
  .check(z.describe("Only webhooks in one of these states, separated by commas."));

function isState(word: string): word is WebhookState {
  return webhookStates.some((state) => state === word);
}

export const Held = z
  .optional(z.literal(true))
  .check(
    z.describe(
      "It waits because its cache is suspended, its receiver has asked for a pause, or its rate is " +
        "used up. Absent otherwise.",
    ),
  );
