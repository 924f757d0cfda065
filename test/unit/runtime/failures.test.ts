import { expect, test } from "vitest";
import { AppError } from "../../../shared/domain/app-error.ts";
import { asAppError, isUnavailable } from "../../../shared/runtime/failures.ts";

function sdkError(name: string, members: object = {}): Error {
  return Object.assign(new Error("from the service"), { name, ...members });
}

test.each([
  ["throttled by the table", sdkError("ProvisionedThroughputExceededException")],
  ["throttled by the account", sdkError("RequestLimitExceeded")],
  ["throttled by the service", sdkError("ThrottlingException")],
  ["throttled by SQS", sdkError("RequestThrottled")],
  ["marked as throttling", sdkError("Odd", { $retryable: { throttling: true } })],
  ["too slow", sdkError("TimeoutError")],
  ["given up", sdkError("AbortError")],
  ["overtaken by its own retry", sdkError("TransactionInProgressException")],
  ["failed inside", sdkError("InternalServerError", { $metadata: { httpStatusCode: 500 } })],
  ["down", sdkError("ServiceUnavailable", { $metadata: { httpStatusCode: 503 } })],
  ["refused", sdkError("Error", { code: "ECONNREFUSED" })],
  ["reset", sdkError("Error", { code: "ECONNRESET" })],
  ["not resolved", sdkError("Error", { code: "EAI_AGAIN" })],
  ["cut off", sdkError("SocketError", { code: "UND_ERR_SOCKET" })],
])("calls the service unavailable when the call was %s", (_, error) => {
  expect(isUnavailable(error)).toBe(true);
  expect(asAppError(error)).toMatchObject({
    code: "SERVER_UNAVAILABLE",
    status: 503,
    cause: error,
  });
});

test.each([
  [
    "wrong",
    sdkError("ValidationException", { $fault: "client", $metadata: { httpStatusCode: 400 } }),
  ],
  ["forbidden", sdkError("AccessDeniedException", { $metadata: { httpStatusCode: 400 } })],
  ["aimed at nothing", sdkError("ResourceNotFoundException")],
  ["never made", Object.assign(new TypeError("bad"), { code: "ERR_INVALID_ARG_TYPE" })],
  ["no error at all", "thrown text"],
])("calls it a bug of ours when the call was %s", (_, thrown) => {
  expect(isUnavailable(thrown)).toBe(false);
  expect(asAppError(thrown)).toMatchObject({
    code: "INTERNAL_SERVER_ERROR",
    status: 500,
    message: "internal error",
    cause: thrown,
  });
});

test("leaves what a caller may see as it is", () => {
  const error = new AppError("NOT_FOUND_ERROR", "there is no webhook billing");
  expect(asAppError(error)).toBe(error);
});
