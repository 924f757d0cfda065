import { parseArgs } from "node:util";
import * as z from "zod/mini";
import { WebhookId } from "../../shared/contract/values/ids.ts";

export const usage = `usage: npm run --silent tail -- --webhook whk_… [--status delivered|retrying|failed] [--since 10m]
                                  [--json] [--body]

Follows a webhook's deliveries, from the local run or the deployment that the environment names: one line
for each attempt once it is recorded, and for each delivery that ends without one.

--status  only attempts after which the delivery stood so
--since   begin so long ago (30s, 10m, 2h, 1d) in place of now
--json    one JSON object a line
--body    with the beginning of what the receiver answered

A look at the log is 7 queries, one read for each 100 deliveries that changed since, and one query for each
of them that was tried more than once. There is a look every 2 seconds while there is news, and fewer, down to
one in 15 seconds, while there is none. What is recorded late is found by looks further back, up to an hour.`;

const unitsMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const Span = z.pipe(
  z.string().check(z.regex(/^\d{1,6}[smhd]$/, "is not a time span such as 10m")),
  z.transform((text) => Number(text.slice(0, -1)) * (unitsMs[text.slice(-1)] ?? 0)),
);

const Arguments = z.object({
  webhook: z._default(WebhookId, ""),
  status: z.optional(z.enum(["delivered", "retrying", "failed"])),
  since: z.optional(Span),
  json: z._default(z.boolean(), false),
  body: z._default(z.boolean(), false),
  help: z._default(z.boolean(), false),
});
export type TailArguments = z.infer<typeof Arguments>;

/** The arguments, or an error that names the one that is wrong. */
export function parseTailArguments(args: string[]): TailArguments {
  const { values } = parseArgs({
    args,
    options: {
      webhook: { type: "string" },
      status: { type: "string" },
      since: { type: "string" },
      json: { type: "boolean" },
      body: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const parsed = z.safeParse(Arguments, values);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`--${issue?.path.join(".")} ${issue?.message}\n\n${usage}`);
  }
  if (parsed.data.webhook === "" && !parsed.data.help) throw new Error(usage);
  return parsed.data;
}
