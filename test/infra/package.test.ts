import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entries } from "../../infra/functions.ts";
import { root } from "../support/process/program.ts";
import { installPackage, node, packPackages } from "../support/service/package.ts";

let folder: string;
/** The example app, with the package installed. */
let app: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-package-"));
  const archives = packPackages(folder, "cdk");
  app = join(folder, "app");
  cpSync(join(root, "examples/cdk-app"), app, { recursive: true });
  installPackage(archives, "@hookcast/cdk", app, [
    "aws-cdk-lib",
    "constructs",
    "zod",
    "@types/node",
  ]);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

test("the package says what it needs, and needs neither bundler nor compiler", () => {
  const path = join(app, "node_modules/@hookcast/cdk/package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  expect(Object.keys(manifest.dependencies)).toEqual(["zod"]);
  const peers = ["aws-cdk-lib", "constructs"];
  expect(Object.keys(manifest.peerDependencies)).toEqual(peers);
});

test("an app that is a module imports it, and one that is not requires it", () => {
  const program = "console.log(Object.keys(hookcast).join())";
  const imported = `import * as hookcast from "@hookcast/cdk"; ${program}`;
  const required = `const hookcast = require("@hookcast/cdk"); ${program}`;
  expect(node(app, "--input-type=module", "--eval", imported)).toBe("Hookcast\n");
  expect(node(app, "--input-type=commonjs", "--eval", required)).toBe("Hookcast\n");
});

test("the example's types are right, those of the package included, and know the settings", () => {
  const wrong = `import type { HookcastProps } from "@hookcast/cdk";
    // @ts-expect-error: a number of days
    export const props: HookcastProps = { retentionDays: "7" };`;
  writeFileSync(join(app, "wrong.ts"), wrong);
  expect(node(app, join(root, "node_modules/typescript/bin/tsc"))).toBe("");
});

test("the example synthesizes, with the functions that the package brings along", () => {
  const out = join(folder, "cdk.out");
  execFileSync(process.execPath, ["app.js"], {
    cwd: app,
    env: { PATH: process.env.PATH, CDK_OUTDIR: out },
  });
  const template = JSON.parse(readFileSync(join(out, "Payments.template.json"), "utf8"));
  const types = Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type);
  const count = (type: string) => types.filter((one) => one === type).length;
  expect(count("AWS::DynamoDB::Table")).toBe(4);
  // All but those for ingest queues, the outbox and the publish URL, which it has not asked for.
  const deployed = Object.keys(entries).filter(
    (name) => !["ingest", "outbox", "publishByUrl"].includes(name),
  );
  expect(count("AWS::Lambda::Function")).toBe(deployed.length);
  expect(Object.keys(template.Outputs)).toEqual(["WebhooksUrl", "ApiKeysTable"]);
  const topicPolicies = Object.values<Resource>(template.Resources).filter(
    ({ Type }) => Type === "AWS::SNS::TopicPolicy",
  );
  const statements = topicPolicies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(statements).toContainEqual(
    expect.objectContaining({
      Effect: "Allow",
      Action: "sns:Publish",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
    }),
  );

  const shipped = deployed.map((name) =>
    readFileSync(join(app, "node_modules/@hookcast/cdk/dist/bundles", name, "index.mjs"), "utf8"),
  );
  const assets = readdirSync(out)
    .filter((name) => name.startsWith("asset."))
    .map((name) => readFileSync(join(out, name, "index.mjs"), "utf8"));
  expect(assets.sort()).toEqual(shipped.sort());
});

test("the example of events synthesizes: a role, a bus, a topic, a bucket and a pipe publish by their queues", () => {
  cpSync(join(root, "examples/events-in/app.js"), join(app, "events-in.js"));
  const out = join(folder, "events.out");
  execFileSync(process.execPath, ["events-in.js"], {
    cwd: app,
    env: { PATH: process.env.PATH, CDK_OUTDIR: out },
  });
  const template = JSON.parse(readFileSync(join(out, "Events.template.json"), "utf8"));
  const policies = Object.values<Resource & { Properties: { Queues?: { Ref: string }[] } }>(
    template.Resources,
  ).filter(({ Type }) => Type === "AWS::SQS::QueuePolicy");
  const senders = policies.flatMap(({ Properties }) => {
    const [queue] = Properties.Queues ?? [];
    const [, name] = /QueuesIngest(\w+)Queue[0-9A-F]{8}$/.exec(queue?.Ref ?? "") ?? [];
    const services = JSON.stringify(Properties.PolicyDocument).match(/\w+\.amazonaws\.com/g);
    return name ? [[name, services?.join()]] : [];
  });
  expect(Object.fromEntries(senders)).toEqual({
    Shop: "events.amazonaws.com",
    News: "sns.amazonaws.com",
    Uploads: "s3.amazonaws.com",
  });

  const resources = Object.entries<Resource & { Properties: Record<string, unknown> }>(
    template.Resources,
  );
  const shop = resources
    .map(([id]) => id)
    .find((id) => /QueuesIngestShopQueue[0-9A-F]{8}$/.test(id));
  const queueArn = { "Fn::GetAtt": [shop, "Arn"] };
  const pipes = resources.filter(([, { Type }]) => Type === "AWS::Pipes::Pipe");
  expect(pipes.map(([, { Properties }]) => Properties.Target)).toEqual([queueArn]);
  const [role] = resources.filter(([id]) => /^PipeDefaultPolicy/.test(id));
  expect(role?.[1].Properties.PolicyDocument.Statement).toContainEqual(
    expect.objectContaining({ Action: "sqs:SendMessage", Effect: "Allow", Resource: queueArn }),
  );
});

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly PolicyDocument: { readonly Statement: unknown[] } };
}

test("the package brings the console along, for apps that ask for it", () => {
  const out = join(folder, "cdk.out-with-console");
  const program = `import { App, Stack } from "aws-cdk-lib"; import { Hookcast } from "@hookcast/cdk";
    const app = new App();
    new Hookcast(new Stack(app, "Payments"), "Webhooks", { console: true });
    app.synth();`;
  execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: app,
    env: { PATH: process.env.PATH, CDK_OUTDIR: out },
  });
  const pages = readdirSync(out).filter((name) => existsSync(join(out, name, "index.html")));
  expect(pages).toHaveLength(1);
  expect(readdirSync(join(out, pages[0] ?? "")).sort()).toEqual(
    readdirSync(join(app, "node_modules/@hookcast/cdk/dist/bundles/console")).sort(),
  );
});

test("its command for keys runs with nothing else installed, and says what it lacks", () => {
  const bin = join(app, "node_modules/@hookcast/cdk/dist/bin/keys.mjs");
  expect(() =>
    execFileSync(process.execPath, [bin, "create"], { cwd: app, stdio: "pipe" }),
  ).toThrow(/give the stack's outputs in the environment/);
});

test("whatever is bundled goes with its licence", () => {
  const licences = readFileSync(
    join(app, "node_modules/@hookcast/cdk/dist/bundles/LICENCES.txt"),
    "utf8",
  );
  for (const name of ["zod", "@middy/core"]) {
    expect(licences).toMatch(new RegExp(`^${name} [\\d.]+ \\([\\w.-]+\\)$`, "m"));
  }
});
