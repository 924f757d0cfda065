import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { createClient } from "../../../client/create-client.ts";
import { Webhook } from "../../../shared/contract/webhook.ts";
import { issue, newKeys } from "../../support/network/certificates.ts";
import { startCliRun } from "./run.ts";

const cli = startCliRun();

/** The one document that a command prints. */
async function webhookOf(...args: string[]) {
  return z.parse(Webhook, (await cli.hookcast.documents("webhooks", ...args))[0]);
}

test("a webhook is put, changed and deleted, by its name or its id", async () => {
  const url = `${cli.receiver.url}/a`;
  const settings = ["--event", "101", "--event", "invoice.paid", "--product-id", "7"];
  const header = ["--header", "authorization: Bearer receiver's", "--timeout", "3"];
  const put = await webhookOf("put", "c/one", "--topic", "t", "--url", url, ...settings, ...header);
  const { webhookId } = put;
  expect(put).toMatchObject({ events: [101, "invoice.paid"], productId: 7, topicName: "t" });
  expect(put.config).toMatchObject({ timeoutSeconds: 3, customHeaders: { authorization: "•••" } });

  const changes = ["--event", "all", "--product-id", "any", "--format", "raw"];
  const updated = await webhookOf("update", "c/one", ...changes);
  expect(updated).toMatchObject({ webhookId, events: [], productId: null });
  expect(updated.config).toMatchObject({ format: "raw", timeoutSeconds: 3, url });
  expect(await webhookOf("get", webhookId)).toEqual(updated);
  const shown = await webhookOf("get", "c/one", "--headers");
  expect(shown.config.customHeaders).toEqual({ authorization: "Bearer receiver's" });
  const bare = await webhookOf("update", "c/one", "--header", "none");
  expect(bare.config.customHeaders).toEqual({});

  expect(await cli.hookcast.done("webhooks", "status", webhookId, "inactive")).toBe("inactive\n");
  const status = await cli.hookcast.documents("webhooks", "status", "c/one");
  expect(status).toEqual([{ webhookId, webhookStatus: "inactive" }]);
  expect(await cli.hookcast.done("webhooks", "delete", webhookId, "--yes")).toBe("deleted c/one\n");
  const gone = await cli.hookcast.run(["webhooks", "get", "c/one"]);
  expect(gone).toMatchObject({ exitCode: 3, stdout: "" });
  expect(gone.stderr).toBe(
    "hookcast: there is no webhook c/one\n`hookcast webhooks list c` shows the existing ones.\n",
  );
});

test("signatures are put, shown and taken back; one that cannot be is refused with a reason", async () => {
  const recipe = JSON.stringify({
    ...{ header: "x-acme-signature", content: "{timestamp}.{body}", value: "v1={signature}" },
    ...{ algorithm: "sha256", encoding: "hex" },
  });
  const signed = await webhookOf(
    ...["put", "c/signed", "--topic", "t", "--url", `${cli.receiver.url}/signed`],
    ...["--signature", "github", "--signature", recipe, "--standard-signature", "no"],
    ...["--meta-header", "x-acme-event:{event}"],
  );
  expect(signed.config).toMatchObject({
    signatures: [{ scheme: "github" }, JSON.parse(recipe)],
    standardSignature: false,
    metaHeaders: { "x-acme-event": "{event}" },
  });
  const facts = await cli.hookcast.done("webhooks", "get", "c/signed");
  expect(facts).toMatch(/^signatures +github, x-acme-signature$/m);
  expect(facts).toMatch(/^meta headers +x-acme-event: \{event\}$/m);

  const update = ["update", "c/signed", "--standard-signature", "yes"];
  const none = await webhookOf(...update, "--signature", "none", "--meta-header", "none");
  expect(none.config.signatures).toEqual([]);
  expect(none.config.metaHeaders).toBeUndefined();
  const back = await webhookOf("update", "c/signed", "--signature", "default");
  expect(back.config.signatures).toBeUndefined();

  const unknown = await cli.hookcast.run(["webhooks", "update", "c/signed", "--signature", "foo"]);
  expect(unknown).toMatchObject({ exitCode: 2, stdout: "" });
  expect(unknown.stderr).toContain("It is one of github, stripe");
  const twice = ["--header", "x-hub-signature-256: mine", "--signature", "github"];
  const refused = await cli.hookcast.run(["webhooks", "update", "c/signed", ...twice]);
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stderr).toContain("x-hub-signature-256");
});

