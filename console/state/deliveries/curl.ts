/** A request that can be made again in a terminal. Signatures and values of headers are not part of it: they are secret, or would be stale. */
export interface CurlRequest {
  readonly url: string;
  readonly contentType: string;
  /** The names of the webhook's own headers, whose values are to be filled in. */
  readonly customNames: readonly string[];
  readonly body: string;
}

/** A command for bash and zsh; every part is quoted, whatever it holds. */
export function curlCommand({ url, contentType, customNames, body }: CurlRequest): string {
  const headers = [
    `content-type: ${contentType}`,
    ...customNames.map((name) => `${name}: <value of ${name}>`),
  ];
  return [
    `curl -i ${quoted(url)}`,
    ...headers.map((header) => `  -H ${quoted(header)}`),
    `  --data-binary ${quoted(body)}`,
  ].join(" \\\n");
}

/** In single quotes nothing but a single quote has a meaning. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
