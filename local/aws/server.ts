import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";
import { type Authorize, demand, type Permission } from "./permission.ts";
import { type AwsRequest, readRequest } from "./request.ts";
import { answerError, answerOutput } from "./response.ts";

export type ServiceName = "dynamodb" | "sqs" | "kms";

/** A call that has passed authorisation, on its way to an engine. */
export interface AwsCall extends AwsRequest {
  /** Calls back when the caller goes away before it has the whole answer. */
  onHangUp: (listener: () => void) => void;
}

/** What the bench learns about a call; `resource` is the first one that the call touched. */
export interface CallRecord {
  accessKeyId: string;
  service: ServiceName;
  action: string;
  resource: string;
  durationMs: number;
  failed: boolean;
}

export type OnCall = (record: CallRecord) => void;

export interface AwsServerOptions {
  service: ServiceName;
  /** 0 or absent: any free one. */
  port?: number | undefined;
  authorize: Authorize;
  onCall?: OnCall | undefined;
  permissionsOf: (action: string, input: unknown) => Permission[];
  dispatch: (call: AwsCall) => object | Promise<object>;
}

export interface AwsServer {
  url: string;
  close: () => Promise<void>;
}

/** Serves one AWS service's JSON protocol on 127.0.0.1: authorises, dispatches, words the errors. */
export async function startAwsServer(options: AwsServerOptions): Promise<AwsServer> {
  const server = createServer((request, response) => void serve(options, request, response));
  // The SDK pools connections; a server that drops idle ones races with their next use.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  // `listen` on a TCP port makes the address an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(
  { service, authorize, onCall, permissionsOf, dispatch }: AwsServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedMs = performance.now();
  const record = {
    accessKeyId: "",
    service,
    action: "",
    resource: "",
    durationMs: 0,
    failed: true,
  };
  try {
    const call = await readRequest(request);
    record.accessKeyId = call.accessKeyId;
    record.action = call.action;
    const permissions = permissionsOf(call.action, call.input);
    record.resource = permissions[0]?.resource ?? "";
    demand(authorize, call.accessKeyId, permissions, service === "sqs" ? 403 : 400);
    const output = await dispatch({ ...call, onHangUp: (listener) => hangUp(response, listener) });
    answerOutput(request, response, output);
    record.failed = false;
  } catch (error) {
    answerError(service, request, response, error);
  }
  record.durationMs = performance.now() - startedMs;
  onCall?.(record);
}

function hangUp(response: ServerResponse, listener: () => void): void {
  if (response.destroyed) listener();
  else response.once("close", () => response.writableFinished || listener());
}
