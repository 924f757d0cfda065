import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";

const Answers = z.array(
  z.object({
    name: z.string(),
    answer: z.string(),
    /** The verdict on it; none when it is no answer. */
    status: z.nullable(z.number()),
    ends: z.boolean(),
  }),
);

/** Answers as receivers write them, byte for byte. */
export const corpus = Answers.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, "corpus.json"), "utf8")),
);
