import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { type CommandLine, commandLine } from "../../support/command-line.ts";
import { eventually } from "../../support/eventually.ts";
import { portOf } from "../../support/process/free-port.ts";
import { startCliRun } from "./run.ts";

const cli = startCliRun();
const Operator = z.object({ IngestQueue: z.string() });

let queue: string;
/** Has no address of the service and no key, only the folder of the local run. */
let hookcast: CommandLine;

beforeAll(async () => {
  await cli.hookcast.done(
    ...["webhooks", "put", "c/raw", "--topic", "t", "--url", `${cli.receiver.url}/raw`],
    ...["--format", "raw"],
  );
  const { dataDir } = cli.service;
  const operator = JSON.parse(await readFile(join(dataDir, "operator.json"), "utf8"));
  queue = z.parse(Operator, operator).IngestQueue;
  hookcast = commandLine({ HOOKCAST_DATA_DIR: dataDir, XDG_CONFIG_HOME: dataDir });
});

/** The body of a delivery, once it is there. */
function received(body: string) {
  return eventually(() => cli.receiver.deliveries.find((one) => `${one.body}` === body));
}

test("publishes through the queue without a key, and prints the id that SQS gave", async () => {
  const value = '{ "id" : 12345678901234567890 }';
  const sent = await hookcast.done("publish", "c/t", value, "--queue", queue);
  expect(sent).toMatch(/^[\da-f-]{36}\n$/);
  await received(value);
  const options = ["--text", "--event", "order.paid", "--queue", queue];
  const [document] = await hookcast.documents("publish", "c/t", "größe", ...options);
  expect(document).toEqual({ sqsMessageId: expect.any(String) });
  await received("größe");
  const piped = await hookcast.run(["publish", "c/t", "--queue", queue], { stdin: ' {"n":1}\n' });
  expect(piped.exitCode).toBe(0);
  await received(' {"n":1}\n');
});

test("publishes the lines of a file through the queue, and names those that cannot go", async () => {
  const lines = Array.from({ length: 25 }, (_, line) => `{"line":${line + 1}}`);
  lines[3] = "oops";
  lines[7] = `"${"x".repeat(262_143)}"`;
  const batch = ["publish", "c/t", "--batch", "-", "--queue", queue];
  const { exitCode, stdout, stderr } = await hookcast.run(batch, { stdin: lines.join("\n") });
  expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: "published 23 of 25\n" });
  expect(stderr).toContain(
    "line 4: is not JSON\nline 8: a message has at most 262144 bytes\nhookcast: not published: 2",
  );
  for (const line of [1, 23, 25]) await received(`{"line":${line}}`);
});

test("a key given twice is one message, whichever way it came", async () => {
  const publish = ["publish", "c/t", '"once"', "--idempotency-key", "both-ways"];
  const messageId = (await cli.hookcast.done(...publish)).trim();
  await hookcast.done(...publish, "--queue", queue);
  // What was sent later is there, and the first only once.
  await hookcast.done("publish", "c/t", '"after"', "--queue", queue);
  await received('"after"');
  const ofKey = cli.receiver.deliveries.filter(({ body }) => `${body}` === '"once"');
  expect(new Set(ofKey.map((delivery) => delivery.messageId))).toEqual(new Set([messageId]));
});

test("goes through the proxy that the environment names", async () => {
  const seen: (string | undefined)[] = [];
  const proxy = createServer(({ url }, response) => {
    seen.push(url);
    response.writeHead(403, { "content-type": "application/x-amz-json-1.0" });
    response.end('{"__type":"com.amazonaws.sqs#AccessDeniedException","message":"no"}');
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const env = {
    HTTP_PROXY: `http://127.0.0.1:${portOf(proxy)}`,
    ...{ AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" },
  };
  const url = "http://sqs.eu-central-1.amazonaws.com/123456789012/ingest";
  const refused = await hookcast.run(["publish", "c/t", "1", "--queue", url], { env });
  expect(refused).toMatchObject({ exitCode: 4, stdout: "" });
  expect(refused.stderr).toBe(
    "hookcast: SQS refused it: AccessDeniedException: no\n" +
      "A role needs `sqs:SendMessage` on the queue.\n",
  );
  expect(seen).toEqual(["http://sqs.eu-central-1.amazonaws.com/"]);
  proxy.close();
});

test("says what is wrong before it sends, and what SQS refuses", async () => {
  const remote = "https://sqs.eu-central-1.amazonaws.com/123456789012/ingest";
  const missing = queue.replace(/[^/]*$/, "missing");
  const nowhere = "http://127.0.0.1:1/123456789012/ingest";
  const credentials = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
  const none = { AWS_EC2_METADATA_DISABLED: "true", AWS_CONFIG_FILE: "/dev/null" };
  const wrong: [string, Record<string, string>, number, string][] = [
    ["ingest", {}, 2, "--queue is not the address of a queue"],
    [
      remote,
      { ...none, AWS_SHARED_CREDENTIALS_FILE: "/dev/null" },
      2,
      "there are no AWS credentials",
    ],
    [nowhere, { ...none, ...credentials }, 2, "the address of the queue names no region"],
    [missing, {}, 1, "SQS refused it: QueueDoesNotExist: The specified queue does not exist."],
    [
      nowhere,
      { ...credentials, AWS_REGION: "us-east-1" },
      5,
      "http://127.0.0.1:1 gave no answer: ECONNREFUSED",
    ],
  ];
  for (const [url, env, exitCode, message] of wrong) {
    for (const way of [["1"], ["--batch", "-"]]) {
      const refused = await hookcast.run(["publish", "c/t", ...way, "--queue", url], {
        env,
        stdin: "1\n",
      });
      expect(refused).toMatchObject({ exitCode, stdout: "" });
      expect(refused.stderr).toContain(`hookcast: ${message}\n`);
    }
  }
});
