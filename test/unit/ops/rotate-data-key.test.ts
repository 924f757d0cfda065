import { createPublicKey } from "node:crypto";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, expect, test, vi } from "vitest";
import type { RotateOptions } from "../../../ops/data-key/rotate-steps.ts";
import { openTokenStore } from "../../../shared/store/secrets/token-store.ts";
import { callerWith } from "../functions/http-event.ts";
import {
  dataKeyRows,
  type Environment,
  newEnvironment,
  sealedUnder,
  storedRows,
  useDataKeys,
} from "./data-key-environments.ts";

useDataKeys();
afterEach(() => {
  vi.restoreAllMocks();
});

const secretOf = (name: string) => `whsec_${Buffer.from(name.padEnd(32, ".")).toString("base64")}`;
const names = ["a", "b", "c"];

/** What a request holds beside its parameters and body. */
const rest = {
  query: undefined,
  headers: { "if-match": undefined },
  text: "",
  caller: callerWith(),
};

function put(environment: Environment, webhookName: string, token = `token of ${webhookName}`) {
  return environment.putWebhook(
    {
      ...rest,
      params: { cacheName: "orders", webhookName },
      body: {
        destination: { postUrl: "https://a.example/hook" },
        topicName: "paid",
        secretString: secretOf(webhookName),
        config: { customHeaders: { "x-token": token } },
      },
    },
    environment.deps,
  );
}

async function rotateSecret(environment: Environment, webhookName: string): Promise<string> {
  const params = { cacheName: "orders", webhookName };
  const { secret } = await environment.rotateWebhookSecret(
    { ...rest, headers: undefined, params, body: undefined },
    environment.deps,
  );
  return secret;
}

/** What a webhook's row holds, opened by an environment that knows nothing yet. */
async function opened(webhookName: string) {
  const { vault, webhooks } = await newEnvironment();
  const webhook = await webhooks.find("orders", webhookName);
  if (!webhook) return undefined;
  return {
    secret: (await vault.secretOf(webhook)).reveal(),
    previous: (await vault.previousSecretOf(webhook))?.reveal(),
    headers: await vault.headersOf(webhook),
  };
}

async function rotate({ rotateDataKey }: Environment, options: Partial<RotateOptions> = {}) {
  const report: string[] = [];
  const summary = await rotateDataKey({
    isDryRun: false,
    report: (line) => report.push(line),
    wait: passing,
    now: Date.now,
    ...options,
  });
  return { summary, report };
}

async function passing(ms: number): Promise<void> {
  vi.setSystemTime(Date.now() + ms);
}

test("seals everything again under a new key and deletes the old one", async () => {
  const first = await newEnvironment();
  for (const name of names) await put(first, name);
  const rotated = await rotateSecret(first, "b");
  const before = await first.webhooks.find("orders", "a");
  expect(await sealedUnder()).toEqual([1]);

  const { summary } = await rotate(await newEnvironment());
  expect(summary).toBe("data key 2 is in use, 1 deleted");
  expect(await sealedUnder()).toEqual([2]);
  expect(dataKeyRows(await storedRows())).toEqual(["vault data-key/2"]);
  const headers = { "x-token": "token of a" };
  expect(await opened("a")).toEqual({ secret: secretOf("a"), previous: undefined, headers });
  expect(await opened("b")).toMatchObject({ secret: rotated, previous: secretOf("b") });
  // Nobody's `if-match` fails for it.
  const after = await first.webhooks.find("orders", "a");
  expect({ ...after, sealedSecret: "", sealedHeaders: "" }).toEqual({
    ...before,
    sealedSecret: "",
    sealedHeaders: "",
  });
});

test("seals the key pairs of caches again, too", async () => {
  const first = await newEnvironment();
  await put(first, "a");
  await first.signingKeys.ensure("orders", Date.now());
  await first.signingKeys.rotate("orders", Date.now(), Date.now() + 3_600_000);
  const publicKeys = async ({ ring }: Environment) =>
    (await ring.keysOf("orders", Date.now())).map(
      (key) => createPublicKey(key).export({ format: "jwk" }).x,
    );
  const before = await publicKeys(first);
  expect(before).toHaveLength(2);

  await rotate(await newEnvironment());
  expect(await sealedUnder()).toEqual([2]);
  expect(await publicKeys(await newEnvironment())).toEqual(before);
});

test("seals what authorizes a webhook again, and its access token", async () => {
  const first = await newEnvironment();
  const auth = { type: "bearer", token: "a bearer token" } as const;
  const destination = { postUrl: "https://a.example/hook" };
  const { value } = await first.putWebhook(
    {
      ...rest,
      params: { cacheName: "orders", webhookName: "auth" },
      body: { destination, topicName: "paid", config: { auth } },
    },
    first.deps,
  );
  const { webhookId } = value;
  const owner = { webhookId, cacheName: "orders", authId: "1" };
  const sealedToken = await first.vault.sealText(webhookId, "token", "an access token");
  const untilMs = Date.now() + 60_000;
  await openTokenStore().lease(owner, Date.now(), untilMs);
  await openTokenStore().put(owner, untilMs, { sealedToken, tokenUntilMs: untilMs });

  await rotate(await newEnvironment());
  expect(await sealedUnder()).toEqual([2]);
  const { vault, webhooks } = await newEnvironment();
  const { sealedAuth = "" } = (await webhooks.find("orders", "auth")) ?? {};
  expect((await vault.openText(webhookId, "auth", sealedAuth)).reveal()).toBe("a bearer token");
  const token = (await openTokenStore().find(owner))?.sealedToken ?? "";
  expect((await vault.openText(webhookId, "token", token)).reveal()).toBe("an access token");
});

