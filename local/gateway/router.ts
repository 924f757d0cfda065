import type { Route } from "../template/http-api.ts";

export interface Match {
  route: Route;
  /** Decoded, since the path was. */
  pathParameters: Record<string, string>;
}

/** Finds the route for a method and a decoded path. */
export type Router = (method: string, path: string) => Match | undefined;

interface Pattern {
  route: Route;
  method: string;
  segments: string[];
}

/** The most literal route wins, as with API Gateway: exact segments, then parameters, then `$default`. */
export function createRouter(routes: Route[]): Router {
  const patterns = routes.filter(({ routeKey }) => routeKey !== "$default").map(patternOf);
  patterns.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  const fallback = routes.find(({ routeKey }) => routeKey === "$default");

  return (method, path) => {
    const segments = path.split("/");
    for (const pattern of patterns) {
      if (pattern.method !== method && pattern.method !== "ANY") continue;
      const pathParameters = matchSegments(pattern.segments, segments);
      if (pathParameters) return { route: pattern.route, pathParameters };
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
}

function patternOf(route: Route): Pattern {
  const [method = "", path = ""] = route.routeKey.split(" ");
  if (path.includes("+}")) throw new Error(`${route.routeKey}: greedy parameters do not run here`);
  return { route, method, segments: path.split("/") };
}

/** Sorts literal segments before parameters, from left to right, and `ANY` behind every method. */
function rank({ method, segments }: Pattern): string {
  const kinds = segments.map((segment) => (isParameter(segment) ? "1" : "0"));
  return `${kinds.join("")}${method === "ANY" ? "1" : "0"}`;
}

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? "";
    if (!isParameter(expected)) {
      if (actual !== expected) return undefined;
    } else if (actual === "") {
      return undefined;
    } else {
      parameters[expected.slice(1, -1)] = actual;
    }
  }
  return parameters;
}

function isParameter(segment: string): boolean {
  return segment.startsWith("{");
}
