import type * as z from "zod/mini";
import type { ErrorDetail } from "../contract/errors.ts";

type Issue = z.core.$ZodIssue;

/** More would help nobody, and could make the answer longer than Lambda lets it be. */
const maxDetails = 100;

/**
 * Tells every bad field once, a hundred of them at most, by the name that the caller gave it, and what is wrong with it. The issues
 * must come from a parse with `reportInput`, which is how an absent field is told from a wrong one.
 */
export function describeIssues(issues: readonly Issue[]): ErrorDetail[] {
  const details = new Map<string, ErrorDetail>();
  for (const detail of issues.flatMap(describe)) {
    if (!details.has(detail.path)) details.set(detail.path, detail);
  }
  return [...details.values()].slice(0, maxDetails);
}

function describe(issue: Issue): ErrorDetail[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key].join("."),
      message: "is not a known field",
    }));
  }
  const closest = issue.code === "invalid_union" ? closestOption(issue.errors) : undefined;
  if (closest && issue.message === "Invalid input") {
    return closest.flatMap((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] }));
  }
  return [{ path: path.join(".") || "body", message: messageFor(issue) }];
}

/** Of several kinds of objects the one that was meant: it knows most of the fields that were sent. */
function closestOption(options: readonly Issue[][]): Issue[] | undefined {
  const unknown = (issues: Issue[]) =>
    issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : [])).length;
  const objects = options.filter((issues) =>
    issues.some(({ path, code }) => path.length > 0 || code === "unrecognized_keys"),
  );
  return objects.toSorted((a, b) => unknown(a) - unknown(b) || a.length - b.length)[0];
}

function messageFor(issue: Issue): string {
  if (issue.code !== "custom" && issue.input === undefined) return "is required";
  // Without a locale zod says only "Invalid input"; whatever else is there was written in the schema.
  if (issue.message !== "Invalid input") return issue.message;
  if (issue.code === "invalid_type") return `must be ${nouns[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value") return `must be one of ${issue.values.join(", ")}`;
  return "is not valid";
}

/** zod's types as a caller of the API knows them. */
const nouns: Record<string, string> = {
  string: "a string",
  int: "an integer",
  number: "a number",
  boolean: "a boolean",
  array: "an array",
  object: "an object",
  record: "an object",
};
