import { create, type Store } from "dynalite/db/index.js";
import { accountId, localRegion } from "../../aws/arn.ts";
import { describeDroppedBytes } from "./dropped-bytes.ts";
import { finishInterruptedChanges } from "./interrupted-changes.ts";

/** Opens dynalite's store on a folder, and says on stderr what was damaged there. */
export async function openStore(path: string): Promise<Store> {
  const store = create({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  store.tableDb.awsRegion = localRegion;
  store.tableDb.awsAccountId = accountId;
  try {
    await store.db.open();
  } catch (error) {
    throw new Error(`the tables in ${path} cannot be opened: ${reasonOf(error)}`, { cause: error });
  }
  for (const sentence of await describeDroppedBytes(path)) {
    console.error(`embedded dynamodb: ${sentence}`);
  }
  await finishInterruptedChanges(store.db);
  return store;
}

/** What LevelDB said is the cause of the error that says only that it failed. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
