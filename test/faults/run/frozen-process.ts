/**
 * Delivers with the production code over connections that it keeps. It freezes itself in the middle, as an
 * environment is frozen between two invocations, and goes on with deliveries before it has seen what became
 * of its connections meanwhile. The arguments: where to post, how many at a time, how long the freeze
 * lasts by its clock.
 */
import { type DeliverDeps, deliverOne } from "../../../shared/delivery/attempt/deliver-one.ts";
import { openWebhookClient } from "../../../shared/http/webhook-client.ts";
import { answered, contextOf, deliverDeps } from "../../unit/delivery/deliver-deps.ts";
import { factsWith, jobWith, publishedTimeMs, webhookWith } from "../../unit/samples.ts";

const [url = "", count = "0", frozenMs = "0"] = process.argv.slice(2);
let nowMs = publishedTimeMs + 1_000;
const client = openWebhookClient({ allowPrivate: true, now: () => nowMs });
const changes: Partial<DeliverDeps> = { client, now: () => nowMs };

async function deliverAll(round: string): Promise<void> {
  const { deps, trace } = deliverDeps(answered(200), changes);
  const context = contextOf(webhookWith({ url }));
  await Promise.all(
    Array.from({ length: Number(count) }, (_, n) => {
      const message = factsWith({ messageId: `msg_${round}_${n}` });
      return deliverOne(jobWith({ message }), context, deps);
    }),
  );
  const records = [...trace.gathered, ...trace.recorded.map(({ record }) => record)];
  process.send?.({ round, records, retried: trace.retried.length });
}

await deliverAll("before");
process.kill(process.pid, "SIGSTOP");
nowMs += Number(frozenMs);
await deliverAll("after");
process.disconnect?.();
