import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeClientTypes } from "../../infra/package/types/client-types.ts";
import { apiDescription, type Schema } from "../../ops/api-docs/description.ts";
import { root } from "../support/process/program.ts";

const api = apiDescription();
const operations = Object.values(api.paths).flatMap((path) => Object.values(path));

/** What is written out must be what the compiler derives, both ways round; `call` is made of the table. */
const own = (name: string) => JSON.stringify(join(root, "client", name));
const comparison = `import type { Client } from "./client/client.js";
  import type { Operations } from "./client/contract.js";
  import type { HookcastError } from "./client/errors.js";
  import type { QueuePublisher } from "./client/queue-publisher.js";
  import type { Client as OwnClient } from ${own("client.ts")};
  import type { HookcastError as OwnError } from ${own("errors.ts")};
  import type * as own from ${own("operations.ts")};
  import type { QueuePublisher as OwnPublisher } from ${own("queue-publisher.ts")};
  type OwnOperations = {
    [Id in own.PlainId | "publish" | "publishBatch"]: {
      input: own.InputOf<Id>;
      headers: own.HeadersOf<Id>;
      response: own.ResponseOf<Id>;
      unchanged: own.NotModified<Id>;
    };
  };
  type Methods<C> = Omit<C, "call">;
  export const operations = [(a: Operations): OwnOperations => a, (a: OwnOperations): Operations => a];
  export const methods = [
    (a: Methods<Client>): Methods<OwnClient> => a,
    (a: Methods<OwnClient>): Methods<Client> => a,
  ];
  export const errors = [(a: HookcastError): OwnError => a, (a: OwnError): HookcastError => a];
  export const queues = [(a: QueuePublisher): OwnPublisher => a, (a: OwnPublisher): QueuePublisher => a];`;

let folder: string;
let program: ts.Program;
let checker: ts.TypeChecker;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-types-"));
  const entries = [
    "create-client",
    "embed",
    "errors",
    "queue-publisher",
    "verify",
    "verify-momento",
  ];
  writeClientTypes(
    root,
    entries.map((name) => `client/${name}.ts`),
    folder,
  );
  writeFileSync(join(folder, "same.ts"), comparison);
  program = ts.createProgram([join(folder, "same.ts")], {
    ...{ strict: true, noEmit: true, allowImportingTsExtensions: true, skipLibCheck: false },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, types: ["node"] },
    ...{
      typeRoots: [join(root, "node_modules/@types")],
      moduleDetection: ts.ModuleDetectionKind.Force,
    },
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  });
  checker = program.getTypeChecker();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

test("the types of the package are those of the client, and complete in themselves", () => {
  const found = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.startsWith(folder))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(found).toEqual([]);
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder));
  const text = files.map((file) => (file.fileName.endsWith("same.ts") ? "" : file.text)).join("\n");
  expect(text.match(/from "(?!\.\/)[^"]*"/g) ?? []).toEqual([]);
});

test("editors show for every method what its operation does", () => {
  const client = typeOf("client/client.d.ts", "Client");
  const unlike = operations.filter(({ operationId, summary, description }) => {
    const shown = docsOf(client.getProperty(operationId));
    return !shown.includes(`${summary}.`) || !shown.includes(description);
  });
  expect(unlike.map(({ operationId }) => operationId)).toEqual([]);
});

test("editors show for every field of requests and responses what it means", () => {
  const table = typeOf("client/contract.d.ts", "Operations");
  const missing: string[] = [];
  let count = 0;
  const look = (type: ts.Type, schema: Schema, place: string, seen: readonly Schema[]): void => {
    if (seen.includes(schema)) return;
    const object = objectIn(type);
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      const symbol = object?.getProperty(name);
      const own = `${place}.${name}`;
      if (!symbol) {
        missing.push(`${own} is not there`);
        continue;
      }
      const means = field.description ?? resolved(field).description;
      if (means !== undefined) count += 1;
      if (means !== undefined && docsOf(symbol) !== means) missing.push(own);
      look(checker.getTypeOfSymbol(symbol), resolved(field), own, [...seen, schema]);
    }
    if (schema.items && object) {
      const [item] = checker.getTypeArguments(object as ts.TypeReference);
      if (item) look(item, resolved(schema.items), `${place}[]`, [...seen, schema]);
    }
  };
  for (const { operationId, parameters, requestBody, responses } of operations) {
    const types = partOf(table, operationId);
    const fields = parameters
      .filter((parameter) => parameter.in !== "header")
      .map(({ name, description, schema }) => [
        name,
        { ...schema, description: description ?? schema.description },
      ]);
    const body = requestBody?.content["application/json"]?.schema;
    const input = { properties: { ...Object.fromEntries(fields), ...body?.properties } };
    look(partOf(types, "input"), input, `${operationId} takes`, []);
    const answers = Object.values(responses).flatMap((answer) =>
      "$ref" in answer ? [] : [answer],
    );
    const answer = resolved(answers[0]?.content?.["application/json"]?.schema ?? {});
    const response = answer.properties?.response;
    if (response) look(partOf(types, "response"), resolved(response), `${operationId} gives`, []);
  }
  expect(count).toBeGreaterThan(300);
  expect(missing).toEqual([]);
});

function typeOf(file: string, name: string): ts.Type {
  const source = program.getSourceFile(join(folder, file));
  const module = source && checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find((one) => one.name === name);
  if (!symbol) throw new Error(`${file} has no ${name}`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

function partOf(type: ts.Type, name: string): ts.Type {
  const symbol = type.getProperty(name);
  if (!symbol) throw new Error(`there is no ${name}`);
  return checker.getTypeOfSymbol(symbol);
}

/** Of a field that may be missing or null, what it is otherwise. */
function objectIn(type: ts.Type): ts.Type | undefined {
  if (!type.isUnion()) return type;
  return type.types.find((part) => (part.flags & ts.TypeFlags.Object) !== 0);
}

function docsOf(symbol: ts.Symbol | undefined): string {
  return ts.displayPartsToString(symbol?.getDocumentationComment(checker));
}

function resolved(schema: Schema): Schema {
  const name = schema.$ref?.slice(schema.$ref.lastIndexOf("/") + 1);
  return name === undefined ? schema : (api.components.schemas[name] ?? {});
}
