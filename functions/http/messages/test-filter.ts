import {
  testFilter as route,
  type TestFilterResponse,
} from "../../../shared/contract/operations/messages/test-filter.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { compileFilter } from "../../../shared/domain/filters/filter.ts";
import { subjectOf } from "../../../shared/domain/filters/matcher.ts";
import { payloadKind } from "../../../shared/domain/messages/payload.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";

export async function testFilter({ body }: Input<typeof route>): Promise<TestFilterResponse> {
  const { event = null, productId = null, contentType = "application/json", value } = body;
  const filter = compileFilter(body.filter);
  if (!filter) throw new AppError("INVALID_ARGUMENT_ERROR", "filter cannot be read");
  const published = payloadKind(contentType) === "json" ? value : undefined;
  const subject = subjectOf({ event, productId, contentType }, published);
  const { verdict, because } = filter.explain(subject);
  return { matches: verdict === "matches", because: [...because] };
}

export const handler = endpoint(route, testFilter, () => ({}));
