import type { Context } from "aws-lambda";
import * as z from "zod/mini";
import { acceptRows, type OutboxDeps } from "../../shared/delivery/outbox/accept-rows.ts";
import { type OutboxCursor, sweepOutbox } from "../../shared/delivery/outbox/sweep-outbox.ts";
import { aws, type Platform } from "../../shared/delivery/platform.ts";
import { openEntranceDeps } from "../../shared/delivery/publish/entrance-deps.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import { writeMetrics } from "../../shared/runtime/logger.ts";
import { type OutboxStore, openOutboxStore } from "../../shared/store/messages/outbox-store.ts";

/** What the stream of the table says: which rows are new, and not what is in them. */
const Bells = z.object({
  Records: z.array(
    z.object({ dynamodb: z.object({ Keys: z.object({ id: z.object({ S: z.string() }) }) }) }),
  ),
});

/** Kept back for the calls that are under way when time runs out. */
const reserveMs = 5_000;

/**
 * Publishes rows of the outbox: those that the stream names, and each minute those that it did not. The row decides,
 * so a bell that rings late or twice publishes nothing again.
 */
export function outboxWorker(open: () => OutboxDeps) {
  let deps: OutboxDeps | undefined;
  const cursor: OutboxCursor = { after: undefined };
  return async (event: unknown, context: Pick<Context, "getRemainingTimeInMillis">) => {
    deps ??= open();
    try {
      const bells = z.safeParse(Bells, event);
      if (bells.success) await answer(bells.data, deps);
      else {
        const stopAtMs = deps.now() + context.getRemainingTimeInMillis() - reserveMs;
        await sweepOutbox(stopAtMs, deps, cursor);
      }
    } finally {
      writeMetrics();
    }
  };
}

/** Throws where the stream is to bring all of them again, which skips the rows that are gone by then. */
async function answer({ Records }: z.infer<typeof Bells>, deps: OutboxDeps): Promise<void> {
  const ids = new Set(Records.map(({ dynamodb }) => dynamodb.Keys.id.S));
  const failure = await acceptRows([...ids], deps);
  // Beyond a budget no try within minutes would help, and others stand behind these in the stream.
  if (failure && failure.code !== "LIMIT_EXCEEDED_ERROR") throw failure;
}

export function openOutboxDeps(platform: Platform = aws, outbox?: OutboxStore): OutboxDeps {
  return {
    ...openEntranceDeps(platform),
    // Whoever may write to the table has no key that could have a quota.
    quota: { take: async () => {} },
    tracing: readEnv("TRACING").TRACING,
    outbox: outbox ?? openOutboxStore(),
  };
}

export const handler = outboxWorker(openOutboxDeps);
