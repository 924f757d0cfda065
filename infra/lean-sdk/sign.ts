import { createHmac, hash } from "node:crypto";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** What a signature is good for. */
export interface Scope {
  readonly region: string;
  readonly service: string;
}

const algorithm = "AWS4-HMAC-SHA256";

/** The `authorization` of a POST to `/`: Signature Version 4 over every one of the headers, names in lower case. */
export function authorizationOf(
  headers: Readonly<Record<string, string>>,
  body: string,
  credentials: Credentials,
  scope: Scope,
): string {
  const { "x-amz-date": date = "" } = headers;
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join("");
  const signed = names.join(";");
  const request = `POST\n/\n\n${lines}\n${signed}\n${hash("sha256", body)}`;
  const day = date.slice(0, 8);
  const credentialScope = `${day}/${scope.region}/${scope.service}/aws4_request`;
  const text = `${algorithm}\n${date}\n${credentialScope}\n${hash("sha256", request)}`;
  const signature = createHmac("sha256", signingKey(credentials, day, scope))
    .update(text)
    .digest("hex");
  const credential = `${credentials.accessKeyId}/${credentialScope}`;
  return `${algorithm} Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`;
}

const latest = new Map<string, { id: string; key: Buffer }>();

/** Four HMACs that give the same key all day long: the latest of each service is kept. */
function signingKey({ secretAccessKey }: Credentials, day: string, scope: Scope): Buffer {
  const parts = [day, scope.region, scope.service, "aws4_request"];
  const id = [secretAccessKey, ...parts].join("/");
  const known = latest.get(scope.service);
  if (known?.id === id) return known.key;
  let key = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of parts) key = createHmac("sha256", key).update(part).digest();
  latest.set(scope.service, { id, key });
  return key;
}
