import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { openOperator } from "../faults/run/operator.ts";
import { eventually } from "../support/eventually.ts";
import { issue } from "../support/network/certificates.ts";
import { type Answer, type Delivery, startReceiver } from "../support/network/receiver.ts";
import { type ApiAnswer, type ApiRequest, api } from "../support/service/api.ts";
import { openMarks } from "./marks.ts";
import { startService } from "./service.ts";

const marks = openMarks();
const receiver = await startReceiver({ handler: echo });
afterAll(() => receiver[Symbol.asyncDispose]());
const service = await startService();
const operator = await openOperator(service.operatorEnv);
const keys = {
  owner: await service.makeKey({ caches: ["tour"] }),
  reader: await service.makeKey({ caches: ["tour"], permissions: ["read"] }),
};
for (const key of Object.values(keys)) marks.add(key);
const [owner, reader] = [api(service.url, keys.owner), api(service.url, keys.reader)];

/** The worst that a receiver can do: it says everything that it was told, in body and header. */
function echo({ path, headers, body }: Delivery): Answer {
  const status = Number(/^\/(\d+)/.exec(path)?.[1] ?? 500);
  const text = JSON.stringify({ headers, body: body.toString("latin1") });
  // A redirect to where it was sent is common: http to https, or a slash at the end.
  const said = { "x-echo": text.slice(0, 2000).replace(/[^ -~]/g, "?"), location: `${path}/` };
  return { status, headers: said, body: text };
}

const Put = z.object({ response: z.object({ webhookId: z.string(), secretString: z.string() }) });
const Rotated = z.object({ response: z.object({ secret: z.string() }) });
const webhookIds: string[] = [];
const refusals: ApiAnswer[] = [];

async function call(request: ApiRequest): Promise<ApiAnswer> {
  const answer = await owner(request);
  if (answer.status >= 400) refusals.push(answer);
  return answer;
}

const statuses = ["200", "500", "410", "302", "429"];

/** One of each kind; the token endpoint is a receiver that says everything, too. */
function authOf(index: number) {
  const secret = marks.fresh("auth-secret");
  const [username, clientId] = ["hookcast", "hookcast"];
  marks.add(Buffer.from(`hookcast:${secret}`).toString("base64"));
  const tokenUrl = `${receiver.url}/200/token`;
  return [
    { type: "basic", username, password: secret },
    { type: "bearer", token: secret },
    { type: "oauth2", tokenUrl, clientId, clientSecret: secret },
    { type: "oauth2", tokenUrl, clientId, clientSecret: secret, clientAuthentication: "post" },
  ][index % 4];
}

/** Each line of the private key is a secret of its own. */
function clientCertificate() {
  const { cert, key } = issue("tour");
  for (const line of key
    .split("\n")
    .filter((text) => text.length > 16 && !text.includes("-----"))) {
    marks.add(line);
  }
  return { certificatePem: cert, privateKeyPem: key };
}

test("the tour: webhooks with tokens in their headers, and secrets made, given and changed", async () => {
  for (const [index, status] of statuses.entries()) {
    const path = `/api/v1/caches/tour/webhooks/w${status}`;
    const token = marks.fresh("token");
    const given = marks.add(`whsec_${Buffer.alloc(32, index + 1).toString("base64")}`);
    const body = {
      destination: {
        postUrl: `${receiver.url}/${status}/${marks.fresh("path")}?key=${marks.fresh("query")}`,
      },
      topicName: "t",
      config: {
        customHeaders: { "x-token": token },
        auth: authOf(index),
        clientCertificate: clientCertificate(),
      },
      ...(index % 2 === 0 && { secretString: given }),
    };
    const { webhookId, secretString } = Put.parse(
      (await call({ method: "PUT", path, body })).body,
    ).response;
    marks.add(secretString);
    webhookIds.push(webhookId);
    const rotated = await call({ method: "POST", path: `${path}/secret/rotate`, body: {} });
    marks.add(Rotated.parse(rotated.body).response.secret);
    expect((await call({ method: "GET", path: `${path}/secret` })).status).toBe(200);
  }
});

test("the tour: values of every kind reach receivers that say back what they were told", async () => {
  const path = "/api/v1/caches/tour/topics/t";
  const sent = [
    ["application/json", JSON.stringify({ value: marks.fresh("json") })],
    ["text/plain", marks.fresh("text")],
    ["application/octet-stream", marks.fresh("binary")],
    ["application/json", JSON.stringify([marks.fresh("long"), "x".repeat(100_000)])],
  ] as const;
  for (const [type, body] of sent) {
    const headers = { "content-type": type, "idempotency-key": marks.fresh("idempotency") };
    expect((await call({ method: "POST", path, body, headers })).status).toBe(202);
  }
  const messages = [{ value: marks.fresh("value") }, { text: marks.fresh("entry") }];
  expect((await call({ method: "POST", path: `${path}/batch`, body: { messages } })).status).toBe(
    202,
  );
  await eventually(() => messagesAt("/500/").size === sent.length + messages.length);
  for (const webhookId of webhookIds) {
    await call({ method: "POST", path: `/api/v1/Webhooks/${webhookId}/test` });
  }
});

