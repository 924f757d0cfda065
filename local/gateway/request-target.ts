import { GatewayRefusal } from "./api-response.ts";

/** The path and query of a request, taken apart as API Gateway does. */
export interface RequestTarget {
  /**
   * Decoded once: an encoded slash has become a separator. AWS documents that parameters reach the integration decoded, but
   * not that the path is decoded before it is matched with the routes; what it sends shows so (`rawPath` is decoded).
   */
  path: string;
  rawQuery: string;
  /** Decoded; values of one name joined by commas. */
  query: Record<string, string>;
}

export function parseTarget(target: string): RequestTarget {
  const questionMark = target.indexOf("?");
  const rawPath = questionMark < 0 ? target : target.slice(0, questionMark);
  const rawQuery = questionMark < 0 ? "" : target.slice(questionMark + 1);
  if (!rawPath.startsWith("/")) throw new GatewayRefusal(400);
  return { path: decodePath(rawPath), rawQuery, query: parseQuery(rawQuery) };
}

function decodePath(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath);
  } catch (cause) {
    throw new GatewayRefusal(400, cause);
  }
}

/** Values of one name joined by commas. */
export function parseQuery(rawQuery: string): Record<string, string> {
  // Without a prototype, a parameter may have any name.
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  return query;
}
