import type {
  EventKind,
  OperationalEvent,
  SuppressedWindow,
} from "../../domain/messages/operational-event.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import type { SuppressedEvents } from "../../store/waiting/suppressed-events.ts";

/** Counts events in memory until they are written: however many a batch has, they cost one write a cache. */
export interface SuppressedGatherer {
  add(event: OperationalEvent, startMs: number): void;
  /** Never throws. */
  flush(): Promise<void>;
}

interface Gathered {
  readonly cacheName: string;
  readonly startMs: number;
  readonly counts: Record<EventKind, number>;
  firstMessageId?: string | undefined;
  lastMessageId?: string | undefined;
}

export function gatherSuppressed(suppressed: Pick<SuppressedEvents, "add">): SuppressedGatherer {
  let windows = new Map<string, Gathered>();

  return {
    add({ kind, cacheName, messageId }, startMs) {
      const name = `${startMs}/${cacheName}`;
      const counts = { failed: 0, disabled: 0, recovered: 0, limited: 0 };
      const window: Gathered = windows.get(name) ?? { cacheName, startMs, counts };
      window.counts[kind] += 1;
      window.firstMessageId ??= messageId;
      window.lastMessageId = messageId ?? window.lastMessageId;
      windows.set(name, window);
    },
    async flush() {
      const gathered = [...windows.values()];
      windows = new Map();
      await Promise.all(gathered.map((window) => write(window, suppressed)));
    },
  };
}

async function write(
  window: SuppressedWindow,
  suppressed: Pick<SuppressedEvents, "add">,
): Promise<void> {
  try {
    await suppressed.add(window);
  } catch (error) {
    log("warn", "suppressed-events.uncounted", { ...window.counts, ...errorFields(error) });
  }
}
