import { createHash } from "node:crypto";

interface Decision {
  readonly isAuthorized: boolean;
}

/** Decides on what stands in `Authorization`. */
export type Decide<D extends Decision> = (authorization: string) => Promise<D>;

interface Options {
  readonly cacheSeconds: number;
  readonly now: () => number;
  /** Of each kind of decision; default: 10,000. */
  readonly maxRemembered?: number;
}

interface Entry<D> {
  readonly decision: D;
  readonly untilMs: number;
}

/**
 * Remembers decisions by what they were made on, as API Gateway does for its authorizer. Junk is kept apart from
 * keys that work, so that however much of it comes, it displaces none of them. What was sent is kept as its hash.
 */
export function rememberDecisions<D extends Decision>(
  decide: Decide<D>,
  { cacheSeconds, now, maxRemembered = 10_000 }: Options,
): Decide<D> {
  const [allowed, denied] = [new Map<string, Entry<D>>(), new Map<string, Entry<D>>()];
  const find = (hash: string) => {
    const entry = allowed.get(hash) ?? denied.get(hash);
    return entry && entry.untilMs > now() ? entry.decision : undefined;
  };
  const forget = (hash: string) => {
    allowed.delete(hash);
    denied.delete(hash);
  };

  return async (authorization) => {
    if (cacheSeconds === 0) return await decide(authorization);
    const hash = createHash("sha256").update(authorization).digest("base64");
    const found = find(hash);
    if (found) return found;
    forget(hash);
    const decision = await decide(authorization);
    const entries = decision.isAuthorized ? allowed : denied;
    if (entries.size >= maxRemembered) entries.clear();
    entries.set(hash, { decision, untilMs: now() + cacheSeconds * 1000 });
    return decision;
  };
}
