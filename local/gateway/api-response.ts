import * as z from "zod/mini";

/** What goes back over the wire. */
export interface ApiResponse {
  status: number;
  /** A list becomes one header line per value. */
  headers: Record<string, string | string[]>;
  body: string | Buffer;
}

const messages: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  413: "Request Entity Too Large",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  502: "Internal Server Error",
  503: "Service Unavailable",
};

/** The gateway answers by itself: no function sees the request, or its answer is of no use. */
export class GatewayRefusal extends Error {
  readonly status: number;

  constructor(status: number, cause?: unknown) {
    super(messages[status] ?? "Internal Server Error", { cause });
    this.status = status;
  }
}

/** API Gateway's own answers have this shape and no other. */
export function refusalResponse({ status, message }: GatewayRefusal): ApiResponse {
  const headers = { "content-type": "application/json" };
  return { status, headers, body: JSON.stringify({ message }) };
}

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
export function functionResponse(result: unknown): ApiResponse {
  if (!hasStatusCode(result)) return inferredResponse(result);
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
function inferredResponse(result: unknown): ApiResponse {
  const body = typeof result === "string" ? result : JSON.stringify(result);
  return { status: 200, headers: { "content-type": "application/json" }, body };
}
