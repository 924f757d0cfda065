/** When every world begins. */
export const startMs = Date.UTC(2026, 0, 1);
