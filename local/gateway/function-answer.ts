import * as z from "zod/mini";
import { type Answer, GatewayRefusal } from "./gateway-answer.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const Response = z.object({
  statusCode: z.coerce.number().check(z.int(), z.gte(200), z.lte(599)),
  headers: z.nullish(z.record(z.string(), scalar)),
  cookies: z.nullish(z.array(z.string())),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
});

// The gateway frames its answers itself.
const notPassedOn = new Set(["connection", "content-length", "keep-alive", "transfer-encoding"]);

/** Reads what a function returned, in payload format 2.0; what fits neither of its forms is a 500. */
export function functionAnswer(result: unknown): Answer {
  if (!hasStatusCode(result)) return inferredAnswer(result);
  const parsed = Response.safeParse(result);
  if (!parsed.success) throw new GatewayRefusal(500, parsed.error);
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const passedOn = Object.entries(headers ?? {})
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    .filter(([name]) => !notPassedOn.has(name));
  return {
    status: statusCode,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      ...Object.fromEntries(passedOn),
      ...(cookies?.length && { "set-cookie": cookies }),
    },
    body: isBase64Encoded ? Buffer.from(body ?? "", "base64") : (body ?? ""),
  };
}

function hasStatusCode(result: unknown): boolean {
  return typeof result === "object" && result !== null && "statusCode" in result;
}

/** Without a status code the whole result is the body of a 200. */
function inferredAnswer(result: unknown): Answer {
  const body = typeof result === "string" ? result : JSON.stringify(result);
  return { status: 200, headers: { "content-type": "application/json" }, body };
}
