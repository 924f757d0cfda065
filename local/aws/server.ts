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
import { type AwsRequest, type Incoming, readBody, readRequest } from "./request.ts";
import { type Answer, errorAnswer, outputAnswer } from "./response.ts";
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

/** Answers what came; `onHangUp` takes whom to call if the caller goes away. */
export type AnswerOf = (incoming: Incoming, onHangUp: AwsCall["onHangUp"]) => Promise<Answer>;

export interface AwsServer {
  url: string;
  /** Answers calls that come by another way than the URL. */
  answerOf: AnswerOf;
  close: () => Promise<void>;
}

/** Serves one AWS service's protocol on 127.0.0.1, and to whoever has a port to this thread. */
export async function startAwsServer(options: AwsServerOptions): Promise<AwsServer> {
  let checkHost: HostCheck = () => 403;
  const answerOf: AnswerOf = (incoming, onHangUp) =>
    answerCall(options, checkHost, incoming, onHangUp);
  // An absent Host is refused in AWS's words, like a foreign one.
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    void serve(answerOf, request, response);
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
    answerOf,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Verifies, authorises and dispatches a call, and words the errors. */
async function answerCall(
  { service, secretOf, authorize, onCall, permissionsOf, dispatch }: AwsServerOptions,
  checkHost: HostCheck,
  incoming: Incoming,
  onHangUp: AwsCall["onHangUp"],
): Promise<Answer> {
  const startedMs = performance.now();
  const protocol = usesQueryProtocol(service) ? queryProtocol : jsonProtocol;
  const answerable = { service, protocol, headers: incoming.headers };
  const record = {
    accessKeyId: "",
    service,
    action: "",
    resource: "",
    durationMs: 0,
    failed: true,
  };
  try {
    const hostRefusal = checkHost(incoming.rawHeaders);
    if (hostRefusal) throw new AwsError("ForbiddenHost", notAllowed, { status: hostRefusal });
    const call = await readRequest(service, protocol, incoming, secretOf);
    record.accessKeyId = call.accessKeyId;
    record.action = call.action;
    const permissions = permissionsOf(call.action, call.input);
    record.resource = permissions[0]?.resource ?? "";
    assertAllowed(authorize, call.accessKeyId, permissions, denialStatus(service));
    const output = await dispatch({ ...call, onHangUp });
    const answer = outputAnswer(answerable, call.action, output);
    record.failed = false;
    return answer;
  } catch (error) {
    return errorAnswer(answerable, error);
  } finally {
    record.durationMs = performance.now() - startedMs;
    onCall?.(record);
  }
}

async function serve(
  answerOf: AnswerOf,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url, rawHeaders, headers } = request;
  const incoming = { method, url, rawHeaders, headers, body: () => readBody(request) };
  const answer = await answerOf(incoming, (listener) => hangUp(response, listener));
  if (response.destroyed) return;
  response.sendDate = false;
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

function hangUp(response: ServerResponse, listener: () => void): void {
  if (response.destroyed) listener();
  else response.once("close", () => response.writableFinished || listener());
}
