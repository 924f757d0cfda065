export interface ApiRequest {
  method: string;
  /** Below the base address, e.g. `/api/v1/caches/orders/webhooks`. */
  path: string;
  /** An object is sent as JSON; a string or bytes are sent as they are. */
  body?: string | Uint8Array<ArrayBuffer> | object;
  headers?: Record<string, string>;
}

export interface ApiAnswer {
  status: number;
  headers: Headers;
  /** The parsed JSON, or the text of any other answer. */
  body: unknown;
}

export type Api = (request: ApiRequest) => Promise<ApiAnswer>;

/** A client that speaks plain HTTP, so that tests see what any caller sees. */
export function api(base: string, key: string): Api {
  return async ({ method, path, body, headers }) => {
    const response = await fetch(new URL(path, base), {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: encode(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  };
}

function encode(body: string | Uint8Array<ArrayBuffer> | object): string | Uint8Array<ArrayBuffer> {
  return typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
}
