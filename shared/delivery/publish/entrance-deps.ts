import { randomBytes } from "node:crypto";
import type { TraceContext, TraceHeaders } from "../../contract/values/publish-headers.ts";
import { newTrace, readTrace } from "../../domain/requests/trace-context.ts";
import { readEnv } from "../../runtime/env.ts";
import { openPublishedTypes } from "../../store/event-types/published-types.ts";
import { openSuspensionStore, type SuspensionStore } from "../../store/health/cache-state.ts";
import { type MinuteQuota, openHopQuota, openPublishQuota } from "../../store/messages/quotas.ts";
import { aws, type Platform } from "../platform.ts";
import { openAcceptDeps } from "./publish-deps.ts";
import type { AcceptDeps } from "./publish-messages.ts";
import { openWarningLog, type TypeRules } from "./type-check.ts";

/** What every entrance needs besides: whom a quota counts, which caches take nothing, and what the catalogue asks. */
export interface EntranceDeps extends AcceptDeps {
  readonly quota: MinuteQuota;
  readonly suspensions: Pick<SuspensionStore, "has">;
  readonly typeRules: TypeRules;
}

/** What every entrance has, whoever its quota counts. */
export function openEntranceDeps(platform: Platform = aws) {
  const { database, now } = platform;
  return {
    ...openAcceptDeps(platform),
    hopQuota: openHopQuota(database),
    suspensions: openSuspensionStore(database, now),
    typeRules: {
      types: openPublishedTypes(database, now),
      unknownEvents: readEnv("UNKNOWN_EVENTS").UNKNOWN_EVENTS,
      warnings: openWarningLog(),
    },
  } satisfies Omit<EntranceDeps, "quota">;
}

/** The same for those who publish on behalf of a key, which may have a quota. */
export interface PublishDeps extends EntranceDeps {
  /** Whether messages belong to traces. */
  readonly tracing: boolean;
}

export function openPublishDeps(platform: Platform = aws): PublishDeps {
  const { TRACING: tracing } = readEnv("TRACING");
  return { ...openEntranceDeps(platform), quota: openPublishQuota(platform.database), tracing };
}

/** The trace of what a request publishes: the caller's, or one that begins here. */
export function traceOf(
  headers: TraceHeaders,
  { tracing }: { readonly tracing: boolean },
): TraceContext | undefined {
  return tracing ? (readTrace(headers) ?? newTrace(randomBytes(24))) : undefined;
}
