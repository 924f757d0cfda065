import type { DatabaseSync, StatementSync } from "node:sqlite";
import { AwsError } from "../aws/aws-error.ts";

/**
 * Group commit: everything written in one turn of the event loop is one transaction. Whoever wrote waits for
 * `committed` before it answers, so nothing is acknowledged that a killed process would forget.
 */
export class Journal {
  readonly #database: DatabaseSync;
  readonly #beforeCommit: () => void;
  readonly #afterFailure: () => void;
  #transaction: Promise<void> | undefined;
  /** Why a statement of this turn failed. */
  #failure: unknown;
  #isFailing = false;

  constructor(
    database: DatabaseSync,
    hooks: { beforeCommit: () => void; afterFailure: () => void },
  ) {
    this.#database = database;
    this.#beforeCommit = hooks.beforeCommit;
    this.#afterFailure = hooks.afterFailure;
  }

  write(statement: StatementSync, ...values: (string | number | null)[]): void {
    this.#begin();
    try {
      statement.run(...values);
    } catch (error) {
      this.#failure ??= error;
      throw refusal(error);
    }
  }

  /** Resolves when everything written so far would survive the process. */
  async committed(): Promise<void> {
    await this.#transaction;
  }

  #begin(): void {
    if (this.#transaction) return;
    this.#database.exec("BEGIN");
    const transaction = new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        try {
          this.#commit();
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
    // Whoever waits gets the failure; a write that nobody waits for must not end the process with it.
    transaction.catch(() => {});
    this.#transaction = transaction;
  }

  /** All of a turn or nothing of it: what a statement could not write is in memory already. */
  #commit(): void {
    try {
      this.#beforeCommit();
      if (this.#failure) throw this.#failure;
      this.#database.exec("COMMIT");
    } catch (error) {
      // What memory holds is no longer what the disk holds.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      this.#afterFailure();
      this.#tellFailure(error);
      throw refusal(error);
    } finally {
      this.#transaction = undefined;
      this.#failure = undefined;
    }
    if (this.#isFailing) console.error("embedded sqs: writes are accepted again.");
    this.#isFailing = false;
  }

  /** Once, however many follow. */
  #tellFailure(error: unknown): void {
    const rest = "It was refused, and so are others for now.";
    if (!this.#isFailing)
      console.error(`embedded sqs: a write failed: ${reasonOf(error)}. ${rest}`);
    this.#isFailing = true;
  }
}

function refusal(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const message = `The embedded engine failed: ${reasonOf(error)}`;
  return new AwsError("InternalServerError", message, { status: 500 });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
