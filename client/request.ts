import { endpoints } from "../shared/contract/endpoints.ts";
import type { Endpoint } from "../shared/contract/route.ts";

export interface ServiceRequest {
  readonly endpoint: Endpoint;
  /** Path and query. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Whether sending it twice does no more than sending it once. */
  readonly isRepeatable: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** What the path leaves of the input becomes the query of a GET or DELETE, else the JSON body but for its query. */
export function requestOf(id: keyof typeof endpoints, input: Fields): ServiceRequest {
  const endpoint: Endpoint = endpoints[id];
  const { path, rest } = fillPath(endpoint.path, input);
  const isRepeatable = endpoint.method !== "POST";
  if (endpoint.method === "GET" || endpoint.method === "DELETE") {
    return { endpoint, target: path + queryOf(rest), isRepeatable };
  }
  const headers = { "content-type": "application/json" };
  const fields = Object.entries(rest);
  const isOfQuery = ([name]: [string, unknown]) => endpoint.queryFields?.includes(name) ?? false;
  const query = queryOf(Object.fromEntries(fields.filter(isOfQuery)));
  const body = JSON.stringify(Object.fromEntries(fields.filter((field) => !isOfQuery(field))));
  return { endpoint, target: path + query, headers, body, isRepeatable };
}

export function fillPath(path: string, input: Fields): { path: string; rest: Fields } {
  const rest = { ...input };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    delete rest[name];
    return segmentOf(name, input[name]);
  });
  return { path: filled, rest };
}

/**
 * No name and no id holds any of these. The gateway decodes a path before it chooses the route, so that an
 * encoded slash would lead to another operation, and dots are resolved before anything is sent.
 */
function segmentOf(name: string, value: unknown): string {
  if (Number.isSafeInteger(value) && Number(value) >= 0) return String(value);
  if (typeof value !== "string" || /^\.{0,2}$|[/?#%\\]/.test(value)) {
    throw new TypeError(`${name} must be text, not empty, . or .., and without / ? # % \\`);
  }
  return encodeURIComponent(value);
}

export function queryOf(fields: Fields): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const query = given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return query.length > 0 ? `?${query.join("&")}` : "";
}
