import type {
  APIGatewayProxyStructuredResultV2,
  Context,
  LambdaFunctionURLEvent,
} from "aws-lambda";
import { publish as publishRoute } from "../shared/contract/operations/messages/publish.ts";
import { publishBatch as batchRoute } from "../shared/contract/operations/messages/publish-batch.ts";
import { readEnv } from "../shared/runtime/env.ts";
import { answerFromUrl } from "../shared/runtime/function-url.ts";
import { writeMetrics } from "../shared/runtime/logger.ts";
import { type Decide, rememberDecisions } from "../shared/runtime/remembered-decisions.ts";
import { authorize, type Decision, openAuthorizeDeps } from "./authorize.ts";
import { handler as publish } from "./http/messages/publish.ts";
import { handler as publishBatch } from "./http/messages/publish-batch.ts";

const hosted = [
  { route: publishRoute, handler: publish },
  { route: batchRoute, handler: publishBatch },
];

let identify: Decide<Decision> | undefined;

/** Publishing at an address of its own: what API Gateway and its authorizer do is done here, in one invocation. */
export async function handler(
  event: LambdaFunctionURLEvent,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  identify ??= openIdentify();
  try {
    return await answerFromUrl(event, context, { hosted, identify });
  } finally {
    writeMetrics();
  }
}

function openIdentify(): Decide<Decision> {
  const deps = openAuthorizeDeps();
  const cacheSeconds = readEnv("AUTHORIZER_CACHE_SECONDS").AUTHORIZER_CACHE_SECONDS;
  const decide = (authorization: string) => authorize({ headers: { authorization } }, deps);
  return rememberDecisions(decide, { cacheSeconds, now: deps.now });
}
