import type { Route } from "../route.ts";
import type { Json, SchemaWriter } from "./schema.ts";

const places = [
  ["params", "path"],
  ["query", "query"],
  ["headers", "header"],
] as const;

/** The parameters of an operation; `content-type` is left out, since the body tells it. */
export function parametersOf(route: Route, schemas: SchemaWriter): Json[] {
  return places.flatMap(([part, place]) => {
    const type = route[part];
    if (!type) return [];
    const { properties = {}, required = [] } = schemas.write(type, "input");
    return Object.entries(properties)
      .filter(([name]) => name !== "content-type")
      .map(([name, { description, ...schema }]) => ({
        name,
        in: place,
        required: required.includes(name),
        description,
        schema,
        // A list is one text with commas, as it is read.
        ...(schema.type === "array" && { style: "form", explode: false }),
      }));
  });
}
