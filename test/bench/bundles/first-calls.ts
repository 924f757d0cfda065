import {
  exampleBody,
  type Operation,
  operationNames,
  operations,
  type PathParameter,
  pathOf,
} from "../../contract/document/operations.ts";
import { createSession, publish, putWebhook } from "../../support/calls.ts";
import { api } from "../../support/service/api.ts";
import type { LoadService } from "../load/load-service.ts";

const names = { cacheName: "first", webhookName: "hook", topicName: "first" };

/** Calls each operation once, so that each function has been started and asked for something that it can do. */
export async function callEveryOperation(
  { url, key }: LoadService,
  receiverUrl: string,
): Promise<void> {
  const call = api(url, key);
  const postUrl = `${receiverUrl}/first`;
  const { webhookId } = await putWebhook(call, { ...names, postUrl });
  const messageId = await publish(call, names.cacheName, names.topicName, { first: true });
  const { sessionId, token } = await createSession(call, names.cacheName);
  const jobId = "job_01JDZ4V9T2M6Q8R5W3X7Y1B0CN";
  const params: Record<PathParameter, string> = {
    ...names,
    event: "first",
    document: "openapi.json",
    webhookId,
    messageId,
    jobId,
    sessionId,
  };
  const bodies: Partial<Record<Operation, object>> = {
    updateWebhookDetails: {
      productId: null,
      events: [],
      config: { url: postUrl, customHeaders: {} },
    },
    updateWebhookStatus: { webhookStatus: "active" },
    publishBatch: { messages: [{ value: {} }] },
    recoverDeliveries: { since: new Date(Date.now() - 60_000).toISOString(), mode: "failed" },
  };
  const others = operationNames.filter((name) => !["putWebhook", "publish"].includes(name));
  const lastly = (name: Operation) => (name.startsWith("delete") ? 1 : 0);
  for (const name of others.toSorted((a, b) => lastly(a) - lastly(b))) {
    const { method } = operations[name];
    const body = method === "GET" ? {} : { body: bodies[name] ?? exampleBody(name) ?? {} };
    const by = operations[name].permission === "session" ? api(url, token) : call;
    await by({ method, path: pathOf(name, params), ...body });
  }
}
