import type { Declaration, Field, Model, Type } from "../model.ts";
import { wrapped } from "../names.ts";
import { constantName, goName } from "./names.ts";

type Declarations = ReadonlyMap<string, Declaration>;

/** Where an empty text says something else than none. */
const mayBeEmpty = new Set(["separator"]);

/** The client has this one in its own form. */
const writtenInGo = new Set(["Event"]);

/** clients/go/types.go */
export function goTypes(model: Model): string {
  const byName = declarationsOf(model);
  const texts = model.declarations
    .filter(({ name }) => !writtenInGo.has(name) && isUsed(name, model))
    .map((declaration) => declarationText(declaration, byName));
  return `// Written by npm run clients out of the table of operations. A test compares.

package hookcast

import (
	"encoding/json"
	"time"
)

${texts.join("\n")}`;
}

export function declarationsOf({ declarations }: Model): Declarations {
  return new Map(declarations.map((declaration) => [declaration.name, declaration]));
}

/** A struct with these fields, in gofmt's layout. */
export function structText(
  name: string,
  description: string,
  fields: readonly Field[],
  declarations: Declarations,
): string {
  const rows = fields.map((field) => ({
    name: goName(field.name),
    type: fieldType(field, declarations),
    tag: `\`json:"${field.name}${field.isRequired ? "" : ",omitzero"}"\``,
    comment: comment(field.description, "\t"),
  }));
  // gofmt aligns what stands in lines one after the other, up to the next comment.
  const runs: (typeof rows)[] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && row.comment === "") run.push(row);
    else runs.push([row]);
  }
  const lines = runs.flatMap((run) => {
    const nameWidth = Math.max(...run.map((row) => row.name.length));
    const typeWidth = Math.max(...run.map((row) => row.type.length));
    return run.map(
      (row) =>
        `${row.comment}\t${row.name.padEnd(nameWidth)} ${row.type.padEnd(typeWidth)} ${row.tag}\n`,
    );
  });
  const body = lines.length === 0 ? "struct{}" : `struct {\n${lines.join("")}}`;
  return `${comment(description, "")}type ${name} ${body}\n`;
}

export function goType(type: Type, declarations: Declarations): string {
  switch (type.kind) {
    case "text":
      return "string";
    case "time":
      return "time.Time";
    case "integer":
      return "int64";
    case "number":
      return "float64";
    case "boolean":
      return "bool";
    case "json":
      return "json.RawMessage";
    case "constant":
      return typeof type.value === "boolean" ? "bool" : "string";
    case "named":
      return isOpaque(type.name, declarations) ? "json.RawMessage" : goName(type.name);
    case "list":
      return `[]${goType(type.of, declarations)}`;
    case "map":
      if (type.of.kind === "json") return "json.RawMessage";
      return `map[string]${goType(type.of, declarations)}`;
    case "nullable": {
      const own = goType(type.of, declarations);
      return hasNil(own) ? own : `*${own}`;
    }
    case "union":
      return "json.RawMessage";
  }
}

export function comment(text: string, indent: string): string {
  return wrapped(text, 97 - indent.length)
    .map((line) => `${indent}// ${line}\n`)
    .join("");
}

/** What is left out is the zero value, where that says nothing else, or else nil. */
function fieldType({ name, type, isRequired }: Field, declarations: Declarations): string {
  if (isRequired) return goType(type, declarations);
  if (type.kind === "nullable") return `Nullable[${goType(type.of, declarations)}]`;
  const own = goType(type, declarations);
  if (hasNil(own) || own === "time.Time" || type.kind === "constant") return own;
  if (type.kind === "text") return mayBeEmpty.has(name) ? "*string" : own;
  const named = type.kind === "named" ? declarations.get(type.name) : undefined;
  return named?.kind === "choice" || own === "Event" ? own : `*${own}`;
}

function hasNil(type: string): boolean {
  return /^(\[\]|map\[|json\.RawMessage$)/.test(type);
}

/** A union of objects is one struct with the fields of all; any other is left as JSON. */
function isOpaque(name: string, declarations: Declarations): boolean {
  const declaration = declarations.get(name);
  if (declaration?.kind !== "alias" || writtenInGo.has(name)) return false;
  return membersOf(declaration.type, declarations) === undefined;
}

function membersOf(type: Type, declarations: Declarations): Field[][] | undefined {
  if (type.kind !== "union") return undefined;
  const members = type.of.map((one) => one.kind === "named" && declarations.get(one.name));
  const objects = members.flatMap((one) => (one && one.kind === "object" ? [[...one.fields]] : []));
  return objects.length === members.length ? objects : undefined;
}

function declarationText(declaration: Declaration, declarations: Declarations): string {
  const name = goName(declaration.name);
  const description = described(name, declaration.description);
  switch (declaration.kind) {
    case "object":
      return structText(name, description, declaration.fields, declarations);
    case "choice":
      return choiceText(name, description, declaration.values);
    case "alias": {
      const members = membersOf(declaration.type, declarations);
      if (!members) return "";
      return structText(name, description, merged(members), declarations);
    }
  }
}

/** Go documents a type in a sentence that begins with its name. */
function described(name: string, description: string): string {
  return description === "" ? "" : `${name}: ${description}`;
}

/** A field that all members need is needed. */
function merged(members: readonly Field[][]): Field[] {
  const names = [...new Set(members.flat().map(({ name }) => name))];
  return names.flatMap((name) => {
    const found = members.flatMap((fields) => fields.filter((field) => field.name === name));
    const [first] = found;
    const isRequired = found.length === members.length && found.every((one) => one.isRequired);
    return first ? [{ ...first, isRequired }] : [];
  });
}

function choiceText(name: string, description: string, values: readonly string[]): string {
  const rows = values.map((value) => [`${name}${constantName(value)}`, JSON.stringify(value)]);
  const width = Math.max(...rows.map(([constant = ""]) => constant.length));
  const lines = rows.map(
    ([constant = "", value]) => `\t${constant.padEnd(width)} ${name} = ${value}\n`,
  );
  return `${comment(description, "")}type ${name} string\n\nconst (\n${lines.join("")})\n`;
}

/** Members of unions alone are merged into them. */
function isUsed(name: string, { declarations, operations }: Model): boolean {
  const uses = (type: Type): boolean => {
    if (type.kind === "named") return type.name === name;
    return "of" in type && !Array.isArray(type.of) && uses(type.of as Type);
  };
  const inFields = (fields: readonly Field[]) => fields.some(({ type }) => uses(type));
  return (
    declarations.some((one) => one.kind === "object" && inFields(one.fields)) ||
    operations.some(
      ({ fields, response, items }) =>
        inFields(fields) || uses(response) || (items && uses(items.type)),
    ) ||
    name === "ErrorCode" ||
    name === "ErrorDetail"
  );
}
