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
let script: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-portal-"));
  metafile = await bundlePage(root, "portal", folder);
  const name = readdirSync(folder).find((name) => name.endsWith(".js")) ?? "";
  script = readFileSync(join(folder, name), "utf8");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("is a page, a script, a style sheet, and licences", () => {
  const names = readdirSync(folder).map((name) => name.replace(/-[A-Z0-9]{8}\./, "-#."));
  expect(names.sort()).toEqual(["LICENCES.txt", "index.html", "main-#.js", "style-#.css"]);
});

test("the page holds neither script nor style itself", () => {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  expect(page).not.toMatch(/<style|style=|<script[^>]*>[^<]|\son\w+=/);
});

test("carries no schema and no address into the browser, and weighs what is agreed", () => {
  const inputs = Object.keys(metafile.inputs);
  const own = inputs.filter((input) => !input.includes("node_modules/"));
  expect(own.filter((input) => !/^(portal|console|client)\//.test(input))).toEqual([
    "shared/contract/endpoints.ts",
    "shared/contract/values/suspended.ts",
  ]);
  expect(inputs.filter((input) => input.includes("zod"))).toEqual([]);
  const kilobytes = gzipSync(script).length / 1000;
  expect(kilobytes).toBeLessThanOrEqual(budgets.portalScriptGzipKilobytes);
});

test("keeps nothing in the browser: a token is in memory alone", () => {
  expect(script).not.toMatch(/localStorage|sessionStorage|indexedDB|document\.cookie/);
  expect(script).not.toMatch(/console\.(log|info|warn|error|debug)/);
});

test("writes to nobody in particular never", () => {
  expect(script).not.toMatch(/postMessage\([^)]*["'`]\*["'`]/);
});
