import * as z from "zod/mini";

/** The first and the last id of some, both included. */
export const IdSpan = z.readonly(z.tuple([z.string(), z.string()]));
export type IdSpan = z.infer<typeof IdSpan>;

/** What is left to be looked through; null when nothing is. */
export const IdWindow = z.nullable(IdSpan);
export type IdWindow = z.infer<typeof IdWindow>;

export function windowFrom(id: string, [, last]: IdSpan): IdWindow {
  return id <= last ? [id, last] : null;
}
