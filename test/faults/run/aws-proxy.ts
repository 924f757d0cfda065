import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Agent, request } from "undici";
import * as z from "zod/mini";
import type { SecretOf } from "../../../local/aws/secrets.ts";
import { signedHeaders } from "../../../local/aws-call.ts";
import { portOf } from "../../support/process/free-port.ts";

/** A call in AWS's JSON protocol, on its way to an engine. */
export interface AwsCall {
  /** Such as `PutItem`. */
  action: string;
  /** The access key id: the logical id of the function in whose name it is made. */
  caller: string;
  input: Record<string, unknown>;
}

export interface AwsAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Lets the engine execute the call, or another one in its place. */
export type Forward = (input?: Record<string, unknown>) => Promise<AwsAnswer>;

/** Decides what comes of a call. A rejection closes the caller's connection without an answer. */
export type Intercept = (call: AwsCall, forward: Forward) => Promise<AwsAnswer>;

export interface AwsProxy extends AsyncDisposable {
  url: string;
}

const Input = z.record(z.string(), z.unknown());

/** Where an engine listens, and the secrets with which its callers sign. */
export interface Engine {
  service: "dynamodb" | "sqs";
  url: string;
  secretOf: SecretOf;
}

/** Stands between an engine and its callers, whose calls it signs anew. */
export async function startAwsProxy(engine: Engine, intercept: Intercept): Promise<AwsProxy> {
  // A long poll of SQS is silent for 20 s.
  const agent = new Agent({ headersTimeout: 40_000, bodyTimeout: 40_000 });
  const server = createServer((incoming, response) =>
    serve(engine, agent, intercept, incoming, response).catch(() => response.destroy()),
  );
  // Whoever pools connections would race with a server that drops idle ones.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await agent.destroy();
    },
  };
}

async function serve(
  engine: Engine,
  agent: Agent,
  intercept: Intercept,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { authorization = "", "x-amz-target": target = "" } = incoming.headers;
  const call: AwsCall = {
    action: String(target).split(".").at(-1) ?? "",
    caller: /Credential=([^/]+)\//.exec(authorization)?.[1] ?? "",
    input: Input.parse(JSON.parse(await text(incoming))),
  };
  const hangUp = new AbortController();
  response.once("close", () => hangUp.abort());
  const forward: Forward = async (input = call.input) => {
    const { service, url: endpoint, secretOf } = engine;
    const credentials = { accessKeyId: call.caller, secretAccessKey: secretOf(call.caller) };
    const body = JSON.stringify(input);
    const operation = { endpoint, service, target: String(target), credentials };
    const answer = await request(endpoint, {
      method: "POST",
      dispatcher: agent,
      headers: signedHeaders(operation, body),
      body,
      signal: hangUp.signal,
    });
    const names = ["content-type", "x-amzn-query-error"];
    const kept = names.flatMap((name) =>
      answer.headers[name] ? [[name, answer.headers[name]]] : [],
    );
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(kept),
      body: await answer.body.text(),
    };
  };
  const answer = await intercept(call, forward);
  response.writeHead(answer.status, answer.headers).end(answer.body);
}
