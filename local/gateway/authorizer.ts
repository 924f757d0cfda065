import * as z from "zod/mini";
import type { Invoke } from "../lambda/functions.ts";
import type { IdentitySource, RequestAuthorizer } from "../template/authorizers.ts";
import { functionArn } from "../template/identity.ts";
import { GatewayRefusal } from "./api-response.ts";
import { baseEvent, type GatewayRequest } from "./event.ts";

const SimpleResponse = z.object({
  isAuthorized: z.boolean(),
  context: z.nullish(z.record(z.string(), z.unknown())),
});
type SimpleResponse = z.infer<typeof SimpleResponse>;

/** Lets a request pass and gives the authorizer's context, or refuses it. */
export type Authorize = (request: GatewayRequest) => Promise<Record<string, unknown>>;

interface CacheEntry {
  response: SimpleResponse;
  untilMs: number;
}

const maxCached = 10_000;

/** Asks the function, and remembers its answer by identity alone, whatever the route: as AWS does. */
export function createAuthorizer(
  { functionName, identitySources, cacheSeconds }: RequestAuthorizer,
  invoke: Invoke,
  now: () => number = () => performance.now(),
): Authorize {
  const cache = new Map<string, CacheEntry>();

  async function decide(request: GatewayRequest, identitySource: string[]) {
    const cacheKey = JSON.stringify(identitySource);
    const cached = cache.get(cacheKey);
    if (cached && cached.untilMs > now()) return cached.response;
    const event = {
      ...baseEvent(request),
      type: "REQUEST",
      routeArn: `${functionArn(functionName)}/${request.routeKey}`,
      identitySource,
    };
    const response = await ask(invoke, functionName, event);
    if (cacheSeconds > 0) {
      if (cache.size >= maxCached) cache.clear();
      cache.set(cacheKey, { response, untilMs: now() + cacheSeconds * 1000 });
    }
    return response;
  }

  return async (request) => {
    const identities = identitySources.map((source) => identityIn(request, source));
    const identitySource = identities.filter((identity) => identity !== undefined);
    if (identitySource.length < identities.length) throw new GatewayRefusal(401);
    const { isAuthorized, context } = await decide(request, identitySource);
    if (!isAuthorized) throw new GatewayRefusal(403);
    return context ?? {};
  };
}

async function ask(invoke: Invoke, functionName: string, event: object): Promise<SimpleResponse> {
  try {
    return SimpleResponse.parse(await invoke(functionName, event));
  } catch (cause) {
    throw new GatewayRefusal(500, cause);
  }
}

function identityIn(
  { headers, query }: GatewayRequest,
  { kind, name }: IdentitySource,
): string | undefined {
  return (kind === "header" ? headers[name] : query[name]) || undefined;
}
