import { AppError } from "../app-error.ts";

export function noSuchDelivery(messageId: string): AppError {
  return new AppError("NOT_FOUND_ERROR", `there is no delivery of ${messageId} to this webhook`);
}
