import type { ItemStore } from "dynalite/db/index.js";
import { checkTypes, checkValidations } from "dynalite/validations/index.js";
import { awsErrorOf } from "./dynalite-error.ts";
import { plainInput } from "./plain-input.ts";

export interface Rules {
  types: object;
  custom?: unknown;
}

/** The input with its expressions parsed, as dynalite's actions take it; refused in DynamoDB's words. */
export function validated(rules: Rules, input: object, store: ItemStore): object {
  try {
    const data = plainInput(input, rules.types) ?? checkTypes(input, rules.types);
    checkValidations(data, rules.types, rules.custom, store);
    return data;
  } catch (error) {
    throw awsErrorOf(error);
  }
}
