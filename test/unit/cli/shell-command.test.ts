import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { shellCommand } from "../../../cli/shell-command.ts";

/** What a shell makes of a command that is pasted into it: the words that the program gets. */
function wordsIn(shell: string, command: string, locale: string): string[] {
  const script = `hookcast() { printf '%s\\0' "$@"; }\n${command}\n`;
  const env = { ...process.env, LC_ALL: locale };
  return execFileSync(shell, ["-c", script], { encoding: "utf8", env }).split("\0").slice(0, -1);
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

test.each(names)("the name %j is one word to a shell, and says what it said", (name) => {
  const command = shellCommand("messages get", [name, "msg_1"], ["--value"]);
  for (const locale of ["C", "C.UTF-8"]) {
    const words = wordsIn("bash", command, locale);
    expect(words).toEqual(["messages", "get", "--value", name, "msg_1"]);
  }
  expect(command).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
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
