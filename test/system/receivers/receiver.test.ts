import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { descendantsOf, isAlive } from "../../support/process/descendants.ts";
import { freePort } from "../../support/process/free-port.ts";
import { startFile, startProgram } from "../../support/process/program.ts";

const secret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;

function startReceiverCommand(...args: string[]) {
  return startFile("ops/receiver.ts", ["--secret", secret, "--port", "0", ...args]);
}

async function addressOf(receiver: { stdout(): string }): Promise<string> {
  const [, address] = await eventually(() => /^listening on (\S+)\n/.exec(receiver.stdout()));
  if (!address) throw new Error(receiver.stdout());
  return address;
}

function signedPost(body: string, momentoSecret = secret): RequestInit {
  const now = new Date();
  return {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "webhook-id": "msg_1",
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign("msg_1", now, body),
      "momento-signature": createHmac("sha3-256", momentoSecret).update(body).digest("hex"),
    },
  };
}

test("prints one line for each delivery and answers with the status it was given", async () => {
  await using receiver = startReceiverCommand("--status", "503");
  const address = await addressOf(receiver);

  expect((await fetch(address, signedPost("{}"))).status).toBe(503);
  expect((await fetch(address, signedPost("{}", "another"))).status).toBe(503);
  expect((await fetch(address)).status).toBe(405);

  await eventually(() => receiver.stdout().split("\n").length === 4);
  const [, first, second] = receiver.stdout().split("\n");
  expect(first).toBe("verified msg_1 attempt 1 2 bytes application/json {}");
  expect(second).toMatch(/^NOT verified: momento-signature fits no given secret: msg_1 attempt 2/);
});

test("prints JSON for programs", async () => {
  await using receiver = startReceiverCommand("--format", "json");
  await fetch(await addressOf(receiver), signedPost('{"a":1}'));

  const [, line] = await eventually(() => /\n(.+)\n/.exec(receiver.stdout()));
  expect(JSON.parse(line ?? "")).toMatchObject({
    verified: true,
    messageId: "msg_1",
    body: '{"a":1}',
  });
});

test("says that its port is taken", async () => {
  await using receiver = startReceiverCommand();
  const { port } = new URL(await addressOf(receiver));

  await using second = startFile("ops/receiver.ts", ["--secret", secret, "--port", port]);
  expect(await second.exited).toBe(1);
  expect(second.stderr()).toBe(`Port ${port} is taken: choose another --port.\n`);
});

test("says how to give a secret", async () => {
  await using receiver = startFile("ops/receiver.ts");
  expect(await receiver.exited).toBe(1);
  expect(receiver.stderr()).toContain("npm run receiver -- --secret whsec_…");
});

test("ends with 0 at Ctrl-C, even while a sender keeps its connection open", async () => {
  await using receiver = startReceiverCommand();
  await fetch(await addressOf(receiver), signedPost("{}"));
  expect(await receiver.end("SIGINT")).toBe(0);
});

test("ends when the npm that started it is killed", async () => {
  const port = String(await freePort());
  const args = ["run", "--silent", "receiver", "--", "--secret", secret, "--port", port];
  await using npm = startProgram("npm", args);
  await addressOf(npm);

  const descendants = descendantsOf(npm.child.pid ?? 0);
  onTestFinished(() => descendants.filter(isAlive).forEach((pid) => void process.kill(pid)));
  expect(descendants).not.toEqual([]);
  npm.child.kill("SIGTERM");
  await eventually(() => !descendants.some(isAlive));
});
