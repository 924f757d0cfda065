import { AppError } from "../app-error.ts";

/** The same for a webhook that does not exist and for one that the key may not see. */
export function noSuchWebhook(nameOrId: string): AppError {
  return new AppError("NOT_FOUND_ERROR", `there is no webhook ${nameOrId}`);
}
