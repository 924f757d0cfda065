import type { ErrorDetail } from "../contract/errors.ts";
import { invalidArgument } from "./app-error.ts";

/**
 * A cursor is opaque to callers: where to go on, bound to the list that gave it. It grants nothing, since
 * every page checks the key's scope anew. A list that goes through several lists has a position in each of them.
 */
export function cursorAfter(scope: string, ...position: string[]): string {
  return Buffer.from(JSON.stringify([scope, ...position])).toString("base64url");
}

/** The position behind a cursor; a cursor that this list did not give is refused. */
export function readCursor(scope: string, cursor: string | undefined): string | undefined {
  return readPosition(scope, cursor, 1)?.[0];
}

/** The same of a list whose positions have so many parts. */
export function readPosition(
  scope: string,
  cursor: string | undefined,
  parts: number,
): string[] | undefined {
  if (cursor === undefined) return undefined;
  const [givenScope, ...position] = parse(cursor);
  const isRight = givenScope === scope && position.length === parts;
  if (isRight && position.every(isPart)) return position;
  throw invalidArgument(problem.path, problem.message);
}

const problem: ErrorDetail = { path: "cursor", message: "is not a cursor of this list" };

/** The same as a complaint, for those who list every bad field. */
export function cursorProblems(
  scope: string,
  cursor: string | undefined,
  parts = 1,
): ErrorDetail[] {
  try {
    readPosition(scope, cursor, parts);
    return [];
  } catch {
    return [problem];
  }
}

/** DynamoDB refuses a longer sort key; a cursor of ours never holds one. */
function isPart(part: unknown): part is string {
  return typeof part === "string" && part.isWellFormed() && Buffer.byteLength(part) <= 900;
}

function parse(cursor: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
