export interface RawRequest {
  method: string;
  /** Path and query exactly as they go out. */
  target: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** The parsed JSON; undefined where there is no body. */
  body: unknown;
}
