import * as z from "zod/mini";
import { Time } from "./values/time.ts";

/** From well to worst; where several hold, the last of them counts. */
export const webhookStates = ["ok", "failing", "limited", "held", "disabled"] as const;
export type WebhookState = (typeof webhookStates)[number];

const WebhookState = z
  .enum(webhookStates)
  .check(
    z.describe(
      "`disabled`: inactive for any reason. `held`: its breaker is open, and nothing is posted but one probe a step. " +
        "`limited`: a rate, a Retry-After or a drain holds deliveries back. `failing`: the last attempt failed, " +
        "and nothing is held back.",
    ),
  );

/** How many waiting deliveries are counted. */
export const maxWaiting = 1_000;

export const WebhookHealth = z
  .object({
    state: WebhookState,
    since: Time.check(z.describe("Since when it is so, as far as it is known.")),
    lastSuccessTime: z.nullable(Time),
    lastStatusCode: z.nullable(z.int()),
    lastError: z.nullable(z.string()),
    waiting: z
      .int()
      .check(
        z.minimum(0),
        z.maximum(maxWaiting),
        z.describe("Deliveries with an attempt to come, counted up to 1,000; 0 while it is ok."),
      ),
    nextProbeTime: z.nullable(Time).check(z.describe("When a held one is next tried.")),
    nextFreeTime: z
      .nullable(Time)
      .check(
        z.describe(
          "About when a message that is published now can be posted to a limited one; null where that is not known.",
        ),
      ),
  })
  .check(z.meta({ id: "WebhookHealth", description: "How a webhook is doing." }));
export type WebhookHealth = z.infer<typeof WebhookHealth>;

/** So many webhooks a page have their health looked up. */
export const maxWithHealth = 100;

export const includeHealth = z
  .optional(z.literal("health", "must be health"))
  .check(
    z.describe(
      "`health` adds each webhook's health. Such a response carries no `ETag` and is never a 304.",
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
      "It waits behind a hold: its cache is suspended, its receiver has asked for a pause, or its rate is used up. " +
        "Absent where nothing holds it.",
    ),
  );