test("a list is one line for each webhook, for people and for programs", async () => {
  for (const name of ["a", "größe"]) {
    await webhookOf("put", `list/${name}`, "--topic", name, "--url", cli.receiver.url);
  }
  const listed = z.parse(
    z.array(Webhook),
    await cli.hookcast.documents("webhooks", "list", "list"),
  );
  expect(listed.map(({ id }) => id.webhookName)).toEqual(["a", "größe"]);
  const table = await cli.hookcast.done("webhooks", "list", "list", "--topic", "größe");
  expect(
    table
      .trim()
      .split("\n")
      .map((line) => line.split(/ {2,}/).slice(0, 3)),
  ).toEqual([
    ["NAME", "TOPIC", "STATUS"],
    ["größe", "größe", "active"],
  ]);
  const none = await cli.hookcast.run(["webhooks", "list", "nobody"]);
  expect(none).toEqual({ exitCode: 0, stdout: "", stderr: "No webhook in nobody.\n" });
});

test("only the command that is asked for the secret prints it", async () => {
  const { service, hookcast } = cli;
  const put = await hookcast.run([
    ...["webhooks", "put", "c/safe", "--topic", "t", "--url", cli.receiver.url],
  ]);
  const names = { cacheName: "c", webhookName: "safe" };
  const secret = async () => (await createClient(service).getWebhookSecret(names)).secret;
  const first = await secret();
  expect(await hookcast.done("webhooks", "secret", "c/safe")).toBe(`${first}\n`);

  const rotate = ["webhooks", "rotate", "c/safe", "--grace-hours", "1"];
  const rotated = await hookcast.run([...rotate, "--json"]);
  expect(JSON.parse(rotated.stdout)).toEqual({
    ...names,
    previousSecretExpiresTime: expect.stringMatching(/Z$/),
  });
  const second = await secret();
  expect(second).not.toBe(first);
  for (const { stdout, stderr } of [put, rotated]) expect(stdout + stderr).not.toContain("whsec_");
});

test("a test event tells what came back, and the exit code whether it was taken", async () => {
  await webhookOf("put", "c/tested", "--topic", "t", "--url", `${cli.receiver.url}/tested`);
  const test = ["webhooks", "test", "c/tested", "--json"];
  expect(JSON.parse(await cli.hookcast.done(...test))).toMatchObject({
    ...{ delivered: true, statusCode: 200 },
  });
  cli.status = 500;
  const refused = await cli.hookcast.run(test);
  cli.status = 200;
  expect(refused.exitCode).toBe(7);
  expect(JSON.parse(refused.stdout)).toMatchObject({ delivered: false, statusCode: 500 });
});

test("a file says what authorizes deliveries, and no command prints its secret", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-auth-"));
  const file = join(folder, "auth.json");
  await writeFile(file, JSON.stringify({ type: "basic", username: "me", password: "very secret" }));
  const url = `${cli.receiver.url}/authorized`;
  const put = await webhookOf("put", "c/auth", "--topic", "t", "--url", url, "--auth", file);
  expect(put.config.auth).toEqual({ type: "basic", username: "me", password: "•••" });
  const shown = await cli.hookcast.run(["webhooks", "get", "c/auth"]);
  expect(shown.stdout).toMatch(/^auth +basic, as me$/m);
  expect(await webhookOf("update", "c/auth", "--timeout", "3")).toMatchObject({
    config: { auth: { username: "me" } },
  });
  const none = await webhookOf("update", "c/auth", "--auth", "none");
  expect(none.config).not.toHaveProperty("auth");
  await writeFile(file, '{"type": "basic"}');
  for (const bad of [file, join(folder, "missing.json")]) {
    const refused = await cli.hookcast.run(["webhooks", "update", "c/auth", "--auth", bad]);
    expect([refused.exitCode, refused.stdout]).toEqual([2, ""]);
  }
  await rm(folder, { recursive: true });
});

