import type { MemoryDatabase } from "../../ops/simulate/memory/memory-database.ts";
import type { Platform } from "../../shared/delivery/platform.ts";
import type { QueueMessage } from "../../shared/queue/send-batch.ts";

/** What may go wrong in one call of a function: nothing, the call fails, or the function dies before or after. */
export type Mishap = "none" | "unavailable" | "refused" | "dies-before" | "dies-after";

class Unavailable extends Error {
  override readonly name = "ThrottlingException";
}

/** An environment of a function, from its start until it ends or dies. */
export interface Life {
  readonly death: Promise<"died">;
  isDying: boolean;
  /** Makes a call, or lets happen to it what is asked for. Of what a dead function calls nothing is heard again. */
  around<Result>(call: () => Promise<Result> | Result, mishap?: Mishap): Promise<Result>;
  /** The mishap of the next call. */
  next(): Mishap;
}

export function startLife(mishap: () => Mishap): Life {
  const { promise: death, resolve } = Promise.withResolvers<"died">();
  const die = <Result>(): Promise<Result> => {
    life.isDying = true;
    resolve("died");
    return new Promise(() => {});
  };
  const life: Life = {
    death,
    isDying: false,
    next: () => (life.isDying ? "dies-before" : mishap()),
    around: async (call, mishap = life.next()) => {
      if (mishap === "unavailable") throw new Unavailable("not now");
      if (mishap === "dies-before") return die();
      const result = await call();
      return mishap === "dies-after" ? die() : result;
    },
  };
  return life;
}

interface World {
  readonly database: MemoryDatabase;
  readonly now: () => number;
  readonly sent: (url: string, batch: readonly QueueMessage[]) => void;
  readonly shownAgain: (afterSeconds: number[]) => void;
}

/** Tables and queues in memory, where every call may go wrong. */
export function faultyPlatform(life: Life, { database, now, sent, shownAgain }: World): Platform {
  const { around } = life;
  return {
    database: {
      open: (name) => {
        const table = database.open(name);
        return {
          ...table,
          get: (...args) => around(() => table.get(...args)),
          query: (...args) => around(() => table.query(...args)),
          put: (...args) => around(() => table.put(...args)),
          update: (...args) => around(() => table.update(...args)),
        };
      },
      readAll: (...args) => around(() => database.readAll(...args)),
      writeAll: (...args) => around(() => database.writeAll(...args)),
      deleteAll: (...args) => around(() => database.deleteAll(...args)),
      transact: (...args) => around(() => database.transact(...args)),
    },
    sender: {
      send: async (url, batch) => {
        const mishap = life.next();
        const refused = mishap === "refused" ? [0] : [];
        return around(() => {
          sent(
            url,
            batch.filter((_, index) => !refused.includes(index)),
          );
          return refused;
        }, mishap);
      },
      showAgain: async (_, hidden) => {
        shownAgain(hidden.map(({ afterSeconds }) => afterSeconds));
      },
      readyCount: async () => 0,
    },
    timers: { after: () => () => {}, wait: async () => {} },
    now,
    random: () => 0.5,
    randomBytes: (size) => new Uint8Array(size),
  };
}
