import { AwsError } from "../aws/aws-error.ts";

/** Keeps the text of an integer that a number of JavaScript would round, through parsing and writing. */
class ExactInteger {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

// What Node knows and the compiler's library does not yet.
const Json = JSON as unknown as {
  rawJSON: (text: string) => object;
  parse: (
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ) => unknown;
};

/** EventBridge takes integers of 64 bits, so these must come out as they went in. */
export function parseEventJson(text: string): unknown {
  return Json.parse(text, (_, value, { source = "" }) =>
    typeof value === "number" && /^-?\d+$/.test(source) && !Number.isSafeInteger(value)
      ? new ExactInteger(source)
      : value,
  );
}

export function eventJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    member instanceof ExactInteger ? Json.rawJSON(member.text) : member,
  );
}

/** A number, text and the like, by which patterns choose; undefined of what has members. */
export function leafOf(value: unknown): string | number | boolean | null | undefined {
  if (value instanceof ExactInteger) return Number(value.text);
  if (value === null || typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? value : undefined;
}

/** What is at a path such as `$.detail.items[0].id`; undefined where there is nothing. */
export function valueAt(event: unknown, path: readonly string[]): unknown {
  let value = event;
  for (const name of path) {
    const isThere = typeof value === "object" && value !== null && Object.hasOwn(value, name);
    if (!isThere || value instanceof ExactInteger) return undefined;
    value = Object(value)[name];
  }
  return value;
}

/** The names and indices of a path. */
export function parsePath(path: string): string[] {
  if (!/^\$(\.[\w/-]+(\[\d+\])*)*$/.test(path)) {
    throw new AwsError("ValidationException", `${path} is no path that runs here`);
  }
  return path.match(/[\w/-]+/g) ?? [];
}
