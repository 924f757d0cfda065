import * as z from "zod/mini";
import type { Scalar, Sign } from "./filter-conditions.ts";
import { type filterFields, maxFilterCharacters, readFilter } from "./filter-pattern.ts";

/** JSON Schema of what is read by hand, so that every mistake has its path. */
const part = <Type>(meta: Record<string, unknown>) => z.custom<Type>().check(z.meta(meta));

type IgnoringCase<Texts = string> = { readonly "equals-ignore-case": Texts };
type OneOrMore<Type> = Type | readonly Type[];
type Excluded = OneOrMore<string>;

type FilterOperator =
  | { readonly prefix: string | IgnoringCase }
  | { readonly suffix: string | IgnoringCase }
  | IgnoringCase
  | { readonly wildcard: string }
  | {
      readonly "anything-but":
        | OneOrMore<string>
        | OneOrMore<number>
        | { readonly prefix: Excluded }
        | { readonly suffix: Excluded }
        | IgnoringCase<Excluded>
        | { readonly wildcard: Excluded };
    }
  | { readonly numeric: readonly (Sign | number)[] }
  | { readonly exists: boolean }
  | { readonly cidr: string };

const FilterCondition = part<Scalar | FilterOperator>({
  id: "FilterCondition",
  description:
    "A value, or an object with one operator: `prefix`, `suffix`, `equals-ignore-case`, " +
    "`wildcard`, `anything-but`, `numeric`, `exists` or `cidr`.",
  anyOf: [
    { type: "string" },
    { type: "number" },
    { type: "boolean" },
    { type: "object", minProperties: 1, maxProperties: 1 },
    { type: "null" },
  ],
});

const FilterConditions = z.array(FilterCondition, "must be a list").check(
  z.minLength(1, "must hold at least one value"),
  z.meta({
    id: "FilterConditions",
    description: "Values and operators, one of which must match.",
  }),
);

/** The parts of the published value. A schema that needs itself would leave generated clients without a type. */
const FilterFields = part<Readonly<Record<string, unknown>>>({
  id: "FilterFields",
  description:
    "Fields of the value by their names, all of which must match: lists of conditions, or objects " +
    "of further fields. Under `$or` is a list of alternatives.",
  type: "object",
  minProperties: 1,
  additionalProperties: {
    anyOf: [{ type: "array" }, { type: "object" }],
  },
});

const members = {
  event: z.optional(FilterConditions),
  productId: z.optional(FilterConditions),
  contentType: z.optional(FilterConditions),
  value: z.optional(
    z.union([FilterConditions, FilterFields], { error: "must be a list or an object" }),
  ),
  $or: z.optional(
    part<readonly unknown[]>({
      ...{ type: "array", minItems: 2 },
      items: { $ref: "#/$defs/Filter" },
    }),
  ),
} satisfies Record<(typeof filterFields)[number] | "$or", unknown>;

/** Every mistake is told at once, so this looks on where a part is bad already. */
const always = { when: () => true };

const readable = z.check<unknown>((context) => {
  const { problems = [] } = readFilter(context.value);
  for (const { path, message } of problems)
    context.issues.push({ code: "custom", message, input: context.value, path: [...path] });
}, always);

/** An event pattern of EventBridge on messages. */
export const Filter = z.looseObject(members).check(
  readable,
  z.meta({
    id: "Filter",
    description:
      "An event pattern of EventBridge. Messages whose event, productId, contentType and value " +
      `do not match are not delivered. At most ${maxFilterCharacters} characters as JSON, 100 ` +
      "leaves and 8 levels.",
    minProperties: 1,
    additionalProperties: false,
    examples: [{ value: { amount: [{ numeric: [">=", 100] }], currency: ["EUR"] } }],
  }),
);
export type Filter = z.infer<typeof Filter>;
