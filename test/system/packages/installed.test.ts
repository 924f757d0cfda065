import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import project from "../../../package.json" with { type: "json" };
import { putWebhook } from "../../support/calls.ts";
import { root, startProgram } from "../../support/process/program.ts";
import { api } from "../../support/service/api.ts";
import { type LocalRun, startLocalRun } from "../../support/service/local-run.ts";
import { installPackage, node, packPackages } from "../../support/service/package.ts";

let folder: string;
/** Holds nothing but the packages, which depend on nothing. */
let app: string;
let run: LocalRun;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-package-"));
  app = join(folder, "app");
  mkdirSync(app);
  const archives = packPackages(folder, "hookcast", "client");
  installPackage(archives, "hookcast", app);
  installPackage(archives, "@hookcast/client", app);
  run = await startLocalRun();
}, 600_000);

afterAll(async () => {
  await run?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function npx(...args: string[]): Promise<string> {
  const { url: HOOKCAST_URL, key: HOOKCAST_KEY } = run;
  const env = { ...process.env, HOOKCAST_URL, HOOKCAST_KEY };
  await using program = startProgram("npx", ["--offline", "hookcast", ...args], { cwd: app, env });
  expect(await program.exited, program.stderr()).toBe(0);
  return program.stdout();
}

test("npx runs the command line with nothing else installed", async () => {
  expect(await npx("--version")).toBe(`${project.version}\n`);
  const webhook = { cacheName: "packed", webhookName: "billing", topicName: "paid" };
  const postUrl = "http://127.0.0.1:4000/";
  const { webhookId } = await putWebhook(api(run.url, run.key), { ...webhook, postUrl });
  const listed = await npx("webhooks", "list", "packed", "--json");
  expect(JSON.parse(listed)).toMatchObject({ webhookId, topicName: "paid" });
});

test("the command says what to install where a queue needs the SDK, and runs with it", async () => {
  const command = join(app, "node_modules/hookcast/dist/hookcast.mjs");
  const publish = async () => {
    const url = "http://127.0.0.1:1/000000000000/ingest";
    const args = [command, "publish", "c/t", "1", "--queue", url];
    const credentials = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const env = { ...process.env, ...credentials, AWS_REGION: "us-east-1" };
    await using program = startProgram(process.execPath, args, { cwd: app, env });
    return { exitCode: await program.exited, stderr: program.stderr() };
  };
  expect(await publish()).toEqual({
    exitCode: 2,
    stderr:
      "hookcast: --queue needs the package @aws-sdk/client-sqs\n" +
      "Install it beside hookcast: `npm install @aws-sdk/client-sqs`.\n",
  });
  mkdirSync(join(app, "node_modules/@aws-sdk"));
  symlinkSync(
    join(root, "node_modules/@aws-sdk/client-sqs"),
    join(app, "node_modules/@aws-sdk/client-sqs"),
  );
  expect(await publish()).toMatchObject({
    exitCode: 5,
    stderr: expect.stringContaining("ECONNREFUSED"),
  });
});

test("a program imports the client, and knows its errors wherever they come from", async () => {
  writeFileSync(
    join(app, "publish.mjs"),
    `import { createClient, HookcastError } from "@hookcast/client";
     import { embedPortal } from "@hookcast/client/embed";
     import { VerificationError, verify } from "@hookcast/client/verify";
     import { verifyMomento } from "@hookcast/client/verify-momento";
     const hookcast = createClient({ url: process.argv[2], key: process.argv[3] });
     const topic = { cacheName: "packed", topicName: "paid" };
     console.log((await hookcast.publish({ ...topic, value: 1 })).messageId);
     await hookcast.publish({ ...topic, topicName: "$ours", value: 1 })
       .catch((error) => console.log(error instanceof HookcastError, error.status));
     const request = { headers: {}, body: "" };
     for (const check of [verify, async (...given) => verifyMomento(...given)]) {
       await check(request, { secret: "whsec_AAAA" })
         .catch((error) => console.log(error instanceof VerificationError));
     }
     console.log(typeof embedPortal); // it runs in browsers`,
  );
  const printed = /^msg_\w+\ntrue 400\ntrue\ntrue\nfunction\n$/;
  expect(node(app, "publish.mjs", run.url, run.key)).toMatch(printed);
});

test("the examples' types are right, though they are JavaScript", () => {
  const names = ["publish", "receive", "resend-failed"];
  const files = names.map((name) => {
    cpSync(join(root, `examples/client/${name}.js`), join(app, `${name}.mjs`));
    return `${name}.mjs`;
  });
  mkdirSync(join(app, "node_modules/@types"));
  symlinkSync(join(root, "node_modules/@types/node"), join(app, "node_modules/@types/node"));
  const options = ["--module", "nodenext", "--target", "es2022", "--strict", "--types", "node"];
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  expect(node(app, compiler, "--noEmit", "--allowJs", "--checkJs", ...options, ...files)).toBe("");
});

test("a typed program knows what the client takes and gives", () => {
  writeFileSync(
    join(app, "typed.mts"),
    `import { createClient } from "@hookcast/client";
     const hookcast = createClient({ url: "https://api.example", key: "hk_1" });
     const published = await hookcast.publish({ cacheName: "c", topicName: "t", value: 1 });
     export const id: string = published.messageId;
     // @ts-expect-error: a publish needs its topic
     await hookcast.publish({ cacheName: "c", value: 1 });
     // @ts-expect-error: there is no such field
     console.log(published.message);`,
  );
  const options = ["--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom", "--strict"];
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  expect(node(app, compiler, "--noEmit", ...options, "typed.mts")).toBe("");
});
