import type { ErrorDetail } from "../../contract/errors.ts";
import { AppError } from "../app-error.ts";

/**
 * A cursor is opaque to callers: where to go on, bound to the list that gave it. It grants nothing, since
 * every page checks the key's scope anew.
 */
export function cursorAfter(scope: string, position: string): string {
  return Buffer.from(JSON.stringify([scope, position])).toString("base64url");
}

/** The position behind a cursor; a cursor that this list did not give is refused. */
export function readCursor(scope: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [givenScope, position] = parse(cursor);
  if (givenScope === scope && typeof position === "string" && fitsSortKey(position))
    return position;
  throw new AppError("INVALID_ARGUMENT_ERROR", `cursor ${problem.message}`, { details: [problem] });
}

const problem: ErrorDetail = { path: "cursor", message: "is not a cursor of this list" };

/** The same as a complaint, for those who list every bad field. */
export function cursorProblems(scope: string, cursor: string | undefined): ErrorDetail[] {
  try {
    readCursor(scope, cursor);
    return [];
  } catch {
    return [problem];
  }
}

/** DynamoDB refuses a longer sort key; a cursor of ours never holds one. */
function fitsSortKey(position: string): boolean {
  return position.isWellFormed() && Buffer.byteLength(position) <= 900;
}

function parse(cursor: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
