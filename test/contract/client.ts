import { Pool } from "undici";
import { checkAnswer } from "./document/answer-check.ts";
import type { Document } from "./document/document.ts";
import type { Answer, RawRequest } from "./document/exchange.ts";
import { type Operation, operations, type Params, pathOf } from "./document/operations.ts";
import { checkTaken } from "./document/request-check.ts";

export interface Sent {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, in place of `json`. */
  body?: string | Buffer;
}

export interface Client {
  call(operation: Operation, params?: Params, sent?: Sent): Promise<Answer>;
  /** For requests that no operation describes. */
  send(request: RawRequest): Promise<Answer>;
  close(): Promise<void>;
}

const { HOOKCAST_CONNECTIONS = "32" } = process.env;

/** What the publish URL serves, or would if the path were right. */
const publishes = /^\/api\/v1\/caches\/[^/]*\/topics\//;

/**
 * Speaks plain HTTP as any caller does, and checks every answer against the document; an answer that the
 * document does not know, or that blames the service (500 and above), fails the test.
 */
export function openClient(
  { url, publishUrl = url }: { url: string; publishUrl?: string | undefined },
  key: string | undefined,
  document: Document,
): Client {
  // Not fetch, which would tidy up the very paths that some tests are about.
  const connections = Number(HOOKCAST_CONNECTIONS);
  const place = (address: string) => {
    const { origin, pathname } = new URL(address);
    const pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: 40_000 });
    return { pool, prefix: pathname.replace(/\/$/, "") };
  };
  const [api, publishing] = [place(url), place(publishUrl)];

  const send = async (request: RawRequest): Promise<Answer> => {
    const { method, target, headers, body = null } = request;
    const isPublish = method === "POST" && publishes.test(target);
    const { pool, prefix } = isPublish ? publishing : api;
    const response = await pool.request({
      method,
      path: prefix + target,
      headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers },
      body,
    });
    const text = await response.body.text();
    const answer = {
      status: response.statusCode,
      headers: flat(response.headers),
      text,
      body: parsed(text),
    };
    checkAnswer(document, request, answer);
    if (answer.status < 300) checkTaken(document, request, answer);
    return answer;
  };
  return {
    send,
    call(operation, params = {}, { query = {}, headers, json, body = jsonText(json) } = {}) {
      const search = new URLSearchParams(query).toString();
      return send({
        method: operations[operation].method,
        target: pathOf(operation, params) + (search && `?${search}`),
        headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
        ...(body !== undefined && { body }),
      });
    },
    async close() {
      await Promise.all([api.pool.destroy(), publishing.pool.destroy()]);
    },
  };
}

function jsonText(json: unknown): string | undefined {
  return json === undefined ? undefined : JSON.stringify(json);
}

function parsed(text: string): unknown {
  return text === "" ? undefined : JSON.parse(text);
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
