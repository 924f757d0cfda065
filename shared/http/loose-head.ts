import type { WebhookResponse } from "./webhook-response.ts";

const interim = /^HTTP\/\d(?:\.\d)?[ \t]+1(?!01)\d\d[^\n]*\n(?:[^\r\n][^\n]*\n)*\r?\n/i;
const final = /^HTTP\/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)[^\n]*\n((?:[^\r\n][^\n]*\n)*)\r?\n/i;

/**
 * Reads the head of an answer that Node's parser refuses, as leniently as other clients do: a status is a
 * status, whatever the headers behind it look like. The connection of such an answer is not used again.
 */
export function looseAnswer(bytes: Buffer): WebhookResponse | undefined {
  let text = bytes.toString("latin1").replace(/^[\r\n]+/, "");
  for (let head = interim.exec(text); head; head = interim.exec(text)) {
    text = text.slice(head[0].length);
  }
  const head = final.exec(text);
  if (!head) return undefined;
  const headers: Record<string, string | undefined> = {};
  for (const line of (head[2] ?? "").split("\n")) {
    const [, name, value = ""] = /^([^:\s]+)[ \t]*:(.*)$/.exec(line.trim()) ?? [];
    if (name !== undefined) headers[name.toLowerCase()] ??= value.trim();
  }
  const body = isPlain(headers)
    ? Buffer.from(text.slice(head[0].length), "latin1")
    : Buffer.alloc(0);
  return { statusCode: Number(head[1]), headers, body };
}

/** Whether what follows the head is the body itself. */
function isPlain(headers: Record<string, string | undefined>): boolean {
  return headers["transfer-encoding"] === undefined && headers["content-encoding"] === undefined;
}
