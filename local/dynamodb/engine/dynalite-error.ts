import type { DynaliteError } from "dynalite/db/index.js";
import { AwsError } from "../../aws/aws-error.ts";

/** dynalite words its refusals as AWS does; anything else that it throws is a bug. */
export function awsErrorOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // dynalite hangs the answer on a plain Error, which no type can tell.
  const { body, statusCode } = error as DynaliteError;
  if (!body) return error;
  const code = body.__type.slice(body.__type.indexOf("#") + 1);
  return new AwsError(code, body.message ?? body.Message ?? "", { status: statusCode ?? 400 });
}

export function validationError(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
