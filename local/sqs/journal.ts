import type { DatabaseSync, StatementSync } from "node:sqlite";

/**
 * Group commit: everything written in one turn of the event loop is one transaction. Whoever wrote waits for
 * `committed` before it answers, so nothing is acknowledged that a killed process would forget.
 */
export class Journal {
  readonly #database: DatabaseSync;
  readonly #beforeCommit: () => void;
  readonly #afterFailure: () => void;
  #transaction: Promise<void> | undefined;

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
    statement.run(...values);
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

  #commit(): void {
    try {
      this.#beforeCommit();
      this.#database.exec("COMMIT");
    } catch (error) {
      // What memory holds is no longer what the disk holds.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      this.#afterFailure();
      throw error;
    } finally {
      this.#transaction = undefined;
    }
  }
}