function messagesAt(path: string): Set<string> {
  const posts = receiver.deliveries.filter((delivery) => delivery.path.startsWith(path));
  return new Set(posts.map(({ messageId }) => messageId));
}

test("the tour: requests that are refused with secrets in them, and jobs that nobody can read", async () => {
  const webhook = { destination: { postUrl: receiver.url }, topicName: "t" };
  const [secretString, token] = [marks.fresh("whsec_bad"), marks.fresh("token")];
  const bad: ApiRequest[] = [
    { method: "PUT", path: "/api/v1/caches/tour/webhooks/bad", body: { ...webhook, secretString } },
    {
      method: "PUT",
      path: "/api/v1/caches/tour/webhooks/bad",
      body: `{"secret":"${marks.fresh("cut")}`,
    },
    {
      method: "PUT",
      path: `/api/v1/Webhooks/${webhookIds[0]}`,
      body: {
        productId: token,
        events: [token],
        config: { url: 7, customHeaders: { "x y": token } },
      },
    },
    {
      method: "POST",
      path: "/api/v1/caches/tour/topics/t",
      body: `{"half":"${marks.fresh("cut")}"`,
    },
    {
      method: "POST",
      path: "/api/v1/caches/other/topics/t",
      body: { value: marks.fresh("closed") },
    },
    {
      method: "PUT",
      path: "/api/v1/caches/tour/webhooks/bad",
      body: {
        ...webhook,
        destination: { postUrl: `https://user:${marks.fresh("password")}@a.example/` },
      },
    },
  ];
  for (const request of bad) expect((await call(request)).status).toBeGreaterThanOrEqual(400);

  for (const queue of [
    "QueuesDeliveryQueue",
    "QueuesSlowQueue",
    "QueuesRetryQueue",
    "QueuesFanOutQueue",
  ] as const) {
    await operator.send(queue, `poison ${marks.fresh("poison")}`);
    await operator.send(queue, JSON.stringify({ v: 1, payload: { text: marks.fresh("poison") } }));
  }
  await eventually(() => (service.log().match(/poison/g) ?? []).length >= 6);
});

test("no refusal says anything of what was sent", () => {
  expect(refusals.length).toBeGreaterThanOrEqual(6);
  for (const { body, headers } of refusals) {
    expect(marks.foundIn(JSON.stringify([body, [...headers]]))).toEqual([]);
  }
});

test("nothing that can be listed or read shows a secret, a token or a value", async () => {
  const base = "/api/v1";
  const shown = [`${base}/caches/tour/webhooks`];
  for (const webhookId of webhookIds) {
    const deliveries = `${base}/Webhooks/${webhookId}/deliveries`;
    const messageId = await eventually(async () => {
      const answer = await reader({ method: "GET", path: deliveries });
      return Deliveries.parse(answer.body).response.deliveries[0]?.messageId;
    });
    shown.push(`${base}/Webhooks/${webhookId}`, deliveries, `${deliveries}/${messageId}`);
  }
  for (const path of shown) {
    const answer = await reader({ method: "GET", path });
    expect([path, answer.status]).toEqual([path, 200]);
    expect([path, marks.foundIn(withoutExcerpts(answer.body))]).toEqual([path, []]);
  }
});

const Deliveries = z.object({
  response: z.object({ deliveries: z.array(z.object({ messageId: z.string() })) }),
});

/** What the receiver said: if it repeats what it was told, that is its own doing. And the value, for who may read it. */
const excerpts = ["responseBody", "x-echo", "requestBody"];

function withoutExcerpts(body: unknown): string {
  return JSON.stringify(body, (name, value) => (excerpts.includes(name) ? "" : value));
}

test("whatever a function answers, no cache keeps it and no browser guesses at it", async () => {
  const path = "/api/v1/caches/tour/webhooks";
  const answers = [await reader({ method: "GET", path }), ...refusals];
  for (const { headers } of answers) {
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "no-store",
      "strict-transport-security": "max-age=31536000",
      "x-content-type-options": "nosniff",
    });
  }
});

test("the log tells who managed what", () => {
  const keyId = `key_${keys.owner.split("_")[1]}`;
  for (const operation of [
    "putWebhook",
    "rotateWebhookSecret",
    "getWebhookSecret",
    "testWebhook",
  ]) {
    expect(service.log()).toMatch(
      new RegExp(
        `"event":"manage.called".*"operation":"${operation}","keyId":"${keyId}".*"status":20`,
      ),
    );
  }
});

test("the log holds no secret, no key, no token and no value", () => {
  const lines = service.log().split("\n");
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => marks.foundIn(line).length > 0)).toEqual([]);
});
