export interface SentRequest {
  url: string;
  method: string;
  headers: Headers;
  body: string;
  sentTimeMs: number;
}

type Reply = Response | Error | "never";

/** A `fetch` that gives these replies one after the other, the last one for ever, and keeps what it was sent. */
export function scriptedFetch(...replies: [Reply, ...Reply[]]) {
  const requests: SentRequest[] = [];
  const fetch: typeof globalThis.fetch = async (resource, init) => {
    const request = new Request(resource, init);
    const { url, method, headers } = request;
    const sentTimeMs = Date.now();
    requests.push({ url, method, headers, body: await request.text(), sentTimeMs });
    const reply = replies[Math.min(requests.length, replies.length) - 1] ?? "never";
    if (reply instanceof Error) throw reply;
    return reply === "never" ? await untilAborted(init?.signal) : reply.clone();
  };
  return { fetch, requests };
}

function untilAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

export function success(response: unknown, headers: Record<string, string> = {}): Response {
  return Response.json({ status: "success", response }, { headers });
}

export function refusal(status: number, error: object, headers: Record<string, string> = {}) {
  return Response.json({ status: "error", error }, { status, headers });
}
