import { type Access, type AwsServer, type OnCall, startAwsServer } from "../aws/server.ts";
import { run } from "./actions/actions.ts";
import { expireItems } from "./engine/expiry.ts";
import { openTables, partitionKeyOf } from "./engine/tables.ts";
import { permissionsOf } from "./permissions.ts";
import { provideTable } from "./provide-table.ts";

export interface DynamoDbOptions extends Access {
  /** The folder of the database; two processes on one folder corrupt it. */
  path: string;
  port?: number;
  onCall?: OnCall;
  ttlIntervalMs?: number;
  /** Epoch milliseconds. */
  now?: () => number;
}

export interface DynamoDb extends AwsServer {
  /** Makes a table as the template describes it, or changes the indexes and expiry of the one there is. */
  provideTable: (properties: unknown) => Promise<void>;
  /** Makes the expiry pass that otherwise comes round by itself; answers how many items went. */
  expireNow: () => Promise<number>;
}

export async function startDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const { path, ttlIntervalMs = 60_000, now = Date.now } = options;
  const tables = await openTables(path, now);
  const server = await startAwsServer({
    ...options,
    service: "dynamodb",
    permissionsOf: (action, input) =>
      permissionsOf(action, input, (table, index) => partitionKeyOf(tables, table, index)),
    dispatch: ({ action, input }) => run(tables, action, input),
  });

  let lastPass: Promise<unknown> = Promise.resolve();
  const expireNow = () => {
    const pass = lastPass.then(() => expireItems(tables));
    lastPass = pass.catch(() => {});
    return pass;
  };
  const timer = setInterval(() => {
    expireNow().catch((error: unknown) => console.error("embedded dynamodb: expiry:", error));
  }, ttlIntervalMs);
  timer.unref();

  return {
    url: server.url,
    answerOf: server.answerOf,
    provideTable: (properties) => provideTable(tables, properties),
    expireNow,
    close: async () => {
      clearInterval(timer);
      await server.close();
      await lastPass;
      // Those who wrote were told of a failure; there is nobody else to tell.
      await tables.ledger.settled().catch(() => undefined);
      await tables.disk.close();
    },
  };
}
