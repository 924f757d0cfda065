import { execFileSync, spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { placesOf } from "../../../cli/completion/places.ts";
import { bashCompletion, fishCompletion, zshCompletion } from "../../../cli/completion/scripts.ts";
import { createProgram } from "../../../cli/program.ts";
import { isMissing } from "../../support/process/is-missing.ts";

const places = placesOf(createProgram());

/** What bash offers for the last of these words. */
function offered(...words: string[]): string[] {
  const script = `set -u; ${bashCompletion(places)}
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hookcast; echo "\${COMPREPLY[@]}"`;
  const output = execFileSync("bash", ["--norc", "-c", script, "bash", ...words]);
  return output.toString().trim().split(" ").filter(Boolean);
}

test("bash is offered commands, options, and what an option or argument may be", () => {
  expect(offered("hookcast", "we")).toEqual(["webhooks"]);
  expect(offered("hookcast", "webhooks", "r")).toEqual(["rotate", "resume"]);
  expect(offered("hookcast", "webhooks", "put", "c/w", "--fo")).toEqual(["--format"]);
  expect(offered("hookcast", "webhooks", "put", "--format", "th")).toEqual(["thredd"]);
  expect(offered("hookcast", "--json", "webhooks", "status", "c/w", "in")).toEqual(["inactive"]);
  expect(offered("hookcast", "deliveries", "list", "--pro")).toEqual(["--profile"]);
  expect(offered("hookcast", "verify", "--secret-file", "")).toEqual([]); // bash then offers files
});

test("bash evaluates nothing of what was typed", () => {
  expect(offered("hookcast", "webhooks", "$(echo put)", "`echo`", "--fo")).toEqual([]);
});

test.for([
  ["bash", bashCompletion],
  ["zsh", zshCompletion],
  ["fish", fishCompletion],
] as const)("%s reads its script without complaint", ([shell, completion], { skip }) => {
  if (isMissing(shell)) skip(`${shell} is not installed`);
  const { status, stderr } = spawnSync(shell, ["-n"], { input: completion(places) });
  expect([status, String(stderr)]).toEqual([0, ""]);
});

test("every command and option is in every script", () => {
  const scripts = [bashCompletion(places), zshCompletion(places), fishCompletion(places)];
  const words = places.flatMap(({ commands, options }) =>
    [...commands, ...options].map(({ word }) => word.replace(/^--/, "")),
  );
  expect(words.length).toBeGreaterThan(100);
  for (const script of scripts) {
    expect(words.filter((word) => !script.includes(word))).toEqual([]);
  }
});
