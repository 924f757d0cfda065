import {
  type RetryMessageResponse,
  retryMessage as route,
} from "../../../shared/contract/operations/messages/retry-message.ts";
import { hopsOf } from "../../../shared/delivery/publish/admission.ts";
import {
  jobAgain,
  notTaken,
  openSendAgainDeps,
  pastDelivery,
  type SendAgainDeps,
} from "../../../shared/delivery/send-again.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { errorBody } from "../../../shared/runtime/api-response.ts";
import { assertSomeWereTaken } from "../../../shared/runtime/batch-results.ts";
import { sees } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";

/** The message is read once; each webhook is looked at, and refused, by itself. */
export async function retryMessage(
  { params: { cacheName, messageId }, headers, body, caller }: Input<typeof route>,
  deps: SendAgainDeps,
): Promise<RetryMessageResponse> {
  const hops = hopsOf(headers);
  const message = await deps.messages.find(cacheName, messageId);
  const isKept = message && message.expiresAt * 1000 > deps.now();
  if (!isKept || !sees(caller, message.facts)) {
    throw new AppError("NOT_FOUND_ERROR", `there is no message ${messageId}`);
  }
  const webhookIds = [...new Set(body.webhookIds)];
  const looked = await Promise.all(
    webhookIds.map(async (webhookId) => {
      try {
        const past = await pastDelivery({ webhookId, messageId }, caller, deps);
        return await jobAgain(past, message, hops, deps);
      } catch (error) {
        if (error instanceof AppError) return error;
        throw error;
      }
    }),
  );
  const jobs = looked.flatMap((each) => (each instanceof AppError ? [] : [each.job]));
  const refused = new Set(await deps.deliveries.send(jobs));
  const results = looked.map((each) =>
    each instanceof AppError || !refused.has(each.job) ? each : notTaken(),
  );
  assertSomeWereTaken(results);
  return {
    results: results.map((result, index) => ({
      webhookId: webhookIds[index] ?? "",
      ...(result instanceof AppError
        ? { error: errorBody(result) }
        : result.isHeld && { held: true }),
    })),
  };
}

export const handler = endpoint(route, retryMessage, openSendAgainDeps);
