import { setTimeout as pause } from "node:timers/promises";

const pollMs = 20;

/**
 * Waits until the condition holds (is neither false, null nor undefined and does not throw). The time-out is
 * there to end a test that will not pass: a busy machine may take many times what an idle one does.
 */
export async function eventually<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 60_000 }: { timeoutMs?: number } = {},
): Promise<NonNullable<T>> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const { value, reason } = await attempt(condition);
    if (value !== undefined && value !== null && value !== false) return value;
    if (performance.now() >= deadlineMs) {
      throw new Error(`not within ${timeoutMs} ms: ${condition}`, { cause: reason });
    }
    await pause(pollMs);
  }
}

async function attempt<T>(
  condition: () => T | Promise<T>,
): Promise<{ value?: T; reason?: unknown }> {
  try {
    return { value: await condition() };
  } catch (reason) {
    return { reason };
  }
}
