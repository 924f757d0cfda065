import * as z from "zod/mini";
import type { Resolver } from "./resolver.ts";
import type { Template } from "./template.ts";

/** A resource whose properties hold no intrinsic function any more. */
export interface Resource {
  logicalId: string;
  type: string;
  name: string;
  properties: unknown;
}

/** Every resource that exists. All are resolved, so that a dangling reference shows wherever it is. */
export function resolveResources(template: Template, resolver: Resolver): Resource[] {
  return Object.entries(template.Resources)
    .filter(([, { Condition }]) => resolver.exists(Condition))
    .map(([logicalId, { Type, Properties }]) => ({
      logicalId,
      type: Type,
      name: resolver.nameOf(logicalId),
      properties: resolver.resolve(Properties, logicalId),
    }));
}

export function ofType(resources: Resource[], type: string): Resource[] {
  return resources.filter((resource) => resource.type === type);
}

/** Reads a resource's properties, or says which resource has which property wrong. */
export function parseProperties<S extends z.ZodMiniType>(
  schema: S,
  { logicalId, type, properties }: Resource,
): z.infer<S> {
  const result = schema.safeParse(properties);
  if (result.success) return result.data;
  throw new Error(`${logicalId} (${type}): ${z.prettifyError(result.error)}`);
}

/** The properties of every resource of a type, with the name that it has here under `nameProperty`. */
export function namedProperties(
  resources: Resource[],
  type: string,
  nameProperty: string,
): object[] {
  return ofType(resources, type).map(({ name, properties }) => ({
    ...Object(properties),
    [nameProperty]: name,
  }));
}
