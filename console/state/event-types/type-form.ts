import type { InputOf } from "../../../client/operations.ts";
import type { ErrorDetail } from "../../../shared/contract/errors.ts";
import type { DescribedEvent } from "./catalogue.ts";
import { type FieldProblems, FormError } from "./field-problems.ts";

export const statuses = ["active", "deprecated", "archived"] as const;
export const validations = ["off", "warn", "enforce"] as const;

/** What the form asks for, as far as it can be changed later. */
export const typeFieldNames = [
  ...(["description", "group", "status", "validate", "audience"] as const),
  ...(["schema", "examples"] as const),
];

/** Everything that may be wrong with the form: a new type is named in it, too. */
export const formFieldNames = [...typeFieldNames, "topicName", "event"] as const;
export type TypeProblems = FieldProblems<(typeof formFieldNames)[number]>["at"];

type PutInput = InputOf<"putEventType">;
export type TypeFields = Required<Pick<PutInput, (typeof typeFieldNames)[number]>>;

/** Reads the form. Throws a FormError that names every field which is no JSON; the rest the service checks. */
export function typeFields(field: (name: string) => string): TypeFields {
  const details: ErrorDetail[] = [];
  const json = (name: string, empty: unknown): unknown => {
    const text = field(name).trim();
    if (text === "") return empty;
    try {
      return JSON.parse(text);
    } catch (error) {
      const { message } = error as Error; // JSON.parse throws nothing else
      details.push({ path: name, message: `is not JSON: ${message}` });
      return undefined;
    }
  };
  const schema = json("schema", null);
  const examples = json("examples", []);
  if (examples !== undefined && !Array.isArray(examples)) {
    details.push({ path: "examples", message: 'must be a list, such as [{ "id": 1 }]' });
  }
  if (details.length > 0 || !Array.isArray(examples)) throw new FormError(details);
  return {
    description: field("description").trim() || null,
    group: field("group").trim() || null,
    status: statuses.find((name) => name === field("status")) ?? "active",
    validate: validations.find((name) => name === field("validate")) ?? "off",
    audience: field("audience")
      .split(/[\s,]+/)
      .filter(Boolean),
    schema,
    examples,
  };
}

/** The fields that differ from what was read: what somebody else has changed in the meantime stays. */
export function changesOf(known: DescribedEvent, fields: TypeFields): Partial<TypeFields> {
  const entries = typeFieldNames.filter(
    (name) => JSON.stringify(fields[name]) !== JSON.stringify(known[name]),
  );
  return Object.fromEntries(entries.map((name) => [name, fields[name]])) as Partial<TypeFields>;
}

/** What a schema or a list of examples looks like in the form. */
export function jsonText(value: unknown): string {
  const isNothing = value === null || value === undefined || isEmptyList(value);
  return isNothing ? "" : JSON.stringify(value, null, 2);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
