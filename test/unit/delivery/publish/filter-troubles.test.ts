import { expect, test } from "vitest";
import { publishMessages } from "../../../../shared/delivery/publish/publish-messages.ts";
import { operationalTopic } from "../../../../shared/domain/messages/operational-event.ts";
import { dispatchDeps, subscribersOf, subscriptionWith } from "./dispatch-deps.ts";

const draft = {
  ...{ cacheName: "orders", topicName: "paid", event: "a", productId: null, keyId: "key_1" },
  ...{ contentType: "application/json", hops: 0 },
  payload: { kind: "json", text: '{"amount":1}' } as const,
};

/** Ids of their own, since an environment tells of a webhook once an hour. */
let count = 0;
const webhookWith = (filter: string) => {
  count += 1;
  const webhookId = `whk_01JDB2Q5V8K3M4N6P7R9${String(count).padStart(6, "0")}`;
  return subscriptionWith({ webhookId, webhookName: `w-${count}`, filter });
};

/** A topic, and somebody who listens to operational events. */
function depsFor(subscriptions: ReturnType<typeof webhookWith>[], hasListener = true) {
  const listener = subscriptionWith({ webhookName: "on-call" });
  return dispatchDeps(subscribersOf([]), {
    webhooks: {
      subscribers: async (_, topicName) =>
        subscribersOf(
          topicName === operationalTopic ? (hasListener ? [listener] : []) : subscriptions,
        ),
    },
  });
}

test.each([
  ["{", "unreadable"],
  ['"x"', "unreadable"],
  ['{"value":{"a":[{"later-operator":1}]}}', "unreadable"],
])("a filter %j matches nothing, and whoever listens is told once", async (filter, reason) => {
  const broken = webhookWith(filter);
  const fine = webhookWith('{"value":{"amount":[1]}}');
  const { deps, trace } = depsFor([broken, fine]);
  await publishMessages([draft, draft], deps);
  await publishMessages([draft], deps);

  const [told, ...others] = trace.jobs.filter(
    ({ message }) => message.topicName === operationalTopic,
  );
  expect(others).toEqual([]);
  expect(told).toMatchObject({
    webhookName: "on-call",
    message: { event: "hookcast.filter.failed", cacheName: "orders" },
  });
  const { webhookId, webhookName } = broken;
  expect(JSON.parse(told?.payload?.kind === "json" ? told.payload.text : "{}")).toEqual({
    ...{ webhookId, webhookName, reason },
  });
  const sent = trace.jobs.filter(({ message }) => message.topicName === "paid");
  expect(sent.map((job) => job.webhookId)).toEqual([
    fine.webhookId,
    fine.webhookId,
    fine.webhookId,
  ]);
});

test("nothing is stored for an event that nobody listens to", async () => {
  const { deps, trace } = depsFor([webhookWith("{")], false);
  await publishMessages([draft], deps);
  expect(trace.stored.map(({ facts }) => facts.topicName)).toEqual(["paid"]);
});

test("a filter of an operational event that fails tells no further event", async () => {
  const broken = webhookWith("{");
  const { deps, trace } = dispatchDeps(subscribersOf([broken]));
  await publishMessages([{ ...draft, topicName: operationalTopic }], deps);
  expect(trace.jobs).toEqual([]);
  expect(trace.stored).toHaveLength(1);
});
