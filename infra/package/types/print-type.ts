import ts from "typescript";
import {
  type ApiDocs,
  componentOf,
  itemsOf,
  propertiesOf,
  resolved,
  type Schema,
} from "./operation-schemas.ts";

/** Writes types out, each field with what its schema says of it, so that they need nothing else. */
export interface TypePrinter {
  print(type: ts.Type, schema?: Schema): string;
  /** The named types that what was printed refers to. */
  declarations(): string;
}

const format =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.InTypeAlias |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

export function createTypePrinter(checker: ts.TypeChecker, { schemas }: ApiDocs): TypePrinter {
  const named = new Map<string, string>();

  /** A component of the document gets a name, as long as the type is the same wherever it stands. */
  function print(type: ts.Type, schema: Schema = {}): string {
    const name = componentOf(schema);
    if (name === undefined) return written(type, schema);
    const own = resolved(schema, schemas);
    if (isAlternative(type)) {
      const { there, missing } = partsOf(type);
      const text = joined(there, own);
      return [keptAs(name, `type ${name} = ${text};`) ? name : text, ...missing].join(" | ");
    }
    if (!isObject(type)) return written(type, schema);
    const text = written(type, own);
    const declaration = text.startsWith("{")
      ? `interface ${name} ${text}`
      : `type ${name} = ${text};`;
    return keptAs(name, declaration) ? name : text;
  }

  function keptAs(name: string, declaration: string): boolean {
    const known = named.get(name);
    if (known !== undefined && known !== declaration) return false;
    named.set(name, declaration);
    return true;
  }

  function written(type: ts.Type, schema: Schema): string {
    if (type.isUnion()) return union(type, schema);
    if (checker.isArrayType(type)) {
      const [element] = checker.getTypeArguments(type as ts.TypeReference);
      const isReadonly = type.symbol.name === "ReadonlyArray";
      const text = element ? print(element, itemsOf(schema, schemas)) : "unknown";
      return `${isReadonly ? "readonly " : ""}${element?.isUnion() ? `(${text})` : text}[]`;
    }
    if (!isObject(type)) return checker.typeToString(type, undefined, format);
    return object(type, schema);
  }

  function union(type: ts.UnionType, schema: Schema): string {
    const { there, missing } = partsOf(type);
    // What a field may lack is said last.
    return [joined(there, schema), ...missing].join(" | ");
  }

  function joined(parts: readonly ts.Type[], schema: Schema): string {
    const hasSeveral = parts.filter(isObject).length > 1;
    const texts = parts.map((part) =>
      print(part, hasSeveral ? alternativeOf(part, schema) : schema),
    );
    const isBoolean = texts.includes("true") && texts.includes("false");
    const told = isBoolean
      ? ["boolean", ...texts.filter((text) => text !== "true" && text !== "false")]
      : texts;
    return [...new Set(told)].join(" | ");
  }

  /** The alternative of a schema that a part of a union comes from, told by its fields. */
  function alternativeOf(part: ts.Type, schema: Schema): Schema {
    const { anyOf = [], oneOf = [] } = resolved(schema, schemas);
    const names = checker.getPropertiesOfType(part).map((symbol) => symbol.name);
    const isSame = (fields: readonly string[]) =>
      fields.length === names.length && names.every((name) => fields.includes(name));
    const all = [...anyOf, ...oneOf];
    return all.find((one) => isSame(Object.keys(propertiesOf(one, schemas)))) ?? {};
  }

  function object(type: ts.Type, schema: Schema): string {
    const known = propertiesOf(schema, schemas);
    const fields = checker.getPropertiesOfType(type).map((symbol) => {
      const field = known[symbol.name] ?? {};
      const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
      const name = /^[A-Za-z_$][\w$]*$/.test(symbol.name)
        ? symbol.name
        : JSON.stringify(symbol.name);
      const text = print(checker.getTypeOfSymbol(symbol), field);
      return `${comment(docsOf(symbol, field))}${name}${isOptional ? "?" : ""}: ${text};`;
    });
    const index = checker.getIndexInfosOfType(type).map(({ keyType, type: value }) => {
      const text = print(value, (schema as { additionalProperties?: Schema }).additionalProperties);
      return `[name: ${checker.typeToString(keyType)}]: ${text};`;
    });
    return `{\n${indented([...fields, ...index].join("\n"))}\n}`;
  }

  /** The field's own description, or that of what it is. */
  function docsOf(symbol: ts.Symbol, field: Schema): string {
    const own = field.description ?? resolved(field, schemas).description;
    return own ?? ts.displayPartsToString(symbol.getDocumentationComment(checker));
  }

  return {
    print,
    declarations: () =>
      [...named]
        .map(
          ([name, declaration]) =>
            `${comment(schemas[name]?.description ?? "")}export ${declaration}`,
        )
        .join("\n\n"),
  };
}

/** A union of several objects, whatever else it may be. */
function isAlternative(type: ts.Type): type is ts.UnionType {
  return type.isUnion() && type.types.filter(isObject).length > 1;
}

/** What a union consists of, without null and undefined. */
function partsOf(type: ts.UnionType): { there: ts.Type[]; missing: string[] } {
  const nothing = ts.TypeFlags.Null | ts.TypeFlags.Undefined;
  const isMissing = (part: ts.Type) => (part.flags & nothing) !== 0;
  return {
    there: type.types.filter((part) => !isMissing(part)),
    missing: type.types
      .filter(isMissing)
      .map((part) => ((part.flags & ts.TypeFlags.Null) === 0 ? "undefined" : "null")),
  };
}

/** An object with fields, and not one that can be called or that a platform has. */
function isObject(type: ts.Type): boolean {
  return (
    ((type.flags & ts.TypeFlags.Object) !== 0 || type.isIntersection()) &&
    type.getCallSignatures().length === 0
  );
}

export function comment(text: string): string {
  if (text === "") return "";
  const lines = text.replaceAll("*/", "*\\/").split("\n");
  if (lines.length === 1) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