test("the next rotation takes the next number", async () => {
  await put(await newEnvironment(), "a");
  await rotate(await newEnvironment());
  expect((await rotate(await newEnvironment())).summary).toMatch(
    /^data key 3 is in use, 2 deleted/,
  );
  expect(await sealedUnder()).toEqual([3]);
  expect(await opened("a")).toMatchObject({ secret: secretOf("a") });
});

test("what a writer seals under the old number that it still knows is sealed again", async () => {
  const warm = await newEnvironment();
  for (const name of ["a", "b"]) await put(warm, name);
  let rotated = "";
  await rotate(await newEnvironment(), {
    async wait(ms) {
      vi.setSystemTime(Date.now() + 59_000);
      await put(warm, "late");
      rotated = await rotateSecret(warm, "a");
      expect(await sealedUnder()).toEqual([1, 2]);
      vi.setSystemTime(Date.now() + ms - 59_000);
    },
  });
  expect(await sealedUnder()).toEqual([2]);
  expect(await opened("late")).toMatchObject({ headers: { "x-token": "token of late" } });
  expect(await opened("a")).toMatchObject({ secret: rotated, previous: secretOf("a") });

  await put(warm, "later");
  expect(await sealedUnder()).toEqual([2]);
  expect(await opened("later")).toMatchObject({ secret: secretOf("later") });
});

test("an environment knows of a new number within a minute, also when its clock was set back", async () => {
  const [early, set] = [await newEnvironment(), await newEnvironment()];
  await put(early, "a");
  await put(set, "b");
  const stop = () => Promise.reject(new Error("stop"));
  await expect(rotate(await newEnvironment(), { wait: stop })).rejects.toThrow("stop");
  vi.setSystemTime(Date.now() - 3_600_000);
  await put(set, "set back");
  expect(await sealedUnder()).toEqual([2]);
  vi.setSystemTime(Date.now() + 3_600_000 + 60_000);
  await put(early, "on time");
  expect(await sealedUnder()).toEqual([2]);
});

test("a change that was under way while a row was sealed again is made, and brings no old text back", async () => {
  const warm = await newEnvironment();
  await put(warm, "a");
  const read = await warm.webhooks.find("orders", "a");
  if (!read) throw new Error("no webhook");
  await rotate(await newEnvironment());
  const { conflict } = await import("../../../shared/store/table/table.ts");
  const stale = { ...read, status: "inactive" as const, version: read.version + 1 };
  expect(String(await warm.writer.replace(read, stale))).toBe(String(conflict));
  expect(await sealedUnder()).toEqual([2]);
});

test("changes while it runs are all made, and everything opens", async () => {
  const warm = await newEnvironment();
  const many = Array.from({ length: 40 }, (_, n) => `w${n}`);
  for (const name of many) await put(warm, name);
  const program = rotate(await newEnvironment());
  const secrets = await Promise.all(many.map((name) => rotateSecret(warm, name)));
  await program;
  expect(await sealedUnder()).toEqual([2]);
  for (const [index, name] of many.entries()) {
    expect(await opened(name)).toMatchObject({
      secret: secrets[index],
      previous: secretOf(name),
      headers: { "x-token": `token of ${name}` },
    });
  }
});

test.each([
  "data key 2 is made",
  "3 webhooks read, 3 sealed again",
  "waiting",
  "3 webhooks read, 0 sealed again",
  "3 webhooks verified",
])("cut short at »%s«, it is begun again and goes on", async (stage) => {
  const warm = await newEnvironment();
  for (const name of names) await put(warm, name);
  const report = (line: string) => {
    if (line.startsWith(stage)) throw new Error("cut short");
  };
  await expect(rotate(await newEnvironment(), { report })).rejects.toThrow("cut short");
  for (const name of names) expect(await opened(name)).toMatchObject({ secret: secretOf(name) });
  const again = await rotate(await newEnvironment());
  expect(again.report[0]).toMatch(/going on with the rotation to data key 2/);
  expect(again.summary).toBe("data key 2 is in use, 1 deleted");
  expect([await sealedUnder(), dataKeyRows(await storedRows())]).toEqual([
    [2],
    ["vault data-key/2"],
  ]);
  for (const name of names) expect(await opened(name)).toMatchObject({ secret: secretOf(name) });
});

