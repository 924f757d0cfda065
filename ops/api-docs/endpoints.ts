import type { Endpoint } from "../../shared/contract/route.ts";
import { routes } from "../../shared/contract/routes.ts";

const width = 100;

/** shared/contract/endpoints.ts */
export function endpointsModule(): string {
  const entries = Object.entries<Endpoint>(routes).map(([id, endpoint]) => entryOf(id, endpoint));
  return `// Written by npm run docs:api out of the table of operations. A test compares.
import type { Endpoint } from "./route.ts";
import type { OperationId, routes } from "./routes.ts";

type Reached<Id extends OperationId> = Endpoint & Pick<(typeof routes)[Id], "method" | "path">;

/** How each operation is reached, in plain data: clients read it, and need no schema to run. */
export const endpoints = {
${entries.join("\n")}
} as const satisfies { readonly [Id in OperationId]: Reached<Id> };
`;
}

/** In the formatter's layout. */
function entryOf(id: string, { method, path, bare, queryFields }: Endpoint): string {
  const members = [
    `method: "${method}"`,
    `path: "${path}"`,
    ...(bare ? ["bare: true"] : []),
    ...(queryFields ? [`queryFields: ${JSON.stringify(queryFields)}`] : []),
  ];
  const onOneLine = `  ${id}: { ${members.join(", ")} },`;
  if (onOneLine.length <= width) return onOneLine;
  return `  ${id}: {\n${members.map((member) => `    ${member},\n`).join("")}  },`;
}
