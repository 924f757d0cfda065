import type { Settings } from "../../../infra/settings/settings.ts";
import type { Durations } from "../../steps/durations.ts";

/**
 * The tests that are there for a setting and for nothing else: a project of vitest, or how the paths of files begin. The
 * longest that fits a file counts. Tests that try each setting count for none.
 */
export const testedBy: { readonly [Name in keyof Settings]?: readonly string[] } = {
  domainName: ["test/infra/settings/own-addresses"],
  allowedOrigins: ["test/browser/origins"],
  console: [
    ...["test/browser/", "test/unit/console/", "test/unit/portal/"],
    ...["test/infra/console", "test/infra/package.test"],
  ],
  portalOrigins: ["test/browser/portal/embedding"],
  publishUrl: [
    ...["publish-url", "test/infra/publish-url"],
    ...["test/unit/local/gateway/function-url", "test/unit/runtime/function-url"],
  ],
  publicEventTypes: ["test/system/public-event-types"],
  hoppedPublishesPerCachePerMinute: ["test/unit/store/quotas/hop-quota"],
  ingest: [
    ...["test/infra/ingest.test", "test/infra/ingest-access", "test/faults/publish/ingest"],
    ...["test/property/delivery/ingest", "test/unit/delivery/ingest/"],
    ...["test/unit/domain/ingest-identity", "test/system/events-in", "test/system/cli/queue"],
  ],
  outbox: [
    ...["test/infra/outbox", "test/faults/publish/outbox", "test/property/delivery/outbox"],
    ...["test/unit/delivery/outbox/", "test/unit/store/outbox", "test/system/documents/outbox"],
  ],
  deliveryLog: ["test/faults/attempts/failures-only"],
  deliveryStats: ["test/contract/stats/", "test/unit/store/stats/", "test/unit/domain/stats/"],
  signatures: [
    ...["test/contract/signing/signatures", "test/unit/delivery/attempt/deployment-signatures"],
    ...["test/unit/domain/requests/vendor-signatures", "test/property/domain/signature-recipe"],
    "test/system/receivers/vendor-signatures",
  ],
  staticAddresses: ["test/infra/settings/egress"],
  tracing: ["test/infra/monitoring/tracing", "test/system/tracing"],
  metrics: ["test/infra/monitoring/metrics", "test/unit/runtime/metrics", "test/faults/metrics"],
  alarms: ["test/infra/monitoring/alarms.test"],
  monthlyBudgetUsd: ["test/infra/monitoring/cost-safety"],
};

/** Seconds that the tests of each setting took, in whole ones. */
export function secondsBySetting(durations: Durations): Record<string, number> {
  const seconds: Record<string, number> = {};
  for (const [key, duration] of Object.entries(durations)) {
    const name = settingOf(key);
    if (name) seconds[name] = (seconds[name] ?? 0) + duration;
  }
  return Object.fromEntries(
    Object.entries(seconds).map(([name, sum]) => [name, Math.max(1, Math.round(sum))]),
  );
}

/** Whose tests are in a file, by project and path; undefined for what is of no setting's alone. */
export function settingOf(key: string): string | undefined {
  const [project = "", path = ""] = key.split(" ");
  const beginnings = Object.entries(testedBy).flatMap(([name, begins]) =>
    begins
      .filter((begin) => begin === project || path.startsWith(begin))
      // A project says more than a path, since the same files belong to another as well.
      .map((begin) => ({ name, weight: begin === project ? Number.MAX_VALUE : begin.length })),
  );
  return beginnings.toSorted((a, b) => b.weight - a.weight)[0]?.name;
}
