import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { shellCommand } from "../../../cli/shell-command.ts";

/** What a shell makes of commands that are pasted into it: the words that the program gets. */
function wordsIn(shell: string, commands: readonly string[], locale: string): string[][] {
  const script = `hookcast() { printf '%s\\0' "$@"; }; for line; do eval "$line"; printf '\\n\\0'; done`;
  const env = { ...process.env, LC_ALL: locale };
  const typed = execFileSync(shell, ["-c", script, shell, ...commands], { encoding: "utf8", env });
  return typed
    .split("\n\0")
    .slice(0, -1)
    .map((words) => words.split("\0").slice(0, -1));
}

const names = [
  "orders",
  "x;echo HI",
  "a b",
  "it's",
  "$(echo HI)",
  "`echo HI`",
  "!!",
  'a"b',
  "~",
  "*",
  "größe",
  "a&b|c>d<e",
  "evil\u202etxt",
  "\u202e1",
  "a\u{e0041}b\n7\t",
  "'\u2066\u2028'",
];

const commandFor = (name: string) => shellCommand("messages get", [name, "msg_1"], ["--value"]);

test.each(["C", "C.UTF-8"])(
  "a name is one word to a shell of %s, and says what it said",
  (locale) => {
    expect(wordsIn("bash", names.map(commandFor), locale)).toEqual(
      names.map((name) => ["messages", "get", "--value", name, "msg_1"]),
    );
  },
);

test.each(names)("the name %j is shown without what a terminal would act on", (name) => {
  expect(commandFor(name)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

test("a name that begins like an option is none", () => {
  const command = shellCommand("webhooks delete", ["--json/x"], ["--yes"]);
  expect(command).toBe("hookcast webhooks delete --yes -- --json/x");
});

test("a plain command stays as people write it", () => {
  expect(shellCommand("webhooks secret", ["orders/billing"])).toBe(
    "hookcast webhooks secret orders/billing",
  );
});

test("no command is suggested in any other way", () => {
  const sources = globSync("cli/**/*.ts").filter(
    (file) => file !== "cli/shell-command.ts" && !file.startsWith("cli/completion/"),
  );
  expect(sources.length).toBeGreaterThan(50);
  const suggesting = sources.filter((file) =>
    /hookcast [a-z][^`\n]*\$\{/.test(readFileSync(file, "utf8")),
  );
  expect(suggesting).toEqual([]);
});
