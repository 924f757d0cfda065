import { spawnSync } from "node:child_process";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { placesOf } from "../../../cli/completion/places.ts";
import { examples } from "../../../cli/help/examples.ts";
import { createProgram } from "../../../cli/program.ts";

const places = placesOf(createProgram());

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** The words that bash hands to the program, for each line as somebody types it; no file is written. */
function wordsOf(lines: readonly string[]): string[][] {
  const typed = lines.map((line) => line.replace(/ > \S+$/, ""));
  const script = `
    hookcast() { printf '%s\\0' "$@" >&3; }; cat() { :; }
    for line; do eval "$line"; printf '\\n\\0' >&3; done`;
  const { output } = spawnSync("bash", ["--norc", "-c", script, "bash", ...typed], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const told = String(output[3]).split("\n\0").slice(0, -1);
  return told.map((words) => words.split("\0").slice(0, -1));
}

// One shell for all of them.
const lines = Object.values(examples).flat();
const words = wordsOf(lines);
const wordsByLine = new Map(lines.map((line, index) => [line, words[index] ?? []]));

test("every command has examples, and nothing else has", () => {
  const paths = places.map(({ path }) => path);
  expect(Object.keys(examples).sort()).toEqual([...paths].sort());
  for (const [path, lines] of Object.entries(examples)) {
    expect(lines.length, path).toBeGreaterThan(0);
  }
});

test.for(Object.entries(examples))(
  "the examples of `%s` are its own and parse",
  async ([path, lines]) => {
    for (const line of lines) {
      const words = wordsByLine.get(line) ?? [];
      expect(words.join(" ").startsWith(path), line).toBe(true);
      const program = createProgram();
      const called: string[] = [];
      for (const command of everyCommand(program)) {
        if (command.commands.length === 0) command.action(() => void called.push(command.name()));
      }
      await program.parseAsync(words, { from: "user" });
      expect(called, line).toHaveLength(1);
    }
  },
);

test.for(places.map(({ path }) => path))(
  "the help of `%s` fits 80 columns and shows its examples",
  (path) => {
    const program = createProgram();
    const command = path
      .split(" ")
      .filter(Boolean)
      .reduce((at, name) => at.commands.find((sub) => sub.name() === name) ?? at, program);
    const written: string[] = [];
    for (const one of everyCommand(program)) {
      one.configureOutput({
        writeOut: (text) => void written.push(text),
        getOutHelpWidth: () => 80,
      });
    }
    command.outputHelp();
    const help = written.join("");
    expect(help).not.toContain("\u001b");
    for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
    for (const example of examples[path] ?? []) expect(help).toContain(`\n  ${example}\n`);
  },
);