test("keeps the old key while somebody goes on sealing under it", async () => {
  const stubborn = await newEnvironment();
  await put(stubborn, "a");
  // No time passes, so it never asks for the number again: as the version before, which knows none.
  const { send } = DynamoDBClient.prototype;
  let scans = 0;
  vi.spyOn(DynamoDBClient.prototype, "send").mockImplementation(async function (
    this: DynamoDBClient,
    command: Parameters<typeof send>[0],
  ) {
    scans += command instanceof ScanCommand ? 1 : 0;
    if (command instanceof ScanCommand && scans === 3) await put(stubborn, "b");
    return Reflect.apply(send, this, [command]);
  });
  const refusal = rotate(await newEnvironment(), { wait: async () => {} });
  await expect(refusal).rejects.toThrow(/1 webhooks have been sealed under an older key just now/);
  vi.restoreAllMocks();
  expect(dataKeyRows(await storedRows())).toEqual(["vault data-key/1", "vault data-key/2"]);
  expect(await opened("b")).toMatchObject({ secret: secretOf("b") });
  expect((await rotate(await newEnvironment())).summary).toBe("data key 2 is in use, 1 deleted");
  expect(await opened("b")).toMatchObject({ secret: secretOf("b") });
});

test("stops before it deletes anything when a text does not open, and says whose it is", async () => {
  const first = await newEnvironment();
  const { dynamoDb } = await import("../../../shared/aws/clients.ts");
  for (const name of names) await put(first, name);
  const webhook = await first.webhooks.find("orders", "b");
  await dynamoDb.call("UpdateItem", {
    TableName: "WEBHOOKS_TABLE",
    Key: { pk: { S: "cache/orders" }, sk: { S: "webhook/b" } },
    UpdateExpression: "SET sealedHeaders = :other",
    ExpressionAttributeValues: { ":other": { S: webhook?.sealedSecret ?? "" } },
  });
  const refusal = rotate(await newEnvironment());
  await expect(refusal).rejects.toThrow(`orders/b (${webhook?.webhookId}): sealedHeaders`);
  expect(dataKeyRows(await storedRows())).toEqual(["vault data-key/1", "vault data-key/2"]);
  await put(first, "b");
  expect((await rotate(await newEnvironment())).summary).toContain("data key 2 is in use");
  expect(await opened("b")).toMatchObject({ headers: { "x-token": "token of b" } });
});

test("a dry run tells what would be done and changes nothing", async () => {
  await put(await newEnvironment(), "a");
  const before = await storedRows();
  const { summary } = await rotate(await newEnvironment(), { isDryRun: true });
  expect(summary.split("\n")).toEqual([
    "would make data key 2",
    "would seal 1 of 1 webhooks again",
    expect.stringContaining("would wait 120 s"),
    "would delete data key 1",
  ]);
  expect(await storedRows()).toEqual(before);
});

test("has nothing to do where nothing was ever sealed", async () => {
  expect((await rotate(await newEnvironment())).summary).toContain("nothing to rotate");
  expect((await storedRows()).size).toBe(0);
});

test("of two that run at once, neither undoes what the other does", async () => {
  await put(await newEnvironment(), "a");
  const [one, two] = [await newEnvironment(), await newEnvironment()];
  const { summary } = await rotate(one, {
    async wait(ms) {
      expect((await rotate(two)).summary).toBe("data key 2 is in use, 1 deleted");
      await passing(ms);
      // A third begins a rotation of its own before the first goes on.
      await expect(
        rotate(await newEnvironment(), { wait: () => Promise.reject(new Error("stop")) }),
      ).rejects.toThrow("stop");
    },
  }).catch((error: Error) => ({ summary: error.message }));
  expect(summary).toContain("somebody else is rotating");
  expect(await sealedUnder()).toEqual([3]);
  expect((await rotate(await newEnvironment())).summary).toBe("data key 3 is in use, 2 deleted");
  expect(await opened("a")).toMatchObject({ secret: secretOf("a") });
});

test("takes along the key that the version before makes anew under its fixed number", async () => {
  await put(await newEnvironment(), "a");
  await rotate(await newEnvironment());
  const { generateKey } = await import("../../../shared/store/secrets/vault.ts");
  const { seal } = await import("../../../shared/domain/webhooks/sealed.ts");
  const { openTable } = await import("../../../shared/store/table/table.ts");
  const { key, wrapped } = await generateKey();
  const table = openTable("WEBHOOKS_TABLE");
  await table.put({ pk: "vault", sk: "data-key/1", v: 1, wrapped });
  const webhook = await (await newEnvironment()).webhooks.find("orders", "a");
  if (!webhook) throw new Error("no webhook");
  const associatedData = `${webhook.webhookId}/secret`;
  const sealing = { key, keyNumber: 1, associatedData, plaintext: secretOf("z") };
  const sealedSecret = seal({ ...sealing, iv: Buffer.alloc(12, 1) });
  await table.put({ pk: "cache/orders", sk: "webhook/a", ...webhook, sealedSecret });
  expect(await opened("a")).toMatchObject({ secret: secretOf("z") });
  expect((await rotate(await newEnvironment())).summary).toBe("data key 3 is in use, 1, 2 deleted");
  expect(await opened("a")).toMatchObject({ secret: secretOf("z") });
});
