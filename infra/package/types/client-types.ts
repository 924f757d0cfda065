import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { type ClientProgram, readClientProgram } from "./client-program.ts";
import { type ApiDocs, type OperationDocs, readApiDocs } from "./operation-schemas.ts";
import { comment, createTypePrinter } from "./print-type.ts";

/** The operations whose methods the client has beside those of the table. */
const publishing = ["publish", "publishBatch"];

/**
 * Writes the declarations of the client into a folder. What the compiler derives from schemas is written out, with what
 * the schemas say of each field, so that editors show it and nobody needs the library of the schemas.
 */
export function writeClientTypes(root: string, entries: readonly string[], folder: string): void {
  const docs = readApiDocs();
  const program = readClientProgram(root, entries, docs);
  const printer = createTypePrinter(program.checker, docs);
  const contract = new Map<string, string>();
  const typeOf = (path: string, name: string) => {
    const type = program.exported(path, name);
    const text = printer.print(type, name in docs.schemas ? { $ref: `#/${name}` } : {});
    if (text !== name) contract.set(name, `export type ${name} = ${text};`);
  };

  const reached = new Set(entries.map((entry) => entry.replace(/\.ts$/, ".d.ts")));
  for (const path of reached) {
    if (path === "client/operations.d.ts") continue;
    const text = (program.declarations.get(path) ?? "").replace("keyof typeof endpoints", "string");
    const full = path === "client/client.d.ts" ? withMethods(text, docs) : text;
    const own = full.replaceAll(
      /^import (type )?(\{.*?\}) from "(.+?)\.ts";\n/gm,
      (_, kind: string | undefined, names: string, target: string) => {
        const file = normalize(join(dirname(path), target));
        if (!file.startsWith("shared/")) {
          reached.add(`${file}.d.ts`);
          // A class that is exported again, such as an error, stays a value.
          return `import ${kind ?? ""}${names} from "${target}.js";\n`;
        }
        const types = names.match(/\w+/g)?.filter((name) => /^[A-Z]/.test(name)) ?? [];
        for (const name of types) typeOf(`${file}.ts`, name);
        return types.length === 0
          ? ""
          : `import type { ${types.join(", ")} } from "./contract.js";\n`;
      },
    );
    write(folder, path, own.replaceAll(/from "(\..+)\.ts"/g, 'from "$1.js"'));
  }
  const table = operationTable(program, docs, (type, schema) => printer.print(type, schema));
  write(folder, "client/operations.d.ts", operationsModule);
  const parts = [table, printer.declarations(), ...contract.values()];
  write(folder, "client/contract.d.ts", `${parts.join("\n\n")}\n`);
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** client/operations.ts, without the schemas. */
const operationsModule = `import type { Operations } from "./contract.js";
export type OperationId = keyof Operations;
/** What an operation takes: its path's, query's and body's fields side by side. */
export type InputOf<Id extends OperationId> = Operations[Id]["input"];
export type ResponseOf<Id extends OperationId> = Operations[Id]["response"];
/** The headers that an operation knows, beside those that every request carries, as they are sent. */
export type HeadersOf<Id extends OperationId> = Operations[Id]["headers"];
/** Nothing has changed since the version that the caller knows. */
export type NotModified<Id extends OperationId> = Operations[Id]["unchanged"];
/** These answer pages. */
export type ListId = { [Id in OperationId]: ResponseOf<Id> extends { nextCursor: unknown } ? Id : never }[OperationId];
/** These are called as the table describes them. */
export type PlainId = Exclude<OperationId, "publish" | "publishBatch">;
`;

function operationTable(
  program: ClientProgram,
  { operations }: ApiDocs,
  print: ReturnType<typeof createTypePrinter>["print"],
): string {
  const rows = [...operations].map(([id, docs]) => {
    const types = program.ofOperation(id);
    const part = (name: keyof typeof types, schema = {}) =>
      `${name}: ${print(types[name], schema)};`;
    const parts = [
      part("input", docs.input),
      part("headers", docs.headers),
      part("response", docs.response),
      part("unchanged"),
    ];
    return `${comment(textOf(docs))}${id}: {\n${parts.join("\n")}\n};`;
  });
  return `/** What each operation takes and gives. */\nexport interface Operations {\n${rows.join("\n")}\n}`;
}

/** Gives each method what its operation's description says. */
function withMethods(text: string, { operations }: ApiDocs): string {
  const written = new Set<string>();
  const documented = text.replaceAll(
    /^( {4}\/\*\* (.*) \*\/\n)? {4}(\w+)\(/gm,
    (whole: string, _comment: string | undefined, own: string | undefined, id: string) => {
      const docs = operations.get(id);
      if (!docs) return whole;
      written.add(id);
      return `${comment([textOf(docs), own].filter(Boolean).join("\n\n"))}    ${id}(`;
    },
  );
  const others = [...operations].filter(([id]) => !written.has(id));
  if (publishing.some((id) => !written.has(id))) throw new Error("the client has no publish");
  const methods = others.map(
    ([id, docs]) =>
      `${comment(textOf(docs))}    ${id}(input: InputOf<"${id}">, options?: MethodOptions<"${id}">): Promise<ResponseOf<"${id}">>;`,
  );
  const table = /^export type Methods = \{\n.*\n\};$/m;
  if (!table.test(documented)) throw new Error("client/client.ts has no table of methods");
  return documented.replace(table, () => `export interface Methods {\n${methods.join("\n")}\n}`);
}

function textOf({ summary, description }: OperationDocs): string {
  return `${summary}.\n\n${description}`;
}
