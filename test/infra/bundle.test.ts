import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Bundles, bundleFunctions } from "../../infra/constructs/bundle.ts";

const packages = join(import.meta.dirname, "../../node_modules");
const folders: string[] = [];

/** A project of its own, which has the packages of this one. */
function sources(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "hookcast-sources-"));
  folders.push(root);
  symlinkSync(packages, join(root, "node_modules"));
  mkdirSync(join(root, "shared"));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  return root;
}

/** What the function prints under Node itself; the test runner would lend it a `require`. */
function run(bundles: Bundles, name: string): string {
  const file = join(bundles.folderOf(name), "index.mjs");
  const program = `import { handler } from ${JSON.stringify(file)}; console.log(handler());`;
  return execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
  }).trim();
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const project = {
  "one.ts": `import { greet } from "./shared/greet.ts";\nexport const handler = () => greet("one");`,
  "two.ts": `import { greet } from "./shared/greet.ts";\nexport const handler = () => greet("two");`,
  "shared/greet.ts": `export function greet(name: string): string { return "hello " + name; }`,
};
const entries = { one: "one.ts", two: "two.ts" };

test("each function is one file that holds all it needs", async () => {
  using bundles = await bundleFunctions(sources(project), entries);
  expect(readdirSync(bundles.folderOf("two"))).toEqual(["index.mjs"]);
  expect(run(bundles, "two")).toBe("hello two");
});

test("the same sources give the same bytes, wherever they lie", async () => {
  using here = await bundleFunctions(sources(project), entries);
  using there = await bundleFunctions(sources(project), entries);
  for (const name of Object.keys(entries)) {
    const [first, second] = [here, there].map((bundles) =>
      readFileSync(join(bundles.folderOf(name), "index.mjs"), "utf8"),
    );
    expect(second).toBe(first);
  }
});

test("the folders are gone once the bundles are disposed of", async () => {
  const bundles = await bundleFunctions(sources(project), entries);
  bundles[Symbol.dispose]();
  expect(() => readdirSync(bundles.folderOf("one"))).toThrow("ENOENT");
});

test("every function whose file is missing is named", async () => {
  const none = {
    putWebhook: "functions/http/webhooks/put-webhook.ts",
    deliver: "functions/queue/deliver.ts",
  };
  await expect(bundleFunctions(sources({}), none)).rejects.toThrow(
    "Missing functions: functions/http/webhooks/put-webhook.ts, functions/queue/deliver.ts",
  );
});

test("packages that require Node's own modules load", async () => {
  const root = sources({
    "all.ts": `
      import { SQSClient } from "@aws-sdk/client-sqs";
      import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
      import { Agent } from "undici";
      export const handler = () => [SQSClient, DynamoDBClient, Agent].length;`,
  });
  using bundles = await bundleFunctions(root, { all: "all.ts" });
  expect(run(bundles, "all")).toBe("3");
});

test("a schema that a function does not use is not in its bundle, and what checks is", async () => {
  const root = sources({
    "one.ts": `import { assertEven, Used } from "./shared/schemas.ts";
      export const handler = () => {
        assertEven(2);
        try { assertEven(3); } catch { return Object.keys(Used.shape).join(); }
      };`,
    "shared/schemas.ts": `import * as z from "zod/mini";
      export const Used = z.object({ used: z.int().check(z.minimum(0)) });
      export const Unused = z.object({ unused: z.int().check(z.minimum(0)), text: z
        .string()
        .check(z.regex(/neither/)) });
      const Even = z.number().check(z.multipleOf(2));
      export function assertEven(value: number): void { z.parse(Even, value); }`,
  });
  using bundles = await bundleFunctions(root, { one: "one.ts" });
  expect(run(bundles, "one")).toBe("used");
  const text = readFileSync(join(bundles.folderOf("one"), "index.mjs"), "utf8");
  expect(text).not.toMatch(/unused|neither/);
});

test("a function does not load what only streamed answers need", async () => {
  const root = sources({
    "one.ts": `import middy from "@middy/core";
      export const handler = () => [typeof middy, ...globalThis.asked].join();`,
  });
  using bundles = await bundleFunctions(root, { one: "one.ts" });
  const file = join(bundles.folderOf("one"), "index.mjs");
  const program = `globalThis.asked = [];
    const load = process.getBuiltinModule;
    process.getBuiltinModule = (name) => (asked.push(name), load(name));
    const { handler } = await import(${JSON.stringify(file)});
    console.log(handler());`;
  const loaded = execFileSync(process.execPath, ["--input-type=module", "--eval", program]);
  expect(String(loaded)).toMatch(/^function,.*node:stream/);
  expect(String(loaded)).not.toContain("node:stream/web");
});
