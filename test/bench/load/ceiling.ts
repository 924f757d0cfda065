import { Pool } from "undici";
import { inParallel } from "../../support/in-parallel.ts";
import { orderEvent } from "../cost/order-event.ts";
import type { LoadReceiver } from "./load-receiver.ts";
import { ratePerSecond } from "./rate.ts";

/** As many POSTs as the service has under way at fan-out 50: one to each webhook. */
const connections = 50;
const body = `{"type":"orders","timestamp":"2026-11-11T00:00:00Z","data":${orderEvent(1)}}`;
const headers = {
  "content-type": "application/json",
  "webhook-id": "msg_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
};

/** Bare POSTs a second from this process: no service in between, nothing signed, nothing stored. */
export async function measureCeiling(receiver: LoadReceiver, count: number): Promise<number> {
  await using pool = openPool(receiver.url);
  await inParallel(count, connections, async (n) => {
    const path = `/ceiling/${n % connections}`;
    const answer = await pool.request({ method: "POST", path, headers, body });
    await answer.body.dump();
  });
  return ratePerSecond(await receiver.take("ceiling", count));
}

function openPool(url: string): Pool & AsyncDisposable {
  const pool = new Pool(url, { connections, pipelining: 1 });
  return Object.assign(pool, { [Symbol.asyncDispose]: () => pool.destroy() });
}
