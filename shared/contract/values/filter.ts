import * as z from "zod/mini";
import { type filterFields, maxFilterCharacters, readFilter } from "./filter-pattern.ts";

/** JSON Schema of what is read by hand, so that every mistake has its path. */
const part = (meta: Record<string, unknown>) => z.custom<unknown>().check(z.meta(meta));
const ref = (id: string) => ({ $ref: `#/$defs/${id}` });
const either = (...types: object[]): Record<string, unknown> => ({ anyOf: types });

const text = { type: "string" };
const texts = either(text, { type: "array", minItems: 1, items: text });
const someText = { type: "string", minLength: 1 };
const someTexts = either(someText, { type: "array", minItems: 1, items: someText });
const numbers = either(
  { type: "number" },
  { type: "array", minItems: 1, items: { type: "number" } },
);

/** An object with one operator. */
const operator = (name: string, argument: object) => ({
  type: "object",
  properties: { [name]: argument },
  required: [name],
  additionalProperties: false,
});
const ignoringCase = (argument: object) => operator("equals-ignore-case", argument);

const conditions = [
  either(text, { type: "number" }, { type: "boolean" }, { type: "null" }),
  operator("prefix", either(text, ignoringCase(text))),
  operator("suffix", either(text, ignoringCase(text))),
  ignoringCase(text),
  operator("wildcard", text),
  operator(
    "anything-but",
    either(
      texts,
      numbers,
      operator("prefix", someTexts),
      operator("suffix", someTexts),
      ignoringCase(texts),
      operator("wildcard", texts),
    ),
  ),
  operator("numeric", {
    type: "array",
    minItems: 2,
    maxItems: 4,
    items: either({ enum: ["=", "<", "<=", ">", ">="] }, { type: "number" }),
  }),
  operator("exists", { type: "boolean" }),
  operator("cidr", text),
];

const FilterConditions = part({
  id: "FilterConditions",
  description: "Values and operators, one of which must match.",
  type: "array",
  minItems: 1,
  items: either(...conditions),
});

/** The parts of the published value: by their names, with lists of conditions in the end. */
const FilterFields = part({
  id: "FilterFields",
  description: "Conditions by the names of fields. All must match.",
  type: "object",
  minProperties: 1,
  properties: { $or: { type: "array", minItems: 2, items: ref("FilterFields") } },
  additionalProperties: either(ref("FilterConditions"), ref("FilterFields")),
});

const members = {
  event: z.optional(FilterConditions),
  productId: z.optional(FilterConditions),
  contentType: z.optional(FilterConditions),
  value: z.optional(z.union([FilterConditions, FilterFields])),
  $or: z.optional(part({ type: "array", minItems: 2, items: ref("Filter") })),
} satisfies Record<(typeof filterFields)[number] | "$or", unknown>;

/** An event pattern of EventBridge on messages. */
export const Filter = z.looseObject(members).check(
  (context) => {
    const { problems = [] } = readFilter(context.value);
    for (const { path, message } of problems)
      context.issues.push({ code: "custom", message, input: context.value, path: [...path] });
  },
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
