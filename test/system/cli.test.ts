import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { DeliverySummary } from "../../shared/contract/delivery-log.ts";
import { Webhook } from "../../shared/contract/webhook.ts";
import { type CommandLine, commandLine } from "../support/command-line.ts";
import { eventually } from "../support/eventually.ts";
import { type LocalRun, startLocalRun } from "../support/local-run.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

let run: LocalRun;
let receiver: Receiver;
let hookcast: CommandLine;

beforeAll(async () => {
  run = await startLocalRun();
  receiver = await startReceiver();
  hookcast = commandLine({ HOOKCAST_URL: run.url, HOOKCAST_KEY: run.key });
});

afterAll(async () => {
  await run?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

/** What a command must have done without complaint. */
async function done(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await hookcast(args);
  expect(exitCode, stderr).toBe(0);
  return stdout;
}

/** The documents of a list, one a line. */
function documents<T>(schema: z.core.$ZodType<T>, text: string): T[] {
  const lines = text.split("\n").filter(Boolean);
  return lines.map((line) => z.parse(schema, JSON.parse(line)));
}

test("puts a webhook, publishes, and lists what came of it", async () => {
  const url = `${receiver.url}/tour`;
  await done("webhooks", "put", "tour/billing", "--topic", "paid", "--url", url);
  const listed = await done("webhooks", "list", "tour", "--json");
  expect(documents(Webhook, listed)).toMatchObject([
    { id: { cacheName: "tour", webhookName: "billing" }, destination: { postUrl: url } },
  ]);

  const messageId = (await done("publish", "tour/paid", '{"amount":12345678901234567890}')).trim();
  const { body } = await eventually(() => receiver.find("/tour", messageId));
  expect(body.toString()).toContain('"data":{"amount":12345678901234567890}');
  await eventually(async () => {
    const text = await done("deliveries", "list", "tour/billing", "--json");
    const [delivery] = documents(DeliverySummary, text);
    return delivery?.messageId === messageId && delivery.status === "delivered";
  });
  expect(await done("deliveries", "list", "tour/billing")).toMatch(
    new RegExp(`^MESSAGE +STATUS .*\\n${messageId} +delivered +1 `),
  );
});
