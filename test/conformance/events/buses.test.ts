import { EventBridge } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isAllowed } from "../../../local/aws/policy.ts";
import { startEvents } from "../../../local/events/start.ts";
import type { EventRule, EventTarget } from "../../../local/template/event-rules.ts";
import { openToAll } from "../../support/service/engine-access.ts";
import { clientConfig } from "../credentials.ts";
import { orders, refused, startQueues } from "./services.ts";

const queues = startQueues();

function ruleOf(name: string, busName: string, target: Partial<EventTarget>): EventRule {
  const whole = { input: undefined, inputPath: undefined, transformer: undefined };
  return {
    ...{ logicalId: name, name, busName, pattern: { source: [name] } },
    arn: `arn:aws:events:us-east-1:000000000000:rule/${name}`,
    targets: [{ queueArn: orders, deadLetterArn: refused, ...whole, ...target }],
  };
}

const paths = {
  id: "$.detail.id",
  item: "$.detail.items[1].sku",
  detail: "$.detail",
  type: "$.detail-type",
};
const rules = [
  ruleOf("whole", "default", {}),
  ruleOf("part", "shop", { inputPath: "$.detail" }),
  ruleOf("fixed", "shop", { input: '{"fixed":1}' }),
  ruleOf("made", "shop", {
    transformer: {
      paths,
      template: '{"id":<id>,"item":<item>,"text":"a \\"<type>\\" of <id>","all":<detail>}',
    },
  }),
  ruleOf("told", "shop", {
    transformer: {
      paths: {},
      template:
        '{"rule":"<aws.events.rule-name>","arn":<aws.events.rule-arn>,"event":<aws.events.event>,"json":<aws.events.event.json>}',
    },
  }),
  ruleOf("nowhere", "shop", { queueArn: "arn:aws:sqs:us-east-1:000000000000:gone" }),
];
const buses = ["default", "shop"];

let client: EventBridge;
let close: () => Promise<void> = async () => {};

beforeAll(async () => {
  const { sendFromService: send } = queues.sqs;
  const events = await startEvents({ ...openToAll, buses, rules, send });
  client = new EventBridge(clientConfig(events.url));
  close = events.close;
});
afterAll(async () => {
  client.destroy();
  await close();
});

/** Puts one event and gives its answer. */
async function put(Source: string, detail: object | string, EventBusName?: string) {
  const Detail = typeof detail === "string" ? detail : JSON.stringify(detail);
  const entry = { Source, DetailType: "order paid", Detail, ...(EventBusName && { EventBusName }) };
  const { Entries = [], FailedEntryCount } = await client.putEvents({ Entries: [entry] });
  return { FailedEntryCount, ...Entries[0] };
}

test("sends the whole event to the queue of a rule, with what EventBridge adds", async () => {
  const Time = new Date("2026-02-03T04:05:06.789Z");
  const { Entries, FailedEntryCount } = await client.putEvents({
    Entries: [
      {
        Source: "whole",
        DetailType: "t",
        Detail: '{"n":9007199254740993}',
        Time,
        Resources: ["r"],
      },
      { Source: "nobody", DetailType: "t", Detail: "{}" },
    ],
  });
  expect(FailedEntryCount).toBe(0);
  const [message, ...others] = await queues.drain("orders");
  expect(others).toEqual([]);
  expect(JSON.parse(message?.body ?? "")).toEqual({
    ...{ version: "0", id: Entries?.[0]?.EventId, "detail-type": "t", source: "whole" },
    ...{ account: "000000000000", time: "2026-02-03T04:05:06Z", region: "us-east-1" },
    ...{ resources: ["r"], detail: expect.anything() },
  });
  expect(message?.body).toContain('"detail":{"n":9007199254740993}');
});

test("a rule sees the events of its own bus alone, by name or ARN", async () => {
  await put("part", { bus: "default" });
  await put("part", { bus: "name" }, "shop");
  await put("part", { bus: "arn" }, "arn:aws:events:us-east-1:000000000000:event-bus/shop");
  const bodies = (await queues.drain("orders")).map(({ body }) => body);
  expect(bodies.sort()).toEqual(['{"bus":"arn"}', '{"bus":"name"}']);
});

test("makes what a target gets, by a fixed text or by variables", async () => {
  await put("fixed", {}, "shop");
  expect(await queues.drain("orders")).toMatchObject([{ body: '{"fixed":1}' }]);
  const detail = { id: 'a"b', items: [{ sku: "x" }, { sku: 7 }] };
  await put("made", detail, "shop");
  const [made] = await queues.drain("orders");
  expect(JSON.parse(made?.body ?? "")).toEqual({
    ...{ id: 'a"b', item: 7, text: 'a "order paid" of a"b', all: detail },
  });
  await put("told", { a: 1 }, "shop");
  const [told] = await queues.drain("orders");
  expect(JSON.parse(told?.body ?? "")).toMatchObject({
    ...{ rule: "told", arn: expect.stringMatching(/:rule\/told$/), json: { detail: { a: 1 } } },
    event: expect.not.objectContaining({ detail: expect.anything() }),
  });
});

