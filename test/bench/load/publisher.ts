import { Pool } from "undici";
import * as z from "zod/mini";
import { machineMs } from "../clock.ts";
import { orderEvent } from "../cost/order-event.ts";
import type { ServiceAddress } from "./load-service.ts";

export interface Published {
  messageId: string;
  /** When the request left, on the machine's clock. */
  sentMs: number;
  answeredMs: number;
}

/** Publishes orders on keep-alive connections, as many at a time as there are connections. */
export interface Publisher extends AsyncDisposable {
  publish(cacheName: string): Promise<Published>;
}

/** Every cache of the bench has one topic of this name. */
export const topicName = "orders";

const maxTries = 3;

const Answer = z.object({ response: z.object({ messageId: z.string() }) });
/** Made beforehand: to make one takes longer than to send it. */
const values = Array.from({ length: 64 }, (_, seed) => orderEvent(seed));

export function openPublisher({ url, key }: ServiceAddress, connections: number): Publisher {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  let next = 0;
  return {
    async publish(cacheName) {
      next = (next + 1) % values.length;
      const path = `/api/v1/caches/${cacheName}/topics/${topicName}`;
      const body = values[next] ?? "";
      const sentMs = machineMs();
      for (let tries = 1; ; tries += 1) {
        const answer = await pool.request({ method: "POST", path, headers, body });
        const text = await answer.body.text();
        const answeredMs = machineMs();
        if (answer.statusCode === 202) {
          return { ...z.parse(Answer, JSON.parse(text)).response, sentMs, answeredMs };
        }
        // An overloaded machine may not accept a message in time, which was not sent then.
        if (answer.statusCode !== 503 || tries === maxTries) {
          throw new Error(`a publish was answered ${text}`);
        }
        console.error(`a publish is tried again, since it was answered ${text}`);
      }
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}
