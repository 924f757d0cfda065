import { expect, test } from "vitest";
import type { Payload } from "../../../../shared/contract/message.ts";
import type { Format } from "../../../../shared/contract/values/webhook-values.ts";
import { type FormattableMessage, renderBody } from "../../../../shared/domain/requests/render.ts";
import { momentoSignature } from "../../../../shared/domain/requests/signatures.ts";

const message: FormattableMessage = {
  messageId: "msg_01ARYZ6S41ZZZZZZZZZZZZZZZZ",
  cacheName: "orders",
  topicName: "paid",
  event: 101,
  contentType: "application/vnd.shop+json",
  payload: { kind: "json", text: '{ "id": 9007199254740993, "__proto__": 1, "id": 1.0 }' },
  publishedTimeMs: Date.UTC(2024, 0, 24, 23, 20, 28, 564),
  keyId: "key_01ARYZ6S410000000000000000",
  sequenceNumber: 7,
};
const text: Payload = { kind: "text", text: 'say "hi"\n\u0000\uFFFF😀' };
const binary: Payload = { kind: "binary", base64: "/wD+" };
const textMessage = { ...message, payload: text, contentType: "text/plain; charset=utf-8" };
const binaryMessage = { ...message, payload: binary, contentType: "image/png" };

function render(format: Format, of: FormattableMessage, attemptTimeMs = 0) {
  const { body, contentType } = renderBody(format, of, attemptTimeMs);
  return { body: body.toString(), contentType };
}

test("standard wraps the value's own text in type and timestamp", () => {
  expect(render("standard", message)).toEqual({
    body: `{"type":"101","timestamp":"2024-01-24T23:20:28Z","data":{ "id": 9007199254740993, "__proto__": 1, "id": 1.0 }}`,
    contentType: "application/json",
  });
});

test("standard names the event, or the topic when there is none", () => {
  expect(render("standard", { ...message, event: "invoice.paid" }).body).toMatch(
    /^{"type":"invoice.paid",/,
  );
  expect(render("standard", { ...message, event: null, topicName: 'a"b' }).body).toMatch(
    /^{"type":"a\\"b",/,
  );
  expect(render("standard", { ...message, event: 0 }).body).toMatch(/^{"type":"0",/);
});

test("standard carries text as a string and binary as base64 that says so", () => {
  expect(JSON.parse(render("standard", textMessage).body).data).toBe(text.text);
  expect(render("standard", binaryMessage).body).toMatch(/"data":"\/wD\+","encoding":"base64"}$/);
});

test("raw sends the published bytes and content type", () => {
  expect(render("raw", message)).toEqual({
    body: '{ "id": 9007199254740993, "__proto__": 1, "id": 1.0 }',
    contentType: "application/vnd.shop+json",
  });
  expect(render("raw", textMessage)).toEqual({
    body: text.text,
    contentType: "text/plain; charset=utf-8",
  });
  expect(renderBody("raw", binaryMessage, 0)).toEqual({
    body: Buffer.from([0xff, 0x00, 0xfe]),
    contentType: "image/png",
  });
});

test("momento reproduces the reference's payload to the byte", () => {
  const example = {
    ...message,
    cacheName: "chat",
    topicName: "room-281",
    payload: { kind: "text", text: "Here I am!!" } as const,
    publishedTimeMs: 1704296470564,
    sequenceNumber: 1,
    keyId: "mo-the-squirrel",
  };
  const { body, contentType } = renderBody("momento", example, 1704296470565);
  expect(contentType).toBe("application/json");
  expect(body).toHaveLength(177);
  expect(momentoSignature("1234567890", body)).toBe(
    "f79476b5e839694c5384af0931aaf905b9ae352b7ae9fa5676049276e9f0b89c",
  );
});

test("momento carries JSON as its text and binary in place of it", () => {
  expect(JSON.parse(render("momento", message).body).text).toBe(
    message.payload.kind === "json" && message.payload.text,
  );
  expect(render("momento", { ...binaryMessage, sequenceNumber: null }, 5).body).toBe(
    '{"cache":"orders","topic":"paid","event_timestamp":1706138428564,"publish_timestamp":5,"topic_sequence_number":null,"token_id":"key_01ARYZ6S410000000000000000","binary":"/wD+"}',
  );
});

test("thredd puts the context beside the value's own text", () => {
  expect(render("thredd", message)).toEqual({
    body: `{"context":{"notificationId":"01563df3-6481-7fff-bfff-ffffffffffff","eventCode":101,"eventVersion":"v1","notificationTime":"2024-01-24T23:20:28Z"},"payload":{ "id": 9007199254740993, "__proto__": 1, "id": 1.0 }}`,
    contentType: "application/json",
  });
});

test("thredd has a null event code for no event, names as they are, and says when it is base64", () => {
  expect(render("thredd", { ...message, event: null }).body).toContain('"eventCode":null,');
  expect(render("thredd", { ...message, event: "card.used" }).body).toContain(
    '"eventCode":"card.used",',
  );
  expect(JSON.parse(render("thredd", textMessage).body).payload).toBe(text.text);
  expect(render("thredd", binaryMessage).body).toMatch(
    /,"encoding":"base64"},"payload":"\/wD\+"}$/,
  );
});

test("cloudevents is a structured event with the value's own text as data", () => {
  expect(render("cloudevents", { ...message, cacheName: "größe & co", topicName: "$a+b" })).toEqual(
    {
      body: `{"specversion":"1.0","id":"msg_01ARYZ6S41ZZZZZZZZZZZZZZZZ","source":"/caches/gr%C3%B6%C3%9Fe%20%26%20co/topics/%24a%2Bb","type":"101","time":"2024-01-24T23:20:28Z","datacontenttype":"application/vnd.shop+json","data":{ "id": 9007199254740993, "__proto__": 1, "id": 1.0 }}`,
      contentType: "application/cloudevents+json",
    },
  );
});

test("cloudevents carries text as a string and binary in data_base64", () => {
  const parsed = JSON.parse(render("cloudevents", textMessage).body);
  expect(parsed.data).toBe(text.text);
  expect(parsed.datacontenttype).toBe("text/plain; charset=utf-8");
  const body = render("cloudevents", { ...binaryMessage, event: null }).body;
  expect(body).toMatch(/"type":"paid",.*"datacontenttype":"image\/png","data_base64":"\/wD\+"}$/);
});

test("only momento shows the time of the attempt", () => {
  const formats: Format[] = ["standard", "raw", "momento", "thredd", "cloudevents"];
  const changing = formats.filter(
    (format) => render(format, message, 1).body !== render(format, message, 2).body,
  );
  expect(changing).toEqual(["momento"]);
});
