import type { Sent } from "../client.ts";

/** What a delivered body may be made of. */
export interface About {
  cacheName: string;
  topicName: string;
  messageId: string;
  /** When it was published, as getMessage says. */
  time: string;
  /** The publishing key. */
  key: string;
  /** The body itself, of which some parts cannot be known before. */
  text: string;
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Epoch milliseconds: the first ten digits of a ULID. */
export function timeMsOf(messageId: string): number {
  return [...messageId.slice(4, 14)].reduce((sum, digit) => sum * 32 + crockford.indexOf(digit), 0);
}

const value = '{ "id":9007199254740993, "é":1.0 }';
const json: Sent = { body: value, query: { event: "101" } };
const text: Sent = { body: 'say "hä"\n', headers: { "content-type": "text/plain" } };
const binary: Sent = { body: Buffer.from([0, 255]), headers: { "content-type": "image/png" } };

export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const uuidIn = (body: string) => /"notificationId":"([^"]*)"/.exec(body)?.[1] ?? "";
export const attemptTimeIn = (body: string) => /"publish_timestamp":(\d+)/.exec(body)?.[1] ?? "";

/** What the body of each format is, byte for byte. */
export const bodies: [string, string, Sent, (about: About) => string][] = [
  ["standard", "JSON", json, ({ time }) => `{"type":"101","timestamp":"${time}","data":${value}}`],
  [
    "standard",
    "text",
    text,
    ({ time }) => `{"type":"Ärger & co","timestamp":"${time}","data":"say \\"hä\\"\\n"}`,
  ],
  [
    "standard",
    "binary",
    binary,
    ({ time }) => `{"type":"Ärger & co","timestamp":"${time}","data":"AP8=","encoding":"base64"}`,
  ],
  ["raw", "JSON", json, () => value],
  ["raw", "text", text, () => 'say "hä"\n'],
  ["momento", "JSON", json, (about) => momento(about, `"text":${JSON.stringify(value)}`)],
  ["momento", "text", text, (about) => momento(about, '"text":"say \\"hä\\"\\n"')],
  ["momento", "binary", binary, (about) => momento(about, '"binary":"AP8="')],
  ["thredd", "JSON", json, (about) => thredd(about, "101", "", value)],
  ["thredd", "text", text, (about) => thredd(about, "null", "", '"say \\"hä\\"\\n"')],
  ["thredd", "binary", binary, (about) => thredd(about, "null", ',"encoding":"base64"', '"AP8="')],
  [
    "cloudevents",
    "JSON",
    json,
    (about) => cloudEvent(about, "101", "application/json", `"data":${value}`),
  ],
  [
    "cloudevents",
    "text",
    text,
    (about) => cloudEvent(about, "Ärger & co", "text/plain", '"data":"say \\"hä\\"\\n"'),
  ],
  [
    "cloudevents",
    "binary",
    binary,
    (about) => cloudEvent(about, "Ärger & co", "image/png", '"data_base64":"AP8="'),
  ],
];

function momento({ cacheName, topicName, messageId, key, text }: About, end: string): string {
  const tokenId = `key_${key.split("_")[1]}`;
  const times = `"event_timestamp":${timeMsOf(messageId)},"publish_timestamp":${attemptTimeIn(text)}`;
  return `{"cache":"${cacheName}","topic":"${topicName}",${times},"topic_sequence_number":1,"token_id":"${tokenId}",${end}}`;
}

function thredd({ time, text }: About, event: string, encoding: string, payload: string): string {
  const context = `"notificationId":"${uuidIn(text)}","eventCode":${event},"eventVersion":"v1","notificationTime":"${time}"`;
  return `{"context":{${context}${encoding}},"payload":${payload}}`;
}

function cloudEvent(about: About, type: string, contentType: string, data: string): string {
  const { messageId, cacheName, time } = about;
  const source = `/caches/${cacheName}/topics/%C3%84rger%20%26%20co`;
  return `{"specversion":"1.0","id":"${messageId}","source":"${source}","type":"${type}","time":"${time}","datacontenttype":"${contentType}",${data}}`;
}
