import aws4 from "aws4";

export interface Call {
  /** The origin of an engine. */
  url: string;
  service: string;
  /** The value of `x-amz-target`. */
  target: string;
  body: string;
}

export interface Signer {
  accessKeyId: string;
  secretAccessKey: string;
  /** Epoch milliseconds; now, unless given. */
  timeMs?: number;
  region?: string;
  /** Headers that are sent and signed besides the usual ones. */
  headers?: Record<string, string>;
  /** Headers that are sent and left out of the signature. */
  unsigned?: readonly string[];
}

/** The headers of a call that a principal has signed, for tests that then do something wrong with them. */
export function signedCallHeaders(
  { url, service, target, body }: Call,
  { accessKeyId, secretAccessKey, timeMs = Date.now(), region, headers, unsigned = [] }: Signer,
): Record<string, string> {
  const date = new Date(timeMs).toISOString().replace(/[-:]|\.\d+/g, "");
  const sent: Record<string, string> = {
    host: new URL(url).host,
    "content-type": "application/x-amz-json-1.0",
    "x-amz-date": date,
    "x-amz-target": target,
    ...headers,
  };
  const signed = Object.fromEntries(
    Object.entries(sent).filter(([name]) => !unsigned.includes(name)),
  );
  const signer = new aws4.RequestSigner(
    {
      method: "POST",
      path: "/",
      service,
      region: region ?? "us-east-1",
      body,
      headers: signed,
      doNotModifyHeaders: true,
    },
    { accessKeyId, secretAccessKey },
  );
  signer.datetime = date;
  return { ...sent, authorization: signer.authHeader() };
}
