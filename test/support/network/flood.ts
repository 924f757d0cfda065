import { publish, subscribe } from "../calls.ts";
import { inParallel } from "../in-parallel.ts";
import { type Api, api } from "../service/api.ts";
import type { LocalRun } from "../service/local-run.ts";
import type { Receiver } from "./receiver.ts";

const webhookNames = ["a", "b", "c"];
const concurrency = 16;

/** Many messages to a topic with three webhooks. */
export interface Flood {
  /** When each acknowledged publish was sent, by its messageId. */
  sentTimesMs: Map<string, number>;
  /** Publishes until `count` more are acknowledged, or the service is gone. */
  publish(run: LocalRun, count: number): Promise<void>;
  /** The acknowledged deliveries that have not arrived, or not verified. */
  missing(): string[];
  /** From publish to the first POST, of every delivery that has arrived. */
  latenciesMs(): number[];
}

export async function startFlood(run: LocalRun, receiver: Receiver): Promise<Flood> {
  const topic = { cacheName: "flood", topicName: "t" };
  const call = api(run.url, run.key);
  for (const webhookName of webhookNames)
    await subscribe(call, receiver, { ...topic, webhookName });

  const paths = webhookNames.map((webhookName) => `/${topic.cacheName}/${webhookName}`);
  const sentTimesMs = new Map<string, number>();
  const publishOne = async (call: Api, number: number) => {
    const sentTimeMs = Date.now();
    const messageId = await publish(call, topic.cacheName, topic.topicName, { number });
    sentTimesMs.set(messageId, sentTimeMs);
  };
  const arrivals = () =>
    paths.flatMap((path) =>
      [...sentTimesMs].map(([messageId, sentTimeMs]) => {
        const delivery = receiver.find(path, messageId);
        return { name: `${messageId} to ${path}`, sentTimeMs, delivery };
      }),
    );
  return {
    sentTimesMs,
    async publish(run, count) {
      const call = api(run.url, run.key);
      await inParallel(count, concurrency, (number) => publishOne(call, number));
    },
    missing: () =>
      arrivals()
        .filter(({ delivery }) => !delivery || delivery.refusal !== undefined)
        .map(({ name }) => name),
    latenciesMs: () =>
      arrivals().flatMap(({ delivery, sentTimeMs }) =>
        delivery ? [delivery.receivedTimeMs - sentTimeMs] : [],
      ),
  };
}
