/** Posts in a process of its own, with the client or with nothing but undici, and tells what CPU a POST took. */
import { Pool } from "undici";
import * as z from "zod/mini";
import { openWebhookClient } from "../../../shared/http/webhook-client.ts";
import { inParallel } from "../../support/in-parallel.ts";
import { orderEvent } from "../cost/order-event.ts";
import { answerQuestions } from "../isolation/answer-questions.ts";

/** As many as one batch posts. */
const postsAtOnce = 10;
const body = Buffer.from(`{"type":"orders","data":${orderEvent(1)}}`);
const headers = {
  "content-type": "application/json",
  "user-agent": "Hookcast/0",
  "webhook-id": "msg_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  "webhook-timestamp": "1764284400",
  "webhook-signature": `v1,${"K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN".repeat(2)}`,
};

const [kind, origin = ""] = process.argv.slice(2);
const client = openWebhookClient({ allowPrivate: true });
const pool = new Pool(origin, { connections: postsAtOnce, pipelining: 1 });
const path = "/posts";

async function postWithClient(): Promise<void> {
  const url = `${origin}${path}`;
  const request = { cacheName: "bench", url, headers: { ...headers }, body, timeoutMs: 15_000 };
  const { outcome } = await client.post(request);
  if (outcome.kind !== "answer") throw new Error(`the receiver failed: ${outcome.error}`);
}

async function postBare(): Promise<void> {
  const sent = { ...headers };
  const answer = await pool.request({ method: "POST", path, headers: sent, body });
  await answer.body.dump();
}

const Asked = z.object({ count: z.int() });

answerQuestions(
  {
    async microsOfPost(input) {
      const { count } = z.parse(Asked, input);
      const before = process.cpuUsage();
      await inParallel(count, postsAtOnce, kind === "client" ? postWithClient : postBare);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / count;
    },
  },
  () => pool.destroy(),
);
