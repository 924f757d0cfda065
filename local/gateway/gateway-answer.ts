/** What goes back over the wire. */
export interface Answer {
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
export function refusalAnswer({ status, message }: GatewayRefusal): Answer {
  const headers = { "content-type": "application/json" };
  return { status, headers, body: JSON.stringify({ message }) };
}