test("leaves nothing of a path that an event lacks", async () => {
  await put("made", { items: [] }, "shop");
  const [made] = await queues.drain("orders");
  expect(made?.body).toBe('{"id":,"item":,"text":"a \\"order paid\\" of ","all":{"items":[]}}');
});

test("keeps what a queue refuses, with the reason", async () => {
  await put("part", { long: "x".repeat(2048) }, "shop");
  await put("nowhere", {}, "shop");
  expect(await queues.drain("orders")).toEqual([]);
  const kept = await queues.drain("refused");
  expect(kept.map(({ body }) => JSON.parse(body).source).sort()).toEqual(["nowhere", "part"]);
  const codes = kept.map(({ attributes }) => Object(attributes.ERROR_CODE).StringValue);
  expect(codes.sort()).toEqual(["InvalidParameterValue", "QueueDoesNotExist"]);
  expect(kept[0]?.attributes).toMatchObject({
    RULE_ARN: { StringValue: expect.stringMatching(/:rule\//) },
    TARGET_ARN: { StringValue: expect.stringMatching(/:sqs:/) },
  });
});

test("tells of each entry by itself why it is not put", async () => {
  const failure = { FailedEntryCount: 1 };
  expect(await put("", {})).toMatchObject({ ...failure, ErrorCode: "InvalidArgument" });
  expect(await put("a", "[1]")).toMatchObject({ ...failure, ErrorCode: "MalformedDetail" });
  expect(await put("a", "{")).toMatchObject({ ...failure, ErrorCode: "MalformedDetail" });
  expect(await put("aws.s3", {})).toMatchObject({ ErrorCode: "NotAuthorizedForSourceException" });
  expect(await put("a", {}, "none")).toMatchObject({ ErrorCode: "ResourceNotFoundException" });
  const entry = { Source: "whole", DetailType: "t", Detail: "{}" };
  const mixed = await client.putEvents({ Entries: [entry, { ...entry, Detail: "x" }, entry] });
  expect(mixed.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    ...[undefined, "MalformedDetail", undefined],
  ]);
  expect(await queues.drain("orders")).toHaveLength(2);
});

test("refuses a call that is empty, too long, too large or another", async () => {
  const entry = { Source: "whole", DetailType: "t", Detail: "{}" };
  const refusal = { name: "ValidationException" };
  const put = (Entries: (typeof entry)[]) => client.putEvents({ Entries });
  await expect(put([])).rejects.toMatchObject(refusal);
  await expect(put(Array.from({ length: 11 }, () => entry))).rejects.toMatchObject(refusal);
  const large = { ...entry, Detail: JSON.stringify("x".repeat(262_140)) };
  await expect(put([large])).rejects.toMatchObject(refusal);
  const unknown = { name: "UnknownOperationException" };
  await expect(client.listRules({})).rejects.toMatchObject(unknown);
  expect(await queues.drain("orders")).toEqual([]);
});

test("asks for the right to put onto each bus that a call names", async () => {
  const statement = { effect: "Allow" as const, actions: ["events:PutEvents"] };
  const resources = ["arn:aws:events:us-east-1:000000000000:event-bus/shop"];
  const events = await startEvents({
    ...{ ...openToAll, buses, rules, send: queues.sqs.sendFromService },
    authorize: ({ action, resource }) => isAllowed([{ ...statement, resources }], action, resource),
  });
  const limited = new EventBridge(clientConfig(events.url));
  const entry = { Source: "part", DetailType: "t", Detail: "{}" };
  await limited.putEvents({ Entries: [{ ...entry, EventBusName: "shop" }] });
  expect(await queues.drain("orders")).toHaveLength(1);
  const both = limited.putEvents({ Entries: [{ ...entry, EventBusName: "shop" }, entry] });
  await expect(both).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect(await queues.drain("orders")).toEqual([]);
  limited.destroy();
  await events.close();
});

test("refuses templates of input that it cannot fill", async () => {
  const start = (transformer: NonNullable<EventTarget["transformer"]>) =>
    startEvents({
      ...{ ...openToAll, buses, send: queues.sqs.sendFromService },
      rules: [ruleOf("bad", "shop", { transformer })],
    });
  expect(() => start({ paths: {}, template: "<other>" })).toThrow("bad: <other> is no variable");
  const wild = { a: "$.detail.items[*].sku" };
  expect(() => start({ paths: wild, template: "<a>" })).toThrow("is no path that runs here");
});
