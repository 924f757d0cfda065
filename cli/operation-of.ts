import { type OperationId, routes } from "../shared/contract/routes.ts";

const patterns = Object.entries(routes).map(([id, { method, path }]) => ({
  // Object.entries forgets the literal keys.
  id: id as OperationId,
  method,
  path: new RegExp(`${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
}));

/** The operation that a request asks for, wherever the service is. */
export function operationOf(method: string, url: string): OperationId | undefined {
  const { pathname } = new URL(url);
  return patterns.find((known) => known.method === method && known.path.test(pathname))?.id;
}
