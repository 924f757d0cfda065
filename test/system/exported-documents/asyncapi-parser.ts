import { cpSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as z from "zod/mini";
import { installLocked } from "../../../site/install.ts";
import { root } from "../../support/process/program.ts";

/** What its own documentation has of the parser, as far as it is used here. */
interface Parser {
  registerSchemaParser(schemaParser: object): void;
  parse(source: string): Promise<{ document?: ParsedDocument; diagnostics: Diagnostic[] }>;
}

interface List<T> {
  all(): T[];
}

interface ParsedDocument {
  channels(): List<{ address(): string; messages(): List<ParsedMessage> }>;
}

interface ParsedMessage {
  name(): string;
  hasPayload(): boolean;
  examples(): List<{ payload(): unknown }>;
}

interface Diagnostic {
  /** 0 is an error, 1 a warning, 2 and 3 are hints. */
  readonly severity: number;
  readonly code: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

const sources = join(root, "test/system/exported-documents");
const folder = join(root, "node_modules/.cache/hookcast/asyncapi-parser");

/** Installs the parser, and gives what reads a document. Throws `NoRegistry` if npm reaches no registry. */
export function openAsyncApiParser() {
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    cpSync(join(sources, file), join(folder, file));
  }
  installLocked(folder);
  const { Parser } = createRequire(join(folder, "package.json"))("@asyncapi/parser") as {
    Parser: new () => Parser;
  };
  const parser = new Parser();
  parser.registerSchemaParser(asItIs);
  return async (document: unknown) => {
    const { document: parsed, diagnostics } = await parser.parse(JSON.stringify(document));
    const problems = diagnostics.filter(({ severity }) => severity <= 1);
    const said = problems.map(({ message, path }) => `${path.join(".")}: ${message}`);
    return { parsed, problems: [...said, ...schemaProblems(document)] };
  };
}

/** The parser knows draft 7 alone, and asks a registered one for a schema without having it checked. */
const asItIs = {
  getMimeTypes: () => ["application/schema+json;version=2020-12"],
  validate: () => [],
  parse: ({ data }: { data: unknown }) => data,
};

const Messages = z.record(
  z.string(),
  z.object({ payload: z.optional(z.object({ schema: z.unknown() })) }),
);
const Described = z.object({ components: z.object({ messages: Messages }) });

/** What the version of JSON Schema that the document names says of its schemas. */
function schemaProblems(document: unknown): string[] {
  const ajv = new Ajv2020({ strict: false });
  const { messages } = Described.parse(document).components;
  return Object.entries(messages).flatMap(([name, { payload }]) => {
    const isValid = payload === undefined || ajv.validateSchema(payload.schema as object); // or true, or false
    return isValid ? [] : [`${name}: ${ajv.errorsText()}`];
  });
}
