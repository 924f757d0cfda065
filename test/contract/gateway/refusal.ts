import * as z from "zod/mini";
import type { Answer } from "../document/exchange.ts";

const Envelope = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  }),
});

/** What an error says, in the shape that tests compare: the bad fields by name, in alphabetical order. */
export function refusalOf({ status, body }: Answer) {
  const { code, details = [] } = z.parse(Envelope, body).error;
  return { status, code, paths: details.map(({ path }) => path).sort() };
}

/** A 400 that lists exactly these fields. */
export function badFields(...paths: string[]) {
  return { status: 400, code: "INVALID_ARGUMENT_ERROR", paths: paths.sort() };
}
