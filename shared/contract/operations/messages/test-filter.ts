import * as z from "zod/mini";
import { maxMessageBytes } from "../../message.ts";
import type { Route } from "../../route.ts";
import { EventCode } from "../../values/event.ts";
import { Filter } from "../../values/filter.ts";
import { CacheName } from "../../values/names.ts";
import { ProductId } from "../../values/webhook-values.ts";

/** Room for a filter and the other fields beside the longest value. */
const maxBodyBytes = maxMessageBytes + 32_768;

const TestFilterBody = z.strictObject({
  filter: Filter,
  event: z.optional(z.nullable(EventCode)),
  productId: z.optional(ProductId),
  contentType: z.optional(
    z
      .string()
      .check(
        z.regex(/^[\x20-\x7e]{1,255}$/, "must be 1 to 255 ASCII characters"),
        z.describe("The type of the value. Default: `application/json`."),
      ),
  ),
  value: z.unknown().check(z.describe("Any JSON, as it would be published.")),
});

const TestFilterResponse = z.object({
  matches: z.boolean().check(z.describe("Whether a webhook with the filter gets the message.")),
  because: z
    .array(z.string())
    .check(
      z.describe(
        "The leaves of the filter that decided it: those that hold, or else those that do not. " +
          "Empty where the filter is too much work for the value.",
      ),
    ),
});
export type TestFilterResponse = z.infer<typeof TestFilterResponse>;

export const testFilter = {
  id: "testFilter",
  method: "POST",
  path: "/api/v1/caches/{cacheName}/filters/test",
  tag: "messages",
  permission: "read",
  portal: "open",
  params: z.object({ cacheName: CacheName }),
  body: TestFilterBody,
  maxBodyBytes,
  statuses: [200],
  refusals: [413],
  response: TestFilterResponse,
  summary: "Test a filter",
  description:
    "Whether a message would pass a webhook's filter, and which parts of the filter decide it. " +
    "Nothing is published or stored.",
  example: {
    body: {
      filter: { event: ["invoice.paid"], value: { amount: [{ numeric: [">=", 100] }] } },
      event: "invoice.paid",
      value: { amount: 99, currency: "EUR" },
    },
    response: { matches: false, because: ["value.amount"] },
  },
} as const satisfies Route;
