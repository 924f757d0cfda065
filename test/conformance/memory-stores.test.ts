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
    beforeAll(() => memory().clear());
  },
}));

const tables = ["WEBHOOKS_TABLE", "MESSAGES_TABLE", "DELIVERIES_TABLE"];

function memory(): MemoryDatabase {
  database.current ??= new MemoryDatabase();
  return database.current;
}

const suites = [
  "store-delivery",
  "store-delivery-context",
  "store-health",
  "store-idempotency",
  "store-lease",
  "store-message",
  "store-park",
  "store-recovery",
  "store-webhook-pages",
  "store-webhook-writer",
  "delivery-sweep",
];

for (const suite of suites) {
  describe(suite, async () => {
    await import(`../unit/${suite}.test.ts`);
  });
}
