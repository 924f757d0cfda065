import * as z from "zod/mini";

/** Error codes are API; each has one usual HTTP status, and an error may carry a narrower one (412, 415). */
export const errorStatus = {
  INVALID_ARGUMENT_ERROR: 400,
  PERMISSION_ERROR: 403,
  NOT_FOUND_ERROR: 404,
  ALREADY_EXISTS_ERROR: 409,
  FAILED_PRECONDITION_ERROR: 409,
  PAYLOAD_TOO_LARGE_ERROR: 413,
  LIMIT_EXCEEDED_ERROR: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVER_UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export const ErrorDetail = z
  .object({
    path: z.string().check(z.describe("The bad field, such as `destination.postUrl`.")),
    message: z.string().check(z.describe("The problem with the field.")),
  })
  .check(z.meta({ id: "ErrorDetail", description: "One bad field." }));
export type ErrorDetail = z.infer<typeof ErrorDetail>;

const Code = z
  .enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]) // Object.keys forgets the literal keys
  .check(z.meta({ id: "ErrorCode", description: "The kind of error; codes are stable." }));

export const ErrorEnvelope = z
  .object({
    status: z.literal("error"),
    error: z.object({
      code: Code,
      message: z.string(),
      details: z.optional(z.array(ErrorDetail)),
    }),
  })
  .check(
    z.meta({ id: "Error", description: "What went wrong; codes are stable, messages are not." }),
  );
export type ErrorEnvelope = z.infer<typeof ErrorEnvelope>;

/** What API Gateway returns by itself; its shape cannot be changed. */
export const GatewayAnswer = z
  .object({ message: z.string() })
  .check(z.meta({ id: "GatewayAnswer", description: "An answer of the gateway itself." }));
