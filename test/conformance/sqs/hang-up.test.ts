import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { signedHeaders } from "../../../local/aws-call.ts";
import { eventually } from "../../support/eventually.ts";
import { clientConfig } from "../credentials.ts";
import { createQueue, receive, receiveOne, send, useSqs } from "./client.ts";

const noRace = "needs the engine in this process: the race is one of this process's turns";
const sqs = useSqs();

/** A call on the bare wire, so that the test decides in which turn of the loop its bytes go out. */
function wire(endpoint: string) {
  const { hostname, port } = new URL(endpoint);
  const socket = connect(Number(port), hostname);
  return {
    socket,
    call: (action: string, input: object) => {
      const body = JSON.stringify(input);
      const target = `AmazonSQS.${action}`;
      const { credentials } = clientConfig(endpoint);
      const headers = signedHeaders({ endpoint, service: "sqs", target, credentials }, body);
      socket.write(
        [
          "POST / HTTP/1.1",
          ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
          `content-length: ${Buffer.byteLength(body)}`,
          "",
          body,
        ].join("\r\n"),
      );
    },
  };
}

async function connected(socket: Socket) {
  if (socket.connecting) await once(socket, "connect");
}

test("keeps a message whose receiver hangs up in the very turn in which it arrives", async ({
  skip,
}) => {
  const { client, embedded } = sqs;
  if (!embedded) return skip(noRace);
  const QueueUrl = await createQueue(client, { VisibilityTimeout: "3600" });
  for (let n = 0; n < 20; n += 1) {
    const [receiver, sender] = [wire(embedded.engine.url), wire(embedded.engine.url)];
    await Promise.all([connected(receiver.socket), connected(sender.socket)]);
    receiver.call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
    expect(await receive(client, QueueUrl)).toEqual([]);
    // Both reach the engine together, the message first.
    sender.call("SendMessage", { QueueUrl, MessageBody: `message ${n}` });
    receiver.socket.end();
    await once(sender.socket, "data");
    const message = await receiveOne(client, QueueUrl);
    expect(message.Body).toBe(`message ${n}`);
    expect(message.Attributes?.ApproximateReceiveCount).toBe("1");
    receiver.socket.destroy();
    sender.socket.destroy();
  }
});

test("puts messages back when their receiver goes away in the middle of the answer", async ({
  skip,
}) => {
  const { client, embedded } = sqs;
  if (!embedded) return skip(noRace);
  const QueueUrl = await createQueue(client, { VisibilityTimeout: "3600" });
  const count = 10;
  // More than the buffers between two sockets hold, so that the answer is stuck half-way.
  for (let n = 0; n < count; n += 1) await send(client, QueueUrl, "x".repeat(1_048_576));
  const { socket, call } = wire(embedded.engine.url);
  await connected(socket);
  socket.pause();
  call("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: count });
  await eventually(async () => (await inFlight(client, QueueUrl)) === count);
  socket.destroy();
  await eventually(async () => (await inFlight(client, QueueUrl)) === 0);
  const messages = await receive(client, QueueUrl, { MaxNumberOfMessages: count });
  expect(messages.map(({ Attributes }) => Attributes?.ApproximateReceiveCount)).toEqual(
    Array(count).fill("1"),
  );
});

async function inFlight(client: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessagesNotVisible);
}
