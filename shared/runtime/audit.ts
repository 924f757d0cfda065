import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod/mini";
import type { Route } from "../contract/route.ts";
import { log } from "./logger.ts";
import type { HttpEvent } from "./request.ts";

const Identified = z.object({ keyId: z.string() });
const AboutWebhook = z.object({ response: z.object({ webhookId: z.string() }) });

/**
 * One line for each call that manages: who did what to which webhook, from where, and what came of it. Ids
 * and names only; neither a body nor an answer is told.
 */
export function audit(
  route: Route,
  { pathParameters = {}, requestContext }: HttpEvent,
  { statusCode, body }: APIGatewayProxyStructuredResultV2,
): void {
  if (route.permission !== "manage") return;
  const { authorizer, requestId, http } = requestContext;
  const lambda = authorizer && "lambda" in authorizer ? authorizer.lambda : undefined;
  const { cacheName, webhookName, webhookId = webhookIn(body), messageId } = pathParameters;
  log("info", "manage.called", {
    requestId,
    sourceAddress: http.sourceIp,
    operation: route.id,
    keyId: z.safeParse(Identified, lambda).data?.keyId,
    webhookId,
    cacheName,
    webhookName,
    messageId,
    status: statusCode,
  });
}

/** Where the path names a webhook by its name, the answer may tell its id. */
function webhookIn(body: string | undefined): string | undefined {
  return z.safeParse(AboutWebhook, JSON.parse(body ?? "null")).data?.response.webhookId;
}
