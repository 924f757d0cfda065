import type { Client } from "../../client/client.ts";
import type { Behaviour } from "../../examples/demo/receiver.ts";
import { tenants } from "../../examples/demo/tenants.ts";
import { connect } from "../../ops/connect.ts";
import { countAttempt, noCounts } from "../../shared/domain/stats/counts.ts";
import { minuteMs, openStatsCounter, rowMs } from "../../shared/store/health/stats-counter.ts";

const rowsOfDay = 24 * 6;
const busiestCount = 9;

/** Counts for the day before now, as if the demo's webhooks had been at work for that long. */
export async function seedDay(dataDir: string, client: Client): Promise<void> {
  Object.assign(process.env, { HOOKCAST_DATA_DIR: dataDir, DELIVERY_STATS: "true" });
  connect();
  const counter = openStatsCounter();
  const nowRow = Math.floor(Date.now() / rowMs);
  const all = Object.entries(tenants).flatMap(([cacheName, webhooks]) =>
    webhooks.map((webhook, index) => ({ cacheName, ...webhook, size: 1 + ((index * 5) % 7) })),
  );
  for (const { cacheName, name, behaviour, size } of all) {
    const webhookId = await idOf(client, cacheName, name);
    for (let row = nowRow - rowsOfDay; row < nowRow; row += 1) {
      const startMs = row * rowMs;
      const counts = countsOf(behaviour, startMs, size);
      const lastMs = startMs + 9 * minuteMs;
      const latest = {
        ...{ lastAttemptMs: lastMs, lastSuccessMs: lastMs, lastStatusCode: 204, lastError: null },
      };
      await counter.add(webhookId, { minutes: [{ startMs, counts }], latest });
    }
  }
}

async function idOf(client: Client, cacheName: string, name: string): Promise<string> {
  for await (const { id, webhookId } of client.listWebhooks({ cacheName })) {
    if (id.webhookName === name) return webhookId;
  }
  throw new Error(`no webhook ${cacheName}/${name}`);
}

/** Little at night, much in the afternoon; what is flaky fails now and then, and a little of it for good. */
function countsOf(behaviour: Behaviour, startMs: number, size: number) {
  const counts = noCounts();
  const hour = (startMs / 3_600_000) % 24;
  const daylight = 0.15 + 0.85 * Math.max(0, Math.sin(((hour - 5) / 15) * Math.PI));
  const count = Math.round(size * busiestCount * daylight);
  for (let index = 0; index < count; index += 1) {
    const isBad = behaviour === "flaky" && index % 6 === 5;
    countAttempt(counts, isBad ? 502 : 204, 20 + ((index * 37 + size * 11) % 180));
    if (isBad && index % 12 === 11) counts.counters.failed += 1;
  }
  return counts;
}
