import type { WebhookResponse } from "./outcome.ts";

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const fields = `(?:${token}:[ \\t]*(?:[^\\x00-\\x1f\\x7f \\t][^\\x00-\\x08\\x0a-\\x1f\\x7f]*)?\\r\\n)*\\r\\n`;
const interim = new RegExp(
  `HTTP/1\\.1 1(?!01)\\d\\d [^\\x00-\\x08\\x0a-\\x1f]*\\r\\n${fields}`,
  "y",
);
const final = new RegExp(`HTTP/1\\.1 ([2-9]\\d\\d) [^\\x00-\\x08\\x0a-\\x1f]*\\r\\n${fields}`, "y");
const framing = /\r\n(content-length|transfer-encoding):[ \t]*([^\r]*?)[ \t]*(?=\r)/gi;
const chunkLine = /([0-9a-f]{1,8})\r\n/iy;

/**
 * Whether an answer is HTTP to the letter and ends where its bytes do. Only then may its connection be
 * used again: wherever two readers may see different ends, the rest of this answer could be the next one.
 */
export function isExactAnswer(chunks: readonly Buffer[]): boolean {
  const text = chunks.map((chunk) => chunk.toString("latin1")).join("");
  let start = 0;
  while (matchAt(interim, text, start)) start = interim.lastIndex;
  const head = matchAt(final, text, start);
  if (!head) return false;

  const bodyStart = final.lastIndex;
  const framed = matchAt(framing, head[0], 0);
  if (head[1] === "204" || head[1] === "304") return !framed && text.length === bodyStart;
  if (!framed || framing.exec(head[0])) return false;

  const [, name, value = ""] = framed;
  if (name?.length === "content-length".length) {
    return /^\d{1,9}$/.test(value) && bodyStart + Number(value) === text.length;
  }
  return value.toLowerCase() === "chunked" && endOfChunks(text, bodyStart) === text.length;
}

/** Where the last chunk ends; chunks with extensions or trailers have no end that is worth trusting. */
function endOfChunks(text: string, bodyStart: number): number | undefined {
  let start = bodyStart;
  for (;;) {
    const line = matchAt(chunkLine, text, start);
    if (!line) return undefined;
    const size = Number.parseInt(line[1] ?? "", 16);
    const end = chunkLine.lastIndex + size;
    if (!text.startsWith("\r\n", end)) return undefined;
    start = end + 2;
    if (size === 0) return start;
  }
}

function matchAt(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start;
  return pattern.exec(text);
}

const looseInterim = /^HTTP\/\d(?:\.\d)?[ \t]+1(?!01)\d\d[^\n]*\n(?:[^\r\n][^\n]*\n)*\r?\n/i;
const looseFinal = /^HTTP\/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)[^\n]*\n((?:[^\r\n][^\n]*\n)*)\r?\n/i;

/**
 * Reads the head of an answer that Node's parser refuses, as leniently as other clients do: a status is a
 * status, whatever the headers behind it look like. The connection of such an answer is not used again.
 */
export function looseAnswer(bytes: Buffer): WebhookResponse | undefined {
  let text = bytes.toString("latin1").replace(/^[\r\n]+/, "");
  for (let head = looseInterim.exec(text); head; head = looseInterim.exec(text)) {
    text = text.slice(head[0].length);
  }
  const head = looseFinal.exec(text);
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
