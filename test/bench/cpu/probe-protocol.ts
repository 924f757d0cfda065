import * as z from "zod/mini";

/** What the probes in the functions' threads are told, all at once. */
export const Order = z.object({
  kind: z.enum(["start", "stop", "measure"]),
  /** Where profiles go. */
  folder: z.string(),
});
export type Order = z.infer<typeof Order>;

/** What each says when it has done so. */
export const Measured = z.object({
  functionName: z.string(),
  /** The heap that the thread holds, and what it holds outside of it. */
  bytes: z.number(),
});
export type Measured = z.infer<typeof Measured>;
