import { expect } from "vitest";

export type Names = Map<string, unknown>;

/** The value with `${name}` replaced in all its texts; a text that is nothing else becomes what the name stands for. */
export function withNames(value: unknown, names: Names): unknown {
  if (typeof value === "string") {
    const whole = /^\$\{(\w+)\}$/.exec(value)?.[1];
    if (whole) return savedAs(whole, names);
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => String(savedAs(name, names)));
  }
  if (Array.isArray(value)) return value.map((item) => withNames(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withNames(member, names)]),
  );
}

function savedAs(name: string, names: Names): unknown {
  if (!names.has(name)) throw new Error(`no step has saved ${name}`);
  return names.get(name);
}

/**
 * Expects a value as a scenario has it: objects may have more fields, `{"matches": "…"}` is an expression, and
 * `{"hasItem": …}` a part of a list.
 */
export function expectMatch(actual: unknown, expected: unknown): void {
  expect(actual).toEqual(asymmetric(expected));
}

function asymmetric(expected: unknown): unknown {
  if (Array.isArray(expected)) return expected.map(asymmetric);
  if (typeof expected !== "object" || expected === null) return expected;
  const [[only = "", value] = [], ...more] = Object.entries(expected);
  if (more.length === 0 && only === "matches")
    return expect.stringMatching(new RegExp(String(value)));
  if (more.length === 0 && only === "hasItem") {
    return expect.arrayContaining([asymmetric(value)]);
  }
  return expect.objectContaining(
    Object.fromEntries(
      Object.entries(expected).map(([name, member]) => [name, asymmetric(member)]),
    ),
  );
}

/** A part of a value by its path, such as `webhook.config`. */
export function partOf(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((part, name) => {
    if (typeof part !== "object" || part === null) throw new Error(`there is no ${path}`);
    return Object.entries(part).find(([known]) => known === name)?.[1];
  }, value);
}
