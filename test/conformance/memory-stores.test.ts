/** The tests of the stores once more, on the tables in memory that the simulation runs on. */
import { beforeAll, describe, vi } from "vitest";
import { MemoryDatabase } from "../../ops/simulate/memory/memory-database.ts";

const database = vi.hoisted(() => ({ current: undefined as MemoryDatabase | undefined }));

vi.mock("../../shared/store/table/database.ts", () => ({ dynamoDatabase: memory() }));
vi.mock("../../shared/store/table/table.ts", async (actual) => ({
  ...(await actual<object>()),
  openTable: (name: string) => memory().open(name),
}));
vi.mock("../unit/store/embedded-tables.ts", () => ({
  useTables() {
    for (const name of tables) process.env[name] = name;
    process.env.RETENTION_DAYS = "30";
    beforeAll(() => memory().clear());
  },
}));

const tables = ["WEBHOOKS_TABLE", "MESSAGES_TABLE", "DELIVERIES_TABLE"];

function memory(): MemoryDatabase {
  database.current ??= new MemoryDatabase();
  return database.current;
}

const suites: Record<string, () => Promise<unknown>> = {
  delivery: () => import("../unit/store/delivery.test.ts"),
  "delivery context": () => import("../unit/store/delivery-context.test.ts"),
  health: () => import("../unit/store/health.test.ts"),
  idempotency: () => import("../unit/store/idempotency.test.ts"),
  lease: () => import("../unit/store/lease.test.ts"),
  message: () => import("../unit/store/message.test.ts"),
  park: () => import("../unit/store/park.test.ts"),
  recovery: () => import("../unit/store/recovery.test.ts"),
  settings: () => import("../unit/store/webhooks/settings-store.test.ts"),
  "webhook pages": () => import("../unit/store/webhooks/webhook-pages.test.ts"),
  "webhook writer": () => import("../unit/store/webhooks/webhook-writer.test.ts"),
  stats: () => import("../unit/store/stats/stats-store.test.ts"),
  sweep: () => import("../unit/delivery/recover/sweep.test.ts"),
};

for (const [name, load] of Object.entries(suites)) describe(name, async () => void (await load()));
