import { HookcastError } from "../../../client/errors.ts";
import type { ErrorDetail } from "../../../shared/contract/errors.ts";

/** What is wrong with a form before it is sent, told as the service tells it. */
export class FormError extends Error {
  readonly details: readonly ErrorDetail[];

  constructor(details: readonly ErrorDetail[]) {
    super("Some fields are not as they have to be.");
    this.details = details;
  }
}

export interface FieldProblems<Name extends string> {
  /** Of each field that has any, in words. */
  readonly at: Readonly<Partial<Record<Name, readonly string[]>>>;
  /** What belongs to no field, to be told by itself. */
  readonly rest: unknown;
}

/** Brings what is wrong to the field that it is about: `schema.type must be …` stands at the schema. */
export function fieldProblems<Name extends string>(
  error: unknown,
  names: readonly Name[],
): FieldProblems<Name> {
  const details = error instanceof FormError || error instanceof HookcastError ? error.details : [];
  const told = new Map<Name | undefined, string[]>();
  for (const { path, message } of details) {
    const name = names.find((one) => path === one || path.startsWith(`${one}.`));
    const words = path === name ? sentence(message) : `${path} ${message}`;
    told.set(name, [...(told.get(name) ?? []), words]);
  }
  const hasOthers = details.length === 0 || told.delete(undefined);
  const at = Object.fromEntries(told) as FieldProblems<Name>["at"]; // no name is undefined any longer
  return { at, rest: hasOthers ? error : undefined };
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
