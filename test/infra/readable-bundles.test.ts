import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { bundleFunctions } from "../../infra/constructs/bundle.ts";
import { bundleChanges } from "../../infra/dev/changed-bundles.ts";
import { entryOf } from "../../local/dev/entry-of.ts";
import { createFunctionPool } from "../../local/lambda/function-pool.ts";

const source = `interface Event { what: string }

import { greet } from "../shared/greet.ts";

export async function handler({ what }: Event): Promise<string> {
  if (what === "fail") throw new Error("it failed");
  return greet(what);
}
`;
const other = `export async function handler(): Promise<string> {
  return "other";
}
`;
const entries = { one: "functions/one.ts", other: "functions/other.ts" };

let root: string;
let codeFolder: string;

/** A project of two functions, of which the first is bundled and moved to where it runs. */
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "hookcast-readable-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const folder of ["functions", "shared", "run"]) mkdirSync(join(root, folder));
  write("functions/one.ts", source);
  write("functions/other.ts", other);
  write("shared/greet.ts", `export const greet = (what: string) => "hello " + what;\n`);
  using bundles = await bundleFunctions(root, entries, { readable: true });
  for (const name of Object.keys(entries)) {
    renameSync(bundles.folderOf(name), join(root, "run", name));
  }
  codeFolder = join(root, "run", "one");
});

function write(path: string, text: string): void {
  writeFileSync(join(root, path), text);
}

async function invoke(event: object): Promise<unknown> {
  const pool = createFunctionPool({
    codeFolder,
    handler: "index.handler",
    functionName: "One",
    functionArn: "arn:aws:lambda:us-east-1:000000000000:function:One",
    memoryMb: 128,
    timeoutSeconds: 60,
    environment: {},
    maximumConcurrency: 1,
    log: () => undefined,
  });
  onTestFinished(() => pool.close());
  return await pool.invoke(event);
}

test("an error names the file and the line of the source, wherever the bundle lies", async () => {
  expect(await invoke({ what: "world" })).toBe("hello world");
  const failed = invoke({ what: "fail" });
  await expect(failed).rejects.toMatchObject({
    failure: {
      trace: expect.arrayContaining([expect.stringContaining(`${root}/functions/one.ts:6:`)]),
    },
  });
});

test("what is deployed is minified and has no map", async () => {
  using bundles = await bundleFunctions(root, entries);
  const code = readFileSync(join(bundles.folderOf("one"), "index.mjs"), "utf8");
  expect(code).not.toContain("greet");
  expect(code).not.toContain("sourceMappingURL");
});

test("a bundle tells what it was made of", async () => {
  expect(await entryOf(codeFolder, root)).toBe("functions/one.ts");
  expect(await entryOf(join(root, "functions"), root)).toBeUndefined();
});

/** Builds again whatever differs from what runs. */
function changes() {
  const running = { "functions/one.ts": codeFolder, "functions/other.ts": join(root, "run/other") };
  return bundleChanges(root, join(root, "next"), running);
}

test("a build gives the functions whose code has changed, and no others", async () => {
  const build = changes();
  expect(await build()).toEqual({});
  write("shared/greet.ts", `export const greet = (what: string) => "good day, " + what;\n`);
  const changed = await build(["shared/greet.ts"]);
  expect(Object.keys(changed)).toEqual(["functions/one.ts"]);
  codeFolder = changed["functions/one.ts"] ?? "";
  expect(await invoke({ what: "world" })).toBe("good day, world");
  expect(await build(["shared/greet.ts"])).toEqual({});
});

test("a build leaves out what a change has no part in", async () => {
  const build = changes();
  await build();
  write("functions/other.ts", "export const handler = (;");
  expect(await build(["functions/one.ts"])).toEqual({});
  await expect(build(["functions"])).rejects.toThrow("functions/other.ts");
});

test("a build finds what has changed since the functions were started", async () => {
  write("functions/other.ts", other.replace("other", "another"));
  const build = changes();
  expect(Object.keys(await build())).toEqual(["functions/other.ts"]);
});

test("a function is built again when only its lines have moved", async () => {
  const build = changes();
  await build();
  write("functions/one.ts", `// a word\n${source}`);
  const changed = await build(["functions/one.ts"]);
  codeFolder = changed["functions/one.ts"] ?? "";
  await expect(invoke({ what: "fail" })).rejects.toMatchObject({
    failure: { trace: expect.arrayContaining([expect.stringContaining("functions/one.ts:7:")]) },
  });
});

test("a build that fails says where, and the next one goes on", async () => {
  const build = changes();
  await build();
  write("functions/one.ts", "export const handler = (;");
  await expect(build(["functions/one.ts"])).rejects.toMatchObject({
    errors: [{ location: { file: "functions/one.ts", line: 1 } }],
  });
  write("functions/one.ts", source.replace("it failed", "it broke"));
  expect(Object.keys(await build())).toEqual(["functions/one.ts"]);
});
