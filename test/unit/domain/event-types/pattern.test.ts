import { describe, expect, test } from "vitest";
import { openPattern, type Spend } from "../../../../shared/domain/event-types/pattern.ts";

const free: Spend = () => {};

function matches(source: string, text: string): boolean {
  return openPattern(source).isIn(text, free);
}

/** Patterns and texts on which V8's engine is the judge. */
const patterns = [
  ...["", "a", "^a$", "a|b", "^(a|b)*$", "^a?b+c*$", "(?:ab){2,3}$", "^.{3}$", "^[a-c]+[^d]$"],
  ...[
    "\\d+",
    "^\\w+\\s\\w+$",
    "\\bab\\b",
    "\\Bb",
    "^\\p{L}+$",
    "^\\P{Lu}$",
    "[\\]\\-x]",
    "\\u0061",
  ],
  ...[
    "\\u{1F600}",
    "^\\ud83d\\ude00$",
    "\\x61\\cJ",
    "^(?<year>\\d{4})-(\\d\\d)$",
    "a{0}b",
    "(a*)*b",
  ],
  ...[
    "^$",
    "$^",
    "(^a|b$)",
    "^(?:(a)|b)*?c$",
    "[^]",
    "^[\\s\\S]*$",
    "\\.\\*\\+\\?\\^\\$\\(\\)\\[\\]",
  ],
  ...[
    "(?:)*a",
    "(?:a|)+$",
    "a{2,}",
    "^\\/\\|\\{\\}$",
    "\\0",
    "[\\b]",
    "(\\b)*a",
    "^[\\p{L}\\d_-]+$",
  ],
];
const texts = [
  ...[
    "",
    "a",
    "b",
    "ab",
    "abc",
    "aab c",
    "aaab",
    "abab",
    "ababab",
    "ab cd",
    "x",
    "-",
    "]",
    "Ä",
    "ä",
  ],
  ...["2024-01", "12", "😀", "a😀b", "\n", "a\nb", "é", "\u2028", ".*+?^$()[]", "/|{}", "\0", "\b"],
  ...["\ud83d", "日本語", "A_b-1", "cab", "aac", "bbc", "a\r\n"],
];

test.each(patterns)("%j matches what V8 says that it matches", (source) => {
  const judge = new RegExp(source, "u");
  for (const text of texts) expect([text, matches(source, text)]).toEqual([text, judge.test(text)]);
});

test.each([
  ["(a)\\1", "must not refer back"],
  ["(?<n>a)\\k<n>", "must not refer back"],
  ["a(?=b)", "must not look"],
  ["(?!b)a", "must not look"],
  ["(?<=a)b", "must not look"],
  ["(?<!a)b", "must not look"],
  ["(?i:a)", "must not look"],
  ["(", "must be a regular expression"],
  ["\\a", "must be a regular expression"],
  ["a{5000}", "must not repeat anything"],
  ["(a{1000}){1000}", "states"],
  ["(((?:){1000}){1000}){1000}", "fewer times"],
  ["a".repeat(1_001), "at most 1000 characters"],
])("%j is refused: %s", (source, words) => {
  expect(() => openPattern(source)).toThrow(words);
});

/** Published examples of expressions that take exponential or polynomial time where an engine backtracks. */
const disasters: [string, (n: number) => string][] = [
  ["^(a+)+$", (n) => `${"a".repeat(n)}!`],
  ["^([a-zA-Z]+)*$", (n) => `${"a".repeat(n)}!`],
  ["^(a|aa)+$", (n) => `${"a".repeat(n)}!`],
  ["^(a|a?)+$", (n) => `${"a".repeat(n)}!`],
  ["(.*a){20}$", (n) => `${"a".repeat(n)}!`],
  ["^(([a-z])+.)+[A-Z]([a-z])+$", (n) => "a".repeat(n)],
  ["^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}$", (n) => "a".repeat(n)],
  ["\\s+$", (n) => `${" ".repeat(n)}x`],
  ["a*a*a*a*b", (n) => "a".repeat(n)],
  ["(x+x+)+y", (n) => "x".repeat(n)],
  ["^(\\w+\\s?)*$", (n) => `${"word ".repeat(n / 5)}!`],
  ["(?:.|\\s)*z", (n) => " ".repeat(n)],
];

describe.each(disasters)("%j", (source, textOf) => {
  test("takes steps in proportion to the text, and not many for 100,000 characters", () => {
    const stepsFor = (n: number) => {
      let steps = 0;
      openPattern(source).isIn(textOf(n), (more) => {
        steps += more;
      });
      return steps;
    };
    const [some, many] = [stepsFor(1_000), stepsFor(10_000)];
    expect(many / some).toBeLessThan(11);
    expect(stepsFor(100_000)).toBeLessThan(100_000 * 200);
  });
});
