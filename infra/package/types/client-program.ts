import { join, relative } from "node:path";
import ts from "typescript";
import type { ApiDocs } from "./operation-schemas.ts";

/** The client as the compiler knows it. */
export interface ClientProgram {
  readonly checker: ts.TypeChecker;
  /** What the compiler says of each file, by its path from the root. */
  readonly declarations: ReadonlyMap<string, string>;
  /** The type that a file exports under a name. */
  exported(path: string, name: string): ts.Type;
  /** What an operation takes and gives. */
  ofOperation(id: string): OperationTypes;
}

export interface OperationTypes {
  readonly input: ts.Type;
  readonly headers: ts.Type;
  readonly response: ts.Type;
  /** Undefined where an answer may be that nothing has changed, never elsewhere. */
  readonly unchanged: ts.Type;
}

/** A file that exists only for the compiler, so that it works out every operation's types. */
const table = "client/operation-types.ts";

export function readClientProgram(
  root: string,
  entries: readonly string[],
  { operations }: ApiDocs,
): ClientProgram {
  const file = join(root, "tsconfig.build.json");
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const options = { ...config.options, emitDeclarationOnly: true };
  const text = tableOf([...operations.keys()]);
  const host = ts.createCompilerHost(options);
  const isTable = (path: string) => relative(root, path) === table;
  const program = ts.createProgram({
    rootNames: [...entries, table].map((entry) => join(root, entry)),
    options,
    host: {
      ...host,
      fileExists: (path) => isTable(path) || host.fileExists(path),
      readFile: (path) => (isTable(path) ? text : host.readFile(path)),
      getSourceFile: (path, version, ...others) =>
        isTable(path)
          ? ts.createSourceFile(path, text, version)
          : host.getSourceFile(path, version, ...others),
    },
  });
  const checker = program.getTypeChecker();
  const exported = (path: string, name: string) => {
    const source = program.getSourceFile(join(root, path));
    const module = source && checker.getSymbolAtLocation(source);
    const symbol = module && checker.getExportsOfModule(module).find((one) => one.name === name);
    if (!symbol) throw new Error(`${path} exports no ${name}`);
    return checker.getDeclaredTypeOfSymbol(symbol);
  };
  const memberOf = (type: ts.Type, name: string) => {
    const symbol = type.getProperty(name);
    if (!symbol) throw new Error(`there is no ${name}`);
    return checker.getTypeOfSymbol(symbol);
  };
  return {
    checker,
    exported,
    declarations: declarationsOf(program, config.options.outDir ?? root, host),
    ofOperation: (id) => {
      const types = memberOf(exported(table, "OperationTypes"), id);
      const part = (name: string) => memberOf(types, name);
      return {
        input: part("input"),
        headers: part("headers"),
        response: part("response"),
        unchanged: part("unchanged"),
      };
    },
  };
}

function tableOf(ids: readonly string[]): string {
  const rows = ids.map(
    (id) =>
      `${id}: { input: InputOf<"${id}">; headers: HeadersOf<"${id}">; response: ResponseOf<"${id}">; ` +
      `unchanged: NotModified<"${id}"> };`,
  );
  return (
    `import type { HeadersOf, InputOf, NotModified, ResponseOf } from "./operations.ts";\n` +
    `export interface OperationTypes {\n${rows.join("\n")}\n}\n`
  );
}

function declarationsOf(program: ts.Program, outDir: string, host: ts.CompilerHost) {
  const declarations = new Map<string, string>();
  program.emit(undefined, (path, text) => declarations.set(relative(outDir, path), text));
  if (declarations.size === 0)
    throw new Error(`the compiler wrote nothing in ${host.getCurrentDirectory()}`);
  return declarations;
}
