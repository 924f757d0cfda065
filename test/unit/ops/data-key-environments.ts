import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { startKms } from "../../../local/kms/start.ts";
import { openToAll } from "../../support/service/engine-access.ts";
import { suspensionsOf } from "../delivery/suspensions.ts";
import { nothingWaits } from "../functions/nothing-waits.ts";
import { startTables } from "../store/embedded-tables.ts";

/** KMS for the tests of one file, and tables for each of them; Date stands still until a test moves it. */
export function useDataKeys(): void {
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "hookcast-kms-"));
    const kms = await startKms({ keyFile: join(folder, "key"), ...openToAll });
    process.env.AWS_ENDPOINT_URL_KMS = kms.url;
    process.env.DATA_KEY_ID = "data-key";
    return async () => {
      await kms.close();
      await rm(folder, { recursive: true });
    };
  });
  let tables: AsyncDisposable;
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  });
  beforeEach(async () => {
    tables = await startTables();
  });
  afterEach(() => tables[Symbol.asyncDispose]());
  afterAll(() => {
    vi.useRealTimers();
  });
}

/** Modules with nothing in memory yet, as in a Lambda environment or a process of its own. */
export async function newEnvironment() {
  vi.resetModules();
  const { openVault } = await import("../../../shared/store/secrets/vault.ts");
  const { openSigningKeyStore } = await import("../../../shared/store/secrets/signing-keys.ts");
  const { openSigningKeyRing } = await import("../../../shared/store/secrets/signing-key-ring.ts");
  const { openWebhookStore } = await import("../../../shared/store/webhooks/webhook-store.ts");
  const { openWebhookWriter } = await import("../../../shared/store/webhooks/webhook-writer.ts");
  const { retryOnConflict } = await import("../../../shared/store/table/table.ts");
  const { putWebhook } = await import("../../../functions/http/webhooks/put-webhook.ts");
  const { rotateWebhookSecret } = await import(
    "../../../functions/http/webhooks/rotate-webhook-secret.ts"
  );
  const { rotateDataKey } = await import("../../../ops/data-key/rotate-steps.ts");
  const deps = {
    ...nothingWaits,
    vault: openVault(),
    signingKeys: openSigningKeyStore(openVault()),
    ring: openSigningKeyRing(openVault()),
    webhooks: openWebhookStore(),
    writer: openWebhookWriter(),
    suspensions: suspensionsOf(),
    webhooksPerCache: 1000,
    now: Date.now,
  };
  return { ...deps, deps, retryOnConflict, putWebhook, rotateWebhookSecret, rotateDataKey };
}

export type Environment = Awaited<ReturnType<typeof newEnvironment>>;

/** Every row of the webhooks table, as text, by its key. */
export async function storedRows(): Promise<Map<string, string>> {
  const { fromItem } = await import("../../../shared/store/table/rows.ts");
  const rows = new Map<string, string>();
  const pages = paginateScan({ client: new DynamoDBClient() }, { TableName: "WEBHOOKS_TABLE" });
  for await (const { Items = [] } of pages) {
    for (const row of Items.map(fromItem)) rows.set(`${row.pk} ${row.sk}`, JSON.stringify(row));
  }
  return rows;
}

/** The numbers of the keys under which something is sealed. */
export async function sealedUnder(): Promise<number[]> {
  const texts = [...(await storedRows()).values()].join("\n");
  const numbers = [...texts.matchAll(/"1\.(\d+)\.[\w-]{30,}"/g)].map(([, number]) =>
    Number(number),
  );
  return [...new Set(numbers)].sort();
}

export function dataKeyRows(rows: ReadonlyMap<string, string>): string[] {
  return [...rows.keys()].filter((key) => key.startsWith("vault "));
}
