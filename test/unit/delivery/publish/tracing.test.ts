import { expect, test } from "vitest";
import { publish } from "../../../../functions/http/messages/publish.ts";
import { publishBatch } from "../../../../functions/http/messages/publish-batch.ts";
import { DeliveryJob } from "../../../../shared/contract/jobs.ts";
import { deliverOne } from "../../../../shared/delivery/attempt/deliver-one.ts";
import { openRecorder } from "../../../../shared/delivery/attempt/settle.ts";
import { fanOutPage } from "../../../../shared/delivery/publish/fan-out-page.ts";
import { renderBody } from "../../../../shared/domain/requests/render.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";
import { callerWith } from "../../functions/http-event.ts";
import { catchOutput } from "../../output.ts";
import { deliveryWith, factsWith, jobWith, webhookWith } from "../../samples.ts";
import { answered, contextOf, deliverDeps } from "../deliver-deps.ts";
import { dispatchDeps, subscribersOf, subscriptions } from "./dispatch-deps.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const trace = { traceparent, tracestate: "rojo=1" };
const params = { cacheName: "orders", topicName: "paid" };
const caller = callerWith();

const output = catchOutput();

/** Publishes with these headers, and gives the messages that were stored, sent, and left to a fan-out. */
async function published(tracing: boolean, headers: object) {
  const { deps, trace: done } = dispatchDeps(subscribersOf(subscriptions(12)), { tracing });
  const json = { "content-type": "application/json", ...headers };
  await publish(
    { params, query: {}, headers: json, body: Buffer.from("1"), text: "", caller },
    deps,
  );
  const sent = [...done.jobs, ...done.fanOutJobs].map(({ message }) => message);
  return [...done.stored.map(({ facts }) => facts), ...sent];
}

test("a publish carries its caller's trace wherever its message goes", async () => {
  const messages = await published(true, trace);
  expect(messages).toHaveLength(1 + 10 + 1);
  for (const message of messages) expect(message.trace).toEqual(trace);
});

test.each([{}, { traceparent: "00-0-0-00", tracestate: "rojo=1" }])(
  "a publish with the headers %j begins one trace of its own",
  async (headers) => {
    const traces = (await published(true, headers)).map((message) => message.trace);
    expect(new Set(traces.map((each) => each?.traceparent)).size).toBe(1);
    expect(traces[0]?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-03$/);
    expect(traces[0]).not.toHaveProperty("tracestate");
  },
);

test("without tracing nothing is carried, not one byte", async () => {
  for (const message of await published(false, trace)) {
    expect(JSON.stringify(message)).not.toContain("trace");
  }
});

test("the messages of a batch belong to one trace", async () => {
  const { deps, trace: done } = dispatchDeps(subscribersOf(subscriptions(1)), { tracing: true });
  const body = { messages: [{ value: 1 }, { text: "2" }] };
  const text = JSON.stringify(body);
  await publishBatch({ params, query: undefined, headers: trace, body, text, caller }, deps);
  expect(done.jobs.map(({ message }) => message.trace)).toEqual([trace, trace]);
});

test("a fan-out hands the trace on, to its deliveries and to its next page", async () => {
  const { deps, trace: done } = dispatchDeps(
    subscribersOf(subscriptions(2), { last: "webhook/b" }),
  );
  await fanOutPage(
    { v: 1, message: factsWith({ trace }) },
    { ...deps, messages: { ...deps.messages, find: async () => undefined } },
  );
  const carried = [...done.jobs, ...done.fanOutJobs].map(({ message }) => message.trace);
  expect(carried).toEqual([trace, trace, trace]);
});

async function headersOf(tracing: boolean, message = factsWith({ trace })) {
  const { deps, trace: done } = deliverDeps(answered(200), { tracing });
  await deliverOne(jobWith({ message }), contextOf(webhookWith()), deps);
  return done.posted[0]?.headers ?? {};
}

test("each attempt sends the trace under a parent-id of its own", async () => {
  const [first, second] = [await headersOf(true), await headersOf(true)];
  for (const headers of [first, second]) {
    expect(headers.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    expect(headers.tracestate).toBe("rojo=1");
  }
  expect(new Set([traceparent, first.traceparent, second.traceparent]).size).toBe(3);
});

test("no header is sent without tracing, nor for a message without a trace", async () => {
  const untraced = await headersOf(true, factsWith());
  for (const headers of [await headersOf(false), untraced]) {
    expect(headers).not.toHaveProperty("traceparent");
    expect(headers).not.toHaveProperty("tracestate");
  }
});

test("a job of before tracing is read as ever, and one with a trace keeps it", () => {
  expect(DeliveryJob.parse(jobWith()).message).not.toHaveProperty("trace");
  expect(DeliveryJob.parse(jobWith({ message: factsWith({ trace }) })).message.trace).toEqual(
    trace,
  );
});

test.each(["standard", "raw", "momento", "thredd", "cloudevents"] as const)(
  "the body of the format %s is the same with and without a trace",
  (format) => {
    const payload = { kind: "json", text: '{"a":1}' } as const;
    const plain = renderBody(format, { ...factsWith(), payload }, 0);
    expect(renderBody(format, { ...factsWith({ trace }), payload }, 0)).toEqual(plain);
  },
);

test("the log lines of a delivery tell its trace", async () => {
  const message = factsWith({ trace });
  const record = () => Promise.reject(new Error("throttled"));
  const deliveries = { record, lease: async () => "taken" as const, forget: async () => {} };
  const { deps } = deliverDeps(answered(500), { deliveries });
  await deliverOne(jobWith({ message }), contextOf(webhookWith()), deps);
  expect(JSON.parse(output.text)).toMatchObject({ event: "delivery.unrecorded", traceId });

  output.text = "";
  const recorder = openRecorder({ recordDelivered: record }, realTimers);
  const { deps: good } = deliverDeps(answered(200), { recorder });
  await deliverOne(jobWith({ message }), contextOf(webhookWith()), good);
  await recorder.add(deliveryWith());
  await recorder.flush();
  expect(JSON.parse(output.text)).toMatchObject({
    event: "delivery.unrecorded",
    count: 2,
    traceId,
  });
});
