import conditionParser from "dynalite/db/conditionParser.js";
import type { AttributeValue, ExpressionParser } from "dynalite/db/index.js";
import projectionParser from "dynalite/db/projectionParser.js";
import updateParser from "dynalite/db/updateParser.js";

type Values = Record<string, AttributeValue>;
type Build = (values: Values) => unknown;

/** What dynalite's parser has made of an expression, to be made again of other values of the same types. */
interface Known {
  build: Build;
  usedNames: string[];
  usedValues: string[];
}

const maxKnown = 500;
/** They look into their values when they are parsed. */
const readsValues = /between|attribute_type/i;

/**
 * Programs send the same few expressions over and over, with other values. dynalite parses each with a grammar that
 * takes longer than all the rest of an update, so here it is parsed once for each set of names and types of values.
 */
export function rememberExpressions(): void {
  for (const parser of [conditionParser, projectionParser, updateParser]) {
    parser.parse = remembering(parser.parse);
  }
}

export function remembering(parse: ExpressionParser["parse"]): ExpressionParser["parse"] {
  const known = new Map<string, Known>();
  return (text, options) => {
    const { context } = options;
    if (readsValues.test(text)) return parse(text, options);
    const { attrNames, attrVals = {}, unusedAttrNames, unusedAttrVals } = context;
    const types = Object.entries(attrVals).map(([name, value]) => `${name} ${Object.keys(value)}`);
    const key = JSON.stringify([text, attrNames, types]);
    let expression = known.get(key);
    if (!expression) {
      const unused = { unusedAttrNames: allOf(attrNames), unusedAttrVals: allOf(attrVals) };
      const parsed = parse(text, { context: { ...context, ...unused } });
      // A refusal is a text, or thrown; who is refused does not come so often.
      if (typeof parsed === "string") return parsed;
      const names = new Map(Object.entries(attrVals).map(([name, value]) => [value, name]));
      expression = {
        build: builderOf(parsed, names),
        usedNames: Object.keys(attrNames ?? {}).filter((name) => !unused.unusedAttrNames[name]),
        usedValues: Object.keys(attrVals).filter((name) => !unused.unusedAttrVals[name]),
      };
      if (known.size >= maxKnown) known.clear();
      known.set(key, expression);
    }
    for (const name of expression.usedNames) delete unusedAttrNames[name];
    for (const name of expression.usedValues) delete unusedAttrVals[name];
    return expression.build(attrVals);
  };
}

function allOf(named: object = {}): Record<string, true> {
  return Object.fromEntries(Object.keys(named).map((name) => [name, true]));
}

/** Copies a tree with other values in their places, since an update writes into what was parsed. */
function builderOf(node: unknown, names: ReadonlyMap<object, string>): Build {
  if (typeof node !== "object" || node === null) return () => node;
  const name = names.get(node);
  if (name !== undefined) return (values) => values[name];
  if (Array.isArray(node)) {
    if (node.every((part) => typeof part !== "object")) return () => node;
    const parts = node.map((part) => builderOf(part, names));
    return (values) => parts.map((build) => build(values));
  }
  const prototype: object | null = Object.getPrototypeOf(node);
  const members = Object.entries(node).map(([key, part]) => [key, builderOf(part, names)] as const);
  return (values) => {
    const copy: Record<string, unknown> = Object.create(prototype);
    for (const [key, build] of members) copy[key] = build(values);
    return copy;
  };
}
