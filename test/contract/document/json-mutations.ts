type Json = unknown;

/** Where something stands in a JSON value, as errors spell it: `config.customHeaders.header1`. */
export interface Mutation {
  readonly path: string;
  readonly json: Json;
}

/** The value with each part of it, at every depth, replaced by each of the others in turn. */
export function mutations(json: Json, replacements: readonly Json[]): Mutation[] {
  return partsOf(json).flatMap((path) =>
    replacements.map((replacement) => ({
      path: path.join("."),
      json: withPart(json, path, replacement),
    })),
  );
}

/** The value with an unknown field added to each object in it. */
export function additions(json: Json, field: string): Mutation[] {
  return [[], ...partsOf(json)]
    .filter((path) => isObject(partAt(json, path)))
    .map((path) => ({
      path: [...path, field].join("."),
      json: withPart(json, [...path, field], 1),
    }));
}

function partsOf(json: Json): string[][] {
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [
    [key],
    ...partsOf(value).map((path) => [key, ...path]),
  ]);
}

function partAt(json: Json, path: readonly string[]): Json {
  return path.reduce((value, key) => (isObject(value) ? value[key] : undefined), json);
}

function withPart(json: Json, [key, ...rest]: readonly string[], replacement: Json): Json {
  if (key === undefined) return replacement;
  if (Array.isArray(json)) {
    return json.map((value, index) =>
      String(index) === key ? withPart(value, rest, replacement) : value,
    );
  }
  const object = isObject(json) ? json : {};
  return { ...object, [key]: withPart(object[key], rest, replacement) };
}

function isObject(json: Json): json is Record<string, Json> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
