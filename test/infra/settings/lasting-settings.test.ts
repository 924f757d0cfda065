import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contextBeside } from "../../../infra/settings/lasting-settings.ts";
import { root } from "../../support/process/program.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-cdk-json-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const dataKeyArn = "arn:aws:kms:us-east-1:123456789012:key/0e5c2f5c-1111-2222-3333-444455556666";

/** What a deployment is given where cdk.json has the one, and the command line has made the other of it. */
function settle(inFile: Record<string, unknown>, onCommandLine: Record<string, unknown> = {}) {
  writeFileSync(join(folder, "cdk.json"), JSON.stringify({ app: "x", context: inFile }));
  return contextBeside(folder, { ...inFile, ...onCommandLine });
}

test.each([
  ["deliveryShards", "4"],
  ["dataKeyArn", dataKeyArn],
  ["removalPolicy", "destroy"],
  ["staticAddresses", "2"],
])("%s on the command line alone is refused, with where it belongs", (name, value) => {
  expect(() => settle({}, { [name]: value })).toThrow(
    `Set in "context" of cdk.json, not with -c, what the next command must not forget:\n  ${name}: ${value} here, nothing in cdk.json`,
  );
});

test("a value other than that of cdk.json is refused, and all are named at once", () => {
  const given = () =>
    settle({ deliveryShards: 4, dataKeyArn }, { deliveryShards: "1", dataKeyArn: "" });
  expect(given).toThrow(/deliveryShards: 1 here, 4 in cdk\.json\n {2}dataKeyArn: {2}here, arn:/);
});

test("cdk.json counts whatever else is typed, and the same value typed again is no other", () => {
  expect(settle({ deliveryShards: 4 }, { paused: "true" })).toEqual({
    deliveryShards: 4,
    paused: "true",
  });
  expect(settle({ deliveryShards: 4 }, { deliveryShards: "4" })).toEqual({ deliveryShards: "4" });
  expect(settle({}, { throttleRate: "5" })).toEqual({ throttleRate: "5" });
});

test("where there is no cdk.json, the context is all there is", () => {
  const none = join(folder, "none");
  expect(contextBeside(none, { deliveryShards: 2 })).toEqual({ deliveryShards: 2 });
});

test("the CDK's command is stopped when it is given what the next one would forget", () => {
  const cdk = () =>
    execFileSync(
      process.execPath,
      [join(root, "node_modules/aws-cdk/bin/cdk"), "synth", "--quiet", "-c", "deliveryShards=4"],
      {
        cwd: root,
        env: { ...process.env, CDK_OUTDIR: join(folder, "cdk.out"), CDK_HOME: folder },
        stdio: "pipe",
      },
    );
  expect(cdk).toThrow(/deliveryShards: 4 here, nothing in cdk\.json/);
  expect(readFileSync(join(root, "cdk.json"), "utf8")).not.toContain("deliveryShards");
});
