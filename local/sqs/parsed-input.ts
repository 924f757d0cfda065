import * as z from "zod/mini";
import { invalidParameter } from "./sqs-error.ts";

export function parsedInput<S extends z.ZodMiniType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalidParameter(z.prettifyError(result.error));
}
