import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";
import type { AllowedHost } from "../allowed-hosts.ts";
import { createHostCheck, type HostCheck, notAllowed } from "../host-header.ts";
import { AwsError, denialStatus } from "./aws-error.ts";
import { type Authorize, assertAllowed, type Permission } from "./permission.ts";
import { jsonProtocol, usesQueryProtocol } from "./protocol.ts";
import { queryProtocol } from "./query-protocol.ts";
import { type AwsRequest, readRequest } from "./request.ts";
import { answerError, answerOutput } from "./response.ts";
import type { SecretOf } from "./secrets.ts";

export type ServiceName = "dynamodb" | "sqs" | "kms" | "events" | "sns";

/** A call that has passed authentication and authorisation, on its way to an engine. */
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

/** Who may call, as whom, and what they may do. */
export interface Access {
  secretOf: SecretOf;
  /** Names in `Host` besides those of this machine. */
  allowedHosts?: readonly AllowedHost[] | undefined;
  authorize: Authorize;
}

export interface AwsServerOptions extends Access {
  service: ServiceName;
  /** 0 or absent: any free one. */
  port?: number | undefined;
  onCall?: OnCall | undefined;
  permissionsOf: (action: string, input: unknown) => Permission[];
  dispatch: (call: AwsCall) => object | Promise<object>;
}

export interface AwsServer {
  url: string;
  close: () => Promise<void>;
}

/** Serves one AWS service's protocol on 127.0.0.1: verifies, authorises, dispatches, words the errors. */
export async function startAwsServer(options: AwsServerOptions): Promise<AwsServer> {
  let checkHost: HostCheck = () => 403;
  // An absent Host is refused in AWS's words, like a foreign one.
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    void serve(options, checkHost(request.rawHeaders), request, response);
  });
  // The SDK pools connections; a server that drops idle ones races with their next use.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  // `listen` on a TCP port makes the address an AddressInfo.
  const { port } = server.address() as AddressInfo;
  checkHost = createHostCheck(port, options.allowedHosts ?? []);
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
  { service, secretOf, authorize, onCall, permissionsOf, dispatch }: AwsServerOptions,
  hostRefusal: number | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedMs = performance.now();
  const protocol = usesQueryProtocol(service) ? queryProtocol : jsonProtocol;
  const answerable = { service, protocol, request, response };
  const record = {
    accessKeyId: "",
    service,
    action: "",
    resource: "",
    durationMs: 0,
    failed: true,
  };
  try {
    if (hostRefusal) throw new AwsError("ForbiddenHost", notAllowed, { status: hostRefusal });
    const call = await readRequest(service, protocol, request, secretOf);
    record.accessKeyId = call.accessKeyId;
    record.action = call.action;
    const permissions = permissionsOf(call.action, call.input);
    record.resource = permissions[0]?.resource ?? "";
    assertAllowed(authorize, call.accessKeyId, permissions, denialStatus(service));
    const output = await dispatch({ ...call, onHangUp: (listener) => hangUp(response, listener) });
    answerOutput(answerable, call.action, output);
    record.failed = false;
  } catch (error) {
    answerError(answerable, error);
  }
  record.durationMs = performance.now() - startedMs;
  onCall?.(record);
}

function hangUp(response: ServerResponse, listener: () => void): void {
  if (response.destroyed) listener();
  else response.once("close", () => response.writableFinished || listener());
}
