import type { DatabaseSync, StatementSync } from "node:sqlite";
import { AwsError } from "../aws/aws-error.ts";

interface Hooks {
  beforeCommit(): void;
  afterFailure(): void;
}

/**
 * Group commit: everything written in one turn of the event loop is one transaction. Whoever wrote waits for
 * `committed` before it answers, so nothing is acknowledged that a killed process would forget.
 */
export interface Journal {
  write(statement: StatementSync, ...values: (string | number | null)[]): void;
  /** Resolves when everything written so far would survive the process. */
  committed(): Promise<void>;
}

export function createJournal(database: DatabaseSync, hooks: Hooks): Journal {
  let transaction: Promise<void> | undefined;
  /** Why a statement of this turn failed. */
  let failure: unknown;
  let isFailing = false;

  const begin = () => {
    if (transaction) return;
    database.exec("BEGIN");
    transaction = new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        try {
          commit();
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
    // Whoever waits gets the failure; a write that nobody waits for must not end the process with it.
    transaction.catch(() => {});
  };

  /** All of a turn or nothing of it: what a statement could not write is in memory already. */
  const commit = () => {
    try {
      hooks.beforeCommit();
      if (failure) throw failure;
      database.exec("COMMIT");
    } catch (error) {
      // What memory holds is no longer what the disk holds.
      if (database.isTransaction) database.exec("ROLLBACK");
      hooks.afterFailure();
      tellFailure(error);
      throw refusal(error);
    } finally {
      transaction = undefined;
      failure = undefined;
    }
    if (isFailing) console.error("embedded sqs: writes are accepted again.");
    isFailing = false;
  };

  /** Once, however many follow. */
  const tellFailure = (error: unknown) => {
    const rest = "It was refused, and so are others for now.";
    if (!isFailing) console.error(`embedded sqs: a write failed: ${reasonOf(error)}. ${rest}`);
    isFailing = true;
  };

  return {
    write(statement, ...values) {
      begin();
      try {
        statement.run(...values);
      } catch (error) {
        failure ??= error;
        throw refusal(error);
      }
    },
    async committed() {
      await transaction;
    },
  };
}

function refusal(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const message = `The embedded engine failed: ${reasonOf(error)}`;
  return new AwsError("InternalServerError", message, { status: 500 });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
