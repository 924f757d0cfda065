import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { Format } from "../../../shared/contract/values/webhook-values.ts";
import { defaultRetryScheduleSeconds } from "../../../shared/domain/attempts/retry-schedule.ts";
import { eventually } from "../../support/eventually.ts";
import type { Delivery, Receiver } from "../../support/network/receiver.ts";
import { codeBlock, codeBlocks, readDocument } from "./code-blocks.ts";
import { withoutChance } from "./documented-command.ts";
import { type ShellReader, startShellReaders } from "./shell-readers.ts";
import { shellNames } from "./shells.ts";

const Put = z.object({ response: z.object({ webhookId: z.string(), secretString: z.string() }) });
const Published = z.object({ response: z.object({ messageId: z.string() }) });
const Started = z.object({ response: z.object({ jobId: z.string() }) });
const Recovery = z.object({ response: z.object({ state: z.string(), matched: z.number() }) });
const Listed = z.object({
  response: z.object({ deliveries: z.array(z.object({ messageId: z.string() })) }),
});
const Tested = z.object({ response: z.object({ delivered: z.boolean() }) });
const Accepted = z.object({ status: z.literal("success") });

/** They have a guide of their own. */
const alertFormats: Format[] = ["slack", "teams"];

/** Paths that are gone for now. */
const gone = new Set<string>();
const readers = startShellReaders(() => ({
  handler: ({ path }) => ({ status: gone.has(path) ? 410 : 204 }),
}));

