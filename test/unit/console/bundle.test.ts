import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Metafile } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundlePage } from "../../../infra/constructs/page-bundle.ts";
import budgets from "../../bench/bundles/budgets.json" with { type: "json" };
import { root } from "../../support/process/program.ts";

let folder: string;
let metafile: Metafile;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-console-"));
  metafile = await bundlePage(root, "console", folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("is a page, a script, a style sheet, a configuration that names nothing, and licences", () => {
  const names = readdirSync(folder).map((name) => name.replace(/-[A-Z0-9]{8}\./, "-#."));
  expect(names.sort()).toEqual([
    ...["LICENCES.txt", "config.json", "index.html"],
    ...["main-#.js", "style-#.css"],
  ]);
  expect(readFileSync(join(folder, "config.json"), "utf8")).toBe("{}\n");
  expect(readFileSync(join(folder, "LICENCES.txt"), "utf8")).toContain("preact 11");
});

test("the page loads what is beside it, and holds neither script nor style itself", () => {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const loaded = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, target = ""]) => target);
  const files = loaded.filter((target) => !target.startsWith("data:image/"));
  expect(files.sort()).toEqual(
    readdirSync(folder)
      .filter((name) => /\.(js|css)$/.test(name))
      .sort(),
  );
  expect(page).not.toMatch(/<style|style=|<script[^>]*>[^<]|\son\w+=/);
});

test("carries no schema and no address into the browser, and weighs what is agreed", () => {
  const inputs = Object.keys(metafile.inputs);
  const own = inputs.filter((input) => !input.includes("node_modules/"));
  expect(own.filter((input) => !/^(console|client)\//.test(input))).toEqual([
    "shared/contract/endpoints.ts",
    "shared/contract/values/json-text.ts",
    "shared/contract/values/suspended.ts",
  ]);
  expect(inputs.filter((input) => input.includes("zod"))).toEqual([]);
  const script = readdirSync(folder).find((name) => name.endsWith(".js")) ?? "";
  const kilobytes = gzipSync(readFileSync(join(folder, script))).length / 1000;
  expect(kilobytes).toBeLessThanOrEqual(budgets.consoleScriptGzipKilobytes);
});
