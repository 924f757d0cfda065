import * as z from "zod/mini";
import type { Route } from "../../../shared/contract/route.ts";
import { type OperationId, routes } from "../../../shared/contract/routes.ts";

export type Operation = OperationId;

/** The operations as the contract describes them. */
export const operations: Readonly<Record<Operation, Route>> = routes;

export const operationNames = Object.keys(operations) as Operation[]; // Object.keys forgets the literal keys

/** Those that need a key. */
export const guarded = operationNames.filter((name) => operations[name].permission !== null);

/** Those that need a key of all caches, besides their permission. */
export const forOperators = operationNames.filter((name) => operations[name].needsAllCaches);

/** What the contract shows as its body. */
export function exampleBody(operation: Operation): object | undefined {
  return z.parse(z.optional(z.looseObject({})), operations[operation].example?.body);
}

type ParameterIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterIn<Rest>
  : never;

/** The name of a parameter that the path of any operation has. */
export type PathParameter = ParameterIn<(typeof routes)[OperationId]["path"]>;

/** Values for the parameters of a path, by name. */
export type Params = Readonly<Record<string, string>>;

export function parametersOf(operation: Operation): string[] {
  return [...operations[operation].path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

/** The path with every parameter percent-encoded. */
export function pathOf(operation: Operation, params: Params): string {
  return operations[operation].path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${operation} needs ${name}`);
    return encodeURIComponent(value);
  });
}
