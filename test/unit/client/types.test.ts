import { expectTypeOf, test } from "vitest";
import type { Client } from "../../../client/client.ts";
import type { Delivery } from "../../../shared/contract/delivery.ts";
import type { Webhook } from "../../../shared/contract/webhook.ts";

type Input<Method extends keyof Client> = Parameters<Client[Method]>[0];

// Checked by the compiler.
test("the routes give every method its types", () => {
  expectTypeOf<Input<"getDelivery">>().toEqualTypeOf<{ webhookId: string; messageId: string }>();
  expectTypeOf<Input<"updateWebhookStatus">>().toEqualTypeOf<{
    webhookId: string;
    webhookStatus: "active" | "inactive";
  }>();
  expectTypeOf<Input<"listDeliveries">["limit"]>().toEqualTypeOf<number | undefined>();
  expectTypeOf<Input<"publish">["event"]>().toEqualTypeOf<string | number | undefined>();
  expectTypeOf<ReturnType<Client["getDelivery"]>>().resolves.toEqualTypeOf<Delivery>();
  expectTypeOf<ReturnType<Client["getWebhookDetails"]>>().resolves.toEqualTypeOf<Webhook>();
});

test("a message has one content, and a method only the headers of its operation", () => {
  const topic = { cacheName: "orders", topicName: "paid" };
  expectTypeOf({ ...topic, text: "" }).toExtend<Input<"publish">>();
  expectTypeOf({ ...topic, text: "", json: "" }).not.toExtend<Input<"publish">>();
  expectTypeOf(topic).not.toExtend<Input<"publish">>();

  type HeadersOf<Method extends "deleteWebhook" | "publish"> = Required<
    NonNullable<NonNullable<Parameters<Client[Method]>[1]>["headers"]>
  >;
  expectTypeOf<keyof HeadersOf<"deleteWebhook">>().toEqualTypeOf<"if-match">();
  expectTypeOf<HeadersOf<"publish">>().toEqualTypeOf<
    Record<"traceparent" | "tracestate" | "webhook-hops", string>
  >();
});
