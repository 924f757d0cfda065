/** What an intrinsic function may ask of the template around it. */
export interface Scope {
  resolve: (value: unknown) => unknown;
  ref: (name: string) => unknown;
  attribute: (logicalId: string, name: string) => unknown;
  mapping: (map: string, first: string, second: string) => unknown;
  holds: (condition: string) => boolean;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** Stands for `AWS::NoValue`: whatever has this value is left out. */
export const noValue = Symbol("AWS::NoValue");

/** The functions that compute values; those that decide conditions are in `conditions.ts`. */
export const intrinsics: Record<string, Intrinsic> = {
  Ref: (name, { ref }) => ref(text(name)),
  "Fn::GetAtt": (argument, { attribute }) => {
    // "Resource.Attribute" and ["Resource", "Attribute"] mean the same; attributes may hold dots.
    const parts = Array.isArray(argument) ? argument.map(text) : text(argument).split(".");
    const [logicalId = "", ...names] = parts;
    return attribute(logicalId, names.join("."));
  },
  "Fn::Join": (argument, { resolve }) => {
    const [separator, values] = list(argument);
    return list(resolve(values)).map(text).join(text(separator));
  },
  "Fn::Sub": substitute,
  "Fn::Select": (argument, { resolve }) => {
    const [index, values] = list(argument);
    return list(resolve(values))[Number(resolve(index))];
  },
  "Fn::Split": (argument, { resolve }) => {
    const [separator, value] = list(argument);
    return text(resolve(value)).split(text(separator));
  },
  "Fn::If": (argument, { resolve, holds }) => {
    const [condition, whenTrue, whenFalse] = list(argument);
    return resolve(holds(text(condition)) ? whenTrue : whenFalse);
  },
  "Fn::FindInMap": (argument, { resolve, mapping }) => {
    const [map, first, second] = list(argument).map((key) => text(resolve(key)));
    return mapping(map ?? "", first ?? "", second ?? "");
  },
  "Fn::Base64": (argument, { resolve }) => Buffer.from(text(resolve(argument))).toString("base64"),
};

function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = new Map(Object.entries(variables ?? {}));
  return text(template).replace(/\$\{(!?)([^}]*)\}/g, (_, bang: string, name: string) => {
    // `${!Name}` is the text `${Name}`.
    if (bang) return `\${${name}}`;
    if (own.has(name)) return text(scope.resolve(own.get(name)));
    const [logicalId = "", ...attribute] = name.split(".");
    if (attribute.length === 0) return text(scope.ref(logicalId));
    return text(scope.attribute(logicalId, attribute.join(".")));
  });
}

export function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`expected a list, got ${JSON.stringify(value)}`);
}

export function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Error(`expected text, got ${JSON.stringify(value)}`);
}