test.for(shellNames)(
  "in %s the guide to the formats shows what is posted in each of them",
  async (shell, { skip }) => {
    const { type, receiver } = readers.in(shell, skip);
    const [introduction = "", ...sections] = readDocument("docs/formats.md").split(/^## /m);
    const formats = Format.options.filter((format) => !alertFormats.includes(format));
    const sectionOf = (format: string) =>
      sections.find((section) => section.startsWith(`${format}\n`)) ?? "";
    for (const format of formats) {
      const put = codeBlock(sectionOf(format), "bash");
      const { secretString } = Put.parse(await type(put, { RECEIVER: receiver.url })).response;
      receiver.trust(`/${format}`, secretString);
    }
    const { messageId } = Published.parse(await type(codeBlock(introduction, "bash"))).response;
    for (const format of formats) {
      const delivery = await eventually(() => receiver.find(`/${format}`, messageId));
      expect(delivery.refusal).toBeUndefined();
      const shown = codeBlock(sectionOf(format), "text");
      expect(withoutChance(delivery.body.toString())).toBe(withoutChance(shown));
    }
  },
);

test.for(shellNames)(
  "in %s the guide's recipe signs what it says, with the event in a header beside it",
  async (shell, { skip }) => {
    const { type, receiver } = readers.in(shell, skip);
    const page = readDocument("docs/formats.md");
    const [publish = ""] = codeBlocks(page, "bash");
    const put = codeBlock(page.slice(page.indexOf("Or it is a recipe:")), "bash");
    const { secretString } = Put.parse(await type(put, { RECEIVER: receiver.url })).response;
    const { messageId } = Published.parse(await type(publish)).response;
    const { headers, body } = await eventually(() => receiver.find("/recipe", messageId));
    const [, time = "", signature] =
      /^t=(\d+),s=([^,]+)$/.exec(headers["x-acme-signature"] ?? "") ?? [];
    const hmac = createHmac("sha512", secretString).update(`${time}.${body}`).digest("base64");
    expect(signature).toBe(hmac);
    expect(headers["x-acme-event"]).toBe("order.paid");
  },
);

const publishing = (amount: number) =>
  'curl -sS -X POST "$API/caches/orders/topics/paid?event=order.paid" -H "$AUTH" ' +
  `-H 'content-type: application/json' -d '{"amount": ${amount}, "currency": "EUR"}'`;

test.for(shellNames)(
  "in %s the guide to filters holds back what its test says, and lets the rest through",
  async (shell, { skip }) => {
    const { type, receiver } = readers.in(shell, skip);
    const page = readDocument("docs/filters.md");
    const [put = "", ask = ""] = codeBlocks(page, "bash");
    const { secretString } = Put.parse(await type(put, { RECEIVER: receiver.url })).response;
    receiver.trust("/large", secretString);
    expect(await type(ask)).toEqual(JSON.parse(codeBlock(page, "json")));
    const small = Published.parse(await type(publishing(99))).response;
    const large = Published.parse(await type(publishing(100))).response;
    await eventually(() => receiver.find("/large", large.messageId));
    expect(receiver.find("/large", small.messageId)).toBeUndefined();
  },
);

test.for(shellNames)(
  "in %s the guide to alerts shows what Slack and Teams get",
  async (shell, { skip }) => {
    const { type, receiver, service } = readers.in(shell, skip);
    const page = readDocument("docs/alerts.md");
    const [slack = "", send = "", teams = ""] = codeBlocks(page, "bash");
    const bodies = codeBlocks(page, "text");
    for (const [index, put] of [slack, teams].entries()) {
      const { webhookId } = Put.parse(await type(put, { RECEIVER: receiver.url })).response;
      const tested = Tested.parse(await type(send, { WEBHOOK: webhookId }));
      expect(tested.response.delivered).toBe(true);
      const path = `/${alertFormats[index]}`;
      const sample = receiver.deliveries.filter((delivery) => delivery.path === path).at(-1);
      const expected = (bodies[index] ?? "")
        .replace("https://d111111abcdef8.cloudfront.net/", `${service.url}/console/`)
        .replace(/whk_\w{26}/, webhookId);
      expect(sample?.body.toString()).toBe(expected.trim());
    }
  },
);

test.for(shellNames)(
  "in %s the guide to retries shows the schedule as it is, and how to hear of failures",
  async (shell, { skip }) => {
    const reader = readers.in(shell, skip);
    const { type, receiver } = reader;
    const page = readDocument("docs/retries.md");
    const waits = [...page.matchAll(/^\| +\d+ \| +(\S+ \S+) \| +\S.* \|$/gm)].map(
      ([, wait = ""]) => {
        const [count, unit = ""] = wait.split(" ");
        return Number(count) * ({ s: 1, min: 60, h: 3600 }[unit] ?? Number.NaN);
      },
    );
    expect([Number.NaN, ...defaultRetryScheduleSeconds]).toEqual(waits);

    const [limit = "", subscribe = ""] = codeBlocks(page, "bash");
    Put.parse(await type(limit, { RECEIVER: receiver.url }));
    const { secretString } = Put.parse(await type(subscribe, { RECEIVER: receiver.url })).response;
    receiver.trust("/on-call", secretString);
    const { messageId } = await failedDelivery(reader, "heard");
    const tells = ({ path, body }: Delivery) => path === "/on-call" && body.includes(messageId);
    await eventually(() => receiver.deliveries.some(tells));
  },
);

test.for(shellNames)(
  "in %s the guide to sending again leads from a failure to its delivery",
  async (shell, { skip }) => {
    const reader = readers.in(shell, skip);
    const { type, receiver } = reader;
    const [
      inspect = "",
      activate = "",
      retry = "",
      count = "",
      progress = "",
      recover = "",
      missing = "",
    ] = codeBlocks(readDocument("docs/recover.md"), "bash");
    const SINCE = new Date(Date.now() - 3_600_000).toISOString();
    const { webhookId: WEBHOOK, messageId: MESSAGE } = await failedDelivery(reader, "again");
    const typeHere = (command: string, JOB = "") => type(command, { WEBHOOK, MESSAGE, SINCE, JOB });
    const finished = async (start: string) => {
      const { jobId } = Started.parse(await typeHere(start)).response;
      return eventually(async () => {
        const { state, matched } = Recovery.parse(await typeHere(progress, jobId)).response;
        return state === "completed" && { matched };
      });
    };
    const [list = "", get = "", testNow = ""] = inspect.trim().split("\n");
    const { deliveries } = Listed.parse(await typeHere(list)).response;
    expect(deliveries).toEqual([{ messageId: MESSAGE }]);
    Accepted.parse(await typeHere(get));
    expect(Tested.parse(await typeHere(testNow)).response.delivered).toBe(true);
    Accepted.parse(await typeHere(activate));
    expect(await finished(count)).toEqual({ matched: 1 });
    expect(await finished(recover)).toEqual({ matched: 1 });
    await eventually(() => countOf(receiver, MESSAGE) === 2);

    expect(Published.parse(await typeHere(retry)).response.messageId).toBe(MESSAGE);
    await eventually(() => countOf(receiver, MESSAGE) === 3);
    expect(await finished(missing)).toEqual({ matched: 0 });
  },
);

function countOf(receiver: Receiver, messageId: string): number {
  return receiver.deliveries.filter((delivery) => delivery.messageId === messageId).length;
}

/** A webhook that was switched off, and the message on which that happened. */
async function failedDelivery({ type, receiver }: ShellReader, topic: string) {
  const json = "-H 'content-type: application/json'";
  const put = `curl -sS -X PUT "$API/caches/orders/webhooks/${topic}" -H "$AUTH" ${json} -d "$BODY"`;
  const postUrl = `${receiver.url}/${topic}`;
  const BODY = JSON.stringify({ destination: { postUrl }, topicName: topic });
  const { webhookId } = Put.parse(await type(put, { BODY })).response;
  gone.add(`/${topic}`);
  const publish = `curl -sS -X POST "$API/caches/orders/topics/${topic}" -H "$AUTH" ${json} -d '{}'`;
  const { messageId } = Published.parse(await type(publish)).response;
  const get = `curl -sS "$API/Webhooks/${webhookId}/deliveries/${messageId}" -H "$AUTH"`;
  await eventually(async () => JSON.stringify(await type(get)).includes('"status":"failed"'));
  gone.clear();
  return { webhookId, messageId };
}