test("files hold the client certificate, and no command prints its private key", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-certificate-"));
  const file = (name: string) => join(folder, name);
  const keys = newKeys();
  const untilMs = Date.UTC(2099, 0, 1);
  const [first, renewed] = [issue("first", { keys }), issue("renewed", { keys, untilMs })];
  await writeFile(file("cert.pem"), first.cert);
  await writeFile(file("renewed.pem"), renewed.cert);
  await writeFile(file("key.pem"), first.key);
  const certificate = ["--client-certificate", file("cert.pem"), "--client-key", file("key.pem")];
  const url = `${cli.receiver.url}/certified`;
  const authority = ["--receiver-ca", file("cert.pem")];
  const put = ["put", "c/certified", "--topic", "t", "--url", url, ...certificate, ...authority];
  expect((await webhookOf(...put)).config.clientCertificate).toEqual({
    certificatePem: first.cert,
    privateKeyPem: "•••",
    caPem: first.cert,
  });
  const renew = ["update", "c/certified", "--client-certificate", file("renewed.pem")];
  expect((await webhookOf(...renew)).config.clientCertificate).toEqual({
    certificatePem: renewed.cert,
    privateKeyPem: "•••",
  });
  const shown = await cli.hookcast.run(["webhooks", "get", "c/certified", "--health"]);
  expect(shown.stdout).toMatch(/^client certificate +CN=renewed, until 2099-01-01T00:00:00Z$/m);
  expect(shown.stdout).toMatch(/^certificate +expires 2099-01-01T00:00:00Z$/m);
  const none = await webhookOf("update", "c/certified", "--client-certificate", "none");
  expect(none.config).not.toHaveProperty("clientCertificate");
  for (const bad of [
    ["--client-certificate", file("missing.pem")],
    ["--client-key", file("key.pem")],
  ]) {
    const refused = await cli.hookcast.run(["webhooks", "update", "c/certified", ...bad]);
    expect([refused.exitCode, refused.stdout]).toEqual([2, ""]);
  }
  await rm(folder, { recursive: true });
});

test("a cache's public keys are listed and replaced", async () => {
  const none = await cli.hookcast.run(["caches", "keys", "keyless"]);
  expect(none).toMatchObject({ exitCode: 0, stdout: "" });
  const url = `${cli.receiver.url}/keys`;
  const put = await webhookOf(
    "put",
    "keyed/w",
    "--topic",
    "t",
    "--url",
    url,
    "--asymmetric",
    "yes",
  );
  expect(put.config.asymmetric).toBe(true);
  const shown = await cli.hookcast.run(["webhooks", "get", "keyed/w"]);
  expect(shown.stdout).toContain("webhook-signature (secret and public key)");
  const [first] = await cli.hookcast.documents("caches", "keys", "keyed");
  const rotated = await cli.hookcast.run(["caches", "rotate-key", "keyed", "--grace-hours", "1"]);
  expect(rotated.stdout).toMatch(/^replaced; the old key signs too until \S+Z\n$/);
  expect(rotated.stderr).toContain("The new one, for receivers: whpk_");
  const keys = await cli.hookcast.documents("caches", "keys", "keyed");
  expect(keys).toHaveLength(2);
  expect(keys[1]).toMatchObject({ ...Object(first), expiresTime: expect.stringMatching(/Z$/) });
});
